import Bytes
import TestSupport

@testable import Capture

/// A capture as a list of frames, to be rearranged and written again.
struct CaptureBytes {
  struct Record {
    var time: Timestamp
    var bytes: [UInt8]
    var originalLength: Int
  }

  var linkType: LinkType
  var records: [Record] = []

  /// Reads all frames of a capture of one link type.
  init(_ path: String) throws {
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
  var source: MemoryFrames { MemoryFrames(self) }

  /// The same frames as a pcap file.
  var pcap: [UInt8] {
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
final class MemoryFrames: FrameSource {
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
      batch.frames.append(
        Frame(
          number: number, capture: 0, time: record.time, linkType: capture.linkType,
          offset: batch.bytes.count, capturedLength: record.bytes.count,
          originalLength: record.originalLength))
      batch.bytes += record.bytes
    }
    captures = [summary]
    self.batch = batch.frames.isEmpty ? nil : batch
  }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    defer { batch = nil }
    return batch
  }
}

/// A file in memory as a source.
final class MemoryFile: ByteStream {
  private let bytes: [UInt8]
  private var position = 0
  var damage: String? { nil }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func read(into block: inout OutputSpan<UInt8>) throws(CaptureError) -> Int {
    let count = min(block.freeCapacity, bytes.count - position)
    for index in position..<position + count { block.append(bytes[index]) }
    position += count
    return count
  }

  /// The frames of a capture file in memory.
  static func source(_ bytes: [UInt8]) throws(CaptureError) -> any FrameSource {
    let stream = MemoryFile(bytes)
    let start = try head(of: stream, count: PcapParser.fileHeaderLength)
    return try fileSource(
      of: stream, head: start, CaptureSummary(path: "memory", format: .pcap, compression: .none),
      filter: nil)
  }
}
