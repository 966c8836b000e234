import Bytes
import CiscoConfig

/// What of an entry decides about a packet that one of its elements permits.
struct PermitTraits: Sendable {
  let isManual: Bool
  let isDynamic: Bool
  let hasOutboundKeys: Bool
  let isAnswerOnly: Bool
  let namesTransforms: Bool

  init(_ entry: CompiledEntry) {
    isManual = entry.isManual
    isDynamic = entry.isDynamic
    hasOutboundKeys = entry.settings.sessionKeys.contains { $0.direction == .outbound }
    isAnswerOnly = entry.settings.connectionType?.value == .answerOnly
    namesTransforms = entry.settings.namesTransforms
  }
}

extension PolicyEngine {
  /// What becomes of a packet that an element of an entry permits (rules §0.1, §0.2, §0.4).
  ///
  /// `packet` is the packet as it is on the wire, not reversed.
  func decision(
    permittedBy entry: CompiledEntry, _ packet: Packet, _ known: FlowCircumstances
  ) -> (outcome: Verdict.Outcome, reason: ReasonCode?, rule: String) {
    decision(permittedBy: PermitTraits(entry), packet, known)
  }

  /// The same by what decides of the entry alone.
  func decision(
    permittedBy entry: PermitTraits, _ packet: Packet, _ known: FlowCircumstances
  ) -> (outcome: Verdict.Outcome, reason: ReasonCode?, rule: String) {
    if known.direction == .inClear {
      return (.drop, .expectedIPsec, dialect == .asa ? "A-IN-04" : "I-IN-01")
    }
    if dialect == .ios {
      if packet.hasOptions { return (.drop, .ipOptions, "I-GEN-06") }
      if isMulticastOrBroadcast(packet.destination) {
        return (.drop, .multicastNotSupported, "I-GEN-02")
      }
    }
    if entry.isManual {
      return entry.hasOutboundKeys ? (.protect, nil, "I-MAN-01") : (.drop, .manualNoSA, "I-MAN-01")
    }
    if known.saExists { return (.protect, nil, entry.isDynamic ? "I-DY-03" : "A-CM-11") }
    if entry.isDynamic { return (.drop, .dynamicNoSA, "A-DY-05") }
    if entry.isAnswerOnly {
      return (.drop, .answerOnlyNoSA, "X-ASA-06")
    }
    if known.negotiationSucceeded == false { return (.drop, .negotiationFailed, "S-TRAP-10") }
    if !entry.namesTransforms { return (.drop, .negotiationFailed, "A-CM-22") }
    return (.protect, nil, "A-CM-11")
  }

  /// Group addresses, the limited broadcast, and the directed broadcasts of own networks.
  func isMulticastOrBroadcast(_ address: IPAddress) -> Bool {
    if address.isMulticast || address.ipv4 == .max { return true }
    return configuration.interfaces.contains { interface in
      interface.addresses.contains { address == $0.value.broadcast }
    }
  }
}

extension InterfaceAddress {
  /// The directed broadcast address; nil for IPv6 and for networks of one or two hosts.
  fileprivate var broadcast: IPAddress? {
    network.isIPv6 || network.length > 30 ? nil : network.last
  }
}

extension ProtectionSettings {
  /// True when the entry says at all how to protect, for IKEv1 or IKEv2. On IOS a profile does.
  var namesTransforms: Bool {
    transformSets?.value.isEmpty == false || ipsecProposals?.value.isEmpty == false
  }
}
