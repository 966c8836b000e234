extension ConfigurationReader {
  /// `group-policy NAME internal|external|attributes`.
  mutating func readGroupPolicy(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a group policy’s name")
    guard let kind = cursor.choose(["internal", "external", "attributes"]) else {
      throw cursor.unexpected("‘internal’, ‘external’ or ‘attributes’")
    }
    keepNotes(of: cursor, command.line)
    if command.isNegated { return keepOther(command, opensMode: false) }
    changeGroupPolicy(name, command.line) { _ in }
    mode = kind == "attributes" ? .groupPolicy(name) : .global
  }

  /// A line of the attributes of a group policy.
  mutating func readGroupPolicyLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    if let change = try readGroupPolicyAttribute(&cursor, line) {
      try end(&cursor, line)
      if !command.isNegated { changeGroupPolicy(name, line, change) }
      return true
    }
    guard
      isAttribute(command.statement, cursor) || cursor.sees("webvpn") && line.text != "webvpn"
        || command.statement.isIndented && cursor.sees("webvpn")
    else { return false }
    changeGroupPolicy(name, line) { $0.others.append(line) }
    return true
  }

  private func readGroupPolicyAttribute(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> ((inout GroupPolicy) -> Void)? {
    let verbs = [
      "vpn-tunnel-protocol", "vpn-filter", "vpn-idle-timeout", "vpn-session-timeout", "pfs",
      "ipsec-udp", "ipsec-udp-port", "split-tunnel-policy", "split-tunnel-network-list",
    ]
    guard let verb = verbs.first(where: { cursor.sees($0) }) else { return nil }
    cursor.skip()
    switch verb {
    case "vpn-tunnel-protocol":
      let names = Sourced(try cursor.names("a protocol").map { $0.lowercased() }, line)
      return { $0.tunnelProtocols = names }
    case "vpn-filter":
      let name = Sourced(try readValue(&cursor), line)
      return { $0.filter = name }
    case "vpn-idle-timeout", "vpn-session-timeout":
      guard let minutes = try readMinutes(&cursor) else { return { $0.others.append(line) } }
      let value = Sourced(minutes, line)
      return {
        if verb == "vpn-idle-timeout" { $0.idleMinutes = value } else { $0.sessionMinutes = value }
      }
    case "pfs", "ipsec-udp":
      let value = Sourced(cursor.take("enable"), line)
      _ = cursor.rest()
      return { if verb == "pfs" { $0.pfs = value } else { $0.ipsecOverUDP = value } }
    case "ipsec-udp-port":
      let port = Sourced(try cursor.number("a port"), line)
      return { $0.ipsecOverUDPPort = port }
    case "split-tunnel-policy":
      let policy = Sourced(try cursor.word("a policy"), line)
      return { $0.splitTunnelPolicy = policy }
    default:
      let name = Sourced(try readValue(&cursor), line)
      return { $0.splitTunnelList = name }
    }
  }

  /// `value NAME`, or `none` for the empty name.
  private func readValue(_ cursor: inout WordCursor) throws(StatementError) -> String {
    if cursor.take("none") { return "" }
    _ = cursor.take("value")
    return try cursor.name("an access list")
  }

  /// A number of minutes, 0 for `none`; nil for `alert-interval` and the like.
  private func readMinutes(_ cursor: inout WordCursor) throws(StatementError) -> Int? {
    if cursor.take("none") { return 0 }
    if let minutes = cursor.peekNumber() {
      cursor.skip()
      return minutes
    }
    _ = cursor.rest()
    return nil
  }

  private mutating func changeGroupPolicy(
    _ name: String, _ line: SourceLine, _ change: (inout GroupPolicy) -> Void
  ) {
    configuration.groupPolicies.update(
      name, create: { GroupPolicy(name: name, line: line) }, change)
  }
}
