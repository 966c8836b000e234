package import Bytes
package import Capture

/// A capture as a list of frames, to be rearranged and written again.
package struct CaptureBytes {
  /// A frame with its bytes.
  package struct Record {
    package var time: Timestamp
    package var bytes: [UInt8]
    package var originalLength: Int
  }

  package var linkType: LinkType
  package var records: [Record] = []

  /// Reads all frames of a capture of one link type.
  package init(_ path: String) throws {
    let source = try openCaptures([path])
    linkType = .ethernet
    while let batch = try source.nextBatch() {
      for frame in batch.frames {
        linkType = frame.linkType
        records.append(
          Record(
            time: frame.time, bytes: Array(batch.bytes[frame.range]),
            originalLength: frame.originalLength))
      }
    }
  }

  /// The frames as a source, in one batch.
  package var source: any FrameSource { MemoryFrames(self) }

  /// The same frames as a pcap file.
  package var pcap: [UInt8] {
    var builder = CaptureBuilder()
    builder.pcapHeader(magic: 0xa1b2_3c4d, linkType: UInt32(linkType.rawValue))
    for record in records {
      builder.pcapRecord(
        record.bytes, seconds: UInt32(truncatingIfNeeded: record.time.nanoseconds / 1_000_000_000),
        fraction: UInt32(truncatingIfNeeded: record.time.nanoseconds % 1_000_000_000),
        original: UInt32(record.originalLength))
    }
    return builder.bytes
  }
}

/// Frames in memory as a source.
private final class MemoryFrames: FrameSource {
  private var batch: FrameBatch?
  private(set) var captures: [CaptureSummary]

  init(_ capture: CaptureBytes) {
    var batch = FrameBatch(bytes: [], frames: [])
    var summary = CaptureSummary(path: "memory", format: .pcap, compression: .none)
    summary.linkTypes = [capture.linkType]
    for record in capture.records {
      let number = summary.count(
        time: record.time, capturedLength: record.bytes.count,
        originalLength: record.originalLength)
      let start = batch.bytes.count
      batch.bytes += record.bytes
      var frame = Frame(
        made: start..<batch.bytes.count, time: record.time, linkType: capture.linkType)
      frame.number = number
      frame.originalLength = record.originalLength
      batch.frames.append(frame)
    }
    captures = [summary]
    self.batch = batch.frames.isEmpty ? nil : batch
  }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    defer { batch = nil }
    return batch
  }
}
