import Bytes

/// The frames of a capture that is in memory already: what tests and fuzzers make.
///
/// - Parameter bytes: The whole file, not compressed.
/// - Throws: As `openCaptures` does for a file of these bytes.
package func openCapture(bytes: [UInt8]) throws(CaptureError) -> any FrameSource {
  let stream = MemoryStream(bytes)
  let start = try head(of: stream, count: PcapParser.fileHeaderLength)
  let source = try fileSource(
    of: stream, head: start, CaptureSummary(path: "memory", format: .pcap, compression: .none),
    filter: nil)
  source.blockLength = max(4096, min(bytes.count, FileSource.blockLength))
  return source
}

/// Bytes in memory as a stream, given out a few at a time, as a slow pipe does.
final class MemoryStream: ByteStream {
  private var rest: ArraySlice<UInt8>
  private let step: Int
  var damage: String? { nil }

  init(_ bytes: [UInt8], step: Int = .max) {
    rest = bytes[...]
    self.step = step
  }

  func read(into block: inout OutputSpan<UInt8>) throws(CaptureError) -> Int {
    let count = min(step, block.freeCapacity, rest.count)
    for byte in rest.prefix(count) { block.append(byte) }
    rest = rest.dropFirst(count)
    return count
  }
}
