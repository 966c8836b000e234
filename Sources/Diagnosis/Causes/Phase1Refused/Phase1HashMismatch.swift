extension Cause {
  /// Only hash, integrity or PRF is in the way.
  static let phase1HashMismatch = Cause(
    id: "phase1_hash_mismatch", family: .phase1Refused, severity: .error,
    title: "Phase 1: hash differs",
    meaning: """
      The two ends agree on everything for the IKE SA but the hash (IKEv2: the integrity \
      algorithm or the PRF).
      """,
    shows: """
      NO_PROPOSAL_CHOSEN in answer to the first message. IOS: "Hash algorithm offered does not \
      match policy!". ASA: "All SA proposals found unacceptable". strongSwan: "no acceptable \
      proposal found".
      """,
    remedy: Remedy(
      "Give both ends a policy with the same hash.",
      asa: "crypto ikev1 policy NUMBER, hash; or crypto ikev2 policy NUMBER, integrity and prf",
      ios: "crypto isakmp policy NUMBER, hash; or crypto ikev2 proposal, integrity and prf"),
    lookAlikes: ["phase1_proposal_mismatch"], explains: ["phase1_proposal_mismatch"],
    rule: .tunnel { answerFor(.hash, $0, $1) })
}
