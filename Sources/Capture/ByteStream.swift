/// Bytes in order: a file, a pipe, or what decompression makes of one.
protocol ByteStream: AnyObject {
  /// Appends what can be had at once to `block`, waiting only while there is nothing.
  ///
  /// - Returns: The number of bytes appended; 0 at the end of the stream or when `block` is full.
  func read(into block: inout OutputSpan<UInt8>) throws(CaptureError) -> Int

  /// What was wrong with the stream itself, known at its end: "the gzip data is cut off".
  var damage: String? { get }

  /// True when the stream ended before its own end mark, or cannot be read to it.
  var isCut: Bool { get }
}

extension ByteStream {
  var isCut: Bool { false }
}

/// The first bytes of a stream, at least `count` unless the stream is shorter; for telling what it
/// holds.
func head(of stream: any ByteStream, count: Int) throws(CaptureError) -> [UInt8] {
  try [UInt8](capacity: 4096) { (block: inout OutputSpan<UInt8>) throws(CaptureError) in
    while block.count < count {
      if try stream.read(into: &block) == 0 { break }
    }
  }
}
