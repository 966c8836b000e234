internal import Bytes

extension ConfigurationReader {
  /// `access-list NAME …` of either dialect.
  mutating func readAccessListLine(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    mode = .global
    let name = try cursor.name("an access list’s name")
    if name == "compiled" || name == "mode" || name == "alert-interval"
      || name == "deny-flow-max" || name == "dynamic-extended" || name == "cached"
    {
      return
    }
    if command.isNegated { return keepOther(command, opensMode: false) }
    var requested: Int?
    if cursor.count > 1, cursor.take("line") { requested = try cursor.number("a line number") }
    if cursor.take("remark") {
      let remark = Sourced(cursor.rest(), line)
      changeList(name, .extended, line) { $0.remarks.append(remark) }
      return
    }
    var kind = defaultKind(of: name)
    if cursor.take("extended", least: 3) { kind = .extended }
    // `access-list X extended extended permit …` was seen in a test of Batfish.
    if cursor.take("extended") { kind = .extended }
    if cursor.take("standard", least: 4) { kind = .standard }
    if cursor.take("ethertype") || cursor.take("webtype") {
      changeList(name, .other, line) { $0.kind = .other }
      return
    }
    let entry = try readEntry(kind, &cursor, line)
    keepNotes(of: cursor, line)
    append(entry, to: name, kind, at: requested, line)
  }

  /// Standard lists of IOS have numbers 1 to 99 and 1300 to 1999.
  private func defaultKind(of name: String) -> AccessList.Kind {
    guard configuration.dialect == .ios, let number = Int(name) else { return .extended }
    if (1...99).contains(number) || (1300...1999).contains(number) { return .standard }
    if (100...199).contains(number) || (2000...2699).contains(number) { return .extended }
    return .extended
  }

  /// `ip access-list extended|standard NAME`.
  mutating func readNamedList(
    _ command: Command, _ cursor: WordCursor, isIPv6: Bool
  ) throws(StatementError) {
    var cursor = cursor
    let words = [
      "extended", "standard", "resequence", "log-update", "logging", "helper", "role-based",
      "match-local-traffic",
      "persistent", "fqdn",
    ]
    let word: String? =
      isIPv6
      ? cursor.count > 1 ? words.first { cursor.take($0) } : nil
      : cursor.choose(words)
    guard isIPv6 || word != nil else { throw cursor.unexpected("‘extended’ or ‘standard’") }
    if let word, !["extended", "standard"].contains(word) {
      return keepOther(command, opensMode: true)
    }
    let name = try cursor.name("an access list’s name")
    if command.isNegated { return keepOther(command, opensMode: false) }
    let line = command.line
    let kind: AccessList.Kind = isIPv6 ? .ipv6 : word == "standard" ? .standard : .extended
    changeList(name, kind, line) { $0.kind = kind }
    if isIPv6, !cursor.isAtEnd {
      // An ASA before 9.0 has the whole line here.
      _ = cursor.take("line") && cursor.peekNumber() != nil
      if cursor.peekNumber() != nil { cursor.skip() }
      if cursor.take("remark") { return }
      let entry = try readEntry(.ipv6, &cursor, line)
      append(entry, to: name, kind, at: nil, line)
      mode = .global
      return
    }
    try end(&cursor, line)
    mode = .accessList(name)
  }

  /// A line below `ip access-list`: `[n] permit|deny …`, `remark …`.
  mutating func readListLine(
    of name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let line = command.line
    var sequence: Int?
    if cursor.count > 1 || command.isNegated, let number = cursor.peekNumber() {
      sequence = number
      cursor.skip()
    } else if cursor.sees("sequence"), cursor.count > 2 {
      cursor.skip()
      sequence = try cursor.number("a sequence number")
    }
    if cursor.take("remark") {
      let remark = Sourced(cursor.rest(), line)
      changeList(name, .extended, line) { $0.remarks.append(remark) }
      return true
    }
    let begins = ["permit", "deny", "evaluate"].contains(cursor.peek())
    if command.isNegated { return begins || sequence != nil }
    guard begins || cursor.take("dynamic") else {
      if cursor.sees("description") { return true }
      if sequence != nil { throw cursor.unexpected("‘permit’, ‘deny’ or ‘remark’") }
      return false
    }
    if cursor.take("evaluate") {
      _ = cursor.rest()
      return true
    }
    let kind = configuration.accessLists[name]?.kind ?? .extended
    var entry = try readEntry(kind, &cursor, line)
    entry.sequenceNumber = sequence
    keepNotes(of: cursor, line)
    append(entry, to: name, kind, at: nil, line)
    return true
  }

  private mutating func changeList(
    _ name: String, _ kind: AccessList.Kind, _ line: SourceLine,
    _ change: (inout AccessList) -> Void
  ) {
    configuration.accessLists.update(
      name, create: { AccessList(name: name, kind: kind, line: line) }, change)
  }

  private mutating func append(
    _ entry: AccessControlEntry, to name: String, _ kind: AccessList.Kind, at requested: Int?,
    _ line: SourceLine
  ) {
    var count = 0
    changeList(name, kind, line) { list in
      if list.entries.isEmpty { list.kind = kind }
      list.entries.append(entry)
      count = list.entries.count
    }
    // Lines that say where they stand are put there at the end, all at once.
    guard requested != nil || index.requestedLines[name] != nil else { return }
    index.requestedLines[
      name, default: Array(repeating: nil, count: max(0, count - 1))
    ].append(requested)
  }
}
