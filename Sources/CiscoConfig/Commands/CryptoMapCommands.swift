extension ConfigurationReader {
  /// `crypto map NAME …`: an entry, a line of one, or a setting of the whole set.
  mutating func readCryptoMap(
    _ command: Command, _ cursor: WordCursor, isIPv6: Bool = false
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    var isIPv6 = isIPv6
    if cursor.count > 1, cursor.take("ipv6") { isIPv6 = true }
    let name = try cursor.name("a crypto map’s name")
    if cursor.isAtEnd { return try bindToInterface(name, command, cursor) }
    if let sequence = try takeSequence(&cursor) {
      return try readCryptoMapEntry(name, sequence, isIPv6: isIPv6, command, cursor)
    }
    mode = .global
    if command.isNegated { return keepOther(command, opensMode: false) }
    let change = try readSetting(&cursor, line)
    _ = cursor.take("default")
    try end(&cursor, line)
    configuration.cryptoMaps.update(name, create: { CryptoMap(name: name, line: line) }) {
      $0.isIPv6 = $0.isIPv6 || isIPv6
      change(&$0)
    }
  }

  /// A setting of the whole set, as the change it makes.
  private func readSetting(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> (inout CryptoMap) -> Void {
    if cursor.take("interface", least: 3) {
      let interface = Sourced(try cursor.name("an interface"), line)
      return { $0.interfaces.append(interface) }
    }
    if cursor.take("local-address", least: 5) {
      let interface = Sourced(try cursor.name("an interface"), line)
      return { $0.localAddressInterface = interface }
    }
    if cursor.take("isakmp-profile", least: 7) {
      let profile = Sourced(try cursor.name("an isakmp profile"), line)
      return { $0.isakmpProfile = profile }
    }
    if cursor.take("redundancy", least: 3) {
      let redundancy = Sourced(cursor.rest(), line)
      return { $0.redundancy = redundancy }
    }
    guard let setting = cursor.choose(["client", "isakmp", "gdoi", "ipv6", "ikev2"]) else {
      throw cursor.unexpected("a sequence number or a setting of the map")
    }
    guard !cursor.isAtEnd else { throw .incomplete("what ‘\(setting)’ is about") }
    _ = cursor.rest()
    return { $0.others.append(line) }
  }

  /// A sequence number; 0 for a placeholder, so that what follows finds its entry.
  private func takeSequence(_ cursor: inout WordCursor) throws(StatementError) -> Int? {
    if let number = cursor.peekNumber() {
      guard number <= 65535 else { throw .invalid("a sequence number is 65535 at most") }
      cursor.skip()
      return number
    }
    guard WordCursor.isPlaceholder(cursor.peek()) else { return nil }
    return try cursor.numberOrPlaceholder("a sequence number") ?? 0
  }

  /// `crypto map NAME` stands under an interface; the last one seen is meant.
  private mutating func bindToInterface(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    guard let interface = lastInterface else {
      // A bare `no crypto map` or a map before any interface tells nothing.
      throw .incomplete("a sequence number, or an interface above it")
    }
    mode = .interface(interface)
    keepNotes(of: cursor, command.line)
    bind(name, to: interface, command)
  }

  /// Binds a set to an interface of IOS.
  mutating func bind(_ map: String, to interface: String, _ command: Command) {
    guard !command.isNegated else { return }
    let line = command.line
    changeInterface(interface, line) { $0.cryptoMap = Sourced(map, line) }
    configuration.cryptoMaps.update(map, create: { CryptoMap(name: map, line: line) }) {
      $0.interfaces.append(Sourced(interface, line))
    }
  }

  private mutating func readCryptoMapEntry(
    _ name: String, _ sequence: Int, isIPv6: Bool, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    if command.isNegated {
      keepNotes(of: cursor, line)
      return keepOther(command, opensMode: false)
    }
    let (kind, opensMode) = try readKind(&cursor)
    var settings = ProtectionSettings()
    if kind == nil, !cursor.isAtEnd {
      settings = cryptoMapEntry(name, sequence)?.settings ?? settings
      let isLine = try readProtection(
        Command(statement: command.statement, isNegated: false, line: line), cursor,
        into: &settings)
      guard isLine else { throw cursor.unexpected("‘match’, ‘set’ or the kind of entry") }
    } else {
      settings = cryptoMapEntry(name, sequence)?.settings ?? settings
      keepNotes(of: cursor, line)
    }
    let final = settings
    changeCryptoMapEntry(name, sequence, line, isIPv6: isIPv6) {
      if let kind { $0.kind = kind }
      $0.settings = final
    }
    mode = opensMode ? .cryptoMap(name: name, sequence: sequence) : .global
  }

  /// `ipsec-isakmp [dynamic NAME] [profile P]`, `ipsec-manual`, `gdoi`, `cisco`; nil for a line
  /// of the entry.
  private func readKind(
    _ cursor: inout WordCursor
  ) throws(StatementError) -> (kind: CryptoMapEntry.Kind?, opensMode: Bool) {
    if cursor.isAtEnd { return (nil, true) }
    if cursor.take("ipsec-manual", least: 7) { return (.manual, true) }
    if cursor.take("gdoi") { return (.gdoi, true) }
    if cursor.take("cisco") { return (.cisco, true) }
    guard cursor.take("ipsec-isakmp", least: 7) else { return (nil, false) }
    guard cursor.take("dynamic", least: 3) else {
      if cursor.take("profile") { cursor.skip() }
      try cursor.expectEnd()
      return (.isakmp, true)
    }
    let name = try cursor.name("a dynamic map’s name")
    _ = cursor.take("discover")
    try cursor.expectEnd()
    return (.dynamic(name), true)
  }

  /// A line in the sub-mode of an entry.
  mutating func readCryptoMapLine(
    _ name: String, _ sequence: Int, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    guard var settings = cryptoMapEntry(name, sequence)?.settings,
      try readProtection(command, cursor, into: &settings)
    else { return false }
    let final = settings
    changeCryptoMapEntry(name, sequence, command.line) { $0.settings = final }
    return true
  }

  private func cryptoMapEntry(_ name: String, _ sequence: Int) -> CryptoMapEntry? {
    guard let map = configuration.cryptoMaps[name],
      let position = index.cryptoMapEntries[ElementIndex.Key(name: name, number: sequence)]
    else { return nil }
    return map.entries[position]
  }

  private mutating func changeCryptoMapEntry(
    _ name: String, _ sequence: Int, _ line: SourceLine, isIPv6: Bool = false,
    _ change: (inout CryptoMapEntry) -> Void
  ) {
    let key = ElementIndex.Key(name: name, number: sequence)
    let position = index.cryptoMapEntries[key]
    let count = configuration.cryptoMaps.update(
      name, create: { CryptoMap(name: name, line: line) }
    ) { map in
      map.isIPv6 = map.isIPv6 || isIPv6
      if let position {
        map.entries[position].lines.append(line)
        change(&map.entries[position])
      } else {
        var entry = CryptoMapEntry(sequence: sequence, line: line)
        change(&entry)
        map.entries.append(entry)
      }
      return map.entries.count
    }
    if position == nil { index.cryptoMapEntries[key] = count - 1 }
  }
}
