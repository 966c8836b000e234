import CiscoConfig

/// The static checks of a configuration (rules §8).
///
/// Every check is a function that reports what it finds; checks of single lines, of entries and of
/// the device are in files of their own.
struct ConfigurationCheck {
  let configuration: CryptoConfiguration
  let lists: [String: CompiledACL]
  let maps: [String: CompiledMap]
  private(set) var found: [ConfigurationFinding] = []
  private var counts: [FindingCode: Int] = [:]

  /// More findings of one kind than this tell nothing more.
  static let limit = 1000

  init(
    _ configuration: CryptoConfiguration, lists: [String: CompiledACL],
    maps: [String: CompiledMap]
  ) {
    self.configuration = configuration
    self.lists = lists
    self.maps = maps
  }

  var dialect: Dialect { configuration.dialect }

  /// The map sets in the order of the file.
  var orderedMaps: [CompiledMap] { configuration.cryptoMaps.compactMap { maps[$0.name] } }

  mutating func report(
    _ code: FindingCode, _ severity: ConfigurationFinding.Severity, _ lines: [SourceLine],
    _ sentence: String, remedy: String, rule: String, maps: Set<String> = []
  ) {
    counts[code, default: 0] += 1
    guard counts[code, default: 0] <= Self.limit else { return }
    found.append(
      ConfigurationFinding(
        code: code, severity: severity, lines: lines, sentence: sentence, remedy: remedy,
        rule: rule, maps: maps))
  }

  /// All findings, the most severe first, then by line.
  static func findings(
    _ configuration: CryptoConfiguration, lists: [String: CompiledACL],
    maps: [String: CompiledMap]
  ) -> [ConfigurationFinding] {
    var check = ConfigurationCheck(configuration, lists: lists, maps: maps)
    check.checkEntries()
    check.checkDynamicMaps()
    check.checkTransforms()
    check.checkManualEntries()
    check.checkLists()
    check.checkShadows()
    check.checkInterfaces()
    check.checkIKE()
    check.checkReading()
    return check.found.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      let lines = (left.lines.first?.number ?? 0, right.lines.first?.number ?? 0)
      if lines.0 != lines.1 { return lines.0 < lines.1 }
      return left.code < right.code
    }
  }
}
