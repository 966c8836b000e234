extension Cause {
  /// Only the integrity algorithm of the child SA is in the way.
  static let phase2HashMismatch = Cause(
    id: "phase2_hash_mismatch", family: .phase2Refused, severity: .error,
    title: "Phase 2: integrity algorithm differs",
    meaning: """
      The transform sets of the two ends have no integrity algorithm in common; everything else \
      would fit.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN in answer to quick mode, IKE_AUTH or CREATE_CHILD_SA. ASA: "All IPSec SA \
      proposals found unacceptable!", "QM FSM error". IOS: "transform proposal not supported".
      """,
    remedy: Remedy(
      "Give both ends a transform set with the same integrity algorithm.",
      asa:
        "crypto ipsec ikev1 transform-set SET esp-aes esp-sha-hmac (or ikev2 ipsec-proposal, protocol esp integrity)",
      ios: "crypto ipsec transform-set SET esp-aes esp-sha256-hmac"),
    lookAlikes: ["phase2_encryption_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"],
    rule: .tunnel { tunnel, scene in
      guard let problem = ChildRefusal(tunnel, scene),
        let difference = onlyDifference(.hash, problem)
      else { return nil }
      return childAnswer(
        .certain,
        "only the integrity algorithm is in the way: \(difference.offered) offered, "
          + "\(difference.wanted) accepted", problem, tunnel, citing: [.transformSet],
        remedy: transformRemedy(difference, problem, tunnel))
    })
}
