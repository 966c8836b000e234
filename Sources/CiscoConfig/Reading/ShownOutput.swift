/// Lines of `show crypto …` and `show vpn-sessiondb …`, which people paste in place of a
/// configuration: `Peer: 1.1.1.1 port 500`, `Crypto map tag: …`, `IPv4 Crypto IKEv2 SA`.
enum ShownOutput {
  static func recognizes(_ statement: Statement) -> Bool {
    guard let first = statement.words.first, let letter = statement.bytes[first].first else {
      return false
    }
    // A word with a colon behind it, or a colon or equals sign of its own, is a label; commands
    // have none, but for comments and addresses.
    if statement.bytes[first].last == UInt8(ascii: ":"), first.count > 1 {
      return letter.isLetter && !statement.isWord(0, "cryptochecksum:")
    }
    if statement.words.count > 1, isLabelMark(statement, 1) || isLabelMark(statement, 2) {
      return !statement.isWord(0, "current") && !statement.isWord(0, "description")
        && !statement.isWord(0, "banner") && !statement.isWord(0, "remark")
    }
    guard statement.words.count > 1 else { return false }
    switch statement.keyword(0) {
    case "ipv4", "ipv6": return statement.isWord(1, "crypto")
    case "crypto":
      return statement.isWord(1, "session")
        || statement.isWord(1, "map")
          && ["tag:", "ipv4", "ipv6", "tag"].contains(statement.keyword(2))
          && letter == UInt8(ascii: "C")
    case "tunnel-id", "dst", "ikev2", "session-id", "life/active", "encr:": return true
    default: return false
    }
  }

  private static func isLabelMark(_ statement: Statement, _ position: Int) -> Bool {
    statement.isWord(position, ":") || statement.isWord(position, "=")
  }
}
