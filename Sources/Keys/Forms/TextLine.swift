/// One line of a key file and where it stands.
struct TextLine {
  /// From 1.
  var number: Int
  /// Without the line's end and the white space around it.
  var text: Substring
  /// True when white space stood in front.
  var isIndented: Bool

  /// The words between white space.
  var words: [Substring] { text.split(whereSeparator: { $0 == " " || $0 == "\t" }) }

  /// The lines of a file, empty ones left out; bytes that are not UTF-8 become U+FFFD.
  static func lines(of content: [UInt8]) -> [TextLine] {
    let text = String(decoding: content, as: UTF8.self)
    var result: [TextLine] = []
    var number = 1
    // By UTF-8 view: "\r\n" is one Character and would hide a line's end.
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let visible = line.drop(while: isSpace)
      if !visible.isEmpty {
        let end = visible.lastIndex { !isSpace($0) } ?? visible.startIndex
        result.append(
          TextLine(
            number: number, text: Substring(visible[...end]),
            isIndented: visible.startIndex != line.startIndex))
      }
      number += 1
    }
    return result
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0b || byte == 0x0c
  }
}

extension Substring {
  /// What follows `prefix`, without the white space in front; nil where it does not start so.
  func after(_ prefix: String) -> Substring? {
    guard hasPrefix(prefix) else { return nil }
    return dropFirst(prefix.count).drop { $0 == " " || $0 == "\t" }
  }

  /// What follows the first occurrence of `needle`; nil where there is none.
  func following(_ needle: String) -> Substring? {
    guard let first = needle.utf8.first else { return nil }
    var rest = self.utf8[...]
    while let at = rest.firstIndex(of: first) {
      let candidate = rest[at...]
      if candidate.starts(with: needle.utf8) {
        return Substring(candidate.dropFirst(needle.utf8.count))
      }
      rest = candidate.dropFirst()
    }
    return nil
  }
}
