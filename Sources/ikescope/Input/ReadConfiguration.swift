import Capture
import CiscoConfig

extension DialectChoice {
  /// The same for the parser.
  var dialect: Dialect {
    switch self {
    case .asa: .asa
    case .ios: .ios
    }
  }
}

/// The configuration of a file.
///
/// - Throws: That the file cannot be read, or is no configuration.
func readConfiguration(
  _ path: String, dialect: DialectChoice?
) throws(CommandFailure) -> CryptoConfiguration {
  // Pre-shared keys and manual keys stand in it.
  keepMemoryPrivate()
  let text = try readFile(path)
  do throws(ConfigurationError) {
    return try CryptoConfiguration(parsing: text, path: path, dialect: dialect?.dialect)
  } catch {
    throw CommandFailure(message: error.description, exitCode: 65)
  }
}
