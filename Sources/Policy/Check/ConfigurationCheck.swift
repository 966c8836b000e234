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

  /// True where the text is a part of a configuration: what it does not define may well be defined
  /// elsewhere.
  var isFragment: Bool { configuration.hostname == nil && configuration.version == nil }

  /// What a part of a configuration leaves open.
  private static let openInFragments: Set<FindingCode> = [
    .undefinedACL, .undefinedTransform, .undefinedDynamicMap, .undefinedReference,
    .unreferencedDynamicMap, .noISAKMPPolicy, .ikeNotEnabled, .mapNotApplied,
    .interfaceWithoutAddress,
  ]

  /// Findings that say the same of several lines become one with all the lines.
  private static func merged(_ found: [ConfigurationFinding]) -> [ConfigurationFinding] {
    var result: [ConfigurationFinding] = []
    var places: [String: Int] = [:]
    for finding in found {
      let key = "\(finding.code.rawValue) \(finding.severity.rawValue) \(finding.sentence)"
      guard let place = places[key] else {
        places[key] = result.count
        result.append(finding)
        continue
      }
      result[place].lines += finding.lines.filter { !result[place].lines.contains($0) }
      result[place].maps.formUnion(finding.maps)
    }
    return result
  }

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
    var (severity, sentence) = (severity, sentence)
    if severity != .info, Self.openInFragments.contains(code), isFragment {
      severity = .info
      if sentence.last == "." { sentence.removeLast() }
      sentence += " (in this part of a configuration)."
    }
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
    check.checkNames()
    check.checkReading()
    return merged(check.found).sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      let lines = (left.lines.first?.number ?? 0, right.lines.first?.number ?? 0)
      if lines.0 != lines.1 { return lines.0 < lines.1 }
      return left.code < right.code
    }
  }
}
