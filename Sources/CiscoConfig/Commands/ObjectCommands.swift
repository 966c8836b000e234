internal import Bytes

extension ConfigurationReader {
  /// ASA `object network|service NAME`.
  mutating func readObject(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    guard let kind = cursor.choose(["network", "service"]) else {
      if ["subscriber-list", "network-service"].contains(cursor.peek()) {
        return keepOther(command, opensMode: true)
      }
      throw cursor.unexpected("‘network’ or ‘service’")
    }
    let name = try cursor.name("an object’s name")
    _ = cursor.take("rename") && !cursor.rest().isEmpty
    try end(&cursor, line)
    if command.isNegated { return keepOther(command, opensMode: false) }
    if kind == "network" {
      configuration.networkObjects.update(
        name, create: { NetworkObject(name: name, line: line) }
      ) { _ in }
      mode = .networkObject(name)
    } else {
      configuration.serviceObjects.update(
        name, create: { ServiceObject(name: name, line: line) }
      ) { _ in }
      mode = .serviceObject(name)
    }
  }

  /// `host A`, `subnet A M`, `range A B`, `fqdn N`, `nat …` below a network object.
  mutating func readNetworkObjectLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    if cursor.sees("nat") {
      // Twice NAT is global wherever it stands.
      guard cursor.statement.words.count > 1, isObjectNAT(cursor) else { return false }
      cursor.skip()
      try readObjectNAT(name, command, cursor)
      return true
    }
    if cursor.take("description") { return true }
    let verbs = ["host", "subnet", "range", "fqdn"]
    guard let verb = verbs.first(where: { cursor.take($0) }) else { return false }
    let value: AddressSpec
    switch verb {
    case "host": value = try readObjectHost(&cursor)
    case "subnet": value = try readSubnet(&cursor)
    case "range": value = try readRange(&cursor)
    default:
      _ = cursor.take("v4") || cursor.take("v6")
      value = .name(try cursor.name("a name"))
    }
    try end(&cursor, line)
    guard !command.isNegated else { return true }
    configuration.networkObjects.update(
      name, create: { NetworkObject(name: name, line: line) }
    ) { $0.value = value }
    return true
  }

  private func readObjectHost(_ cursor: inout WordCursor) throws(StatementError) -> AddressSpec {
    if let address = cursor.takeAddress() { return .prefix(IPPrefix(host: address)) }
    let name = try cursor.name("an address")
    if let known = hostNames[name] { return .prefix(IPPrefix(host: known)) }
    return .name(name)
  }

  /// `A M` with a network mask, or `P/n`.
  func readSubnet(_ cursor: inout WordCursor) throws(StatementError) -> AddressSpec {
    if let found = cursor.takePrefix() { return .prefix(found.prefix) }
    let address: UInt32
    if let bits = cursor.takeIPv4() {
      address = bits
    } else {
      let name = try cursor.name("a network")
      guard let known = hostNames[name]?.ipv4 else {
        if !cursor.isAtEnd { _ = try cursor.name("a mask") }
        return .name(name)
      }
      address = known
    }
    guard let mask = cursor.takeIPv4() else {
      guard let word = Optional(cursor.peek()), word.hasPrefix("/"),
        let length = Int(word.dropFirst())
      else { throw cursor.unexpected("a mask") }
      cursor.skip()
      return .prefix(IPPrefix(IPAddress(ipv4: address), length: length))
    }
    return MaskedAddress(address, mask: mask, isWildcard: false).spec
  }

  func readRange(_ cursor: inout WordCursor) throws(StatementError) -> AddressSpec {
    guard let first = cursor.takeAddress() else {
      let name = try cursor.name("an address")
      cursor.skip()
      return .name(name)
    }
    guard let last = cursor.takeAddress() else { throw cursor.unexpected("an address") }
    guard let range = AddressRange(first, last) else {
      throw .invalid("the range ends before it begins")
    }
    return .range(range)
  }

  /// `service tcp|udp|icmp|N [source OP] [destination OP]` below a service object.
  mutating func readServiceObjectLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    if cursor.take("description") { return true }
    guard cursor.take("service") else { return false }
    let service = try readService(&cursor)
    try end(&cursor, line)
    guard !command.isNegated else { return true }
    configuration.serviceObjects.update(
      name, create: { ServiceObject(name: name, line: line) }
    ) { $0.value = service }
    return true
  }

  /// A protocol with ports or an ICMP message. Ports without `source` or `destination` before
  /// them are the destination's (groups of IOS and older groups of an ASA).
  func readService(_ cursor: inout WordCursor) throws(StatementError) -> ServiceSpec {
    var service = ServiceSpec(try readProtocol(&cursor, .extended))
    switch service.ipProtocol {
    case .number(1), .number(58):
      service.icmp = try readICMP(&cursor, isIPv6: service.ipProtocol == .number(58))
    default:
      if cursor.take("source") {
        service.sourcePorts = try readObjectPorts(&cursor)
      }
      if cursor.take("destination") || !cursor.isAtEnd {
        service.destinationPorts = try readObjectPorts(&cursor)
      }
    }
    return service
  }

  /// `[eq] p`, `range a b` and the other operators.
  private func readObjectPorts(_ cursor: inout WordCursor) throws(StatementError) -> PortSpec {
    let ports = try readPorts(&cursor, isSource: false)
    guard ports == .any else { return ports }
    let word = try cursor.word("a port")
    if let number = UInt16(word) ?? ServiceNames.ports[word.lowercased()] {
      return .equal([number])
    }
    throw .unexpected(word, wanted: "a port")
  }
}
