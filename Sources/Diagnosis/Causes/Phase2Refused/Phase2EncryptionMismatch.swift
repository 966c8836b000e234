extension Cause {
  /// Only the cipher of the child SA is in the way.
  static let phase2EncryptionMismatch = Cause(
    id: "phase2_encryption_mismatch", family: .phase2Refused, severity: .error,
    title: "Phase 2: encryption differs",
    meaning: """
      The transform sets of the two ends have no cipher and key length in common; everything else \
      would fit.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN in answer to quick mode, IKE_AUTH or CREATE_CHILD_SA. ASA: "All IPSec SA \
      proposals found unacceptable!", "QM FSM error". IOS: "transform proposal not supported", \
      "phase 2 SA policy not acceptable!". strongSwan: "no acceptable proposal found".
      """,
    remedy: Remedy(
      "Give both ends a transform set with the same cipher and key length.",
      asa:
        "crypto ipsec ikev1 transform-set SET or crypto ipsec ikev2 ipsec-proposal SET, used by crypto map MAP SEQ",
      ios:
        "crypto ipsec transform-set SET, used by crypto map MAP SEQ"
    ),
    lookAlikes: ["phase2_hash_mismatch", "pfs_required_not_offered", "proxy_id_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"],
    rule: .tunnel { tunnel, scene in
      guard let problem = ChildRefusal(tunnel, scene),
        let difference = onlyDifference(.encryption, problem)
      else { return nil }
      return childAnswer(
        .certain,
        "only the cipher differs, \(difference.offered) offered and \(difference.wanted) accepted",
        problem, tunnel, citing: [.transformSet],
        remedy: transformRemedy(difference, problem, tunnel))
    })
}
