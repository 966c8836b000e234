internal import Bytes

extension ConfigurationReader {
  /// `crypto isakmp profile NAME`.
  mutating func readISAKMPProfile(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a profile’s name")
    _ = cursor.take("accounting") && !cursor.rest().isEmpty
    try end(&cursor, command.line)
    if command.isNegated { return keepOther(command, opensMode: false) }
    changeISAKMPProfile(name, command.line) { _ in }
    mode = .isakmpProfile(name)
  }

  /// A line of an ISAKMP profile.
  mutating func readISAKMPProfileLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let verbs = [
      "match", "keyring", "self-identity", "local-address", "vrf", "initiate", "keepalive", "ca",
      "client", "isakmp", "accounting", "virtual-template", "description", "qos-group", "default",
    ]
    guard let verb = cursor.choose(verbs) else { return false }
    if verb == "vrf", ["definition", "context"].contains(cursor.peek()) { return false }
    let change = try readISAKMPProfile(verb, &cursor, line)
    try end(&cursor, line)
    if !command.isNegated { changeISAKMPProfile(name, line, change) }
    return true
  }

  private func readISAKMPProfile(
    _ verb: String, _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout ISAKMPProfile) -> Void {
    switch verb {
    case "match":
      if cursor.take("certificate", least: 4) {
        _ = cursor.rest()
        return { $0.others.append(line) }
      }
      try cursor.expect("identity", least: 2)
      let match = Sourced(try readMatch(&cursor), line)
      return { $0.matches.append(match) }
    case "keyring":
      let names = try cursor.names("a keyring’s name").map { Sourced($0, line) }
      return { $0.keyrings.append(contentsOf: names) }
    case "self-identity":
      let identity = Sourced(try readIdentity(&cursor), line)
      return { $0.selfIdentity = identity }
    case "local-address":
      let local = Sourced(try readPeerName(&cursor, "a local address or interface"), line)
      cursor.skip()
      return { $0.localAddress = local }
    case "vrf":
      let vrf = Sourced(try cursor.name("a VRF"), line)
      return { $0.vrf = vrf }
    case "initiate":
      try cursor.expect("mode", least: 3)
      try cursor.expect("aggressive", least: 3)
      return { $0.initiatesAggressive = Sourced(true, line) }
    case "keepalive":
      let keepalive = Sourced(try readKeepalive(&cursor), line)
      return { $0.keepalive = keepalive }
    case "ca":
      try cursor.expect("trust-point", least: 5)
      let trustpoint = Sourced(try cursor.name("a trustpoint"), line)
      return { $0.trustpoint = trustpoint }
    default:
      guard !cursor.isAtEnd else { throw .incomplete("the rest of ‘\(verb)’") }
      _ = cursor.rest()
      return { $0.others.append(line) }
    }
  }

  /// An identity pattern and the VRF behind it.
  private func readMatch(_ cursor: inout WordCursor) throws(StatementError) -> IdentityMatch {
    let identity = try readIdentity(&cursor)
    let vrf = cursor.isAtEnd ? nil : try cursor.name("a VRF")
    return IdentityMatch(identity: identity, vrf: vrf)
  }

  private mutating func changeISAKMPProfile(
    _ name: String, _ line: SourceLine, _ change: (inout ISAKMPProfile) -> Void
  ) {
    configuration.isakmpProfiles.update(
      name, create: { ISAKMPProfile(name: name, line: line) }, change)
  }

  /// A line of an IKEv2 profile.
  mutating func readIKEv2ProfileLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let verbs = [
      "match", "identity", "authentication", "keyring", "dpd", "pki", "lifetime", "ivrf",
      "virtual-template", "aaa", "nat", "config-exchange", "description", "redirect", "reconnect",
      "anyconnect", "initial-contact", "shutdown", "dynamic", "remote", "ppk",
    ]
    guard let verb = cursor.choose(verbs) else { return false }
    // `aaa new-model` and `nat (inside,outside)` are global, whatever is open.
    if verb == "aaa",
      !["authorization", "authentication", "accounting"].contains(cursor.peek())
        || cursor.peek(1) == "network" || cursor.peek(1) == "login" || cursor.peek(1) == "exec"
    {
      return false
    }
    if verb == "nat", cursor.peek() != "keepalive" && cursor.peek() != "force-encap" {
      return false
    }
    let change = try readIKEv2Profile(verb, &cursor, line)
    try end(&cursor, line)
    if !command.isNegated {
      configuration.ikev2Profiles.update(
        name, create: { IKEv2Profile(name: name, line: line) }, change)
    }
    return true
  }

  private func readIKEv2Profile(
    _ verb: String, _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout IKEv2Profile) -> Void {
    switch verb {
    case "match": return try readIKEv2Match(&cursor, line)
    case "identity":
      try cursor.expect("local", least: 3)
      let identity = Sourced(try readIdentity(&cursor), line)
      return { $0.localIdentity = identity }
    case "authentication":
      let isLocal = cursor.take("local", least: 3)
      if !isLocal { try cursor.expect("remote", least: 3) }
      let method = Sourced(try readAuthentication(&cursor), line)
      return {
        if isLocal {
          $0.localAuthentication.append(method)
        } else {
          $0.remoteAuthentication.append(method)
        }
      }
    case "keyring":
      _ = cursor.count > 1 && (cursor.take("local") || cursor.take("aaa"))
      let keyring = Sourced(try cursor.name("a keyring’s name"), line)
      _ = cursor.rest()
      return { $0.keyring = keyring }
    case "dpd":
      let keepalive = Sourced(try readKeepalive(&cursor), line)
      return { $0.keepalive = keepalive }
    case "pki":
      try cursor.expect("trustpoint", least: 5)
      let trustpoint = Sourced(try cursor.name("a trustpoint"), line)
      _ = cursor.take("sign") || cursor.take("verify")
      return { $0.trustpoints.append(trustpoint) }
    case "lifetime":
      let seconds = try readPolicyLifetime(&cursor)
      return { if let seconds { $0.lifetime = Sourced(seconds, line) } }
    case "ivrf":
      let vrf = Sourced(try cursor.name("a VRF"), line)
      return { $0.insideVRF = vrf }
    default:
      _ = cursor.rest()
      return { $0.others.append(line) }
    }
  }

  /// `match identity remote …`, `match address local …`, `match fvrf …`, `match certificate …`.
  private func readIKEv2Match(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout IKEv2Profile) -> Void {
    if cursor.take("fvrf") {
      let vrf = Sourced(try cursor.name("a VRF"), line)
      return { $0.frontVRF = vrf }
    }
    if cursor.take("certificate", least: 4) {
      let map = Sourced(try cursor.name("a certificate map"), line)
      return { $0.certificateMaps.append(map) }
    }
    if cursor.sees("address") {
      let address = Sourced(try readLocalAddress(&cursor), line)
      return { $0.localAddresses.append(address) }
    }
    try cursor.expect("identity", least: 2)
    try cursor.expect("remote", least: 3)
    let match = Sourced(try readMatch(&cursor), line)
    return { $0.matches.append(match) }
  }

  /// `pre-share [key K]`, `rsa-sig`, `ecdsa-sig`, `eap …`, `anyconnect-eap …`.
  private func readAuthentication(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> IKEAuthentication {
    let words = ["pre-share", "pre-shared", "rsa-sig", "ecdsa-sig", "eap", "anyconnect-eap"]
    guard let word = cursor.choose(words) else { throw cursor.unexpected("a method") }
    switch word {
    case "rsa-sig": return IKEAuthentication(method: .signature, key: nil, trustpoint: nil)
    case "ecdsa-sig": return IKEAuthentication(method: .ecdsa, key: nil, trustpoint: nil)
    case "eap", "anyconnect-eap":
      _ = cursor.rest()
      return IKEAuthentication(method: .eap, key: nil, trustpoint: nil)
    default:
      let key = cursor.take("key") ? try readSecret(&cursor) : nil
      return IKEAuthentication(method: .preSharedKey, key: key, trustpoint: nil)
    }
  }
}
