extension Cause {
  /// Only the authentication method is in the way.
  static let phase1AuthMethodMismatch = Cause(
    id: "phase1_auth_method_mismatch", family: .phase1Refused, severity: .error,
    title: "Phase 1: authentication method differs",
    meaning: """
      One end wants to prove itself by a certificate and the other by a pre-shared key, or one of \
      them expects XAUTH. IKEv1 negotiates the method with the ciphers; some peers accept the \
      offer all the same and refuse after message 5.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN in answer to the first message, silence, or AUTHENTICATION_FAILED later. \
      IOS: "Authentication method offered does not match policy!", "No Cert and No Keys with \
      Remote Peer".
      """,
    remedy: Remedy(
      "Give both ends the same authentication method.",
      asa: "crypto ikev1 policy NUMBER, authentication pre-share or rsa-sig",
      ios: "crypto isakmp policy NUMBER, authentication pre-share or rsa-sig"),
    lookAlikes: ["phase1_proposal_mismatch", "authentication_failed"],
    explains: [
      "phase1_proposal_mismatch", "authentication_failed", "phase1_id_mismatch", "psk_mismatch",
      "certificate_untrusted", "peer_not_answering",
    ],
    rule: .tunnel { answerFor(.authentication, $0, $1) })
}
