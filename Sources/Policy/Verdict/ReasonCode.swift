/// Why a flow or a negotiation ends as it does: the closed list of the rules' §7.
package enum ReasonCode: String, Sendable, Hashable, CaseIterable {
  // IKE does not listen.
  case isakmpNotEnabledOnInterface = "isakmp-not-enabled-on-interface"
  // Phase 1.
  case noAcceptableISAKMPPolicy = "no-acceptable-isakmp-policy"
  case noAcceptableIKEv2Policy = "no-acceptable-ikev2-policy"
  case aggressiveModeDisabled = "aggressive-mode-disabled"
  case tunnelGroupNameClash = "tunnel-group-name-clash"
  case keyMismatch = "key-mismatch"
  case noKeyOrTunnelGroup = "no-key-or-tunnel-group"
  case keyMasked = "key-masked"
  // Phase 2, in the order in which an entry is tried.
  case noEntry = "no-entry"
  case peerMismatch = "peer-mismatch"
  case proxyNotPermitted = "proxy-not-permitted"
  case transformMismatch = "transform-mismatch"
  case pfsMissing = "pfs-missing"
  case pfsGroupMismatch = "pfs-group-mismatch"
  // A packet on its way out.
  case dynamicNoSA = "dynamic-no-sa"
  case negotiationFailed = "negotiation-failed"
  case incompleteMap = "incomplete-map"
  case aclMissingOrEmpty = "acl-missing-or-empty"
  case answerOnlyNoSA = "answer-only-no-sa"
  case manualNoSA = "manual-no-sa"
  case ipOptions = "ip-options"
  case multicastNotSupported = "multicast-not-supported"
  case noCryptoMapOnInterface = "no-crypto-map-on-interface"
  case noPermitMatched = "no-permit-matched"
  // A packet on its way in.
  case expectedIPsec = "expected-ipsec"
  case proxyMismatch = "proxy-mismatch"
  case noSA = "no-sa"

  /// How far a map entry came with a request before it failed (rules §0.6); nil where the code is
  /// not a stage of phase 2.
  package var stage: Int? {
    switch self {
    case .noEntry: 0
    case .peerMismatch: 1
    case .proxyNotPermitted: 2
    case .transformMismatch: 3
    case .pfsMissing, .pfsGroupMismatch: 4
    default: nil
    }
  }
}
