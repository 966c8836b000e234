internal import Bytes

extension ConfigurationReader {
  /// `crypto keyring NAME [vrf V]`.
  mutating func readKeyring(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a keyring’s name")
    if command.isNegated { return keepOther(command, opensMode: false) }
    let vrf = cursor.take("vrf") ? try cursor.name("a VRF") : nil
    try end(&cursor, command.line)
    changeKeyring(name, command.line) { if vrf != nil { $0.vrf = vrf } }
    mode = .keyring(name)
  }

  /// A line of an IKEv1 keyring.
  mutating func readKeyringLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let verbs = [
      "pre-shared-key", "local-address", "description", "rsa-pubkey", "vrf", "key-string",
      "address",
    ]
    guard let verb = cursor.choose(verbs) else { return false }
    switch verb {
    case "pre-shared-key":
      let key = try readKeyringKey(&cursor, line)
      if !command.isNegated { changeKeyring(name, line) { $0.keys.append(key) } }
    case "local-address":
      let local = Sourced(try readPeerName(&cursor, "a local address or interface"), line)
      cursor.skip()
      changeKeyring(name, line) { $0.localAddresses.append(local) }
    case "key-string":
      skipping = .certificate
      _ = cursor.rest()
    default:
      _ = cursor.rest()
      changeKeyring(name, line) { $0.others.append(line) }
    }
    try end(&cursor, line)
    return true
  }

  /// `address A [M] key K`, `hostname H key K`.
  private func readKeyringKey(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> PreSharedKey {
    let selector = try readKeySelector(&cursor)
    try cursor.expect("key", least: 3)
    let key = try readSecret(&cursor)
    return PreSharedKey(peer: selector, key: key, options: [], line: line)
  }

  private mutating func changeKeyring(
    _ name: String, _ line: SourceLine, _ change: (inout Keyring) -> Void
  ) {
    configuration.keyrings.update(name, create: { Keyring(name: name, line: line) }, change)
  }

  /// A line of an IKEv2 keyring: `peer NAME` opens a peer, the others belong to the last peer.
  mutating func readIKEv2KeyringLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let verbs = ["peer", "address", "hostname", "identity", "pre-shared-key", "description"]
    guard let verb = cursor.choose(verbs) else { return false }
    // `hostname R1` with the keyring still open is the device's name unless it is indented.
    if verb == "hostname", !command.statement.isIndented, !command.statement.hadPrompt {
      return false
    }
    if verb == "peer" {
      let peer = IKEv2KeyringPeer(name: try cursor.name("a peer’s name"), line: line)
      try end(&cursor, line)
      changeIKEv2Keyring(name, line) { $0.peers.append(peer) }
      return true
    }
    let change = try readIKEv2Peer(verb, &cursor, line)
    try end(&cursor, line)
    guard !command.isNegated else { return true }
    changeIKEv2Keyring(name, line) { keyring in
      if keyring.peers.isEmpty { keyring.peers.append(IKEv2KeyringPeer(name: "", line: line)) }
      change(&keyring.peers[keyring.peers.count - 1])
    }
    return true
  }

  private func readIKEv2Peer(
    _ verb: String, _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout IKEv2KeyringPeer) -> Void {
    switch verb {
    case "address":
      let selector = try readPeerNetwork(&cursor)
      return { if let selector { $0.addresses.append(Sourced(selector, line)) } }
    case "hostname":
      let host = Sourced(try cursor.name("a host name"), line)
      return { $0.hostname = host }
    case "identity":
      let identity = Sourced(try readIdentity(&cursor), line)
      return { $0.identity = identity }
    case "pre-shared-key":
      let isLocal = cursor.count > 1 && cursor.take("local")
      let isRemote = !isLocal && cursor.count > 1 && cursor.take("remote")
      let key = Sourced(try readSecret(&cursor), line)
      return {
        if !isRemote { $0.localKey = key }
        if !isLocal { $0.remoteKey = key }
      }
    default:
      _ = cursor.rest()
      return { _ in }
    }
  }

  /// `A [M]`, `P/n`; nil for a placeholder.
  private func readPeerNetwork(_ cursor: inout WordCursor) throws(StatementError) -> IPPrefix? {
    _ = cursor.count > 1 && cursor.take("ipv6")
    if let found = cursor.takePrefix() { return found.prefix }
    guard let address = cursor.takeAddress() else {
      _ = try cursor.name("an address")
      _ = cursor.takeIPv4()
      return nil
    }
    guard address.ipv4 != nil, let mask = cursor.takeIPv4() else {
      return address.isUnspecified ? .anyIPv4 : IPPrefix(host: address)
    }
    return IPPrefix(address, length: (~mask).leadingZeroBitCount)
  }

  private mutating func changeIKEv2Keyring(
    _ name: String, _ line: SourceLine, _ change: (inout IKEv2Keyring) -> Void
  ) {
    configuration.ikev2Keyrings.update(
      name, create: { IKEv2Keyring(name: name, line: line) }, change)
  }
}
