import Bytes

/// snoop, as Solaris writes it (RFC 1761): a 16-byte file header, then frames behind 24-byte record
/// headers, all in network byte order. libpcap does not read it.
struct SnoopParser: RecordParser {
  /// Bytes of the file header.
  static let fileHeaderLength = 16
  private static let recordHeaderLength = 24

  /// What its frames begin with.
  let linkType: LinkType

  /// A parser for the capture that begins with `header`; nil when this is not snoop.
  init?(header: RawSpan) {
    // "snoop" and three zeros, then version 2.
    guard header.byteCount >= Self.fileHeaderLength,
      header.uint64(at: 0) == 0x736e_6f6f_7000_0000, header.uint32(at: 8) == 2
    else { return nil }
    // 0 and 4 are IEEE 802.3 and Ethernet; the others carry nothing that is dissected here.
    let field = header.uint32(at: 12)
    linkType = field == 0 || field == 4 ? .ethernet : LinkType(rawValue: .max)
  }

  mutating func parse(
    _ bytes: RawSpan, from start: Int, at place: BlockPlace, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> ParseStop {
    var position = start
    while bytes.byteCount - position >= Self.recordHeaderLength {
      let original = Int(bytes.uint32(at: position))
      let captured = Int(bytes.uint32(at: position + 4))
      let length = Int(bytes.uint32(at: position + 8))
      guard length <= CaptureLimits.blockLength, captured <= length - Self.recordHeaderLength else {
        summary.note(
          "damaged at byte \(place.offset + position), behind frame \(summary.frames): the record's "
            + "length cannot be true")
        return .finished(from: position)
      }
      guard bytes.byteCount - position >= length else {
        return .needs(from: position, bytes: length)
      }
      // Counted from the start of the capture.
      summary.dropped = max(summary.dropped, Int(bytes.uint32(at: position + 12)))
      let time = Timestamp(
        seconds: Int64(bytes.uint32(at: position + 16)),
        nanoseconds: Int64(bytes.uint32(at: position + 20)) * 1000)
      let number = summary.count(time: time, capturedLength: captured, originalLength: original)
      frames.append(
        Frame(
          number: number, capture: summary.index, time: time, linkType: linkType,
          offset: position + Self.recordHeaderLength, capturedLength: captured,
          originalLength: max(original, captured)))
      position += length
    }
    return .needs(from: position, bytes: Self.recordHeaderLength)
  }
}
