internal import Bytes

extension ConfigurationReader {
  /// `crypto isakmp …`, `crypto ikev1 …`, PIX 6 `isakmp …`.
  mutating func readISAKMP(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let families = [
      "policy", "key", "enable", "am-disable", "identity", "nat-traversal", "nat", "keepalive",
      "ipsec-over-tcp", "profile", "client", "disconnect-notify", "reload-wait",
      "invalid-spi-recovery", "fragmentation", "aggressive-mode", "peer", "default", "xauth",
      "limit", "diagnose", "performance", "log", "vpn", "secure-gateway-rekey", "am-enable",
      "sa", "resource",
    ]
    guard let family = cursor.choose(families) else {
      throw cursor.unexpected("an ISAKMP command")
    }
    switch family {
    case "policy": try readIKEv1Policy(command, cursor)
    case "key": try readISAKMPKey(command, cursor)
    case "profile": try readISAKMPProfile(command, cursor)
    case "client", "peer", "default", "xauth", "limit", "diagnose", "performance", "log", "vpn",
      "secure-gateway-rekey", "sa", "resource":
      guard !cursor.isAtEnd else { throw .incomplete("the rest of ‘\(family)’") }
      keepOther(command, opensMode: family == "client" || family == "peer")
    default:
      mode = .global
      try readISAKMPSetting(family, command, &cursor)
      try end(&cursor, command.line)
    }
  }

  private mutating func readISAKMPSetting(
    _ family: String, _ command: Command, _ cursor: inout WordCursor
  ) throws(StatementError) {
    let line = command.line
    let flag = Sourced(!command.isNegated, line)
    switch family {
    case "enable": try readEnable(command, &cursor)
    case "am-disable": configuration.settings.isAggressiveModeDisabled = flag
    case "am-enable":
      configuration.settings.isAggressiveModeDisabled = Sourced(command.isNegated, line)
    case "aggressive-mode":
      try cursor.expect("disable", least: 3)
      configuration.settings.isAggressiveModeDisabled = flag
    case "identity":
      let identity = try readIdentity(&cursor)
      if !command.isNegated { configuration.settings.identity = Sourced(identity, line) }
    case "nat-traversal":
      if let seconds = cursor.isAtEnd ? nil : try cursor.numberOrPlaceholder("seconds") {
        cursor.check(seconds, within: 10...3600, "the NAT keepalive")
        configuration.settings.natKeepaliveSeconds = Sourced(seconds, line)
      }
      configuration.settings.natTraversal = flag
    case "nat":
      try cursor.expect("keepalive", least: 4)
      let seconds = try cursor.number("seconds")
      configuration.settings.natKeepaliveSeconds = Sourced(seconds, line)
    case "keepalive":
      configuration.settings.keepalive = Sourced(try readKeepalive(&cursor), line)
    case "ipsec-over-tcp": try readTCPPorts(command, &cursor)
    case "disconnect-notify": configuration.settings.disconnectNotify = flag
    case "reload-wait": configuration.settings.reloadWait = flag
    case "invalid-spi-recovery": configuration.settings.invalidSPIRecovery = flag
    default: configuration.settings.ikeFragmentation = flag
    }
  }

  private mutating func readEnable(
    _ command: Command, _ cursor: inout WordCursor
  ) throws(StatementError) {
    guard !cursor.isAtEnd else {
      configuration.settings.isIKEEnabled = Sourced(!command.isNegated, command.line)
      return
    }
    let name = try cursor.name("an interface")
    if command.isNegated {
      configuration.settings.ikev1Interfaces.removeAll { $0.value == name }
    } else {
      try expectRoom(in: configuration.settings.ikev1Interfaces)
      configuration.settings.ikev1Interfaces.append(Sourced(name, command.line))
    }
  }

  /// A list that `no` commands search must not grow without end.
  func expectRoom<Element>(in list: [Element]) throws(StatementError) {
    guard list.count < 4096 else { throw .invalid("there are more than 4096 of these") }
  }

  private mutating func readTCPPorts(
    _ command: Command, _ cursor: inout WordCursor
  ) throws(StatementError) {
    var ports: [Int] = []
    if cursor.take("port") {
      repeat {
        let port = try cursor.number("a port")
        cursor.check(port, within: 1...65535, "the port")
        ports.append(port)
      } while !cursor.isAtEnd
    }
    configuration.settings.ipsecOverTCPPorts =
      command.isNegated ? nil : Sourced(ports, command.line)
  }

  /// `s [r] [periodic|on-demand]`, `s retry r`, `disable`, `threshold s retry r`.
  func readKeepalive(_ cursor: inout WordCursor) throws(StatementError) -> Keepalive {
    if cursor.take("disable") { return Keepalive(seconds: 0, retry: nil, mode: nil) }
    _ = cursor.take("threshold", least: 5)
    let seconds = cursor.take("infinite") ? 0 : try cursor.number("a number of seconds")
    _ = cursor.take("retry", least: 3)
    var retry: Int?
    if let value = cursor.peekNumber() {
      retry = value
      cursor.skip()
    }
    var mode: Keepalive.Mode?
    if cursor.take("periodic", least: 4) { mode = .periodic }
    if cursor.take("on-demand", least: 2) { mode = .onDemand }
    return Keepalive(seconds: seconds, retry: retry, mode: mode)
  }

  /// `crypto isakmp key [0|6] K address A [M]|hostname H|address ipv6 P [no-xauth]`, and PIX 6
  /// `isakmp key K address A netmask M`.
  private mutating func readISAKMPKey(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    mode = .global
    let secret = try readSecret(&cursor, until: ["address", "hostname"])
    let selector = try readKeySelector(&cursor)
    var options: [String] = []
    while !cursor.isAtEnd { options.append(try cursor.word("an option")) }
    keepNotes(of: cursor, command.line)
    guard !command.isNegated else { return }
    configuration.isakmpKeys.append(
      PreSharedKey(peer: selector, key: secret, options: options, line: command.line))
  }

  /// `address A [[netmask] M]`, `address ipv6 P`, `hostname H`.
  func readKeySelector(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> PreSharedKey.Selector {
    if cursor.take("hostname", least: 4) { return .hostname(try cursor.name("a host name")) }
    try cursor.expect("address", least: 3)
    if cursor.take("ipv6") {
      if let found = cursor.takePrefix() { return .address(found.prefix) }
    }
    if let found = cursor.takePrefix() { return .address(found.prefix) }
    guard let address = cursor.takeAddress() else {
      return .hostname(try cursor.name("an address"))
    }
    _ = cursor.take("netmask")
    guard let bits = address.ipv4 else { return .address(IPPrefix(host: address)) }
    guard let mask = cursor.takeIPv4() else {
      // `0.0.0.0` alone is the wildcard (X-IKE-08).
      return .address(bits == 0 ? .anyIPv4 : IPPrefix(host: address))
    }
    return .address(IPPrefix(address, length: (~mask).leadingZeroBitCount))
  }

  /// `address [A M]`, `hostname`, `fqdn [N]`, `dn`, `auto`, `key-id N`, `user-fqdn N` …
  func readIdentity(_ cursor: inout WordCursor) throws(StatementError) -> IKEIdentity {
    let kinds = [
      "address", "hostname", "host", "fqdn", "dn", "auto", "key-id", "email", "user-fqdn", "user",
      "group", "any",
    ]
    guard let kind = cursor.choose(kinds) else {
      // `self-identity 2.3.4.6` gives the address alone.
      if let address = cursor.takeAddress() { return .address(IPPrefix(host: address)) }
      return .other(try cursor.name("an identity"))
    }
    switch kind {
    case "address": return try readAddressIdentity(&cursor)
    case "hostname", "host", "fqdn":
      if cursor.take("domain") { return .domain(try cursor.name("a domain")) }
      return .fqdn(cursor.isAtEnd ? nil : try cursor.name("a name"))
    case "dn": return .distinguishedName
    case "auto": return .auto
    case "any": return .any
    case "key-id": return .keyID(try cursor.name("a key identifier"))
    case "group": return .group(try cursor.name("a group"))
    default:
      if cursor.take("domain") { return .emailDomain(try cursor.name("a domain")) }
      _ = cursor.take("fqdn")
      return .email(try cursor.name("a name"))
    }
  }

  /// What follows `address`: nothing, `A [M]`, `A/n`, `ipv6 P`, or a placeholder.
  private func readAddressIdentity(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> IKEIdentity {
    if cursor.isAtEnd { return .address(nil) }
    _ = cursor.take("ipv6")
    if let found = cursor.takePrefix() { return .address(found.prefix) }
    guard let address = cursor.takeAddress() else {
      let name = try cursor.name("an address")
      _ = cursor.takeIPv4()
      if let known = hostNames[name] { return .address(IPPrefix(host: known)) }
      return .other(name)
    }
    guard address.ipv4 != nil, let mask = cursor.takeIPv4() else {
      return .address(address.isUnspecified ? .anyIPv4 : IPPrefix(host: address))
    }
    return .address(IPPrefix(address, length: (~mask).leadingZeroBitCount))
  }
}
