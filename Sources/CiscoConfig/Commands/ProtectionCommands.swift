internal import Bytes

/// Lines that crypto map entries, dynamic map entries and IPsec profiles have in common.
extension ConfigurationReader {
  /// Reads `match …`, `set …` and the like into the settings; false when the line is none of them.
  mutating func readProtection(
    _ command: Command, _ cursor: WordCursor, into settings: inout ProtectionSettings
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let verbs = ["match", "set", "reverse-route", "qos", "description", "security-policy"]
    guard let verb = cursor.choose(verbs) else { return false }
    if command.isNegated {
      // A default that `show run all` prints, not a deletion (X-PARSE-09).
      keep(line, in: &settings)
      return true
    }
    switch verb {
    case "match": try readMatch(&cursor, line, into: &settings)
    case "set": try readSet(&cursor, line, into: &settings)
    case "reverse-route":
      settings.reverseRoute = Sourced(cursor.rest(), line)
    default:
      _ = cursor.rest()
      keep(line, in: &settings)
    }
    try end(&cursor, line)
    return true
  }

  /// Keeps a line without effect; a file that repeats it without end is not followed.
  private func keep(_ line: SourceLine, in settings: inout ProtectionSettings) {
    if settings.others.count < 1000 { settings.others.append(line) }
  }

  private mutating func readMatch(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    try cursor.expect("address", least: 2)
    // `match address ipv4 NAME` stands in GDOI and IPv6 maps; the family is the list's own.
    if cursor.count > 1 { _ = cursor.take("ipv4") || cursor.take("ipv6") }
    settings.accessList = Sourced(try cursor.name("an access list"), line)
  }

  private mutating func readSet(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    let keywords = [
      "peer", "transform-set", "pfs", "security-association", "ikev1", "ikev2", "ikev2-profile",
      "isakmp-profile", "phase1-mode", "connection-type", "nat-t-disable", "trustpoint",
      "reverse-route", "identity", "ip", "session-key", "inheritance", "df-bit", "tfc-packets",
      "validate-icmp-errors", "group", "responder-only", "mixed-mode", "metric",
      "reverse-route-tag",
      "ipv6", "security-policy",
    ]
    guard let keyword = cursor.choose(keywords) else { throw cursor.unexpected("what to set") }
    switch keyword {
    case "peer": try readPeers(&cursor, line, into: &settings)
    case "transform-set": settings.transformSets = try readNames(&cursor, "a transform set", line)
    case "pfs": try readPFS(&cursor, line, into: &settings)
    case "security-association": try readAssociation(&cursor, line, into: &settings)
    case "ikev1", "ikev2": try readVersioned(keyword, &cursor, line, into: &settings)
    case "phase1-mode": settings.phase1Mode = try readPhase1Mode(&cursor, line)
    case "isakmp-profile":
      settings.isakmpProfile = Sourced(try cursor.name("an isakmp profile"), line)
    case "ikev2-profile":
      settings.ikev2Profile = Sourced(try cursor.name("an ikev2 profile"), line)
    case "connection-type": try readConnectionType(&cursor, line, into: &settings)
    case "nat-t-disable": settings.isNATTraversalDisabled = Sourced(true, line)
    case "trustpoint":
      settings.trustpoint = Sourced(try cursor.name("a trustpoint"), line)
      _ = cursor.take("chain")
    case "reverse-route": settings.reverseRoute = Sourced(cursor.rest(), line)
    case "identity": settings.identity = Sourced(try cursor.name("an identity"), line)
    case "ip", "ipv6": try readFilter(&cursor, line, into: &settings)
    case "session-key":
      guard settings.sessionKeys.count < 256 else { throw .invalid("more than 256 session keys") }
      settings.sessionKeys.append(try readSessionKey(&cursor, line))
    case "inheritance":
      settings.isPerHost = Sourced(cursor.sees("data"), line)
      _ = cursor.rest()
    default:
      _ = cursor.rest()
      keep(line, in: &settings)
    }
  }

  /// Names separated by blanks, commas taken off (M-29).
  private func readNames(
    _ cursor: inout WordCursor, _ wanted: String, _ line: SourceLine
  ) throws(StatementError) -> Sourced<[String]> {
    let names = try cursor.names(wanted).map { name in
      name.hasSuffix(",") ? String(name.dropLast()) : name
    }
    return Sourced(names.filter { !$0.isEmpty }, line)
  }

  /// `set peer A [B …]`, `set peer HOST dynamic`, `set peer A default`.
  private func readPeers(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    repeat {
      let name = try readPeerName(&cursor, "a peer’s address or name")
      let isDynamic = cursor.take("dynamic")
      let isDefault = cursor.take("default")
      let peer = Peer(name, isDynamic: isDynamic, isDefault: isDefault)
      guard settings.peers.count < 256 else { throw .invalid("an entry with more than 256 peers") }
      if !settings.peers.contains(where: { $0.value == peer }) {
        settings.peers.append(Sourced(peer, line))
      }
    } while !cursor.isAtEnd
  }

  /// An address, a name of `names`, or a host name.
  func readPeerName(
    _ cursor: inout WordCursor, _ wanted: String
  ) throws(StatementError) -> Peer.Name {
    if let address = cursor.takeAddress() { return .address(address) }
    let name = try cursor.name(wanted)
    if let address = hostNames[name] ?? IPAddress(name) { return .address(address) }
    return .hostname(name)
  }

  private func readPFS(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    guard !cursor.isAtEnd else {
      settings.pfs = Sourced(PerfectForwardSecrecy(group: nil), line)
      return
    }
    let word = try cursor.name("a group")
    let digits = word.lowercased().hasPrefix("group") ? word.dropFirst(5) : word[...]
    guard let group = Int(digits), group > 0, group < 65536 else {
      guard WordCursor.isPlaceholder(word) else { throw .unexpected(word, wanted: "a group") }
      settings.pfs = Sourced(PerfectForwardSecrecy(group: nil), line)
      return
    }
    settings.pfs = Sourced(PerfectForwardSecrecy(group: group), line)
  }

  /// `set security-association lifetime|level|replay|idle-time …`.
  private func readAssociation(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    if cursor.take("lifetime", least: 4) {
      try readLifetimes(
        &cursor, line, seconds: &settings.lifetimeSeconds,
        kilobytes: &settings.lifetimeKilobytes)
    } else if cursor.take("level", least: 3) {
      settings.isPerHost = Sourced(cursor.take("per-host"), line)
      _ = cursor.rest()
    } else if cursor.take("replay", least: 3) {
      try readReplay(&cursor, line, window: &settings.replayWindow)
    } else if cursor.take("idle-time", least: 4) {
      if let seconds = try cursor.numberOrPlaceholder("seconds") {
        settings.idleSeconds = Sourced(seconds, line)
      }
      _ = cursor.take("default")
    } else if cursor.take("dummy") || cursor.take("ecn") || cursor.take("dfbit") {
      _ = cursor.rest()
      keep(line, in: &settings)
    } else {
      throw cursor.unexpected("‘lifetime’, ‘level’, ‘replay’ or ‘idle-time’")
    }
  }

  /// `seconds n`, `kilobytes n|unlimited|disable`, or both.
  func readLifetimes(
    _ cursor: inout WordCursor, _ line: SourceLine, seconds: inout Sourced<Int>?,
    kilobytes: inout Sourced<KilobyteLifetime>?
  ) throws(StatementError) {
    repeat {
      if cursor.take("seconds", least: 3) {
        if let value = try cursor.numberOrPlaceholder("a number of seconds") {
          seconds = Sourced(value, line)
        }
      } else if cursor.take("kilobytes", least: 4) {
        if cursor.take("unlimited") || cursor.take("disable") {
          kilobytes = Sourced(.unlimited, line)
        } else if let value = try cursor.numberOrPlaceholder("a number of kilobytes") {
          kilobytes = Sourced(.kilobytes(value), line)
        }
      } else if cursor.take("days", least: 4) {
        let value = try cursor.number("a number of days")
        cursor.check(value, within: 1...365, "the number of days")
        seconds = Sourced(min(value, 100_000) * 86400, line)
      } else {
        throw cursor.unexpected("‘seconds’ or ‘kilobytes’")
      }
    } while !cursor.isAtEnd
  }

  /// `replay window-size n`, `replay disable`.
  func readReplay(
    _ cursor: inout WordCursor, _ line: SourceLine, window: inout Sourced<Int>?
  ) throws(StatementError) {
    if cursor.take("disable") {
      window = Sourced(0, line)
    } else {
      try cursor.expect("window-size", least: 6)
      guard let size = try cursor.numberOrPlaceholder("a window size") else { return }
      window = Sourced(size, line)
    }
  }

  /// `set ikev1 transform-set|phase1-mode …`, `set ikev2 ipsec-proposal|mode|…`.
  private func readVersioned(
    _ version: String, _ cursor: inout WordCursor, _ line: SourceLine,
    into settings: inout ProtectionSettings
  ) throws(StatementError) {
    if cursor.take("transform-set", least: 9) {
      settings.transformSets = try readNames(&cursor, "a transform set", line)
    } else if cursor.take("ipsec-proposal", least: 5) {
      settings.ipsecProposals = try readNames(&cursor, "an IPsec proposal", line)
    } else if cursor.take("phase1-mode", least: 6) {
      settings.phase1Mode = try readPhase1Mode(&cursor, line)
    } else if cursor.take("pre-shared-key", least: 5) {
      _ = cursor.rest()
      keep(line, in: &settings)
    } else if version == "ikev2", cursor.take("mode") {
      settings.ikev2Mode = Sourced(try readMode(&cursor), line)
    } else {
      throw cursor.unexpected("‘transform-set’, ‘ipsec-proposal’ or a mode")
    }
  }

  /// `tunnel`, `transport [require]`, `transport-require`.
  func readMode(_ cursor: inout WordCursor) throws(StatementError) -> EncapsulationMode {
    if cursor.take("tunnel", least: 3) { return .tunnel }
    if cursor.take("transport-require") { return .transportRequired }
    if cursor.take("transport", least: 5) {
      return cursor.take("require") ? .transportRequired : .transport
    }
    throw cursor.unexpected("‘tunnel’ or ‘transport’")
  }

  private func readPhase1Mode(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> Sourced<Phase1Mode> {
    if cursor.take("main") { return Sourced(.main, line) }
    try cursor.expect("aggressive", least: 4)
    guard !cursor.isAtEnd else { return Sourced(.aggressive(group: nil), line) }
    let word = try cursor.word("a group")
    let digits = word.lowercased().hasPrefix("group") ? word.dropFirst(5) : word[...]
    guard let group = Int(digits) else { throw .unexpected(word, wanted: "a group") }
    return Sourced(.aggressive(group: group), line)
  }

  private func readConnectionType(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    let words = ["bidirectional", "answer-only", "originate-only"]
    guard let word = cursor.choose(words), let type = ConnectionType(rawValue: word) else {
      throw cursor.unexpected("a connection type")
    }
    settings.connectionType = Sourced(type, line)
  }

  /// `set ip access-group ACL in|out`.
  private func readFilter(
    _ cursor: inout WordCursor, _ line: SourceLine, into settings: inout ProtectionSettings
  ) throws(StatementError) {
    try cursor.expect("access-group", least: 8)
    let name = try cursor.name("an access list")
    if cursor.take("in") {
      settings.accessGroupIn = Sourced(name, line)
    } else {
      try cursor.expect("out", least: 3)
      settings.accessGroupOut = Sourced(name, line)
    }
  }
}
