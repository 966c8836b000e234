extension ConfigurationReader {
  /// `eq|neq|lt|gt|range …`, `object-group NAME` where it can only name ports; `.any` when none of
  /// them comes next.
  func readPorts(
    _ cursor: inout WordCursor, isSource: Bool
  ) throws(StatementError) -> PortSpec {
    if cursor.take("eq") { return try readPortList(&cursor) { .equal($0) } }
    if cursor.take("neq") { return try readPortList(&cursor) { .notEqual($0) } }
    if cursor.take("lt") { return try readPort(&cursor).map { .lessThan($0) } }
    if cursor.take("gt") { return try readPort(&cursor).map { .greaterThan($0) } }
    if cursor.take("range") { return try readPortRange(&cursor) }
    if cursor.take("portgroup") { return .group(try cursor.name("a group of ports")) }
    guard cursor.sees("object-group") else { return .any }
    // Behind the source a group is one of ports when its definition, or another end behind it,
    // says so; behind the destination it can be nothing else.
    guard !isSource || namesPorts(cursor) else { return .any }
    cursor.skip()
    return .group(try cursor.name("a group of ports"))
  }

  private func namesPorts(_ cursor: WordCursor) -> Bool {
    if let group = configuration.objectGroups[cursor.statement.word(cursor.position + 1)] {
      return group.kind == .service
    }
    return ["any", "any4", "any6", "host", "object", "interface"].contains(cursor.peek(2))
      || cursor.peek(2) == "object-group" && cursor.peek(4) == "object-group"
  }

  /// One port, or several on IOS.
  private func readPortList(
    _ cursor: inout WordCursor, _ make: ([UInt16]) -> PortSpec
  ) throws(StatementError) -> PortSpec {
    let first = try readPort(&cursor)
    guard case .known(let port) = first else { return first.map { .equal([$0]) } }
    var ports = [port]
    while configuration.dialect == .ios, ports.count < 64, let next = nextPort(&cursor) {
      ports.append(next)
    }
    return make(ports)
  }

  /// A further port, when a word that is one comes next.
  private func nextPort(_ cursor: inout WordCursor) -> UInt16? {
    if let number = cursor.peekNumber(), let port = UInt16(exactly: number) {
      cursor.skip()
      return port
    }
    guard let port = ServiceNames.ports[cursor.peek()] else { return nil }
    cursor.skip()
    return port
  }

  private func readPortRange(_ cursor: inout WordCursor) throws(StatementError) -> PortSpec {
    switch (try readPort(&cursor), try readPort(&cursor)) {
    case (.known(let first), .known(let last)):
      guard first <= last else { return .range(last...first) }
      return .range(first...last)
    case (.unknown(let word), _), (_, .unknown(let word)):
      return .unknown(word)
    }
  }

  /// A port as a number, or a word that stands for one somewhere else.
  private enum Port {
    case known(UInt16)
    case unknown(String)

    func map(_ make: (UInt16) -> PortSpec) -> PortSpec {
      switch self {
      case .known(let port): make(port)
      case .unknown(let word): .unknown(word)
      }
    }
  }

  private func readPort(_ cursor: inout WordCursor) throws(StatementError) -> Port {
    if let number = cursor.peekNumber() {
      cursor.skip()
      guard let port = UInt16(exactly: number) else {
        throw .invalid("\(number) is no port number")
      }
      return .known(port)
    }
    let word = try cursor.word("a port")
    if let port = ServiceNames.ports[word.lowercased()] { return .known(port) }
    guard WordCursor.isPlaceholder(word) else { throw .unexpected(word, wanted: "a port") }
    return .unknown(word)
  }

  /// An ICMP type and code by number or name, `object-group NAME`, or nothing.
  func readICMP(
    _ cursor: inout WordCursor, isIPv6: Bool
  ) throws(StatementError) -> ICMPSpec {
    if cursor.take("object-group") { return .group(try cursor.name("a group")) }
    let names = isIPv6 ? ServiceNames.icmpv6 : ServiceNames.icmp
    var type: UInt8
    var code: UInt8?
    if let number = cursor.peekNumber() {
      guard let value = UInt8(exactly: number) else { throw .invalid("\(number) is no ICMP type") }
      cursor.skip()
      type = value
    } else if let known = names[cursor.peek()] {
      cursor.skip()
      (type, code) = known
    } else {
      return .any
    }
    if let number = cursor.peekNumber() {
      guard let value = UInt8(exactly: number) else { throw .invalid("\(number) is no ICMP code") }
      cursor.skip()
      code = value
    }
    return .type(type, code: code)
  }
}
