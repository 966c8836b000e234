internal import Bytes

extension ConfigurationReader {
  /// `interface NAME`; a type and a number apart (`interface Tunnel 0`) are one name.
  mutating func readInterface(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    var name = try cursor.name("an interface’s name")
    if let next = cursor.peek().utf8.first, next.isDigit { name += try cursor.name("a number") }
    keepNotes(of: cursor, command.line)
    guard !command.isNegated else {
      mode = .other
      return
    }
    changeInterface(name, command.line) { _ in }
    mode = .interface(name)
    lastInterface = name
  }

  mutating func changeInterface(
    _ name: String, _ line: SourceLine, _ change: (inout Interface) -> Void
  ) {
    configuration.interfaces.update(name, create: { Interface(name: name, line: line) }, change)
  }

  /// A line below an interface; those that say nothing of addresses or crypto are taken as read.
  mutating func readInterfaceLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    let verbs = [
      "nameif", "security-level", "ip", "ipv6", "crypto", "tunnel", "shutdown", "vrf",
      "description",
    ]
    guard let verb = cursor.choose(verbs) else { return belongs(command, cursor) }
    let isSet = !command.isNegated
    switch verb {
    case "nameif":
      guard cursor.count == 1 || !isSet else { return false }
      let value = isSet ? Sourced(try cursor.name("a name"), line) : nil
      changeInterface(name, line) { $0.nameif = value }
    case "security-level":
      let level = cursor.peekNumber()
      changeInterface(name, line) { $0.securityLevel = isSet ? level : nil }
    case "ip": return try readInterfaceIP(name, command, cursor)
    case "ipv6": return try readInterfaceIPv6(name, command, cursor)
    case "crypto": return try readInterfaceCrypto(name, command, cursor)
    case "tunnel": return try readTunnel(name, command, cursor)
    case "shutdown":
      changeInterface(name, line) { $0.isShutDown = isSet }
    case "vrf":
      guard cursor.take("forwarding", least: 3) || cursor.take("member") else { return false }
      let vrf = Sourced(try cursor.name("a VRF"), line)
      changeInterface(name, line) { $0.vrf = isSet ? vrf : nil }
    default: break
    }
    return true
  }

  /// True for what is not a global command, and for indented lines whose first word is one that
  /// interfaces share (`service-policy`, `mtu`, `vlan` …).
  private func belongs(_ command: Command, _ cursor: WordCursor) -> Bool {
    guard let verb = Vocabulary.globalVerb(command.statement, at: cursor.position) else {
      return command.statement.isIndented && !Relevance.isRelevantVerb(cursor)
    }
    return command.statement.isIndented && Vocabulary.otherVerbs.contains(verb)
  }

  /// `crypto map NAME` (X-AP-01); a map with more words is global.
  private mutating func readInterfaceCrypto(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    if cursor.take("ipsec"), cursor.sees("df-bit") || cursor.sees("fragmentation") {
      return command.statement.isIndented
    }
    _ = cursor.count > 1 && cursor.take("ipv6")
    guard cursor.take("map", least: 2), cursor.count <= 1 else { return false }
    if command.isNegated { return true }
    let map = try cursor.name("a crypto map’s name")
    keepNotes(of: cursor, command.line)
    bind(map, to: name, command)
    return true
  }

  /// `ip address …`, `ip nat inside|outside`, `ip access-group …`, `ip unnumbered …`.
  private mutating func readInterfaceIP(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    if cursor.take("address", least: 3) {
      guard !command.isNegated else { return true }
      return try readInterfaceAddress(name, line, &cursor)
    }
    if cursor.take("nat"), cursor.count == 1 {
      guard let role = cursor.choose(["inside", "outside"]).flatMap(Interface.NATRole.init)
      else { return cursor.sees("enable") }
      changeInterface(name, line) { $0.natRole = command.isNegated ? nil : Sourced(role, line) }
      return true
    }
    if cursor.take("access-group", least: 8) {
      try readBoundList(name, command, &cursor)
      return true
    }
    if cursor.take("unnumbered", least: 3) {
      let other = Sourced(try cursor.name("an interface"), line)
      changeInterface(name, line) { $0.unnumbered = command.isNegated ? nil : other }
      return true
    }
    if cursor.take("vrf"), cursor.take("forwarding", least: 3) {
      let vrf = Sourced(try cursor.name("a VRF"), line)
      changeInterface(name, line) { $0.vrf = command.isNegated ? nil : vrf }
      return true
    }
    return !isGlobalIP(command.statement, cursor)
  }

  /// True for `ip …` commands that are global wherever they stand.
  private func isGlobalIP(_ statement: Statement, _ cursor: WordCursor) -> Bool {
    let second = statement.keyword(statement.isWord(0, "no") ? 2 : 1)
    let words = [
      "route", "nat", "access-list", "classless", "http", "domain", "domain-name", "name-server",
      "cef", "host", "local", "forward-protocol", "subnet-zero", "ssh", "routing", "prefix-list",
      "community-list", "extcommunity-list", "as-path", "dhcp", "sla", "multicast-routing",
      "domain-lookup", "bgp-community", "scp", "source-route", "audit", "inspect", "telnet",
      "default-gateway", "radius", "tacacs", "sdwan", "cef",
    ]
    return words.contains(second) && !(second == "dhcp" && statement.isIndented)
  }

  /// `A M [standby B|secondary]`, `dhcp`, `negotiated`, `pppoe`; PIX 6 `ip address outside A M`.
  private mutating func readInterfaceAddress(
    _ name: String, _ line: SourceLine, _ cursor: inout WordCursor
  ) throws(StatementError) -> Bool {
    if ["dhcp", "negotiated", "pppoe", "pool"].contains(cursor.peek()) {
      changeInterface(name, line) { $0.hasDynamicAddress = true }
      return true
    }
    if let found = cursor.takePrefix() {
      addAddress(name, line, found.address, found.prefix, &cursor)
      return true
    }
    guard let address = cursor.takeAddress() else {
      let word = try cursor.name("an address")
      if let known = hostNames[word], let mask = cursor.takeIPv4() {
        addAddress(name, line, known, network(known, mask), &cursor)
        return true
      }
      // A placeholder stays unknown; a name and an address is a global command of PIX 6.
      keepNotes(of: cursor, line)
      return cursor.peekIPv4() == nil || WordCursor.isPlaceholder(word)
    }
    // Without a mask the class of the address would decide; nothing here does without one.
    guard let mask = cursor.takeIPv4() else {
      addAddress(name, line, address, IPPrefix(host: address), &cursor)
      return true
    }
    addAddress(name, line, address, network(address, mask), &cursor)
    return true
  }

  private func network(_ address: IPAddress, _ mask: UInt32) -> IPPrefix {
    IPPrefix(address, length: (~mask).leadingZeroBitCount)
  }

  private mutating func addAddress(
    _ name: String, _ line: SourceLine, _ address: IPAddress, _ network: IPPrefix,
    _ cursor: inout WordCursor
  ) {
    var standby: IPAddress?
    if cursor.take("standby") { standby = cursor.takeAddress() }
    let value = InterfaceAddress(
      address: address, network: network, standby: standby,
      isSecondary: cursor.take("secondary", least: 3))
    changeInterface(name, line) { interface in
      guard interface.addresses.count < 4096 else { return }
      // A second primary address replaces the first.
      if !value.isSecondary, !address.isIPv6 {
        interface.addresses.removeAll { !$0.value.isSecondary && !$0.value.address.isIPv6 }
      }
      let first = interface.addresses.isEmpty || value.isSecondary || address.isIPv6
      interface.addresses.insert(
        Sourced(value, line), at: first ? interface.addresses.count : 0)
    }
  }

  /// `ipv6 address P`, other `ipv6 …` lines of an interface.
  private mutating func readInterfaceIPv6(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    if cursor.take("address", least: 3) {
      guard !command.isNegated, let found = cursor.takePrefix() else { return true }
      addAddress(name, command.line, found.address, found.prefix, &cursor)
      return true
    }
    if cursor.take("traffic-filter", least: 7) {
      try readBoundList(name, command, &cursor)
      return true
    }
    return !["route", "access-list", "unicast-routing", "cef", "router"].contains(cursor.peek())
  }

  private mutating func readBoundList(
    _ interface: String, _ command: Command, _ cursor: inout WordCursor
  ) throws(StatementError) {
    let list = try cursor.name("an access list")
    let isOut = cursor.take("out")
    if !isOut { try cursor.expect("in", least: 2) }
    guard !command.isNegated else { return }
    configuration.accessGroups.append(
      AccessGroup(
        accessList: list, interface: interface, direction: isOut ? .outbound : .inbound,
        line: command.line))
  }

  /// ASA `access-group ACL in|out interface IF`, `access-group ACL global`.
  mutating func readAccessGroup(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    mode = .global
    let list = try cursor.name("an access list")
    var direction = AccessGroup.Direction.global
    var interface: String?
    if !cursor.take("global") {
      let isOut = cursor.take("out")
      if !isOut { try cursor.expect("in", least: 2) }
      try cursor.expect("interface", least: 3)
      interface = try cursor.name("an interface")
      direction = isOut ? .outbound : .inbound
    }
    _ = cursor.rest()
    guard !command.isNegated else { return }
    configuration.accessGroups.append(
      AccessGroup(
        accessList: list, interface: interface, direction: direction, line: command.line))
  }

  /// PIX 6 `nameif ethernet0 outside security0`.
  mutating func readGlobalNameif(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    mode = .global
    guard cursor.count >= 2 else { return }
    let name = try cursor.name("an interface")
    let alias = Sourced(try cursor.name("a name"), command.line)
    index.interfaces[alias.value] = name
    changeInterface(name, command.line) { $0.nameif = alias }
  }

  /// PIX 6 `ip address outside A M`.
  mutating func readGlobalAddress(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    mode = .global
    let alias = try cursor.name("an interface")
    let name = index.interfaces[alias] ?? alias
    _ = try readInterfaceAddress(name, command.line, &cursor)
  }
}
