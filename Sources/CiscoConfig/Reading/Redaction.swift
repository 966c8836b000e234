internal import Bytes

/// Replaces the secrets in a line by `*****`, whatever the command, so that any line can be shown.
enum Redaction {
  /// The line as it may be shown.
  static func text(of statement: Statement) -> String {
    guard let masked = secretWords(statement) else { return plainText(of: statement) }
    guard let first = masked.first else {
      // The key itself was taken for a comment, or is missing: show nothing behind its keyword.
      let end = statement.words.last?.upperBound ?? statement.end
      return visible(statement.bytes[statement.start..<end]) + " *****"
    }
    var shown = Array(statement.bytes[statement.start..<statement.words[first].lowerBound])
    var isMasking = false
    for position in first..<statement.words.count {
      let isSecret = masked.contains(position)
      if !(isSecret && isMasking) {
        if let last = shown.last, !last.isBlank { shown.append(.blank) }
        shown += isSecret ? Array("*****".utf8) : Array(statement.bytes[statement.words[position]])
      }
      isMasking = isSecret
    }
    return visible(shown[...])
  }

  /// The line as it may be shown, for commands that hold no secret.
  static func plainText(of statement: Statement) -> String {
    let end = statement.end - statement.start > longest ? statement.start + longest : statement.end
    return visible(statement.bytes[statement.start..<end])
  }

  /// A line is not shown beyond this many bytes.
  private static let longest = 1024

  private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.allSatisfy { (0x20..<0x7f).contains($0) }
      ? String(decoding: bytes, as: UTF8.self) : printable(bytes)
  }

  /// The positions of the words to hide: empty when the line ends at the keyword of a secret, nil
  /// when there is none.
  private static func secretWords(_ statement: Statement) -> Range<Int>? {
    let count = statement.words.count
    var position = 0
    while position < count {
      if let range = secretWords(statement, after: position) { return range }
      position += 1
    }
    return nil
  }

  private static func secretWords(_ statement: Statement, after position: Int) -> Range<Int>? {
    let end = statement.words.count
    switch statement.keyword(position) {
    case "pre-shared-key":
      // `pre-shared-key address A key K`: the word `key` decides.
      if ["address", "hostname"].contains(statement.keyword(position + 1)) { return nil }
      let from = position + (["local", "remote"].contains(statement.keyword(position + 1)) ? 2 : 1)
      return behindType(statement, from: from)..<end
    case "key":
      if position == 1, statement.keyword(0) == "crypto" || statement.keyword(0) == "tunnel" {
        return nil
      }
      if ["chain", "config-key"].contains(statement.keyword(position + 1)) { return nil }
      let from = behindType(statement, from: position + 1)
      return from..<endOfKey(statement, from: from)
    case "password", "secret", "passphrase", "passwd", "key-string", "community", "md5",
      "authenticator", "shared-secret", "wpa-psk":
      return behindType(statement, from: position + 1)..<end
    case "session-key", "cipher":
      return sessionKeyWords(statement, after: position)
    default:
      return nil
    }
  }

  /// A key ends at `address` or `hostname` in `crypto isakmp key K address A`.
  private static func endOfKey(_ statement: Statement, from start: Int) -> Int {
    var end = start + 1
    while end < statement.words.count {
      if ["address", "hostname"].contains(statement.keyword(end)) { return end }
      end += 1
    }
    return statement.words.count
  }

  /// `inbound ah SPI KEY`, `inbound esp SPI cipher KEY …`: what follows the SPI or `cipher`.
  private static func sessionKeyWords(_ statement: Statement, after position: Int) -> Range<Int>? {
    let end = statement.words.count
    if statement.keyword(position) == "cipher" { return min(position + 1, end)..<end }
    if statement.keyword(position + 4) == "cipher" { return nil }
    return min(position + 4, end)..<end
  }

  /// Skips the type digit in front of a key.
  private static func behindType(_ statement: Statement, from start: Int) -> Int {
    let end = statement.words.count
    guard start + 1 < end, ["0", "5", "6", "7", "8", "9"].contains(statement.keyword(start)) else {
      return min(start, end)
    }
    return start + 1
  }
}
