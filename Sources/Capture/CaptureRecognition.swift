import Bytes

/// What the first bytes of something show it to be.
enum Recognised {
  case pcap(PcapParser)
  case pcapng(PcapngParser)
  case snoop(SnoopParser)
  case gzip
  /// Compressed otherwise; what it is called and how it is decompressed.
  case compressed(name: String, command: String)
  /// Anything else, as a noun phrase for the user.
  case other(String)

  /// Looks at the first bytes of a file or stream.
  init(head: [UInt8]) {
    if let parser = PcapParser(header: head.rawSpan) {
      self = .pcap(parser)
    } else if let parser = PcapngParser(header: head.rawSpan) {
      self = .pcapng(parser)
    } else if let parser = SnoopParser(header: head.rawSpan) {
      self = .snoop(parser)
    } else if head.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if let method = Self.compressions.first(where: { head.starts(with: $0.magic) }) {
      self = .compressed(name: method.name, command: method.command)
    } else {
      self = .other(Self.appearance(of: head))
    }
  }

  private static let compressions: [(magic: [UInt8], name: String, command: String)] = [
    ([0x28, 0xb5, 0x2f, 0xfd], "Zstandard", "zstd -d FILE"),
    ([0x04, 0x22, 0x4d, 0x18], "LZ4", "lz4 -d FILE"),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "XZ", "unxz FILE"),
    ([0x42, 0x5a, 0x68], "bzip2", "bunzip2 FILE"),
    ([0x1f, 0x9d], "compress", "uncompress FILE"),
    ([0x50, 0x4b, 0x03, 0x04], "ZIP", "unzip FILE"),
    ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "7-Zip", "7z x FILE"),
    ([0x52, 0x61, 0x72, 0x21, 0x1a], "RAR", "unrar x FILE"),
  ]

  private static let others: [(magic: [UInt8], appearance: String)] = [
    (Array("snoop\0\0\0".utf8), "a snoop capture of another version than 2, or cut off"),
    (
      Array("RTSS".utf8),
      "a Microsoft Network Monitor 1 capture (convert it: editcap -F pcapng FILE NEW)"
    ),
    (
      Array("GMBU".utf8),
      "a Microsoft Network Monitor 2 capture (convert it: editcap -F pcapng FILE NEW)"
    ),
    (Array("TRSNIFF data".utf8), "a Sniffer capture (convert it: editcap -F pcapng FILE NEW)"),
    (Array("XCP\0".utf8), "a NetXRay capture (convert it: editcap -F pcapng FILE NEW)"),
    ([0x7f, 0x45, 0x4c, 0x46], "a program (ELF)"),
    (Array("%PDF".utf8), "a PDF document"),
    ([0x89, 0x50, 0x4e, 0x47], "a PNG image"),
    (Array("SQLite format 3".utf8), "an SQLite database"),
    (Array("MZ".utf8), "a Windows program"),
  ]

  /// A noun phrase for bytes that are no capture.
  private static func appearance(of head: [UInt8]) -> String {
    guard !head.isEmpty else { return "an empty file" }
    if head.allSatisfy({ $0 == 0 }) { return "a file of zeros" }
    if let known = others.first(where: { head.starts(with: $0.magic) }) { return known.appearance }
    if let text = textAppearance(of: head) { return text }
    if isStartOfCapture(head) {
      return "the first \(head.count) bytes of a capture, which is too short for its header"
    }
    return "binary data that begins with \(hexadecimal(head.prefix(8)))"
  }

  private static func isStartOfCapture(_ head: [UInt8]) -> Bool {
    let magics: [[UInt8]] = [
      [0xd4, 0xc3, 0xb2, 0xa1], [0xa1, 0xb2, 0xc3, 0xd4], [0x4d, 0x3c, 0xb2, 0xa1],
      [0xa1, 0xb2, 0x3c, 0x4d], [0x34, 0xcd, 0xb2, 0xa1], [0xa1, 0xb2, 0xcd, 0x34],
      [0x0a, 0x0d, 0x0d, 0x0a],
    ]
    return head.count < PcapParser.fileHeaderLength
      && magics.contains { $0.prefix(head.count).elementsEqual(head.prefix(4)) }
  }

  private static func textAppearance(of head: [UInt8]) -> String? {
    let isText = head.allSatisfy {
      (0x20..<0x7f).contains($0) || (9...13).contains($0) || $0 > 0x7f
    }
    guard isText else { return nil }
    let start = head.drop { $0 == 0x20 || (9...13).contains($0) }
    switch start.first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "JSON text; key material belongs to --keys"
    case UInt8(ascii: "<"): return "XML or HTML text"
    default: break
    }
    return
      "text; a hex dump becomes a capture with text2pcap, and a configuration belongs to --config"
  }
}
