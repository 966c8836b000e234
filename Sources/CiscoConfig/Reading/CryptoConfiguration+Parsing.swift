extension CryptoConfiguration {
  /// Reads a configuration from its text.
  ///
  /// Damaged text never makes it fail: what is not understood is listed. Text that holds several
  /// contexts or devices gives the first that has crypto, the others are in `contexts`.
  ///
  /// - Parameters:
  ///   - text: The bytes of the file, in any encoding that holds ASCII.
  ///   - path: The file's name, for messages.
  ///   - dialect: The command language; recognised from the text when nil.
  /// - Throws: `notConfiguration` when the text is something else.
  package init(
    parsing text: some Collection<UInt8>, path: String, dialect: Dialect? = nil
  ) throws(ConfigurationError) {
    let text = Array(text)
    if let kind = ForeignText.kind(ofBeginning: text) {
      throw .notConfiguration(path: path, seems: kind)
    }
    var division = ContextDivision(path: path, text: text, dialect: dialect)
    var lines = TextLines(text)
    while let line = lines.next() { division.read(line, number: lines.number) }
    let readers = division.finish()
    if let kind = ForeignText.kind(of: readers, lineCount: lines.number) {
      throw .notConfiguration(path: path, seems: kind)
    }
    let configurations = readers.map(\.configuration)
    let chosen = configurations.firstIndex(where: \.hasCrypto) ?? 0
    self = configurations[chosen]
    isDialectGiven = dialect != nil
    lineCount = lines.number
    contexts = configurations.indices.filter { $0 != chosen }.map { configurations[$0] }
  }

  /// True when anything about IPsec is configured.
  var hasCrypto: Bool {
    !cryptoMaps.isEmpty || !tunnelGroups.isEmpty || !ipsecProfiles.isEmpty
      || !ikev1Policies.isEmpty || !ikev2Policies.isEmpty || !transformSets.isEmpty
  }
}
