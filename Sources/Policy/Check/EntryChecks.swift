import Bytes
import CiscoConfig

extension ConfigurationCheck {
  /// Static entries: complete, with what they name defined.
  mutating func checkEntries() {
    for map in configuration.cryptoMaps {
      checkBinding(of: map)
      for entry in map.entries {
        let maps: Set<String> = [map.name]
        switch entry.kind {
        case .isakmp, .manual:
          checkComplete(map, entry)
          checkReferences(entry.settings, at: entry.line, maps)
          checkReverseRoute(entry.settings, maps)
        case .dynamic(let name):
          checkDynamicReference(map, entry, name)
        case .gdoi, .cisco:
          continue
        }
      }
      checkDuplicateLists(of: map)
      checkPeers(of: map)
    }
  }

  private mutating func checkBinding(of map: CryptoMap) {
    let isBound =
      !map.interfaces.isEmpty
      || configuration.interfaces.contains { $0.cryptoMap?.value == map.name }
    guard !isBound else { return }
    report(
      .mapNotApplied, .warning, [map.line],
      "Crypto map \(map.name) is bound to no interface, so it protects nothing.",
      remedy: dialect == .asa
        ? "Add crypto map \(map.name) interface NAME."
        : "Add crypto map \(map.name) to the interface.",
      rule: "A-AP-01", maps: [map.name])
  }

  private mutating func checkComplete(_ map: CryptoMap, _ entry: CryptoMapEntry) {
    var missing: [String] = []
    if entry.accessList == nil { missing.append("match address") }
    if entry.peers.isEmpty { missing.append("set peer") }
    let hasTransforms = entry.settings.namesTransforms
    if !hasTransforms { missing.append("set transform-set") }
    guard !missing.isEmpty else { return }
    let stops = dialect == .asa && (entry.accessList == nil || entry.peers.isEmpty)
    report(
      .incompleteMap, .error, [entry.line],
      "Crypto map \(map.name) \(entry.sequence) lacks \(Self.listed(missing))"
        + (stops ? ": it drops whatever no earlier entry matched." : ": no SA can come of it."),
      remedy: "Complete the entry or remove it.", rule: "A-CM-22", maps: [map.name])
  }

  /// `a`, `a and b`, `a, b and c`.
  static func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// What an entry names must exist.
  mutating func checkReferences(
    _ settings: ProtectionSettings, at line: SourceLine, _ maps: Set<String>
  ) {
    if let name = settings.accessList {
      if let list = lists[name.value] {
        if list.entries.isEmpty {
          report(
            .emptyACL, .error, [name.line], "Access list \(name.value) is empty.",
            remedy: "Add its permit lines.", rule: "I-DY-08", maps: maps)
        }
      } else {
        report(
          .undefinedACL, .error, [name.line], "Access list \(name.value) is not defined.",
          remedy: "Define it, or name the list that was meant.", rule: "X-ACL-11", maps: maps)
      }
    }
    for name in settings.transformSets?.value ?? []
    where configuration.transformSets[name] == nil {
      report(
        .undefinedTransform, .error, [settings.transformSets?.line ?? line],
        "Transform set \(name) is not defined.",
        remedy: "Define it with crypto ipsec transform-set.", rule: "A-TS-01", maps: maps)
    }
    for name in settings.ipsecProposals?.value ?? []
    where configuration.ipsecProposals[name] == nil {
      report(
        .undefinedTransform, .error, [settings.ipsecProposals?.line ?? line],
        "IKEv2 proposal \(name) is not defined.",
        remedy: "Define it with crypto ipsec ikev2 ipsec-proposal.", rule: "X-ASA-02", maps: maps)
    }
  }

  private mutating func checkReverseRoute(_ settings: ProtectionSettings, _ maps: Set<String>) {
    guard let route = settings.reverseRoute, let name = settings.accessList?.value,
      let list = lists[name],
      let ace = list.entries.first(where: { $0.isPermit && ($0.hasAnySource || $0.hasAnyTarget) })
    else { return }
    report(
      .reverseRouteAny, .error, [route.line],
      "Reverse route injection does not work with any, which access list \(name) has at line "
        + "\(ace.line.line).",
      remedy: "Name the networks in the access list, or remove the reverse route.",
      rule: "I-ACL-17", maps: maps)
  }

  private mutating func checkDuplicateLists(of map: CryptoMap) {
    var users: [String: Int] = [:]
    for entry in map.entries {
      guard let name = entry.accessList else { continue }
      if let other = users[name.value] {
        report(
          .duplicateACLInSet, .error, [name.line],
          "Access list \(name.value) is used by entries \(other) and \(entry.sequence) of crypto "
            + "map \(map.name): the second is never reached.",
          remedy: "Give every entry an access list of its own.", rule: "I-ACL-10",
          maps: [map.name])
      } else {
        users[name.value] = entry.sequence
      }
    }
  }

  private mutating func checkPeers(of map: CryptoMap) {
    for entry in map.entries {
      for peer in entry.peers {
        guard let address = peer.value.address,
          let own = configuration.interfaces.first(where: { $0.has(address) })
        else { continue }
        report(
          .peerIsSelf, .error, [peer.line],
          "The peer \(address) is this device's own address on \(own.reference).",
          remedy: "Name the other end's address.", rule: "A-CM-05", maps: [map.name])
      }
    }
  }
}

extension CompiledACE {
  /// True when the source may be any address.
  var hasAnySource: Bool { sources.contains { $0.isEverything } }
  /// True when the destination may be any address.
  var hasAnyTarget: Bool { destinations.contains { $0.isEverything } }
  /// True when the line restricts neither protocol nor ports.
  var isAnyService: Bool {
    services.contains { $0.element?.ipProtocol == nil && $0.unresolved == nil }
  }
}

extension AddressMatch {
  /// True for `any` of one or both families.
  var isEverything: Bool {
    switch self {
    case .any: true
    case .range(let range): range == .allIPv4 || range == .allIPv6
    case .masked, .unknown: false
    }
  }
}
