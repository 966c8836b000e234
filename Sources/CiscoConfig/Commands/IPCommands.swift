internal import Bytes

/// `ip …` and `ipv6 …` commands of IOS.
extension ConfigurationReader {
  mutating func readIP(_ command: Command, _ cursor: WordCursor) throws(StatementError) -> Bool {
    var cursor = cursor
    if cursor.take("access-list", least: 8) {
      try readNamedList(command, cursor, isIPv6: false)
      return true
    }
    if cursor.take("nat") {
      try readIPNAT(command, cursor)
      return true
    }
    if cursor.take("route") {
      try readIPRoute(command, cursor)
      return true
    }
    if cursor.take("address", least: 3) {
      if cursor.count >= 2 { try readGlobalAddress(command, cursor) }
      return true
    }
    if cursor.take("domain-name") || cursor.sees("domain") && cursor.peek(1) == "name" {
      if cursor.sees("domain") { cursor.skip(2) }
      readName("domain-name", command, cursor)
      return true
    }
    mode = .other
    return true
  }

  mutating func readIPv6(_ command: Command, _ cursor: WordCursor) throws(StatementError) -> Bool {
    var cursor = cursor
    if cursor.take("access-list", least: 8) {
      try readNamedList(command, cursor, isIPv6: true)
      return true
    }
    if cursor.take("route") {
      readIPv6Route(command, cursor)
      return true
    }
    mode = .other
    return true
  }

  /// `ip route [vrf V] A M [IF] [NEXT] [distance] …`.
  private mutating func readIPRoute(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    mode = .global
    guard !command.isNegated else { return }
    let vrf = cursor.take("vrf") ? try cursor.name("a VRF") : nil
    guard let address = cursor.takeIPv4(), let mask = cursor.takeIPv4() else { return }
    let destination = IPPrefix(IPAddress(ipv4: address), length: (~mask).leadingZeroBitCount)
    var interface: String?
    var nextHop = cursor.takeAddress()
    if nextHop == nil, !cursor.isAtEnd {
      interface = try cursor.name("an interface")
      nextHop = cursor.takeAddress()
    }
    configuration.routes.append(
      Route(
        destination: destination, nextHop: nextHop, interface: interface,
        distance: cursor.peekNumber() ?? 1, vrf: vrf, line: command.line))
  }

  private mutating func readIPv6Route(_ command: Command, _ cursor: WordCursor) {
    var cursor = cursor
    mode = .global
    // An ASA names the interface first.
    var interface: String?
    if cursor.takePrefix(peekOnly: true) == nil, let name = try? cursor.name("an interface") {
      interface = name
    }
    guard !command.isNegated, let destination = cursor.takePrefix()?.prefix else { return }
    if let hop = cursor.takeAddress() {
      configuration.routes.append(
        Route(
          destination: destination, nextHop: hop, interface: interface,
          distance: cursor.peekNumber() ?? 1, vrf: nil, line: command.line))
    } else if let name = try? cursor.name("an interface") {
      configuration.routes.append(
        Route(
          destination: destination, nextHop: cursor.takeAddress(), interface: interface ?? name,
          distance: 1, vrf: nil, line: command.line))
    }
  }

  /// ASA `route IF A M NEXT [distance]`.
  mutating func readRoute(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    mode = .global
    guard !command.isNegated else { return }
    let interface = try cursor.name("an interface")
    let address = cursor.takeIPv4() ?? hostNames[cursor.statement.word(cursor.position)]?.ipv4
    guard let address else { return }
    if cursor.peekIPv4() == nil { cursor.skip() }
    guard let mask = cursor.takeIPv4() else { return }
    let destination = IPPrefix(IPAddress(ipv4: address), length: (~mask).leadingZeroBitCount)
    let hop = cursor.takeAddress()
    configuration.routes.append(
      Route(
        destination: destination, nextHop: hop, interface: interface,
        distance: cursor.peekNumber() ?? 1, vrf: nil, line: command.line))
  }

  /// `ip nat inside|outside source|destination …`, `ip nat pool …`.
  private mutating func readIPNAT(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    mode = .global
    if cursor.take("pool") { return try readIPNATPool(command, cursor) }
    guard let side = cursor.choose(["inside", "outside"]) else {
      // `translation`, `service`, `log` and the like change no address.
      guard !cursor.isAtEnd else { throw .incomplete("‘inside’, ‘outside’ or ‘pool’") }
      return keepOther(command, opensMode: false)
    }
    if cursor.isAtEnd { throw .invalid("this stands below no interface") }
    guard cursor.take("source") else {
      try cursor.expect("destination", least: 4)
      return keepOther(command, opensMode: false)
    }
    if command.isNegated { return keepOther(command, opensMode: false) }
    var rule = NATRule(
      section: .iosDynamic, isDynamic: true, realInterface: side,
      mappedInterface: side == "inside" ? "outside" : "inside", realSource: .any,
      mappedSource: .identity, line: command.line)
    if cursor.take("static") {
      try readIPNATStatic(&rule, &cursor)
    } else {
      try readIPNATDynamic(&rule, &cursor)
    }
    rule.options += try cursor.isAtEnd ? [] : cursor.names("an option")
    if let position = rule.options.firstIndex(of: "route-map"), position + 1 < rule.options.count {
      rule.routeMap = rule.options[position + 1]
    }
    keepNotes(of: cursor, command.line)
    configuration.natRules.append(rule)
  }

  /// `static [tcp|udp|network] REAL [port] MAPPED|interface IF [port|mask]`.
  private func readIPNATStatic(
    _ rule: inout NATRule, _ cursor: inout WordCursor
  ) throws(StatementError) {
    rule.section = .iosStatic
    rule.isDynamic = false
    let hasPorts = ["tcp", "udp", "esp"].contains(cursor.peek())
    if hasPorts { rule.services.append(try cursor.word("a protocol")) }
    let isNetwork = cursor.take("network")
    guard let real = cursor.takeAddress() else { throw cursor.unexpected("an address") }
    if hasPorts, cursor.peekNumber() != nil { rule.services.append(try cursor.word("a port")) }
    var length = real.bitWidth
    var mapped: IPAddress?
    if cursor.take("interface") {
      rule.mappedSource = .interface(try cursor.name("an interface"))
    } else {
      guard let address = cursor.takeAddress() else { throw cursor.unexpected("an address") }
      mapped = address
    }
    if hasPorts, cursor.peekNumber() != nil { rule.services.append(try cursor.word("a port")) }
    if isNetwork {
      if let mask = cursor.takeIPv4() {
        length = (~mask).leadingZeroBitCount
      } else if cursor.peek().hasPrefix("/"), let bits = Int(cursor.peek().dropFirst()) {
        cursor.skip()
        length = bits
      }
    }
    rule.realSource = .prefix(IPPrefix(real, length: length))
    if let mapped { rule.mappedSource = .addresses(.prefix(IPPrefix(mapped, length: length))) }
  }

  /// `list ACL|route-map M interface IF|pool P …`.
  private func readIPNATDynamic(
    _ rule: inout NATRule, _ cursor: inout WordCursor
  ) throws(StatementError) {
    if cursor.take("list") {
      rule.accessList = try cursor.name("an access list")
    } else {
      try cursor.expect("route-map", least: 7)
      rule.routeMap = try cursor.name("a route map")
    }
    if cursor.take("interface") {
      rule.mappedSource = .interface(try readSpacedInterface(&cursor))
    } else if cursor.take("pool") {
      rule.mappedSource = .pool(try cursor.name("a pool"))
    } else if !cursor.sees("vrf") {
      throw cursor.unexpected("‘interface’ or ‘pool’")
    }
  }

  /// An interface whose number may stand apart.
  private func readSpacedInterface(_ cursor: inout WordCursor) throws(StatementError) -> String {
    let name = try cursor.name("an interface")
    guard let first = cursor.peek().utf8.first, first.isDigit else { return name }
    return name + (try cursor.name("a number"))
  }

  /// `NAME A B netmask M|prefix-length n`.
  private mutating func readIPNATPool(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a pool’s name")
    var addresses: AddressSpec?
    if let first = cursor.takeAddress(), let last = cursor.takeAddress() {
      addresses = AddressRange(first, last).map { .range($0) }
    }
    _ = cursor.rest()
    keepNotes(of: cursor, command.line)
    guard !command.isNegated else { return }
    configuration.natPools.append(
      NATPool(name: name, interface: nil, addresses: addresses, line: command.line))
  }
}
