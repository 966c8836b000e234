/// All causes that there are.
package enum Catalogue {
  /// Every cause, in the order in which a tunnel's answers are weighed where all else is equal.
  package static let all: [Cause] =
    noAnswer + phase1 + authentication + phase2 + path + dataPlane + policy + liveness + notices

  /// The cause with an identifier; nil for an unknown one.
  package static func cause(_ id: String) -> Cause? { byID[id] }

  private static let byID: [String: Cause] = Dictionary(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  private static let noAnswer: [Cause] = [
    .peerPortUnreachable, .repliesLost, .replyFromOtherAddress, .noConfigForPeer,
    .ikeVersionMismatch, .aggressiveModeRefused, .peerNotAnswering,
  ]
  private static let phase1: [Cause] = [
    .phase1EncryptionMismatch, .phase1HashMismatch, .phase1GroupMismatch,
    .phase1AuthMethodMismatch, .phase1LifetimeRefused, .phase1ProposalMismatch, .cookieLoop,
    .keGroupRetry, .cookieChallenge, .weakChoice, .deprecatedAlgorithm,
  ]
  private static let authentication: [Cause] = [
    .pskMismatch, .phase1IDMismatch, .certificateExpired, .certificateUntrusted,
    .certificateIDMismatch, .certificateChainIncomplete, .certificateNotSent, .eapFailed,
    .xauthFailed, .xauthNotExpected, .addressPoolEmpty, .authenticationFailed,
  ]
  private static let phase2: [Cause] = [
    .phase2EncryptionMismatch, .phase2HashMismatch, .pfsRequiredNotOffered, .pfsGroupMismatch,
    .proxyIDMismatch, .singlePairRequired, .modeMismatch, .phase2ProposalMismatch, .phase2Refused,
    .selectorsNarrowed,
  ]
  private static let path: [Cause] = [
    .udp4500Filtered, .ipFragmentsLost, .ikeFragmentLost, .natTNotNegotiated, .natRebinding,
    .natKeepaliveMissing, .mobikeUpdate, .pmtuBlackHole, .espFragmented, .nonESPMarkerMissing,
  ]
  private static let dataPlane: [Cause] = [
    .espOneWay, .espUnknownSPI, .peerLostSA, .staleSPIUsed, .espReplayed, .captureDuplicate,
    .espOutOfOrder, .espSequenceReused, .espSequenceExhausted, .espIntegrityFailure,
    .keyMaterialWrong, .esnMismatch, .truncationMismatch, .innerOutsideSelectors, .tunnelIdle,
  ]
  private static let policy: [Cause] = [
    .flowNotCoveredByACL, .natBeforeACL, .shadowedEntry, .incompleteCryptoMap, .dynamicMapNoSA,
    .clearInboundDropped,
  ]
  private static let liveness: [Cause] = [
    .peerDead, .dpdNotSupported, .lifetimeMismatch, .rekeyCollision, .crossingInitiation,
    .phase1GonePhase2Lives, .lastMessageLost, .deleteLoop, .messageIDDesync,
  ]
  private static let notices: [Cause] = [.malformedMessage, .scanNoNegotiation, .captureIncomplete]
}
