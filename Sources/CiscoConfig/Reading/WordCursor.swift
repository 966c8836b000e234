internal import Bytes

/// Takes the words of a command one after the other.
struct WordCursor {
  let statement: Statement
  /// The word that comes next.
  private(set) var position: Int
  /// Keywords that were shortened.
  private(set) var abbreviations: [String] = []
  /// Words such as `<peer-ip>` that stood for values.
  private(set) var placeholders: [String] = []
  /// Values outside the documented range of their command.
  var rangeComplaints: [String] = []

  init(_ statement: Statement, at position: Int = 0) {
    self.statement = statement
    self.position = position
  }

  /// True when no word is left.
  var isAtEnd: Bool { position >= statement.words.count }
  /// How many words are left.
  var count: Int { max(0, statement.words.count - position) }

  /// Takes the keyword, when it comes next.
  mutating func take(_ keyword: String) -> Bool {
    guard statement.isWord(position, keyword) else { return false }
    position += 1
    return true
  }

  /// Takes the keyword or its beginning of at least `least` letters.
  mutating func take(_ keyword: String, least: Int) -> Bool {
    guard statement.isWord(position, keyword, least: least) else { return false }
    if statement.words[position].count < keyword.utf8.count { abbreviations.append(keyword) }
    position += 1
    return true
  }

  /// Takes one of some keywords: whole, or the only one that begins so (`pre` is `pre-share`
  /// although `pre-shared-key` is another).
  mutating func choose(_ keywords: [String]) -> String? {
    if let exact = keywords.first(where: { statement.isWord(position, $0) }) {
      position += 1
      return exact
    }
    let candidates = keywords.filter { statement.isWord(position, $0, least: 2) }
    guard let only = candidates.min(by: { $0.utf8.count < $1.utf8.count }),
      candidates.allSatisfy({ $0.hasPrefix(only) })
    else { return nil }
    abbreviations.append(only)
    position += 1
    return only
  }

  /// The next word in lower case, not taken; empty at the end.
  func peek(_ ahead: Int = 0) -> String { statement.keyword(position + ahead) }

  /// True when the next word is the keyword.
  func sees(_ keyword: String) -> Bool { statement.isWord(position, keyword) }

  mutating func skip(_ count: Int = 1) { position = min(position + count, statement.words.count) }

  /// Takes a word.
  mutating func word(_ wanted: String) throws(StatementError) -> String {
    guard !isAtEnd else { throw .incomplete(wanted) }
    defer { position += 1 }
    return statement.word(position)
  }

  /// Takes a word without the quotation marks it may have, noting a placeholder.
  mutating func name(_ wanted: String) throws(StatementError) -> String {
    let word = try word(wanted)
    notePlaceholder(word)
    guard word.utf8.count >= 2, word.hasPrefix("\""), word.hasSuffix("\"") else { return word }
    return String(word.dropFirst().dropLast())
  }

  /// Takes all words that are left, as names.
  mutating func names(_ wanted: String) throws(StatementError) -> [String] {
    var names = [try name(wanted)]
    while !isAtEnd { names.append(try name(wanted)) }
    return names
  }

  /// Takes everything that is left, as text.
  mutating func rest() -> String {
    defer { position = statement.words.count }
    return statement.rest(from: position)
  }

  private mutating func notePlaceholder(_ word: String) {
    if Self.isPlaceholder(word) { placeholders.append(word) }
  }

  /// True for `<peer-ip>`, `${secret}`, `{{ x }}` and the like.
  static func isPlaceholder(_ word: String) -> Bool {
    word.hasPrefix("\"")
      || marks.contains { word.hasPrefix($0.open) && word.hasSuffix($0.close) }
  }

  private static let marks: [(open: String, close: String)] = [
    ("<", ">"), ("${", "}"), ("{{", "}"), ("{", "}"), ("$(", ")"), ("[", "]"),
  ]

  /// The next word as a decimal number, not taken; nil when it is none.
  func peekNumber() -> Int? {
    guard !isAtEnd else { return nil }
    var value = 0
    for byte in statement.bytes[statement.words[position]] {
      guard byte.isDigit, value < 1_000_000_000_000 else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Takes a decimal number; nil, with a note, for a placeholder.
  mutating func numberOrPlaceholder(_ wanted: String) throws(StatementError) -> Int? {
    if let value = peekNumber() {
      position += 1
      return value
    }
    let word = try word(wanted)
    guard Self.isPlaceholder(word) else { throw .unexpected(word, wanted: wanted) }
    placeholders.append(word)
    return nil
  }

  /// Takes a decimal number.
  mutating func number(_ wanted: String) throws(StatementError) -> Int {
    guard let value = peekNumber() else {
      guard !isAtEnd else { throw .incomplete(wanted) }
      throw .unexpected(statement.word(position), wanted: wanted)
    }
    position += 1
    return value
  }

  /// Complains when a value lies outside the documented range of its command; it is kept.
  mutating func check(_ value: Int, within range: ClosedRange<Int>, _ what: String) {
    guard !range.contains(value) else { return }
    rangeComplaints.append(
      "\(what) \(value) is outside \(range.lowerBound) to \(range.upperBound)")
  }

  /// Takes a keyword that must come.
  mutating func expect(_ keyword: String, least: Int) throws(StatementError) {
    guard !take(keyword, least: least) else { return }
    guard !isAtEnd else { throw .incomplete("‘\(keyword)’") }
    throw .unexpected(statement.word(position), wanted: "‘\(keyword)’")
  }

  /// Complains when words are left.
  func expectEnd() throws(StatementError) {
    guard !isAtEnd else { return }
    throw .unexpected(statement.word(position), wanted: "the end of the line")
  }

  /// Complains about the next word.
  func unexpected(_ wanted: String) -> StatementError {
    isAtEnd ? .incomplete(wanted) : .unexpected(statement.word(position), wanted: wanted)
  }
}
