package import CiscoConfig

/// Something wrong or risky that a configuration shows by itself.
package struct ConfigurationFinding: Sendable, Equatable {
  /// How much it matters.
  package enum Severity: String, Sendable, Comparable {
    case info, warning, error

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .info: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  package let code: FindingCode
  package let severity: Severity
  /// The lines concerned, the decisive one first.
  package var lines: [SourceLine]
  /// What is wrong, in one sentence.
  package let sentence: String
  /// What to change.
  package let remedy: String
  /// The rule behind it, such as `A-CM-22`.
  package let rule: String
  /// The map sets it bears on.
  package var maps: Set<String>

  func concerns(_ map: String) -> Bool { maps.contains(map) }
}
