extension ConfigurationReader {
  /// Tries a command in the open sub-mode; false when it does not belong there.
  mutating func readInMode(_ statement: Statement) throws(StatementError) -> Bool {
    if mode == .global { return false }
    var cursor = WordCursor(statement)
    if cursor.count == 1, cursor.take("exit") || cursor.take("exit-address-family") {
      leave()
      return true
    }
    let isNegated = cursor.take("no")
    let command = Command(statement: statement, isNegated: isNegated, line: source(statement))
    switch mode {
    case .global, .certificateChain:
      return try readCertificateChain(cursor)
    case .accessList(let name):
      return try readListLine(of: name, command, cursor)
    case .certificateRule(let position):
      return try readCertificateCriterion(position, command, cursor)
    case .cryptoMap(let name, let sequence):
      return try readCryptoMapLine(name, sequence, command, cursor)
    case .dynamicMap(let name, let sequence):
      return try readDynamicMapLine(name, sequence, command, cursor)
    case .groupPolicy(let name):
      return try readGroupPolicyLine(name, command, cursor)
    case .ikev1Policy(let priority):
      return try readIKEv1PolicyLine(priority, command, cursor)
    case .ikev2Keyring(let name):
      return try readIKEv2KeyringLine(name, command, cursor)
    case .ikev2Policy(let name):
      return try readIKEv2PolicyLine(name, command, cursor)
    case .ikev2Profile(let name):
      return try readIKEv2ProfileLine(name, command, cursor)
    case .ikev2Proposal(let name):
      return try readIKEv2ProposalLine(name, command, cursor)
    case .interface(let name):
      return try readInterfaceLine(name, command, cursor)
    case .ipsecProfile(let name):
      return try readIPsecProfileLine(name, command, cursor)
    case .ipsecProposal(let name):
      return try readIPsecProposalLine(name, command, cursor)
    case .isakmpProfile(let name):
      return try readISAKMPProfileLine(name, command, cursor)
    case .keyring(let name):
      return try readKeyringLine(name, command, cursor)
    case .networkObject(let name):
      return try readNetworkObjectLine(name, command, cursor)
    case .objectGroup(let name):
      return try readGroupMember(of: name, command, cursor)
    case .routeMap(let position):
      return try readRouteMapLine(position, command, cursor)
    case .serviceObject(let name):
      return try readServiceObjectLine(name, command, cursor)
    case .timeRange(let name):
      return readTimeRangeLine(name, command, cursor)
    case .transformSet(let name):
      return try readTransformSetLine(name, command, cursor)
    case .tunnelGroup(let name):
      return try readTunnelGroupLine(name, command, cursor)
    case .other:
      return readOtherLine(statement)
    }
  }

  /// In the sub-mode of a command that is passed over, everything belongs that is not global.
  private func readOtherLine(_ statement: Statement) -> Bool {
    guard let verb = Vocabulary.globalVerb(statement) else {
      return statement.isIndented && !Relevance.isRelevantVerb(WordCursor(statement))
    }
    // `aaa`, `vrf`, `ip` and the like begin lines of such sub-modes too.
    return statement.isIndented && !Vocabulary.understoodVerbs.contains(verb)
  }

  private mutating func leave() {
    if case .interface = mode { return }
    mode = .global
  }

  /// Tries a command as a global one; false when it is unknown.
  mutating func readGlobal(_ statement: Statement) throws(StatementError) -> Bool {
    var cursor = WordCursor(statement)
    if statement.hadPrompt { _ = cursor.take("do") }
    let isNegated = cursor.take("no")
    guard let verb = Vocabulary.globalVerb(statement, at: cursor.position) else { return false }
    // Access list lines hold no secret, and there may be many of them.
    let text =
      verb == "access-list" ? Redaction.plainText(of: statement) : Redaction.text(of: statement)
    let command = Command(
      statement: statement, isNegated: isNegated,
      line: SourceLine(number: statement.number, text: text))
    if !statement.isWord(cursor.position, verb), verb != "cryptochecksum" {
      note(.abbreviation, command.line, "a shortened ‘\(verb)’ was accepted")
    }
    cursor.skip()
    if Vocabulary.otherVerbs.contains(verb) {
      mode = .other
      return true
    }
    return try readUnderstood(verb, command, cursor)
  }

  private mutating func readUnderstood(
    _ verb: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    switch verb {
    case "access-group": try readAccessGroup(command, cursor)
    case "access-list": try readAccessListLine(command, cursor)
    case "asa", "fwsm", "ngfw", "pix": readVersion(cursor)
    case "banner": readBanner(command, cursor)
    case "changeto": mode = .global
    case "crypto": return try readCrypto(command, cursor)
    case "domain-name", "hostname": readName(verb, command, cursor)
    case "global": try readGlobalPool(command, cursor)
    case "group-policy": try readGroupPolicy(command, cursor)
    case "interface": try readInterface(command, cursor)
    case "ip": return try readIP(command, cursor)
    case "ipv6": return try readIPv6(command, cursor)
    case "isakmp": try readISAKMP(command, cursor)
    case "name": try readHostName(command, cursor)
    case "nameif": try readGlobalNameif(command, cursor)
    case "names": mode = .global
    case "nat": try readNAT(command, cursor)
    case "object": try readObject(command, cursor)
    case "object-group": try readObjectGroup(command, cursor)
    case "route": try readRoute(command, cursor)
    case "route-map": try readRouteMap(command, cursor)
    case "same-security-traffic": readSameSecurity(command, cursor)
    case "static": try readStatic(command, cursor)
    case "sysopt": readSysopt(command, cursor)
    case "time-range": try readTimeRange(command, cursor)
    case "tunnel-group": try readTunnelGroup(command, cursor)
    case "tunnel-group-map": try readTunnelGroupMap(command, cursor)
    case "version": readVersion(cursor)
    default: return false
    }
    return true
  }
}

/// A command as handlers see it.
struct Command {
  let statement: Statement
  /// True when it begins with `no`: a default that is shown, or something switched off
  /// (X-PARSE-09).
  let isNegated: Bool
  let line: SourceLine
}
