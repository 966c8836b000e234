extension ConfigurationReader {
  /// `tunnel-group NAME type KIND`, `tunnel-group NAME …-attributes`.
  mutating func readTunnelGroup(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    let name = try cursor.name("a tunnel-group’s name")
    if command.isNegated { return keepOther(command, opensMode: false) }
    if cursor.take("type") {
      let word = try cursor.word("a type")
      let kind = try readKind(word)
      _ = cursor.rest()
      keepNotes(of: cursor, line)
      changeTunnelGroup(name, line) { $0.kind = Sourced(kind, line) }
      mode = .tunnelGroup(name)
      return
    }
    let sections = [
      "ipsec-attributes", "general-attributes", "webvpn-attributes", "ppp-attributes",
    ]
    guard cursor.choose(sections) != nil else { throw cursor.unexpected("‘type’ or attributes") }
    _ = cursor.rest()
    keepNotes(of: cursor, line)
    changeTunnelGroup(name, line) { _ in }
    mode = .tunnelGroup(name)
  }

  private func readKind(_ word: String) throws(StatementError) -> TunnelGroup.Kind {
    switch word.lowercased() {
    case "ipsec-l2l": return .siteToSite
    case "remote-access", "ipsec-ra": return .remoteAccess
    case "webvpn": return .other
    default:
      guard WordCursor.isPlaceholder(word) else {
        throw .unexpected(word, wanted: "a tunnel-group’s type")
      }
      return .other
    }
  }

  /// A line of the attributes of a tunnel-group.
  mutating func readTunnelGroupLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    if let change = try readTunnelGroupAttribute(&cursor, line) {
      try end(&cursor, line)
      if !command.isNegated { changeTunnelGroup(name, line, change) }
      return true
    }
    guard isAttribute(command.statement, cursor) else { return false }
    let verb = cursor.peek()
    if Self.keyedVerbs.contains(where: { verb.hasPrefix($0) }), !isKnown(cursor) {
      throw .unexpected(command.line.text, wanted: "an attribute of a tunnel-group")
    }
    changeTunnelGroup(name, line) { $0.others.append(line) }
    return true
  }

  /// Attributes that begin so decide on keys and identities: one that is not known is listed.
  private static let keyedVerbs = ["ikev1", "ikev2", "isakmp", "pre-sh", "trust-p", "peer-id"]

  private func isKnown(_ cursor: WordCursor) -> Bool {
    let words = ["user-authentication", "radius-sdi-xauth", "ikev1-user-authentication"]
    return words.contains(cursor.peek(1))
  }

  /// A line that is kept as it is: indented, or not known as a global command.
  func isAttribute(_ statement: Statement, _ cursor: WordCursor) -> Bool {
    guard let verb = Vocabulary.globalVerb(statement, at: cursor.position) else {
      return cursor.sees("isakmp") || !Relevance.isRelevantVerb(cursor)
    }
    guard statement.isIndented else { return false }
    return !Vocabulary.understoodVerbs.contains(verb)
      || ["banner", "nat", "isakmp", "ip", "ipv6", "group-policy"].contains(verb)
  }

  private func readTunnelGroupAttribute(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> ((inout TunnelGroup) -> Void)? {
    if cursor.take("default-group-policy") {
      let policy = Sourced(try cursor.name("a group policy"), line)
      return { $0.groupPolicy = policy }
    }
    if cursor.take("peer-id-validate") {
      let validation = Sourced(try cursor.word("‘req’, ‘cert’ or ‘nocheck’"), line)
      return { $0.peerIDValidation = validation }
    }
    if cursor.sees("isakmp"), cursor.peek(1) == "keepalive" {
      cursor.skip(2)
      let keepalive = Sourced(try readKeepalive(&cursor), line)
      return { $0.keepalive = keepalive }
    }
    if cursor.take("ikev2") { return try readIKEv2Attribute(&cursor, line) }
    _ = cursor.take("ikev1")
    if cursor.take("pre-shared-key", least: 5) {
      let key = Sourced(try readSecret(&cursor), line)
      return { $0.ikev1Key = key }
    }
    if cursor.take("trust-point", least: 5) {
      let trustpoint = Sourced(try cursor.name("a trustpoint"), line)
      return { $0.ikev1Trustpoint = trustpoint }
    }
    return nil
  }

  /// `local-authentication …`, `remote-authentication …`, other `ikev2` attributes.
  private func readIKEv2Attribute(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout TunnelGroup) -> Void {
    let isLocal = cursor.take("local-authentication", least: 7)
    guard isLocal || cursor.take("remote-authentication", least: 8) else {
      if cursor.take("pre-shared-key", least: 5) {
        let key = IKEAuthentication(
          method: .preSharedKey, key: try readSecret(&cursor), trustpoint: nil)
        return {
          $0.ikev2Local.append(Sourced(key, line))
          $0.ikev2Remote.append(Sourced(key, line))
        }
      }
      guard cursor.choose(["rsa-sig-hash", "mode-config", "mobike-rrc"]) != nil else {
        throw cursor.unexpected("an attribute of IKEv2")
      }
      _ = cursor.rest()
      return { $0.others.append(line) }
    }
    let method: IKEAuthentication
    if cursor.take("certificate", least: 4) {
      let trustpoint = cursor.isAtEnd ? nil : try cursor.name("a trustpoint")
      method = IKEAuthentication(method: .signature, key: nil, trustpoint: trustpoint)
    } else if cursor.take("eap") {
      _ = cursor.rest()
      method = IKEAuthentication(method: .eap, key: nil, trustpoint: nil)
    } else {
      try cursor.expect("pre-shared-key", least: 9)
      method = IKEAuthentication(
        method: .preSharedKey, key: try readSecret(&cursor), trustpoint: nil)
    }
    return {
      if isLocal {
        $0.ikev2Local.append(Sourced(method, line))
      } else {
        $0.ikev2Remote.append(Sourced(method, line))
      }
    }
  }

  private mutating func changeTunnelGroup(
    _ name: String, _ line: SourceLine, _ change: (inout TunnelGroup) -> Void
  ) {
    configuration.tunnelGroups.update(
      name, create: { TunnelGroup(name: name, line: line) }, change)
  }

  /// `tunnel-group-map enable METHOD`, `default-group NAME`, `[MAP] index GROUP`.
  mutating func readTunnelGroupMap(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    mode = .global
    if cursor.take("enable") {
      guard let word = cursor.choose(["rules", "ou", "ike-id", "peer-ip"]),
        let method = TunnelGroupMap.Method(rawValue: word)
      else { throw cursor.unexpected("a method") }
      try end(&cursor, line)
      configuration.tunnelGroupMap.methods[method] = Sourced(!command.isNegated, line)
    } else if cursor.take("default-group") {
      let group = try cursor.name("a tunnel-group")
      try end(&cursor, line)
      if !command.isNegated {
        configuration.tunnelGroupMap.defaultGroup = Sourced(group, line)
      }
    } else {
      let hasMap = cursor.count > 2
      let map = hasMap ? try cursor.name("a certificate map") : Self.defaultCertificateMap
      let ruleIndex = try cursor.number("a rule’s index")
      cursor.check(ruleIndex, within: 1...65535, "the rule index")
      let group = try cursor.name("a tunnel-group")
      try end(&cursor, line)
      guard !command.isNegated else { return }
      configuration.tunnelGroupMap.associations.append(
        TunnelGroupMap.Association(mapName: map, index: ruleIndex, group: group, line: line))
    }
  }

  /// The map that an ASA means where none is named.
  static let defaultCertificateMap = "DefaultCertificateMap"
}
