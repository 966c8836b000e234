import Timeline

extension Cause {
  /// A dynamic entry cannot start a negotiation.
  static let dynamicMapNoSA = Cause(
    id: "dynamic_map_no_sa", family: .policy, severity: .warning,
    title: "A dynamic entry never starts a negotiation",
    meaning: """
      The flow matches a dynamic crypto map, which only answers: without an SA that the remote end \
      has set up the packets are dropped.
      """,
    shows: "The flow is inside, no IKE starts, and nothing leaves.",
    remedy: Remedy(
      "Let the remote end start, or write a static entry with its address.",
      asa: "crypto map MAP SEQ set peer ADDRESS in a static entry",
      ios: "crypto map MAP SEQ ipsec-isakmp, set peer ADDRESS in a static entry"),
    lookAlikes: ["flow_not_covered_by_acl"],
    rule: .inner { input, scene in
      guard let verdict = input.policy, verdict.reason == "dynamic-no-sa" else { return nil }
      return verdictAnswer(
        .certain, input, verdict, "only a dynamic entry covers it, and no SA exists.", scene)
    })
}
