import Bytes
import CiscoConfig

extension Verdict {
  /// Notes that a rule was used; each once.
  mutating func use(_ rule: String) {
    if !rules.contains(rule) { rules.append(rule) }
  }

  /// Adds finding codes, keeping them sorted and single.
  mutating func add(findings more: [FindingCode]) {
    findings = Set(findings + more).sorted()
  }

  /// One sentence for a person about a packet's fate.
  func describe(_ packet: Packet, _ direction: FlowQuestion.Direction) -> String {
    let place = [map, sequence.map { "\($0)" }].compactMap { $0 }.joined(separator: " ")
    let dynamicPlace = dynamicMap.map { " (dynamic-map \($0) \(dynamicSequence ?? 0))" } ?? ""
    let element = ace.map { ", ACE \(acl ?? "")#\($0.index) at line \($0.line)" } ?? ""
    let by = place.isEmpty ? "" : " by crypto map \(place)\(dynamicPlace)\(element)"
    switch outcome {
    case .protect:
      let peers = peer.map { ", peer \($0)" } ?? ""
      let start = negotiates == true ? "; without an SA this packet starts IKE" : ""
      return "\(packet) is protected\(by)\(peers)\(start)."
    case .accept:
      return "\(packet) fits the SA of crypto map \(place)\(dynamicPlace) and is passed on."
    case .bypass:
      return "\(packet) is not IPsec's business: \(reason?.explanation ?? "")."
    case .drop:
      return "\(packet) is dropped\(by): \(reason?.explanation ?? "")."
    case .cannotTell:
      let count = detail.candidates.count
      let open = count == 0 ? "what decides is not in the file" : "\(count) outcomes are possible"
      return "Cannot tell what becomes of \(packet): \(open)."
    case .refuse, .retry, .noResponse:
      return "\(packet): \(outcome.rawValue)."
    }
  }
}

extension ReasonCode {
  /// The reason in words.
  package var explanation: String {
    switch self {
    case .isakmpNotEnabledOnInterface: "IKE is not enabled on the interface"
    case .noAcceptableISAKMPPolicy: "no own ISAKMP policy equals an offer"
    case .noAcceptableIKEv2Policy: "no own IKEv2 policy has a transform of every type in common"
    case .aggressiveModeDisabled: "aggressive mode is disabled"
    case .tunnelGroupNameClash:
      "the NAT address is also the name of a site-to-site tunnel group"
    case .keyMismatch: "the pre-shared keys differ"
    case .noKeyOrTunnelGroup: "there is no key and no tunnel group for the peer"
    case .keyMasked: "the configuration hides the key"
    case .noEntry: "there is no entry that could be tried"
    case .peerMismatch: "no entry names the peer"
    case .proxyNotPermitted: "no permit element contains the proposed traffic"
    case .transformMismatch: "no transform set is the same at both ends"
    case .pfsMissing: "PFS is demanded and the offer has none"
    case .pfsGroupMismatch: "PFS is demanded with another group than the offer's"
    case .dynamicNoSA: "a dynamic entry never starts IKE, and the peer has made no SA"
    case .negotiationFailed: "the negotiation it started comes to nothing"
    case .incompleteMap:
      "the entry is incomplete, and everything not matched before it is dropped"
    case .aclMissingOrEmpty: "the access list of the entry is missing or empty"
    case .answerOnlyNoSA: "the entry is answer-only and the peer has made no SA"
    case .manualNoSA: "the manual entry has no session keys, and IKE is never tried for it"
    case .ipOptions: "the crypto engine drops IPv4 packets with options"
    case .multicastNotSupported: "IPsec protects unicast only"
    case .noCryptoMapOnInterface: "the interface carries no crypto map"
    case .noPermitMatched: "no permit element of the crypto map set matches"
    case .expectedIPsec: "it came in clear and should have been protected"
    case .proxyMismatch: "its inner header does not fit the SA by which it came"
    case .noSA: "there is no such SA"
    }
  }
}

extension PolicyEngine {
  /// The lifetimes an entry asks for: its own, else the global, else the platform's (A-LT-01,
  /// A-LT-02; 3600 s on IOS).
  func lifetimes(of settings: ProtectionSettings) -> (seconds: UInt64, kilobytes: UInt64?) {
    let seconds =
      settings.lifetimeSeconds?.value ?? configuration.settings.lifetimeSeconds?.value
      ?? (dialect == .asa ? 28800 : 3600)
    let kilobytes =
      settings.lifetimeKilobytes?.value ?? configuration.settings.lifetimeKilobytes?.value
      ?? .kilobytes(4_608_000)
    let limit: UInt64? =
      switch kilobytes {
      case .kilobytes(let count): UInt64(clamping: count)
      case .unlimited: nil
      }
    return (UInt64(clamping: seconds), limit)
  }

  /// Tunnel mode, but for traffic between the very peers where a set asks for transport
  /// (I-MODE-01); an ASA's site-to-site entries are tunnel mode (S-TRAP-15).
  func mode(
    of entry: CompiledEntry, _ element: ACEElement, _ packet: Packet
  ) -> EncapsulationMode {
    guard dialect == .ios, let name = entry.settings.transformSets?.value.first,
      let mode = configuration.transformSets[name]?.mode?.value, mode != .tunnel,
      case .range(let source) = element.source, source.first == source.last,
      case .range(let destination) = element.destination, destination.first == destination.last,
      entry.settings.peers.contains(where: { $0.value.address == destination.first }),
      configuration.interfaces.contains(where: { $0.has(source.first) })
    else { return .tunnel }
    return .transport
  }
}
