import Bytes

/// Something that frames can be written to, record by record.
package protocol FrameWriter: AnyObject {
  /// Writes a frame whose bytes stand in `block`.
  func write(_ frame: Frame, of block: [UInt8]) throws(CaptureError)
  /// Hands all whole records to the system; for live captures, between batches.
  func flush() throws(CaptureError)
  /// Completes the file.
  func close() throws(CaptureError)
}

/// Classic pcap with times in nanoseconds: one link type, read by every tool.
package final class PcapWriter: FrameWriter {
  private let file: OutputFile
  private let linkType: LinkType

  /// Begins a capture file.
  ///
  /// - Parameters:
  ///   - path: As the user gave it; "-" is standard output.
  ///   - linkType: What all of its frames begin with.
  ///   - mode: Whether it appears whole or not at all.
  /// - Throws: When it cannot be created.
  package init(path: String, linkType: LinkType, mode: OutputFile.Mode) throws(CaptureError) {
    file = try OutputFile(path: path, mode: mode)
    self.linkType = linkType
    file.append(PcapRecords.fileHeader(linkType))
    // Whoever looks while nothing was captured yet, or after a kill, finds a capture.
    if mode == .direct { try file.flush() }
  }

  package func write(_ frame: Frame, of block: [UInt8]) throws(CaptureError) {
    PcapRecords.append(frame, of: block, to: file)
    try file.flushIfFull()
  }

  package func flush() throws(CaptureError) { try file.flush() }
  package func close() throws(CaptureError) { try file.close() }
}

/// Headers of classic pcap in little-endian order with times in nanoseconds.
enum PcapRecords {
  static func fileHeader(_ linkType: LinkType) -> [UInt8] {
    var header: [UInt8] = []
    header.append(littleEndian: UInt32(0xa1b2_3c4d))
    header += [2, 0, 4, 0]
    header.append(littleEndian: UInt64(0))
    header.append(littleEndian: UInt32(CaptureLimits.frameLength))
    header.append(littleEndian: UInt32(linkType.rawValue))
    return header
  }

  static func append(_ frame: Frame, of block: [UInt8], to file: OutputFile) {
    let (seconds, nanoseconds) = max(frame.time.nanoseconds, 0)
      .quotientAndRemainder(dividingBy: 1_000_000_000)
    file.append(littleEndian: UInt32(clamping: seconds))
    file.append(littleEndian: UInt32(nanoseconds))
    file.append(littleEndian: UInt32(clamping: frame.capturedLength))
    file.append(littleEndian: UInt32(clamping: frame.originalLength))
    file.append(block[frame.range])
  }
}

extension [UInt8] {
  /// Appends a number, the least significant byte first.
  mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
