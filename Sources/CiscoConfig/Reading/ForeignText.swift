/// Tells text that is no configuration, and what it seems to be.
enum ForeignText {
  /// What the first bytes give away; nil when the text may be a configuration.
  static func kind(ofBeginning text: [UInt8]) -> String? {
    if text.allSatisfy(\.isBlankOrLineEnd) { return "it is empty" }
    for (magic, kind) in magics where text.starts(with: magic) { return kind }
    if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) { return nil }
    let sample = text.prefix(4096)
    let strange = sample.count { $0 >= 0x80 || ($0 < 0x20 && !isPlainControl($0)) }
    return strange * 4 > sample.count ? "it is binary data" : nil
  }

  private static let magics: [([UInt8], String)] = [
    ([0xd4, 0xc3, 0xb2, 0xa1], "it is a packet capture (pcap)"),
    ([0xa1, 0xb2, 0xc3, 0xd4], "it is a packet capture (pcap)"),
    ([0x4d, 0x3c, 0xb2, 0xa1], "it is a packet capture (pcap)"),
    ([0xa1, 0xb2, 0x3c, 0x4d], "it is a packet capture (pcap)"),
    ([0x0a, 0x0d, 0x0d, 0x0a], "it is a packet capture (pcapng)"),
    ([0x1f, 0x8b], "it is compressed (gzip); unpack it first"),
    ([0x28, 0xb5, 0x2f, 0xfd], "it is compressed (zstd); unpack it first"),
    ([0x50, 0x4b, 0x03, 0x04], "it is a ZIP archive; unpack it first"),
    (Array("%PDF".utf8), "it is a PDF document; copy the text out of it"),
    (Array("{".utf8), "it is JSON; key material belongs to --keys"),
    (Array("<?xml".utf8), "it is XML"),
    (Array("<!DOCTYPE".utf8), "it is a web page"),
  ]

  private static func isPlainControl(_ byte: UInt8) -> Bool {
    byte.isBlankOrLineEnd || byte == .backspace || byte == .escape || byte == 3 || byte == 12
  }

  /// What the commands read give away; nil when they are those of a configuration.
  static func kind(of readers: [ConfigurationReader], lineCount: Int) -> String? {
    let recognized = readers.reduce(0) { $0 + $1.recognized }
    let shown = readers.reduce(0) { $0 + $1.shownOutput }
    if shown > recognized {
      return "it is the output of a show command, not of show running-config"
    }
    let listed = readers.reduce(0) { $0 + $1.configuration.notUnderstood.count }
    if recognized == 0, listed == 0 { return "no command of a configuration was found in it" }
    // In that many words of anything a few look like commands.
    let hasCrypto = readers.contains { $0.configuration.hasCrypto }
    if lineCount > 10_000, recognized + listed < lineCount / 1000, !hasCrypto {
      return "hardly a command of a configuration was found in its \(lineCount) lines"
    }
    return nil
  }
}

extension UInt8 {
  /// Blank, tab, carriage return or line feed.
  var isBlankOrLineEnd: Bool { isBlank || self == .newline }
}
