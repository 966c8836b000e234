package import Bytes

/// pcapng with an interface for each link type, times in nanoseconds, and comments on frames.
package final class PcapngWriter: FrameWriter {
  private let file: OutputFile
  private var interfaces: [LinkType: UInt32] = [:]

  /// Begins a capture file.
  ///
  /// - Parameters:
  ///   - path: As the user gave it; "-" is standard output.
  ///   - application: Who wrote it, such as `ikescope 1.0`.
  ///   - mode: Whether it appears whole or not at all.
  /// - Throws: When it cannot be created.
  package init(path: String, application: String, mode: OutputFile.Mode) throws(CaptureError) {
    file = try OutputFile(path: path, mode: mode)
    var body: [UInt8] = []
    // Byte-order magic, version 1.0, section of unknown length, shb_userappl.
    body.append(littleEndian: UInt32(0x1a2b_3c4d))
    body += [1, 0, 0, 0]
    body.append(littleEndian: UInt64.max)
    appendOption(4, Array(application.utf8), to: &body)
    append(block: BlockType.sectionHeader, body + endOfOptions)
  }

  package func write(_ frame: Frame, of block: [UInt8]) throws(CaptureError) {
    try write(
      block[frame.range], time: frame.time, linkType: frame.linkType,
      originalLength: frame.originalLength)
  }

  /// Writes bytes as a frame of their own.
  ///
  /// - Parameters:
  ///   - bytes: The frame, at most 256 KiB.
  ///   - time: When it was captured.
  ///   - linkType: What it begins with.
  ///   - originalLength: Bytes on the wire; nil when they are all here.
  ///   - comment: Shown beside the frame by other tools (opt_comment).
  /// - Throws: When it cannot be written.
  package func write(
    _ bytes: ArraySlice<UInt8>, time: Timestamp, linkType: LinkType, originalLength: Int? = nil,
    comment: String? = nil
  ) throws(CaptureError) {
    let ticks = UInt64(max(time.nanoseconds, 0))
    let interface = interface(for: linkType)
    var body: [UInt8] = []
    body.reserveCapacity(bytes.count + 64)
    body.append(littleEndian: interface)
    body.append(littleEndian: UInt32(truncatingIfNeeded: ticks >> 32))
    body.append(littleEndian: UInt32(truncatingIfNeeded: ticks))
    body.append(littleEndian: UInt32(clamping: bytes.count))
    body.append(littleEndian: UInt32(clamping: originalLength ?? bytes.count))
    body += bytes
    pad(&body)
    if let comment {
      appendOption(1, Array(comment.utf8), to: &body)
      body += endOfOptions
    }
    append(block: BlockType.enhancedPacket, body)
    try file.flushIfFull()
  }

  package func flush() throws(CaptureError) { try file.flush() }
  package func close() throws(CaptureError) { try file.close() }

  /// The number of the interface for `linkType`, described when it is first needed.
  private func interface(for linkType: LinkType) -> UInt32 {
    if let number = interfaces[linkType] { return number }
    let number = UInt32(interfaces.count)
    interfaces[linkType] = number
    // Link type, reserved, no snap length, then if_tsresol: nanoseconds.
    var body: [UInt8] = []
    body.append(littleEndian: linkType.rawValue)
    body.append(littleEndian: UInt16(0))
    body.append(littleEndian: UInt32(0))
    appendOption(9, [9], to: &body)
    append(block: BlockType.interfaceDescription, body + endOfOptions)
    return number
  }

  private func append(block type: UInt32, _ body: [UInt8]) {
    let length = UInt32(clamping: body.count + 12)
    file.append(littleEndian: type)
    file.append(littleEndian: length)
    file.append(body)
    file.append(littleEndian: length)
  }

  private var endOfOptions: [UInt8] { [0, 0, 0, 0] }

  /// Appends an option, its value cut to the 16 bits of its length at a character's end.
  private func appendOption(_ code: UInt16, _ value: [UInt8], to body: inout [UInt8]) {
    var value = value
    if value.count > Int(UInt16.max) {
      value.removeSubrange(Int(UInt16.max)...)
      while let last = value.last, last & 0xc0 == 0x80 { value.removeLast() }
      if let last = value.last, last >= 0xc0 { value.removeLast() }
    }
    body.append(littleEndian: code)
    body.append(littleEndian: UInt16(value.count))
    body += value
    pad(&body)
  }

  private func pad(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: repeatElement(0, count: (4 - bytes.count % 4) % 4))
  }
}
