import CiscoConfig
import Testing

/// The configuration of a text that must be one.
func configuration(
  _ text: String, _ dialect: Dialect? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws -> CryptoConfiguration {
  try #require(
    try? CryptoConfiguration(parsing: Array(text.utf8), path: "test.cfg", dialect: dialect),
    sourceLocation: sourceLocation)
}

/// The only line of the only access list of a text.
func entry(_ line: String, _ dialect: Dialect) throws -> AccessControlEntry {
  let configuration = try configuration(line, dialect)
  try #require(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
  return try #require(configuration.accessLists.first?.entries.first)
}

/// A network from its text.
func prefix(_ text: String) throws -> IPPrefix { try #require(IPPrefix(text)) }
