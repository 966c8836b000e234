extension Cause {
  /// Only the cipher or its key length is in the way.
  static let phase1EncryptionMismatch = Cause(
    id: "phase1_encryption_mismatch", family: .phase1Refused, severity: .error,
    title: "Phase 1: encryption differs",
    meaning: """
      The two ends agree on everything for the IKE SA but the cipher or the length of its key \
      (aes means 128 bits on a Cisco).
      """,
    shows: """
      NO_PROPOSAL_CHOSEN in answer to the first message. IOS: "Encryption algorithm offered does \
      not match policy!", "atts are not acceptable". ASA: "All SA proposals found unacceptable". \
      strongSwan: "no acceptable proposal found".
      """,
    remedy: Remedy(
      "Give both ends a policy with the same cipher and key length.",
      asa: "crypto ikev1 policy NUMBER or crypto ikev2 policy NUMBER, encryption",
      ios: "crypto isakmp policy NUMBER, encr; or crypto ikev2 proposal, encryption"),
    lookAlikes: ["phase1_proposal_mismatch"], explains: ["phase1_proposal_mismatch"],
    rule: .tunnel { answerFor(.encryption, $0, $1) })
}
