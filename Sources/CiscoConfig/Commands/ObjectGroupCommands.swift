internal import Bytes

extension ConfigurationReader {
  /// `object-group network|service|protocol|icmp-type NAME [tcp|udp|tcp-udp]`.
  mutating func readObjectGroup(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    if cursor.sees("ip"), cursor.peek(1) == "port", cursor.count > 2 {
      return openPortGroup(cursor.statement.word(cursor.position + 2), command)
    }
    if ["ip", "v6-network", "v6-service"].contains(cursor.peek()) {
      return keepOther(command, opensMode: true)
    }
    // `object-group group network N` was printed by some releases.
    _ = cursor.count > 2 && cursor.take("group")
    let words = [
      "network", "service", "protocol", "icmp-type", "user", "security", "group",
      "network-service", "fqdn",
    ]
    guard let word = cursor.choose(words) else { throw cursor.unexpected("a group’s kind") }
    let name = try cursor.name("a group’s name")
    let kind: ObjectGroup.Kind =
      switch word {
      case "network": .network
      case "service": .service
      case "protocol": .protocol
      case "icmp-type": .icmpType
      default: .other
      }
    var header: ProtocolSpec?
    if kind == .service, !cursor.isAtEnd { header = try readProtocol(&cursor, .extended) }
    _ = cursor.rest()
    keepNotes(of: cursor, line)
    if command.isNegated { return keepOther(command, opensMode: false) }
    configuration.objectGroups.update(
      name,
      create: { ObjectGroup(name: name, kind: kind, headerProtocol: header, line: line) }
    ) { _ in }
    mode = .objectGroup(name)
  }

  /// `object-group ip port NAME`, which access lists call by `portgroup NAME`. A second
  /// definition has no effect.
  private mutating func openPortGroup(_ name: String, _ command: Command) {
    let line = command.line
    if let earlier = configuration.objectGroups[name] {
      note(.redefinition, line, "ignored: defined in line \(earlier.line.number) before")
      mode = .other
      return
    }
    configuration.objectGroups.update(
      name, create: { ObjectGroup(name: name, kind: .service, line: line) }
    ) { _ in }
    mode = .objectGroup(name)
  }

  /// A member of a group.
  mutating func readGroupMember(
    of name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    guard let kind = configuration.objectGroups[name]?.kind else { return false }
    if cursor.sees("description") { return true }
    if kind == .other { return command.statement.isIndented || cursor.sees("security-group") }
    guard let member = try readMember(kind, &cursor) else { return false }
    try end(&cursor, line)
    guard !command.isNegated else { return true }
    configuration.objectGroups.update(
      name, create: { ObjectGroup(name: name, kind: kind, line: line) }
    ) { $0.members.append(Sourced(member, line)) }
    return true
  }

  private func readMember(
    _ kind: ObjectGroup.Kind, _ cursor: inout WordCursor
  ) throws(StatementError) -> ObjectGroup.Member? {
    if cursor.take("group-object") { return .group(try cursor.name("a group")) }
    if cursor.take("network-object") { return .address(try readMemberAddress(&cursor)) }
    if cursor.take("service-object") {
      if cursor.take("object") {
        return .service(ServiceSpec(.object(try cursor.name("an object"))))
      }
      return .service(try readService(&cursor))
    }
    if cursor.take("port-object") { return .ports(try readPorts(&cursor, isSource: false)) }
    if cursor.take("protocol-object") {
      return .ipProtocol(try readProtocol(&cursor, .extended))
    }
    if cursor.take("icmp-object") { return .icmp(try readICMP(&cursor, isIPv6: false)) }
    switch kind {
    case .network: return try readMemberOfIOS(&cursor)
    case .service: return try readServiceOfIOS(&cursor)
    case .protocol, .icmpType, .other: return nil
    }
  }

  /// `host A`, `object N`, `A M`, `P/n`.
  private func readMemberAddress(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> AddressSpec {
    if cursor.take("host") {
      if let address = cursor.takeAddress() { return .prefix(IPPrefix(host: address)) }
      let name = try cursor.name("an address")
      if let known = hostNames[name] { return .prefix(IPPrefix(host: known)) }
      return .name(name)
    }
    if cursor.take("object") { return .object(try cursor.name("an object")) }
    return try readSubnet(&cursor)
  }

  /// A member of a network group of IOS: `host A`, `A M`, `A /n`, `range A B`, `any`.
  private func readMemberOfIOS(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> ObjectGroup.Member? {
    if cursor.sees("host") { return .address(try readMemberAddress(&cursor)) }
    if cursor.take("any") { return .address(.prefix(.anyIPv4)) }
    if cursor.take("range") { return .address(try readRange(&cursor)) }
    guard let bits = cursor.peekIPv4() else { return nil }
    // A group has network masks, but wildcards are seen: 0.0.0.255 can only be one.
    var ahead = cursor
    ahead.skip()
    if let mask = ahead.peekIPv4(), mask >> 31 == 0, mask != 0 {
      cursor.skip(2)
      return .address(MaskedAddress(bits, mask: mask, isWildcard: true).spec)
    }
    return .address(try readSubnet(&cursor))
  }

  /// A member of a service group of IOS: `tcp eq www`, `icmp echo`, `ospf`, `tcp-udp range 1 9`.
  private func readServiceOfIOS(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> ObjectGroup.Member? {
    let word = cursor.peek()
    if ["eq", "neq", "lt", "gt", "range"].contains(word) {
      return .ports(try readPorts(&cursor, isSource: false))
    }
    guard ProtocolNames.numbers[word] != nil || word == "tcp-udp" || cursor.peekNumber() != nil
    else { return nil }
    return .service(try readService(&cursor))
  }
}
