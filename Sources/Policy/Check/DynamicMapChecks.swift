import CiscoConfig

extension ConfigurationCheck {
  /// Dynamic map sets: referenced, with a transform set, with an ACL.
  mutating func checkDynamicMaps() {
    var referenced: [String: Set<String>] = [:]
    for map in configuration.cryptoMaps {
      for entry in map.entries {
        if case .dynamic(let name) = entry.kind { referenced[name, default: []].insert(map.name) }
      }
    }
    for map in configuration.dynamicMaps {
      let users = referenced[map.name]
      if users == nil {
        report(
          .unreferencedDynamicMap, .warning, [map.line],
          "Dynamic map \(map.name) is named by no crypto map.",
          remedy: "Add crypto map M N ipsec-isakmp dynamic \(map.name), or correct its name.",
          rule: "A-DY-01")
      }
      for entry in map.entries {
        checkEntry(map, entry, users ?? [])
      }
    }
  }

  private mutating func checkEntry(
    _ map: DynamicMap, _ entry: DynamicMapEntry, _ users: Set<String>
  ) {
    if !entry.settings.namesTransforms {
      report(
        .dynamicWithoutTransform, .error, [entry.line],
        "Dynamic map \(map.name) \(entry.sequence) names no transform set, the one thing that is "
          + "required.",
        remedy: "Add set transform-set.", rule: "A-DY-03", maps: users)
    }
    if entry.accessList == nil {
      report(
        .dynamicWithoutACL, .warning, [entry.line],
        "Dynamic map \(map.name) \(entry.sequence) has no match address: it accepts whatever "
          + "traffic a peer asks for.",
        remedy: "Add match address.", rule: dialect == .asa ? "A-DY-07" : "I-DY-11", maps: users)
    }
    checkReferences(entry.settings, at: entry.line, users)
  }

  /// The reference to a dynamic map from a static set.
  mutating func checkDynamicReference(
    _ map: CryptoMap, _ entry: CryptoMapEntry, _ name: String
  ) {
    if configuration.dynamicMaps[name] == nil {
      report(
        .undefinedDynamicMap, .error, [entry.line], "Dynamic map \(name) is not defined.",
        remedy: "Define it, or correct the name.", rule: "A-DY-11", maps: [map.name])
    }
    let behind = map.entries.first { other in
      if case .dynamic = other.kind { return false }
      return other.sequence > entry.sequence
    }
    guard let behind else { return }
    report(
      .dynamicNotLast, .warning, [entry.line],
      "The dynamic entry \(entry.sequence) of crypto map \(map.name) comes before the static entry "
        + "\(behind.sequence): what its access list permits never reaches the static one.",
      remedy: "Give the dynamic entry the highest sequence number.",
      rule: "A-DY-06", maps: [map.name])
  }
}
