extension ConfigurationReader {
  /// `crypto dynamic-map NAME n …`.
  mutating func readDynamicMap(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    let name = try cursor.name("a dynamic map’s name")
    let sequence = try cursor.numberOrPlaceholder("a sequence number") ?? 0
    guard sequence <= 65535 else { throw .invalid("a sequence number is 65535 at most") }
    if command.isNegated { return keepOther(command, opensMode: false) }
    var settings = dynamicMapEntry(name, sequence)?.settings ?? ProtectionSettings()
    let opensMode = cursor.isAtEnd
    if opensMode {
      keepNotes(of: cursor, line)
    } else if try !readProtection(command, cursor, into: &settings) {
      throw cursor.unexpected("‘match’ or ‘set’")
    }
    let final = settings
    changeDynamicMapEntry(name, sequence, line) { $0.settings = final }
    mode = opensMode ? .dynamicMap(name: name, sequence: sequence) : .global
  }

  /// A line in the sub-mode of an entry.
  mutating func readDynamicMapLine(
    _ name: String, _ sequence: Int, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    guard var settings = dynamicMapEntry(name, sequence)?.settings,
      try readProtection(command, cursor, into: &settings)
    else { return false }
    let final = settings
    changeDynamicMapEntry(name, sequence, command.line) { $0.settings = final }
    return true
  }

  private func dynamicMapEntry(_ name: String, _ sequence: Int) -> DynamicMapEntry? {
    guard let map = configuration.dynamicMaps[name],
      let position = index.dynamicMapEntries[ElementIndex.Key(name: name, number: sequence)]
    else { return nil }
    return map.entries[position]
  }

  private mutating func changeDynamicMapEntry(
    _ name: String, _ sequence: Int, _ line: SourceLine, _ change: (inout DynamicMapEntry) -> Void
  ) {
    let key = ElementIndex.Key(name: name, number: sequence)
    let position = index.dynamicMapEntries[key]
    let count = configuration.dynamicMaps.update(
      name, create: { DynamicMap(name: name, line: line) }
    ) { map in
      if let position {
        map.entries[position].lines.append(line)
        change(&map.entries[position])
      } else {
        var entry = DynamicMapEntry(sequence: sequence, line: line)
        change(&entry)
        map.entries.append(entry)
      }
      return map.entries.count
    }
    if position == nil { index.dynamicMapEntries[key] = count - 1 }
  }
}
