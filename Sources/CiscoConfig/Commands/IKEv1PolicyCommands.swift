extension ConfigurationReader {
  /// `policy n [attribute value]` (A-IKE-12: one line and sub-mode are the same thing).
  mutating func readIKEv1Policy(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    let priority = try cursor.numberOrPlaceholder("a priority") ?? 0
    cursor.check(priority, within: 0...65535, "the priority")
    if command.isNegated { return keepOther(command, opensMode: false) }
    guard cursor.isAtEnd else {
      guard try readIKEv1PolicyLine(priority, command, cursor) else {
        throw cursor.unexpected("an attribute of a policy")
      }
      mode = .ikev1Policy(priority)
      return
    }
    keepNotes(of: cursor, line)
    changeIKEv1Policy(priority, line) { _ in }
    mode = .ikev1Policy(priority)
  }

  /// `authentication`, `encryption`, `hash`, `group`, `lifetime`.
  mutating func readIKEv1PolicyLine(
    _ priority: Int, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    // `encr` is what IOS itself prints.
    let verbs = [
      "authentication", "encryption", "encr", "hash", "group", "lifetime", "description",
    ]
    guard let verb = cursor.choose(verbs) else { return false }
    if command.isNegated { return true }
    var change: (inout IKEv1Policy) -> Void = { _ in }
    switch verb {
    case "authentication":
      let words = [
        "pre-share", "rsa-sig", "rsa-encr", "crack", "dsa-sig", "ecdsa-sig", "pre-shared-key",
        "pre-shared",
      ]
      guard let word = cursor.choose(words) else { throw cursor.unexpected("a method") }
      let method = word.hasPrefix("pre-share") ? "pre-share" : word
      change = { $0.authentication = Sourced(method, line) }
    case "encryption", "encr":
      let cipher = try readCipher(&cursor)
      change = { $0.encryption = Sourced(cipher, line) }
    case "hash":
      let hash = try readHash(&cursor)
      change = { $0.hash = Sourced(hash, line) }
    case "group":
      let group = try cursor.numberOrPlaceholder("a group")
      if let group { change = { $0.group = Sourced(group, line) } }
    case "lifetime":
      let seconds = try readPolicyLifetime(&cursor)
      if let seconds { change = { $0.lifetime = Sourced(seconds, line) } }
    default:
      _ = cursor.rest()
    }
    try end(&cursor, line)
    changeIKEv1Policy(priority, line, change)
    return true
  }

  /// `[seconds] n`, `none`; nil for a placeholder.
  func readPolicyLifetime(_ cursor: inout WordCursor) throws(StatementError) -> Int? {
    _ = cursor.take("seconds", least: 3)
    if cursor.take("none") { return 0 }
    guard let seconds = try cursor.numberOrPlaceholder("a number of seconds") else { return nil }
    let least = configuration.dialect == .asa ? 120 : 60
    let most = configuration.dialect == .asa ? 2_147_483_647 : 86400
    cursor.check(seconds, within: least...most, "the lifetime")
    return seconds
  }

  private mutating func changeIKEv1Policy(
    _ priority: Int, _ line: SourceLine, _ change: (inout IKEv1Policy) -> Void
  ) {
    if let position = index.ikev1Policies[priority] {
      configuration.ikev1Policies[position].lines.append(line)
      change(&configuration.ikev1Policies[position])
    } else {
      var policy = IKEv1Policy(priority: priority, line: line)
      change(&policy)
      index.ikev1Policies[priority] = configuration.ikev1Policies.count
      configuration.ikev1Policies.append(policy)
    }
  }
}
