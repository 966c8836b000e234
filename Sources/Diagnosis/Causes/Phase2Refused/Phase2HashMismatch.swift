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
        "crypto ipsec ikev1 transform-set SET or crypto ipsec ikev2 ipsec-proposal SET, protocol esp integrity, used by crypto map MAP SEQ",
      ios: "crypto ipsec transform-set SET, used by crypto map MAP SEQ"),
    lookAlikes: ["phase2_encryption_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"],
    rule: .tunnel { tunnel, scene in
      guard let problem = ChildRefusal(tunnel, scene),
        let difference = onlyDifference(.hash, problem)
      else { return nil }
      return childAnswer(
        .certain,
        "only the integrity algorithm differs, \(difference.offered) offered and "
          + "\(difference.wanted) accepted", problem, tunnel, citing: [.transformSet],
        remedy: transformRemedy(difference, problem, tunnel))
    })
}
