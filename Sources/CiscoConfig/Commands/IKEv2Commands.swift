extension ConfigurationReader {
  /// `crypto ikev2 …`.
  mutating func readIKEv2(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    let families = [
      "policy", "proposal", "keyring", "profile", "enable", "authorization", "dpd",
      "fragmentation", "nat", "limit", "window", "cookie-challenge", "notify", "remote-access",
      "name-mangler", "certificate-cache", "http-url", "diagnose", "client", "cluster", "redirect",
      "reconnect", "disconnect-revoked-peers", "cts", "performance", "fragmentation-mtu", "mtu",
    ]
    guard let family = cursor.choose(families) else { throw cursor.unexpected("an IKEv2 command") }
    if command.isNegated, family != "enable", family != "fragmentation" {
      return keepOther(command, opensMode: false)
    }
    switch family {
    case "policy":
      let name = try openIKEv2(&cursor, command, "a policy’s name or number")
      configuration.ikev2Policies.update(name, create: { IKEv2Policy(name: name, line: line) }) {
        _ in
      }
      mode = .ikev2Policy(name)
    case "proposal":
      let name = try openIKEv2(&cursor, command, "a proposal’s name")
      configuration.ikev2Proposals.update(
        name, create: { IKEv2Proposal(name: name, line: line) }
      ) { _ in }
      mode = .ikev2Proposal(name)
    case "keyring":
      let name = try openIKEv2(&cursor, command, "a keyring’s name")
      configuration.ikev2Keyrings.update(
        name, create: { IKEv2Keyring(name: name, line: line) }
      ) { _ in }
      mode = .ikev2Keyring(name)
    case "profile":
      let name = try openIKEv2(&cursor, command, "a profile’s name")
      configuration.ikev2Profiles.update(
        name, create: { IKEv2Profile(name: name, line: line) }
      ) { _ in }
      mode = .ikev2Profile(name)
    case "enable": try readIKEv2Enable(command, &cursor)
    case "dpd": configuration.settings.keepalive = Sourced(try readKeepalive(&cursor), line)
    case "fragmentation":
      configuration.settings.ikeFragmentation = Sourced(!command.isNegated, line)
      mode = .global
    default:
      guard !cursor.isAtEnd else { throw .incomplete("the rest of ‘\(family)’") }
      keepOther(command, opensMode: family == "authorization" || family == "client")
    }
  }

  private mutating func openIKEv2(
    _ cursor: inout WordCursor, _ command: Command, _ wanted: String
  ) throws(StatementError) -> String {
    let name = try cursor.name(wanted)
    try end(&cursor, command.line)
    return name
  }

  private mutating func readIKEv2Enable(
    _ command: Command, _ cursor: inout WordCursor
  ) throws(StatementError) {
    mode = .global
    let name = try cursor.name("an interface")
    if cursor.take("client-services") { _ = cursor.rest() }
    try end(&cursor, command.line)
    if command.isNegated {
      configuration.settings.ikev2Interfaces.removeAll { $0.value == name }
    } else {
      try expectRoom(in: configuration.settings.ikev2Interfaces)
      configuration.settings.ikev2Interfaces.append(Sourced(name, command.line))
    }
  }

  /// A line of an IOS proposal.
  mutating func readIKEv2ProposalLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    guard let change = try readAlgorithms(command, cursor) else { return false }
    configuration.ikev2Proposals.update(
      name, create: { IKEv2Proposal(name: name, line: command.line) }, change)
    return true
  }

  /// A line of a policy: an ASA's lists and lifetime, or proposals and conditions of IOS.
  mutating func readIKEv2PolicyLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    if let change = try readAlgorithms(command, cursor) {
      changeIKEv2Policy(name, command) { change(&$0.proposal) }
      return true
    }
    var cursor = cursor
    let line = command.line
    guard let verb = cursor.choose(["proposal", "match", "lifetime", "description"]) else {
      return false
    }
    var change: (inout IKEv2Policy) -> Void = { _ in }
    switch verb {
    case "proposal":
      let names = try cursor.names("a proposal’s name").map { Sourced($0, line) }
      change = { $0.proposalNames.append(contentsOf: names) }
    case "lifetime":
      let seconds = try readPolicyLifetime(&cursor)
      if let seconds { change = { $0.lifetime = Sourced(seconds, line) } }
    case "match":
      if cursor.take("fvrf") {
        let vrf = Sourced(try cursor.name("a VRF"), line)
        change = { $0.frontVRF = vrf }
      } else {
        let address = Sourced(try readLocalAddress(&cursor), line)
        change = { $0.localAddresses.append(address) }
      }
    default:
      _ = cursor.rest()
    }
    try end(&cursor, line)
    let final = change
    changeIKEv2Policy(name, command) {
      $0.proposal.lines.append(line)
      final(&$0)
    }
    return true
  }

  private mutating func changeIKEv2Policy(
    _ name: String, _ command: Command, _ change: (inout IKEv2Policy) -> Void
  ) {
    guard !command.isNegated else { return }
    configuration.ikev2Policies.update(
      name, create: { IKEv2Policy(name: name, line: command.line) }, change)
  }

  /// `address local A`, `address local interface IF`.
  func readLocalAddress(_ cursor: inout WordCursor) throws(StatementError) -> Peer.Name {
    try cursor.expect("address", least: 3)
    try cursor.expect("local", least: 3)
    if cursor.take("interface", least: 3) { return .hostname(try cursor.name("an interface")) }
    return try readPeerName(&cursor, "a local address")
  }

  /// `encryption`, `integrity`, `prf`, `group` with their lists; nil for another line.
  private mutating func readAlgorithms(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> ((inout IKEv2Proposal) -> Void)? {
    var cursor = cursor
    let line = command.line
    guard let verb = cursor.choose(["encryption", "integrity", "prf", "group"]) else { return nil }
    if command.isNegated { return { _ in } }
    let change: (inout IKEv2Proposal) -> Void
    switch verb {
    case "encryption":
      let list = try readCiphers(&cursor)
      change = { $0.encryption = list }
    case "integrity":
      let list = try readHashes(&cursor)
      change = { $0.integrity = list }
    case "prf":
      let list = try readHashes(&cursor)
      change = { $0.prf = list }
    default:
      var groups: [Int] = []
      repeat {
        if let group = try cursor.numberOrPlaceholder("a group") { groups.append(group) }
      } while !cursor.isAtEnd
      let list = groups
      change = { $0.groups = list }
    }
    try end(&cursor, line)
    return {
      change(&$0)
      $0.lines.append(line)
    }
  }
}
