internal import Bytes

/// The words of one access list line, from `permit` or `deny` on.
extension ConfigurationReader {
  func readEntry(
    _ kind: AccessList.Kind, _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> AccessControlEntry {
    let isPermit = cursor.take("permit", least: 3)
    if !isPermit { try cursor.expect("deny", least: 3) }
    var entry = AccessControlEntry(
      position: 0, action: isPermit ? .permit : .deny, service: ServiceSpec(.any), source: .any,
      destination: .any, line: line)
    if kind == .standard ? !looksExtended(cursor) : looksStandard(cursor) {
      try readStandard(&entry, &cursor)
    } else {
      try readExtended(&entry, kind, &cursor)
    }
    try readOptions(&entry, &cursor)
    return entry
  }

  /// A list numbered as a standard one whose line names a protocol is read as extended.
  private func looksExtended(_ cursor: WordCursor) -> Bool {
    let word = cursor.peek()
    return word == "ip" || ProtocolNames.numbers[word] != nil
  }

  /// A line with an address in the protocol's place has no protocol: it is a standard one.
  private func looksStandard(_ cursor: WordCursor) -> Bool {
    switch cursor.peek() {
    case "any": cursor.count == 1 || cursor.peek(1) == "log"
    case "host": cursor.count <= 3
    default:
      cursor.peekIPv4() != nil && cursor.count <= 3 || cursor.count == 1 && holdsPrefix(cursor)
    }
  }

  private func holdsPrefix(_ cursor: WordCursor) -> Bool {
    var cursor = cursor
    return cursor.takePrefix() != nil
  }

  private func readStandard(
    _ entry: inout AccessControlEntry, _ cursor: inout WordCursor
  ) throws(StatementError) {
    let any = AddressSpec.prefix(.anyIPv4)
    if cursor.take("any") || cursor.take("any4") {
      entry.source = any
    } else if cursor.take("host") {
      entry.source = try readHost(&cursor)
    } else if let found = cursor.takePrefix() {
      entry.source = .prefix(found.prefix)
    } else {
      entry.source = try readMasked(&entry, &cursor, isSource: true, maskIsOptional: true)
    }
    entry.destination = any
  }

  private func readExtended(
    _ entry: inout AccessControlEntry, _ kind: AccessList.Kind, _ cursor: inout WordCursor
  ) throws(StatementError) {
    let any: AddressSpec =
      switch kind {
      case .ipv6: .prefix(.anyIPv6)
      case .standard, .extended, .other: configuration.dialect == .asa ? .any : .prefix(.anyIPv4)
      }
    entry.service.ipProtocol = try readProtocol(&cursor, kind)
    skipIdentity(&entry, &cursor)
    entry.source = try readAddress(&entry, &cursor, any: any, isSource: true)
    entry.service.sourcePorts = try readPorts(&cursor, isSource: true)
    skipIdentity(&entry, &cursor)
    // `access-list 101 permit tcp any eq 80` of a standard-minded hand has no destination.
    entry.destination = try readAddress(&entry, &cursor, any: any, isSource: false)
    switch entry.service.ipProtocol {
    case .number(1), .number(58):
      entry.service.icmp = try readICMP(&cursor, isIPv6: entry.service.ipProtocol == .number(58))
    default:
      entry.service.destinationPorts = try readPorts(&cursor, isSource: false)
    }
  }

  /// The protocol, or the service object or group in its place.
  func readProtocol(
    _ cursor: inout WordCursor, _ kind: AccessList.Kind
  ) throws(StatementError) -> ProtocolSpec {
    if let number = cursor.peekNumber() {
      cursor.skip()
      guard let value = UInt8(exactly: number) else {
        throw .invalid("\(number) is no protocol number")
      }
      return value == 0 ? .any : .number(value)
    }
    if cursor.take("ip") || cursor.take("ipv6") || cursor.take("ipv4") { return .any }
    if cursor.take("object-group") { return .group(try cursor.name("a group")) }
    if cursor.take("object") { return .object(try cursor.name("a service object")) }
    let word = try cursor.word("a protocol")
    if kind == .ipv6, word.lowercased() == "icmp" { return .number(58) }
    if let number = ProtocolNames.numbers[word.lowercased()] { return .number(number) }
    if ["tcp-udp", "tcp_udp"].contains(word.lowercased()) { return .tcpUDP }
    // An address or `host` in the protocol's place: the protocol was left out.
    if word == "any" || word == "host" || word.utf8.first?.isDigit == true {
      throw .unexpected(word, wanted: "a protocol")
    }
    guard WordCursor.isPlaceholder(word) else { throw .unexpected(word, wanted: "a protocol") }
    return .unknown(word)
  }

  /// `user …`, `user-group …`, `security-group …` before an address of an ASA.
  private func skipIdentity(_ entry: inout AccessControlEntry, _ cursor: inout WordCursor) {
    while true {
      switch cursor.peek() {
      case "user", "user-group", "object-group-user", "object-group-security": cursor.skip(2)
      case "security-group": cursor.skip(3)
      default: return
      }
      entry.marks.insert(.otherCondition)
    }
  }

  func readAddress(
    _ entry: inout AccessControlEntry, _ cursor: inout WordCursor, any: AddressSpec, isSource: Bool
  ) throws(StatementError) -> AddressSpec {
    let side = isSource ? "a source" : "a destination"
    if cursor.peekIPv4() != nil { return try readMasked(&entry, &cursor, isSource: isSource) }
    if cursor.take("any") { return any }
    if cursor.take("host") { return try readHost(&cursor) }
    if cursor.take("object-group") || cursor.take("net-group") || cursor.take("addrgroup") {
      return .group(try cursor.name("a group"))
    }
    if cursor.take("object") { return .object(try cursor.name("an object")) }
    if cursor.take("any4") { return .prefix(.anyIPv4) }
    if cursor.take("any6") { return .prefix(.anyIPv6) }
    if cursor.take("interface") { return .interface(try cursor.name("an interface")) }
    if let found = cursor.takePrefix() {
      if found.prefix.address != found.address { markHostBits(&entry, isSource) }
      return .prefix(found.prefix)
    }
    if let address = cursor.takeAddress() { return .prefix(IPPrefix(host: address)) }
    guard !cursor.isAtEnd else { throw .incomplete(side) }
    return try readMasked(&entry, &cursor, isSource: isSource)
  }

  private func readHost(_ cursor: inout WordCursor) throws(StatementError) -> AddressSpec {
    if let address = cursor.takeAddress() { return .prefix(IPPrefix(host: address)) }
    let name = try cursor.name("a host’s address")
    if let known = hostNames[name] { return .prefix(IPPrefix(host: known)) }
    return .name(name)
  }

  /// `A M`, the mask read as the dialect has it; `NAME M` by way of `names`.
  private func readMasked(
    _ entry: inout AccessControlEntry, _ cursor: inout WordCursor, isSource: Bool,
    maskIsOptional: Bool = false
  ) throws(StatementError) -> AddressSpec {
    let wanted = isSource ? "a source" : "a destination"
    guard let bits = cursor.takeIPv4() else {
      let name = try cursor.name(wanted)
      guard let known = hostNames[name]?.ipv4 else {
        guard WordCursor.isPlaceholder(name) || cursor.peekIPv4() != nil || looksMasked(name)
        else { throw .unexpected(name, wanted: wanted) }
        if cursor.peekIPv4() != nil || WordCursor.isPlaceholder(cursor.peek()) { cursor.skip() }
        return .name(name)
      }
      return try mask(known, &entry, &cursor, isSource, maskIsOptional)
    }
    return try mask(bits, &entry, &cursor, isSource, maskIsOptional)
  }

  /// An address with letters in it, such as `104.X.X.X` or `x.x.x.x`.
  private func looksMasked(_ word: String) -> Bool {
    word.split(separator: ".").count == 4
  }

  private func mask(
    _ bits: UInt32, _ entry: inout AccessControlEntry, _ cursor: inout WordCursor,
    _ isSource: Bool, _ isOptional: Bool
  ) throws(StatementError) -> AddressSpec {
    guard let mask = cursor.takeIPv4() else {
      if isOptional { return .prefix(IPPrefix(host: IPAddress(ipv4: bits))) }
      if WordCursor.isPlaceholder(cursor.peek()) {
        return .name(try cursor.name("a mask"))
      }
      throw cursor.unexpected("a mask")
    }
    let masked = MaskedAddress(bits, mask: mask, isWildcard: configuration.dialect == .ios)
    if masked.hasHostBits { markHostBits(&entry, isSource) }
    if masked.isDiscontiguous { entry.marks.insert(.discontiguousMask) }
    if masked.looksForeign { entry.marks.insert(.foreignMask) }
    return masked.spec
  }

  private func markHostBits(_ entry: inout AccessControlEntry, _ isSource: Bool) {
    entry.marks.insert(isSource ? .sourceHostBits : .destinationHostBits)
  }

  /// What may follow both ends: `established`, `log`, `inactive`, `time-range` and the like.
  private func readOptions(
    _ entry: inout AccessControlEntry, _ cursor: inout WordCursor
  ) throws(StatementError) {
    while !cursor.isAtEnd {
      let word = cursor.peek()
      cursor.skip()
      switch word {
      case "inactive": entry.marks.insert(.inactive)
      case "established", "ack", "fin", "psh", "rst", "syn", "urg", "match-any", "match-all":
        entry.marks.insert(.established)
        while cursor.peek().hasPrefix("+") || cursor.peek().hasPrefix("-") { cursor.skip() }
      case "fragments": entry.marks.insert(.fragments)
      case "time-range": entry.timeRange = try cursor.name("a time-range")
      case "log", "log-input":
        entry.marks.insert(.log)
        skipLogOptions(&cursor)
      case "dscp", "precedence", "tos", "ttl", "option", "flow-label", "reflect", "timeout",
        "routing-type", "dest-option-type", "mobility-type", "sgt", "sequence":
        entry.marks.insert(.otherCondition)
        cursor.skip()
        if word == "ttl", cursor.peekNumber() != nil { cursor.skip() }
      case "auth", "routing", "hbh", "mobility", "undetermined-transport", "dest-option":
        entry.marks.insert(.otherCondition)
      default:
        throw .unexpected(word, wanted: "an option or the end of the line")
      }
    }
  }

  /// `log [disable|default|LEVEL] [interval n]`, or a cookie word of IOS.
  private func skipLogOptions(_ cursor: inout WordCursor) {
    let levels: Set<String> = [
      "alerts", "critical", "debugging", "default", "disable", "emergencies", "errors",
      "informational", "notifications", "warnings",
    ]
    if levels.contains(cursor.peek()) || cursor.peekNumber() != nil { cursor.skip() }
    if cursor.take("interval") { cursor.skip() }
    let next = cursor.peek()
    if !next.isEmpty, next != "inactive", next != "time-range", cursor.count == 1 {
      if !next.hasPrefix("(") { cursor.skip() }
    }
  }
}
