import Timeline

extension Cause {
  /// A crypto map entry lacks its ACL or its peer.
  static let incompleteCryptoMap = Cause(
    id: "incomplete_crypto_map", family: .policy, severity: .error,
    title: "The crypto map entry is incomplete",
    meaning: """
      The entry that should protect the flow has no access list, no peer or no transform set; the \
      device cannot negotiate with it.
      """,
    shows: "The flow is inside, no IKE starts, and nothing leaves.",
    remedy: Remedy(
      "Complete the entry.",
      asa: "crypto map MAP SEQ match address ACL, set peer ADDRESS, set ikev1 transform-set SET",
      ios: "crypto map MAP SEQ, match address ACL, set peer ADDRESS, set transform-set SET"),
    lookAlikes: ["flow_not_covered_by_acl"], explains: ["flow_not_covered_by_acl"],
    rule: .inner { input, scene in
      guard let verdict = input.policy,
        ["incomplete-map", "acl-missing-or-empty"].contains(verdict.reason)
      else { return nil }
      return verdictAnswer(
        .certain, input, verdict, "the crypto map entry for it is incomplete.", scene)
    })
}
