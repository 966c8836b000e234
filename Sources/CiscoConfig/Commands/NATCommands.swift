internal import Bytes

/// Translation rules of an ASA or a PIX.
extension ConfigurationReader {
  /// `nat (real,mapped) [after-auto] source …` from 8.3, `nat (if) n …` before.
  mutating func readNAT(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    mode = .global
    if command.isNegated { return keepOther(command, opensMode: false) }
    let interfaces = takeInterfaces(&cursor)
    if cursor.peekNumber() != nil, !["after-auto", "source"].contains(cursor.peek(1)) {
      return try readLegacyNAT(interfaces.first ?? nil, command, cursor)
    }
    if cursor.peekNumber() != nil { cursor.skip() }
    let isAfterAuto = cursor.take("after-auto")
    if isAfterAuto, cursor.peekNumber() != nil { cursor.skip() }
    var rule = NATRule(
      section: isAfterAuto ? .afterAuto : .manual, isDynamic: false,
      realInterface: interfaces.first ?? nil,
      mappedInterface: interfaces.count > 1 ? interfaces[1] : nil, realSource: .any,
      mappedSource: .identity, line: command.line)
    try cursor.expect("source", least: 6)
    try readSource(&rule, &cursor)
    try readOptions(&rule, &cursor)
    try end(&cursor, command.line)
    configuration.natRules.append(rule)
  }

  /// True for `nat [(a,b)] static|dynamic …`, which belongs to a network object.
  func isObjectNAT(_ cursor: WordCursor) -> Bool {
    var cursor = cursor
    cursor.skip()
    _ = takeInterfaces(&cursor)
    return cursor.sees("static") || cursor.sees("dynamic")
  }

  /// `[(real,mapped)] static|dynamic MAPPED …` below an object.
  mutating func readObjectNAT(
    _ object: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    if command.isNegated { return }
    let interfaces = takeInterfaces(&cursor)
    var rule = NATRule(
      section: .object, isDynamic: cursor.take("dynamic"), realInterface: interfaces.first ?? nil,
      mappedInterface: interfaces.count > 1 ? interfaces[1] : nil, realSource: .object(object),
      mappedSource: .identity, objectName: object, line: command.line)
    if !rule.isDynamic { try cursor.expect("static", least: 6) }
    rule.mappedSource = try readTranslation(&cursor)
    try readOptions(&rule, &cursor)
    try end(&cursor, command.line)
    configuration.natRules.append(rule)
  }

  /// `static|dynamic REAL MAPPED [destination static MAPPED REAL]`.
  private func readSource(
    _ rule: inout NATRule, _ cursor: inout WordCursor
  ) throws(StatementError) {
    rule.isDynamic = cursor.take("dynamic")
    if !rule.isDynamic { try cursor.expect("static", least: 6) }
    let real = try readNATAddress(&cursor)
    rule.realSource = real
    let mapped = try readTranslation(&cursor)
    rule.mappedSource = mapped == .addresses(real) && !rule.isDynamic ? .identity : mapped
    guard cursor.take("destination") else { return }
    try cursor.expect("static", least: 6)
    if cursor.take("interface") {
      rule.mappedDestination = .interface(rule.realInterface ?? "")
      _ = cursor.take("ipv6")
    } else {
      rule.mappedDestination = try readNATAddress(&cursor)
    }
    rule.realDestination = try readNATAddress(&cursor)
  }

  private func readTranslation(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> NATRule.Translation {
    if cursor.take("pat-pool") { return .addresses(try readNATAddress(&cursor)) }
    if cursor.take("interface") {
      _ = cursor.take("ipv6")
      return .interface(nil)
    }
    return .addresses(try readNATAddress(&cursor))
  }

  /// `any`, an object's or group's name, or an address.
  private func readNATAddress(_ cursor: inout WordCursor) throws(StatementError) -> AddressSpec {
    if cursor.take("any") { return .any }
    if let found = cursor.takePrefix() { return .prefix(found.prefix) }
    if let address = cursor.takeAddress() { return .prefix(IPPrefix(host: address)) }
    let name = try cursor.name("an object or address")
    if let known = hostNames[name] { return .prefix(IPPrefix(host: known)) }
    if configuration.objectGroups[name] != nil { return .group(name) }
    return .object(name)
  }

  private func readOptions(
    _ rule: inout NATRule, _ cursor: inout WordCursor
  ) throws(StatementError) {
    while !cursor.isAtEnd {
      let word = cursor.peek()
      cursor.skip()
      switch word {
      case "inactive": rule.isInactive = true
      case "service":
        while cursor.count > 0, rule.services.count < 3, !Self.natOptions.contains(cursor.peek()) {
          rule.services.append(try cursor.name("a service"))
        }
      case "description": rule.options.append("description " + cursor.rest())
      case "pat-pool":
        rule.options.append("pat-pool " + (try cursor.name("a pool")))
      case _ where Self.natOptions.contains(word): rule.options.append(word)
      case _ where cursor.isAtEnd && Int(word) != nil:
        rule.options.append(word)
      default:
        throw .unexpected(word, wanted: "an option of a translation rule")
      }
    }
  }

  private static let natOptions: Set<String> = [
    "unidirectional", "no-proxy-arp", "route-lookup", "dns", "inactive", "interface", "extended",
    "flat", "include-reserve", "round-robin", "net-to-net", "ipv6", "block-allocation",
    "description", "netmask", "norandomseq", "outside",
  ]

  /// `(inside,outside)` or `(inside)`; the word `any` stands for every interface.
  private func takeInterfaces(_ cursor: inout WordCursor) -> [String?] {
    let word = cursor.isAtEnd ? "" : cursor.statement.word(cursor.position)
    guard word.hasPrefix("(") else { return [] }
    var text = word
    cursor.skip()
    // `(inside, outside)` with a blank is two words.
    while !text.hasSuffix(")"), !cursor.isAtEnd, text.utf8.count < 200 {
      text += cursor.statement.word(cursor.position)
      cursor.skip()
    }
    return text.dropFirst().prefix { $0 != ")" }
      .split(separator: ",", omittingEmptySubsequences: false)
      .map { $0 == "any" ? nil : String($0) }
  }

  /// `(if) 0 access-list ACL`, `(if) n A [M]`, `(if) n access-list ACL`.
  private mutating func readLegacyNAT(
    _ interface: String?, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let number = try cursor.number("a number")
    var rule = NATRule(
      section: number == 0 ? .exemption : .legacyDynamic, isDynamic: number != 0,
      realInterface: interface, realSource: .any,
      mappedSource: number == 0 ? .identity : .pool(String(number)), line: command.line)
    if cursor.take("access-list") {
      rule.accessList = try cursor.name("an access list")
    } else if !cursor.isAtEnd {
      rule.realSource = try readLegacyAddress(&cursor)
    }
    rule.options = cursor.isAtEnd ? [] : [cursor.rest()]
    keepNotes(of: cursor, command.line)
    configuration.natRules.append(rule)
  }

  private func readLegacyAddress(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> AddressSpec {
    // `0 0` is short for 0.0.0.0 0.0.0.0.
    if cursor.take("0") {
      _ = cursor.take("0") || cursor.takeIPv4() != nil
      return .prefix(.anyIPv4)
    }
    guard let address = cursor.takeIPv4() ?? hostNames[cursor.statement.word(cursor.position)]?.ipv4
    else { return .name(try cursor.name("an address")) }
    if cursor.peekIPv4() == nil, hostNames[cursor.statement.word(cursor.position)] != nil {
      cursor.skip()
    }
    _ = cursor.take("netmask")
    guard let mask = cursor.takeIPv4() else {
      return .prefix(address == 0 ? .anyIPv4 : IPPrefix(host: IPAddress(ipv4: address)))
    }
    return MaskedAddress(address, mask: mask, isWildcard: false).spec
  }

  /// `static (real,mapped) [tcp|udp] MAPPED|interface [port] REAL [port] [netmask M]`,
  /// `static (real,mapped) MAPPED access-list ACL`.
  mutating func readStatic(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    mode = .global
    if command.isNegated { return keepOther(command, opensMode: false) }
    let interfaces = takeInterfaces(&cursor)
    guard !interfaces.isEmpty else { throw cursor.unexpected("the interfaces") }
    var rule = NATRule(
      section: .legacyStatic, isDynamic: false, realInterface: interfaces.first ?? nil,
      mappedInterface: interfaces.count > 1 ? interfaces[1] : nil, realSource: .any,
      mappedSource: .identity, line: command.line)
    let hasPorts = cursor.sees("tcp") || cursor.sees("udp")
    if hasPorts { rule.services.append(try cursor.word("a protocol")) }
    let isInterface = cursor.take("interface")
    let mapped = isInterface ? AddressSpec.any : try readNATAddress(&cursor)
    if hasPorts { rule.services.append(try cursor.word("a port")) }
    if cursor.take("access-list") {
      rule.accessList = try cursor.name("an access list")
    } else {
      rule.realSource = try readNATAddress(&cursor)
      if hasPorts, !cursor.isAtEnd { rule.services.append(try cursor.word("a port")) }
    }
    let (real, translated) = masked(rule.realSource, mapped, &cursor)
    rule.realSource = real
    rule.mappedSource =
      isInterface ? .interface(nil) : translated == real ? .identity : .addresses(translated)
    rule.options = cursor.isAtEnd ? [] : [cursor.rest()]
    keepNotes(of: cursor, command.line)
    configuration.natRules.append(rule)
  }

  /// Both addresses widened to the `netmask` that follows.
  private func masked(
    _ real: AddressSpec, _ mapped: AddressSpec, _ cursor: inout WordCursor
  ) -> (real: AddressSpec, mapped: AddressSpec) {
    guard cursor.take("netmask"), let mask = cursor.takeIPv4() else { return (real, mapped) }
    func widen(_ spec: AddressSpec) -> AddressSpec {
      guard case .prefix(let prefix) = spec, let bits = prefix.address.ipv4 else { return spec }
      return MaskedAddress(bits, mask: mask, isWildcard: false).spec
    }
    return (widen(real), widen(mapped))
  }

  /// `global (if) n A[-B] [netmask M]|interface`.
  mutating func readGlobalPool(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    mode = .global
    let interfaces = takeInterfaces(&cursor)
    let number = try cursor.number("a number")
    let word = try cursor.name("addresses")
    _ = cursor.rest()
    guard !command.isNegated else { return }
    configuration.natPools.append(
      NATPool(
        name: String(number), interface: interfaces.first ?? nil,
        addresses: word == "interface" ? nil : poolAddresses(word), line: command.line))
  }

  private func poolAddresses(_ word: String) -> AddressSpec {
    let ends = word.split(separator: "-").compactMap { IPAddress(text: $0) }
    if ends.count == 2, let range = AddressRange(ends[0], ends[1]) { return .range(range) }
    if let only = ends.first { return .prefix(IPPrefix(host: only)) }
    return .name(word)
  }
}
