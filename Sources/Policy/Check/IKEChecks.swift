import Bytes
import CiscoConfig

extension ConfigurationCheck {
  /// IKE: policies, enabled interfaces, keys.
  mutating func checkIKE() {
    if configuration.ikev1Policies.count > 20, let line = configuration.ikev1Policies.last?.line {
      report(
        .tooManyPolicies, .error, [line],
        "There are \(configuration.ikev1Policies.count) ISAKMP policies; 20 are allowed.",
        remedy: "Remove those that no peer uses.", rule: "A-IKE-05")
    }
    for map in orderedMaps where map.entries.contains(where: { $0.kind != .manual }) {
      checkPolicies(map)
      checkEnabled(map)
    }
    checkKeys()
    checkPFS()
    checkCertificateRules()
  }

  /// A rule may have so many characters (A-TG-06).
  private mutating func checkCertificateRules() {
    for rule in configuration.certificateRules {
      let length = rule.criteria.reduce(0) { $0 + $1.line.text.utf8.count }
      guard length > CertificateRuleLimit.length else { continue }
      report(
        .outOfRange, .error, [rule.line],
        "Certificate rule \(rule.index) has \(length) characters; "
          + "\(CertificateRuleLimit.length) are allowed.",
        remedy: "Shorten its criteria.", rule: "A-TG-06")
    }
  }

  private mutating func checkPolicies(_ map: CompiledMap) {
    guard dialect == .asa, configuration.ikev1Policies.isEmpty,
      let entry = map.entries.first(where: { $0.settings.transformSets != nil })
    else { return }
    report(
      .noISAKMPPolicy, .warning, [SourceLine(number: entry.line.line, text: entry.line.text)],
      "Crypto map \(map.map.name) needs IKEv1 and no ISAKMP policy is configured: nothing is "
        + "accepted.",
      remedy: "Add crypto isakmp policy, or crypto ikev1 policy.", rule: "A-IKE-11",
      maps: [map.map.name])
  }

  private mutating func checkEnabled(_ map: CompiledMap) {
    guard dialect == .asa else { return }
    let settings = configuration.settings
    let listening = (settings.ikev1Interfaces + settings.ikev2Interfaces)
      .map { $0.value.lowercased() }
    for interface in map.map.interfaces where !listening.contains(interface.value.lowercased()) {
      report(
        .ikeNotEnabled, .warning, [interface.line],
        "IKE is not enabled on \(interface.value), which carries crypto map \(map.map.name).",
        remedy: "Add crypto isakmp enable \(interface.value), or its ikev1 or ikev2 form.",
        rule: "A-IKE-13", maps: [map.map.name])
    }
  }

  private mutating func checkKeys() {
    for group in configuration.tunnelGroups {
      let keys =
        [group.ikev1Key].compactMap { $0 }
        + (group.ikev2Local + group.ikev2Remote).compactMap { authentication in
          authentication.value.key.map { Sourced($0, authentication.line) }
        }
      for key in keys where !key.value.isKnown {
        reportMasked(key.line, "tunnel group \(printable(group.name))", key.value)
      }
    }
    let rings = configuration.isakmpKeys + configuration.keyrings.flatMap(\.keys)
    for key in rings where !key.key.isKnown { reportMasked(key.line, "its peer", key.key) }
    for ring in configuration.ikev2Keyrings {
      for peer in ring.peers {
        for key in [peer.localKey, peer.remoteKey].compactMap({ $0 }) where !key.value.isKnown {
          reportMasked(key.line, "peer \(printable(peer.name))", key.value)
        }
      }
    }
  }

  private mutating func reportMasked(_ line: SourceLine, _ whose: String, _ key: Secret) {
    report(
      .keyMasked, .info, [line],
      "The pre-shared key of \(whose) is not in the file (\(key.form.rawValue)).",
      remedy: dialect == .asa
        ? "more system:running-config shows the keys."
        : "Give the key by --keys where it is needed.",
      rule: "X-KEY-01")
  }

  /// Groups that the chapter's syntax does not give to static entries (A-PFS-03).
  private mutating func checkPFS() {
    for map in configuration.cryptoMaps {
      for entry in map.entries {
        guard let pfs = entry.pfs, pfs.value.group == 7 else { continue }
        report(
          .outOfRange, .warning, [pfs.line],
          "Group 7 is documented for dynamic entries only.",
          remedy: "Use group 5, or 14 where the release has it.", rule: "A-PFS-03",
          maps: [map.name])
      }
    }
  }

  /// What the reader could not take in, repaired, or found out of range.
  mutating func checkReading() {
    for note in configuration.notes {
      switch note.kind {
      case .wrappedLine:
        report(
          .wrappedLine, .warning, [note.line], note.message,
          remedy: "Put the command on one line.", rule: "M-21")
      case .outOfRange:
        report(
          .outOfRange, .error, [note.line], note.message, remedy: "Give a value in the range.",
          rule: "A-IKE-04")
      case .abbreviation, .placeholder, .redefinition, .removal, .unlisted: continue
      }
    }
    for line in configuration.notUnderstood {
      report(
        .notUnderstood, .info, [line.line], line.message,
        remedy: "Check the spelling; the line was left out.", rule: "X-PARSE-03")
    }
  }
}
