/// One command: a line cut into words, the prompt before it taken off.
struct Statement {
  /// Bytes that hold the line.
  let bytes: [UInt8]
  /// Where the words lie in the bytes.
  let words: [Range<Int>]
  /// The line's number in the file.
  let number: Int
  /// True when blanks came before the first word.
  let isIndented: Bool
  /// True when a prompt came before the first word.
  let hadPrompt: Bool
  /// The end of the line's last word that counts, or of its comment.
  let end: Int

  /// A line may not have more words than this; the rest of it is not looked at.
  static let mostWords = 2048

  /// The words of a line; nil when there are none.
  init?(_ line: TextLines.Line, number: Int) {
    bytes = line.bytes
    self.number = number
    var start = line.range.lowerBound
    let lineEnd = Self.trimmedEnd(line)
    while start < lineEnd, bytes[start].isBlank { start += 1 }
    isIndented = start > line.range.lowerBound
    let command = Self.endOfPrompt(bytes, start, lineEnd)
    hadPrompt = command != nil
    words = Self.split(bytes, (command ?? start)..<lineEnd)
    end = lineEnd
    if words.isEmpty { return nil }
  }

  /// Two lines as one.
  init(joining first: Statement, _ second: Statement) {
    var bytes = Array(first.bytes[first.start..<first.end])
    bytes.append(.blank)
    bytes.append(contentsOf: second.bytes[second.start..<second.end])
    self.bytes = bytes
    number = first.number
    isIndented = first.isIndented
    hadPrompt = first.hadPrompt
    words = Self.split(bytes, 0..<bytes.count)
    end = bytes.count
  }

  /// The start of the first word.
  var start: Int { words.first?.lowerBound ?? end }

  /// The line without blanks at the ends; a backslash that ends it (text copied out of a program)
  /// is taken off too.
  private static func trimmedEnd(_ line: TextLines.Line) -> Int {
    var end = line.range.upperBound
    while end > line.range.lowerBound, line.bytes[end - 1].isBlank { end -= 1 }
    if end > line.range.lowerBound + 1, line.bytes[end - 1] == UInt8(ascii: "\\") {
      end -= 1
      while end > line.range.lowerBound, line.bytes[end - 1].isBlank { end -= 1 }
    }
    return end
  }

  /// Where the command behind a prompt such as `fw01(config-if)# ` or `router#` begins; nil when
  /// the line has no prompt.
  private static func endOfPrompt(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    var index = start
    var hasMode = false
    while index < end, index - start < 120 {
      let byte = bytes[index]
      if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ">") {
        guard index > start else { return nil }
        index += 1
        // `R1>` alone or `R1# command`; a word such as `a#b` in mid-command is no prompt, but
        // `R1#show run` is how people paste it.
        guard hasMode || index == end || bytes[index].isBlank || bytes[index].isLetter else {
          return nil
        }
        while index < end, bytes[index].isBlank { index += 1 }
        return index
      }
      if byte == UInt8(ascii: "(") {
        guard index > start else { return nil }
        hasMode = true
      } else if !(byte.isLetter || byte.isDigit || Self.promptMarks.contains(byte)) {
        return nil
      }
      index += 1
    }
    return nil
  }

  private static let promptMarks = Array("-_.:/)@".utf8)

  /// Splits at blanks; `"…"` and `<…>` with blanks inside stay one word, and an exclamation mark
  /// that begins a word ends the command.
  private static func split(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    words.reserveCapacity(12)
    var index = range.lowerBound
    while index < range.upperBound, words.count < mostWords {
      if bytes[index].isBlank {
        index += 1
        continue
      }
      if bytes[index] == UInt8(ascii: "!"), !words.isEmpty { break }
      let start = index
      if let closing = closingMark(for: bytes[index]),
        let close = firstIndex(of: closing, in: bytes, (index + 1)..<range.upperBound)
      {
        index = close + 1
      }
      while index < range.upperBound, !bytes[index].isBlank { index += 1 }
      words.append(start..<index)
    }
    return words
  }

  private static func closingMark(for byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""): UInt8(ascii: "\"")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    default: nil
    }
  }

  /// Looks no further than a line of ordinary length, so that a long line of quotes stays cheap.
  private static func firstIndex(
    of byte: UInt8, in bytes: [UInt8], _ range: Range<Int>
  ) -> Int? {
    var index = range.lowerBound
    let end = min(range.upperBound, range.lowerBound + 256)
    while index < end {
      if bytes[index] == byte { return index }
      index += 1
    }
    return nil
  }
}

extension Statement {
  /// The word at a position, as text; empty when there is none.
  func word(_ position: Int) -> String {
    guard position < words.count else { return "" }
    return String(decoding: bytes[words[position]], as: UTF8.self)
  }

  /// The word at a position in lower case; empty when there is none.
  func keyword(_ position: Int) -> String {
    guard position < words.count else { return "" }
    return String(decoding: bytes[words[position]].lazy.map(\.lowercased), as: UTF8.self)
  }

  /// Everything from a word to the end of the line, as text.
  func rest(from position: Int) -> String {
    guard position < words.count else { return "" }
    return String(decoding: bytes[words[position].lowerBound..<end], as: UTF8.self)
  }

  /// True when a word is the keyword, or its beginning of at least `least` letters.
  func isWord(_ position: Int, _ keyword: String, least: Int) -> Bool {
    guard position < words.count else { return false }
    let word = words[position]
    guard word.count >= least, word.count <= keyword.utf8.count else { return false }
    var index = word.lowerBound
    for letter in keyword.utf8 {
      if index == word.upperBound { return true }
      if bytes[index].lowercased != letter { return false }
      index += 1
    }
    return true
  }

  /// True when a word is the keyword, all of it.
  func isWord(_ position: Int, _ keyword: String) -> Bool {
    isWord(position, keyword, least: keyword.utf8.count)
  }
}
