package import Bytes
package import CiscoConfig

extension PolicyEngine {
  /// The address that IKE and IPsec use as their own on an interface: of the interface that
  /// `crypto map m local-address` names, else of the interface itself (I-AP-02 to I-AP-04).
  package func localAddress(onInterface name: String) -> IPAddress? {
    let map = configuration.cryptoMap(onInterface: name)
    let identifying = map?.localAddressInterface?.value
    let interface = configuration.interface(identifying ?? name)
    return interface?.addresses.first { !$0.value.isSecondary }?.value.address
  }

  /// True when a set has one SA database for all its interfaces (I-AP-03).
  package func sharesSADatabase(onInterface name: String) -> Bool {
    configuration.cryptoMap(onInterface: name)?.localAddressInterface != nil
  }

  /// Tunnel or transport for a flow (I-MODE-01): of the element that the packet meets.
  package func mode(of packet: Packet) -> EncapsulationMode {
    for set in boundMaps {
      var evaluation = FlowEvaluation(
        self, set, packet, FlowCircumstances(direction: .out, saExists: false), active: nil,
        tracing: .none)
      let decision = evaluation.decide()
      guard let index = decision.entry, let element = decision.element,
        let found = set.entries[index].list?.entries[element].element(for: packet)
      else { continue }
      return mode(of: set.entries[index], found, packet)
    }
    return .tunnel
  }

  /// The identity an initiator sends to prove itself in phase 1 (A-ID-01 to A-ID-03).
  package func sentIdentity(
    authentication: String, isAggressive: Bool, isSiteToSite: Bool, local: IPAddress?
  ) -> (type: String, value: String?) {
    let isPreShared = Spelling.authentication(authentication) == "pre-share"
    let address = ("address", local.map { "\($0)" })
    // In main mode the key is chosen before the identity is known (A-ID-03).
    if isPreShared, !isAggressive, isSiteToSite { return address }
    switch configuration.settings.identity?.value {
    case .address: return address
    case .keyID(let text): return ("key-id", text)
    case .auto: return isPreShared ? address : ("dn", nil)
    case .distinguishedName: return ("dn", nil)
    case .fqdn, .domain, .email, .emailDomain, .group, .any, .other: return ("fqdn", ownName)
    case nil:
      // ASA 7.2: host name; later releases: auto; IOS: address (M-28).
      if dialect == .ios { return address }
      if let version = configuration.version, version.isAtLeast(8, 0) {
        return isPreShared ? address : ("dn", nil)
      }
      return ("fqdn", ownName)
    }
  }

  /// `hostname.domain`.
  private var ownName: String? {
    let parts = [configuration.hostname?.value, configuration.domainName?.value].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }
}

/// Whether replay is checked on an SA: where there is authentication, but never on manual SAs
/// (I-GL-03, I-MAN-07).
package enum ReplayExpectation {
  package static func isChecked(isManual: Bool, hasAuthentication: Bool = true) -> Bool {
    !isManual && hasAuthentication
  }

  /// The window in packets: of the entry, else global, else 64 (X-ASA-08); nil where disabled.
  package static func window(
    _ settings: ProtectionSettings, _ configuration: CryptoConfiguration
  ) -> Int? {
    let size =
      settings.replayWindow?.value ?? configuration.settings.replayWindow?.value ?? 64
    return size == 0 ? nil : size
  }
}
