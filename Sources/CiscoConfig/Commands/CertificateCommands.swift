extension ConfigurationReader {
  /// `crypto ca|pki certificate map [NAME] index`.
  mutating func readCertificateMap(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    let name = cursor.count > 1 ? try cursor.name("a map’s name") : Self.defaultCertificateMap
    let number = try cursor.number("a rule’s index")
    cursor.check(number, within: 1...65535, "the rule index")
    try end(&cursor, line)
    if command.isNegated { return keepOther(command, opensMode: false) }
    let key = ElementIndex.Key(name: name, number: number)
    if let position = index.certificateRules[key] {
      mode = .certificateRule(position)
      return
    }
    index.certificateRules[key] = configuration.certificateRules.count
    mode = .certificateRule(configuration.certificateRules.count)
    configuration.certificateRules.append(
      CertificateMapRule(mapName: name, index: number, line: line))
  }

  /// `subject-name [attr A] eq|ne|co|nc VALUE`, `issuer-name …` and other criteria.
  mutating func readCertificateCriterion(
    _ position: Int, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    let fields = [
      "subject-name", "issuer-name", "alt-subject-name", "serial-number",
      "unstructured-subject-name",
      "name", "valid-start", "expires-on", "extended-key-usage", "description",
    ]
    // `name 10.0.0.1 HOST` is global.
    if cursor.sees("name"), !["eq", "ne", "co", "nc", "attr"].contains(cursor.peek(1)) {
      return false
    }
    guard let word = cursor.choose(fields) else { return false }
    guard !command.isNegated, word != "description" else { return true }
    var attribute: String?
    if cursor.take("attr") { attribute = try cursor.word("an attribute").lowercased() }
    guard
      let comparison = cursor.choose(["eq", "ne", "co", "nc"])
        .flatMap(CertificateCriterion.Comparison.init(rawValue:))
    else { throw cursor.unexpected("‘eq’, ‘ne’, ‘co’ or ‘nc’") }
    guard !cursor.isAtEnd else { throw .incomplete("a value") }
    let criterion = CertificateCriterion(
      field: CertificateCriterion.Field(rawValue: word) ?? .other, attribute: attribute,
      comparison: comparison, value: Self.unquoted(cursor.rest()))
    keepNotes(of: cursor, command.line)
    configuration.certificateRules[position].criteria.append(Sourced(criterion, command.line))
    return true
  }

  private static func unquoted(_ text: String) -> String {
    text.utf8.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
      ? String(text.dropFirst().dropLast()) : text
  }
}
