import CiscoConfig

extension ConfigurationCheck {
  /// Transform sets: combinations, and how many an entry may name.
  mutating func checkTransforms() {
    for set in configuration.transformSets {
      switch TransformCombination(set.transforms) {
      case .valid: break
      case .invalid(let why):
        report(
          .badTransformCombination, .error, [set.line],
          "Transform set \(set.name) cannot be built: \(why).",
          remedy: "Keep one AH, one ESP encryption and one ESP authentication transform at most.",
          rule: "I-TS-02")
      case .disputed(let why):
        report(
          .badTransformCombination, .warning, [set.line],
          "Transform set \(set.name) is doubtful: \(why).",
          remedy: "Name encryption and authentication together.", rule: "X-TS-01")
      }
      if set.transforms.count > 4 {
        report(
          .tooManyTransforms, .error, [set.line],
          "Transform set \(set.name) has \(set.transforms.count) transforms.",
          remedy: "At most three may stand together.", rule: "I-TS-02")
      }
    }
    checkProposals()
    for map in configuration.cryptoMaps {
      for entry in map.entries {
        checkCount(entry.settings, staticLimit, [map.name])
      }
    }
    for map in configuration.dynamicMaps {
      for entry in map.entries { checkCount(entry.settings, dynamicLimit, []) }
    }
  }

  /// A cipher that authenticates itself stands with integrity null only.
  private mutating func checkProposals() {
    for proposal in configuration.ipsecProposals {
      let combined = proposal.encryption.contains { $0.isCombinedMode }
      let hashes = proposal.integrity.contains { $0.spelling != "null" }
      let plain = proposal.encryption.contains { !$0.isCombinedMode }
      guard combined && hashes && !plain else { continue }
      report(
        .badTransformCombination, .warning, [proposal.line],
        "IKEv2 proposal \(proposal.name) joins a cipher that authenticates itself with integrity.",
        remedy: "Write integrity null for GCM and GMAC.", rule: "X-TS-01")
    }
  }

  /// 6 of a static entry (A-CM-18, I-CM-07), 11 since ASA 8.4 (X-ASA-05).
  private var staticLimit: Int {
    dialect == .asa && configuration.version?.isAtLeast(8, 4) == true ? 11 : 6
  }

  /// 9 of a dynamic entry of an ASA (A-DY-08), 6 on IOS (I-DY-09).
  private var dynamicLimit: Int {
    guard dialect == .asa else { return 6 }
    return configuration.version?.isAtLeast(8, 4) == true ? 11 : 9
  }

  private mutating func checkCount(
    _ settings: ProtectionSettings, _ limit: Int, _ maps: Set<String>
  ) {
    for names in [settings.transformSets, settings.ipsecProposals] {
      guard let names, names.value.count > limit else { continue }
      report(
        .tooManyTransforms, .error, [names.line],
        "The entry names \(names.value.count) transform sets; \(limit) are allowed.",
        remedy: "Leave out the weakest.", rule: dialect == .asa ? "A-CM-18" : "I-CM-07",
        maps: maps)
    }
  }
}
