import Bytes

@testable import Capture

/// A frame with its bytes, as tests compare it.
struct ReadFrame: Hashable {
  var number: Int
  var time: Timestamp
  var linkType: UInt16
  var bytes: [UInt8]
  var originalLength: Int
}

/// What was read from a capture, to its end.
struct ReadCapture {
  var frames: [ReadFrame] = []
  var summary: CaptureSummary

  /// All frames of a capture in memory.
  init(_ bytes: [UInt8], step: Int = .max, filter: String? = nil) throws {
    let stream = MemoryStream(bytes, step: step)
    let head = try Capture.head(of: stream, count: PcapParser.fileHeaderLength)
    let source = try fileSource(
      of: stream, head: head, CaptureSummary(path: "memory", format: .pcap, compression: .none),
      filter: filter.map { try FrameFilter($0) })
    try self.init(source)
  }

  /// All frames of a source with one capture.
  init(_ source: any FrameSource) throws {
    while let batch = try source.nextBatch() {
      for frame in batch.frames {
        frames.append(
          ReadFrame(
            number: frame.number, time: frame.time, linkType: frame.linkType.rawValue,
            bytes: Array(batch.bytes[frame.range]), originalLength: frame.originalLength))
      }
    }
    summary = source.captures[0]
  }
}
