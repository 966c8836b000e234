extension ConfigurationReader {
  /// `tunnel source|destination|mode|protection|vrf|key …` below an interface.
  mutating func readTunnel(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let words = [
      "source", "destination", "mode", "protection", "vrf", "key", "route-via",
      "path-mtu-discovery",
      "bandwidth", "checksum", "tos", "ttl", "flow", "sequence-datagrams", "udlr", "mpls",
      "load-interval", "entropy", "endpoint", "qos", "raw-packet-queue", "rbscp",
    ]
    guard let word = cursor.choose(words) else { throw cursor.unexpected("a setting of a tunnel") }
    let change = try readTunnel(word, &cursor, line)
    try end(&cursor, line)
    guard !command.isNegated else { return true }
    changeInterface(name, line) { interface in
      var tunnel = interface.tunnel ?? TunnelSettings()
      change(&tunnel)
      interface.tunnel = tunnel
    }
    return true
  }

  private func readTunnel(
    _ word: String, _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout TunnelSettings) -> Void {
    switch word {
    case "source":
      _ = cursor.count > 1 && cursor.take("interface")
      let source = Sourced(try readPeerName(&cursor, "an address or interface"), line)
      _ = cursor.rest()
      return { $0.source = source }
    case "destination":
      let destination = Sourced(try readPeerName(&cursor, "an address or name"), line)
      _ = cursor.rest()
      return { $0.destination = destination }
    case "mode":
      let mode = Sourced(try readTunnelMode(&cursor), line)
      return { $0.mode = mode }
    case "protection": return try readTunnelProtection(&cursor, line)
    case "vrf":
      let vrf = Sourced(try cursor.name("a VRF"), line)
      return { $0.vrf = vrf }
    case "key":
      let key = try cursor.numberOrPlaceholder("a number")
      return { if let key { $0.key = Sourced(key, line) } }
    default:
      _ = cursor.rest()
      return { _ in }
    }
  }

  private func readTunnelMode(_ cursor: inout WordCursor) throws(StatementError)
    -> TunnelSettings.Mode
  {
    let text = cursor.statement.rest(from: cursor.position)
    if cursor.take("ipsec", least: 3) {
      let isIPv6 = cursor.take("ipv6")
      guard isIPv6 || cursor.take("ipv4") || cursor.take("ip") || cursor.take("dual-overlay") else {
        throw cursor.unexpected("‘ipv4’ or ‘ipv6’")
      }
      _ = cursor.take("v6-overlay") || cursor.take("v4-overlay")
      return isIPv6 ? .ipsecIPv6 : .ipsecIPv4
    }
    if cursor.take("gre") {
      if cursor.take("multipoint", least: 4) {
        _ = cursor.rest()
        return .greMultipoint
      }
      if cursor.isAtEnd || cursor.take("ip") { return .gre }
    }
    guard !text.isEmpty else { throw .incomplete("a mode") }
    _ = cursor.rest()
    return .other(text)
  }

  /// `ipsec profile NAME [shared]`, `ipsec policy ipv4 ACL`, `profile NAME`.
  private func readTunnelProtection(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout TunnelSettings) -> Void {
    try cursor.expect("ipsec", least: 3)
    if cursor.take("policy", least: 3) {
      _ = cursor.take("ipv4") || cursor.take("ipv6")
      let list = Sourced(try cursor.name("an access list"), line)
      return { $0.policyAccessList = list }
    }
    try cursor.expect("profile", least: 4)
    let profile = Sourced(try cursor.name("a profile"), line)
    let isShared = cursor.take("shared")
    if cursor.take("ikev2-profile") { _ = try cursor.name("a profile") }
    if cursor.take("isakmp-profile") { _ = try cursor.name("a profile") }
    return {
      $0.profile = profile
      $0.isShared = isShared
    }
  }
}
