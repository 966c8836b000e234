/// One root cause: what it is called, what it means, how it shows, what to do, and the rule that
/// recognises it in tracked state. One object each, named by every finding.
package final class Cause: Sendable {
  /// How much it matters.
  package enum Severity: String, Hashable, Sendable, CaseIterable {
    case error, warning, info

    /// 0 for the worst.
    var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .info: 2
      }
    }
  }

  /// The identifier in reports: `psk_mismatch`.
  package let id: String
  /// What it belongs with.
  package let family: Family
  /// How much it matters unless a finding says otherwise.
  package let severity: Severity
  /// A few words.
  package let title: String
  /// What it means, for somebody who has never met it.
  package let meaning: String
  /// How it shows on the wire and in the devices' own messages.
  package let shows: String
  /// What to do.
  package let remedy: Remedy
  /// Causes that look the same at first.
  package let lookAlikes: [String]
  /// Causes that are mere consequences of this one in the same tunnel.
  let explains: [String]
  let rule: Rule

  init(
    id: String, family: Family, severity: Severity, title: String, meaning: String, shows: String,
    remedy: Remedy, lookAlikes: [String] = [], explains: [String] = [], rule: Rule
  ) {
    self.id = id
    self.family = family
    self.severity = severity
    self.title = title
    self.meaning = meaning
    self.shows = shows
    self.remedy = remedy
    self.lookAlikes = lookAlikes
    self.explains = explains
    self.rule = rule
  }
}

/// What to change, in words for any device and in the commands of the two Cisco families.
package struct Remedy: Hashable, Sendable {
  /// What to do, whatever the device.
  package let text: String
  /// ASA commands; nil where there is nothing to type.
  package let asa: String?
  /// IOS and IOS XE commands; nil where there is nothing to type.
  package let ios: String?

  package init(_ text: String, asa: String? = nil, ios: String? = nil) {
    self.text = text
    self.asa = asa
    self.ios = ios
  }

  /// The text with the commands of `dialect` (`asa`, `ios`), or of both where it is not known.
  package func text(for dialect: String?) -> String {
    var parts = [text]
    if dialect != "ios", let asa { parts.append("ASA: \(asa).") }
    if dialect != "asa", let ios { parts.append("IOS: \(ios).") }
    return parts.joined(separator: " ")
  }

  /// True when it says what to do at the one end and "here", at the other.
  var speaksOfHere: Bool { (asa ?? "").contains("here ") }

  /// The text with the commands for devices whose configurations are known, their own names in
  /// place; of both dialects where none is.
  func text(for devices: [KnownDevice]) -> String {
    guard !devices.isEmpty else { return text(for: nil) }
    var parts = [text]
    for device in devices {
      guard let commands = device.dialect == "asa" ? asa : ios else { continue }
      let dialect = device.dialect == "asa" ? "ASA" : "IOS"
      let label = devices.count > 1 ? "\(dialect), \(device.name)" : dialect
      parts.append("\(label): \(device.names.filled(commands)).")
    }
    return parts.joined(separator: " ")
  }
}

/// A device whose configuration was given, for a remedy.
struct KnownDevice {
  /// `asa` or `ios`.
  var dialect: String
  /// The configuration's file name.
  var name: String
  var names: ConfigurationNames
}
