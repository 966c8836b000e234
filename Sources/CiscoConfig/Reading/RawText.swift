/// Text inside a configuration that is not commands: banners, certificates, keys (X-PARSE-07).
enum RawText {
  case none
  /// Until a line that holds the delimiter.
  case banner(delimiter: [UInt8])
  /// Hexadecimal or base 64 until `quit`, or until a line that cannot be either.
  case certificate

  /// Takes a line that belongs to the raw text; false when the line is a command again.
  mutating func continues(with line: TextLines.Line) -> Bool {
    let bytes = line.bytes[line.range]
    switch self {
    case .none:
      return false
    case .banner(let delimiter):
      if Self.holds(bytes, delimiter) { self = .none }
      return true
    case .certificate:
      let word = bytes.drop(while: \.isBlank).prefix { !$0.isBlank }
      if word.map(\.lowercased) == Array("quit".utf8) {
        self = .none
        return true
      }
      if Self.isEncoded(bytes) { return true }
      self = .none
      return false
    }
  }

  /// The delimiter of a banner whose text is `bytes`: one character, or `^` and a letter. Nil when
  /// the banner is on one line.
  static func delimiter(ofBanner text: ArraySlice<UInt8>) -> [UInt8]? {
    guard let first = text.first else { return nil }
    var delimiter = [first]
    if first == UInt8(ascii: "^"), let second = text.dropFirst().first, second.isLetter {
      delimiter.append(second)
    }
    return holds(text.dropFirst(delimiter.count), delimiter) ? nil : delimiter
  }

  private static func holds(_ bytes: ArraySlice<UInt8>, _ delimiter: [UInt8]) -> Bool {
    guard let first = delimiter.first else { return false }
    guard delimiter.count > 1 else { return bytes.contains(first) }
    return zip(bytes, bytes.dropFirst()).contains { $0 == first && $1 == delimiter[1] }
  }

  /// True for lines of hexadecimal words or of base 64, and for empty ones.
  private static func isEncoded(_ bytes: ArraySlice<UInt8>) -> Bool {
    let words = bytes.split(whereSeparator: \.isBlank)
    if words.allSatisfy({ $0.allSatisfy(Self.isHexadecimalDigit) }) { return true }
    return words.count == 1 && words[0].count > 40
      || words.first?.starts(with: Array("-----".utf8)) == true
  }

  private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}
