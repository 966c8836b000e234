/// What a capture without keys shows of a flow that ought to be protected.
package struct KeylessObservation: Sendable {
  /// The packet was seen inside.
  package var isInsidePacketSeen = false
  /// The same packet was seen outside, in clear.
  package var isClearOutside = false
  /// ESP was seen outside.
  package var isESPOutside = false
  /// IKE was seen outside.
  package var isIKESeen = false
  /// Phase 1 came to its encrypted messages and finished.
  package var isPhase1Complete = false
  /// How often a quick mode (or child SA) request was repeated.
  package var quickModeRepeats = 0

  package init() {}
}

/// What such evidence proves and leaves open (S-TRAP-10, S-TRAP-11).
package enum KeylessConclusion: String, Sendable {
  /// A clear packet outside: no permit matched, or another egress, or NAT.
  case noPermitMatched = "no-permit-matched-or-wrong-egress-or-nat"
  /// Phase 1 finished, quick mode repeated, no ESP.
  case phase2Refused = "phase2-refused"
  /// IKE seen and phase 1 never finished.
  case phase1Failed = "phase1-failed"
  /// Neither IKE, nor ESP, nor clear: dropped before IKE was tried.
  case droppedWithoutIKE = "dropped-without-ike"
  /// ESP goes out.
  case protected = "protected"
  /// Nothing can be said.
  case undecided = "undecided"

  package init(_ seen: KeylessObservation) {
    if seen.isESPOutside {
      self = .protected
    } else if seen.isClearOutside {
      self = .noPermitMatched
    } else if !seen.isInsidePacketSeen {
      self = .undecided
    } else if seen.isIKESeen {
      self = seen.isPhase1Complete ? .phase2Refused : .phase1Failed
    } else {
      self = .droppedWithoutIKE
    }
  }

  /// The reasons that remain possible.
  package var candidates: [ReasonCode] {
    switch self {
    case .noPermitMatched: [.noPermitMatched, .noCryptoMapOnInterface]
    case .phase2Refused:
      [.proxyNotPermitted, .transformMismatch, .pfsMissing, .pfsGroupMismatch, .peerMismatch]
    case .phase1Failed:
      [
        .noAcceptableISAKMPPolicy, .noAcceptableIKEv2Policy, .aggressiveModeDisabled,
        .keyMismatch, .noKeyOrTunnelGroup, .isakmpNotEnabledOnInterface,
      ]
    case .droppedWithoutIKE:
      [
        .dynamicNoSA, .incompleteMap, .aclMissingOrEmpty, .answerOnlyNoSA, .manualNoSA,
        .ipOptions, .multicastNotSupported,
      ]
    case .protected, .undecided: []
    }
  }

  /// The reasons that the evidence rules out.
  package var notPossible: [ReasonCode] {
    switch self {
    case .noPermitMatched: [.negotiationFailed, .dynamicNoSA, .incompleteMap]
    case .phase2Refused, .phase1Failed: [.noPermitMatched, .dynamicNoSA, .incompleteMap]
    case .droppedWithoutIKE: [.noPermitMatched, .negotiationFailed]
    case .protected, .undecided: []
    }
  }

  /// What would decide between the candidates.
  package var decidedBy: String {
    switch self {
    case .phase2Refused, .phase1Failed: "configuration of the responder or keys"
    case .noPermitMatched, .droppedWithoutIKE: "configuration of the device"
    case .protected, .undecided: "keys"
    }
  }
}
