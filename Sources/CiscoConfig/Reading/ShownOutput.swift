/// Lines of `show crypto …`, `show access-list` and the like, which people paste in place of a
/// configuration: `Peer: 1.1.1.1 port 500`, `Crypto map tag: …`, `IPv4 Crypto IKEv2 SA`,
/// `access-list X line 1 extended … (hitcnt=5)`.
enum ShownOutput {
  static func recognizes(_ statement: Statement) -> Bool {
    guard let first = statement.words.first, let last = statement.words.last,
      let letter = statement.bytes[first].first
    else { return false }
    if statement.isWord(0, "access-list") { return isCountedList(statement) }
    if letter == UInt8(ascii: "#") || isRule(statement.bytes[first]) { return true }
    // A word with a colon behind it, or a colon of its own, is a label. Commands have none, but
    // for free text and addresses; whatever begins as a command is one.
    if endsInColon(statement, 0), letter.isLetter {
      return !statement.isWord(0, "cryptochecksum:")
    }
    if isTitle(statement, letter) { return true }
    // `show crypto ipsec sa` ends its columns with commas.
    if last == first, statement.bytes[first].last == UInt8(ascii: ","), letter.isLetter {
      return true
    }
    guard !Vocabulary.beginsCommand(statement, in: .global), letter.isLetter else { return false }
    let count = min(statement.words.count, 6)
    return (1..<max(1, count)).contains { endsInColon(statement, $0) || isLabelMark(statement, $0) }
  }

  /// Titles and first columns.
  private static func isTitle(_ statement: Statement, _ letter: UInt8) -> Bool {
    guard statement.words.count > 1 else { return false }
    switch statement.keyword(0) {
    case "ipv4", "ipv6": return statement.isWord(1, "crypto")
    case "ip": return statement.isWord(1, "access") || statement.isWord(2, "list")
    case "extended", "standard": return statement.isWord(1, "ip")
    case "crypto":
      return statement.isWord(1, "session")
        || letter == UInt8(ascii: "C") && ["tag:", "ipv4", "ipv6"].contains(statement.keyword(2))
    case "tunnel-id", "dst", "session-id", "current_peer", "permit,", "path": return true
    default: return false
    }
  }

  /// `… (hitcnt=n) 0x…`, `access-list NAME; n elements`, `access-list cached ACL log flows`.
  private static func isCountedList(_ statement: Statement) -> Bool {
    if statement.words.count > 1,
      statement.bytes[statement.words[1]].last == UInt8(ascii: ";")
        || statement.isWord(1, "cached")
    {
      return true
    }
    var position = statement.words.count - 1
    while position > max(1, statement.words.count - 5) {
      if statement.isWord(position, "(hitcnt=", least: 7)
        || statement.bytes[statement.words[position]].starts(with: hitCount)
      {
        return true
      }
      position -= 1
    }
    return false
  }

  private static let hitCount = Array("(hitcnt".utf8)

  /// A line of dashes, equals signs or stars.
  private static func isRule(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count > 7, let first = word.first else { return false }
    return (first == UInt8(ascii: "-") || first == UInt8(ascii: "="))
      && word.allSatisfy { $0 == first }
  }

  /// True for `word:`, not for an address such as `2001:db8::`.
  private static func endsInColon(_ statement: Statement, _ position: Int) -> Bool {
    let word = statement.bytes[statement.words[position]]
    return word.count > 1 && word.last == UInt8(ascii: ":")
      && word.dropLast().last != UInt8(ascii: ":")
  }

  private static func isLabelMark(_ statement: Statement, _ position: Int) -> Bool {
    statement.isWord(position, ":") || statement.isWord(position, "=")
  }
}
