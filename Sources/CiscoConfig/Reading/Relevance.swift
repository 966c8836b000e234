/// Which commands must be understood or listed: crypto, access lists, objects, tunnel-groups, NAT.
enum Relevance {
  static func isRelevant(_ statement: Statement, in mode: Mode) -> Bool {
    var cursor = WordCursor(statement)
    _ = cursor.take("no")
    if isRelevantVerb(cursor) { return true }
    switch mode {
    case .cryptoMap, .dynamicMap, .ikev1Policy, .ikev2Keyring, .ikev2Policy, .ikev2Profile,
      .ikev2Proposal, .ipsecProfile, .ipsecProposal, .isakmpProfile, .keyring, .transformSet,
      .accessList, .networkObject, .serviceObject, .objectGroup, .certificateRule:
      return statement.isIndented || Vocabulary.subcommandVerbs.contains(cursor.peek())
    case .tunnelGroup:
      return true
    case .interface, .groupPolicy, .routeMap, .timeRange, .certificateChain, .other,
      .global:
      return false
    }
  }

  /// True when the words that come next begin a command that must not be passed over, whatever
  /// sub-mode is open.
  static func isRelevantVerb(_ cursor: WordCursor) -> Bool {
    switch cursor.peek() {
    case "crypto", "isakmp", "access-list", "access-group", "object", "object-group",
      "tunnel-group", "tunnel-group-map", "group-policy", "nat":
      return true
    case "static", "global":
      return cursor.peek(1).hasPrefix("(")
    case "ip", "ipv6":
      return ["nat", "access-list"].contains(cursor.peek(1))
    case "tunnel":
      return cursor.peek(1) == "protection"
    case "set":
      return [
        "transform-set", "pfs", "isakmp-profile", "ikev2-profile", "session-key",
        "security-association", "ikev1", "ikev2", "peer",
      ].contains(cursor.peek(1))
    case "match":
      return cursor.peek(1) == "identity"
    case "pre-shared-key":
      return true
    default:
      return false
    }
  }
}
