import Timeline

extension Cause {
  /// An earlier entry takes the flow that a later one was written for.
  static let shadowedEntry = Cause(
    id: "shadowed_entry", family: .policy, severity: .warning,
    title: "An earlier entry takes the flow",
    meaning: """
      Entries of a crypto map are tried in the order of their numbers and the first match decides: \
      an earlier entry or ACE covers what a later one was written for, so that the flow goes to \
      another peer.
      """,
    shows: "Traffic into the SA of another peer, and none for the one it was meant for.",
    remedy: Remedy(
      "Give the narrower entry the lower number, or deny its networks in the earlier ACL.",
      asa: "crypto map MAP SEQ …: lower numbers first; deny in the earlier access-list",
      ios: "crypto map MAP SEQ ipsec-isakmp: lower numbers first"),
    lookAlikes: ["flow_not_covered_by_acl"],
    rule: .inner { input, scene in
      guard let verdict = input.policy,
        verdict.findings.contains(where: { $0 == "C-SHADOWED-ENTRY" || $0 == "C-SHADOWED-ACE" })
      else { return nil }
      return verdictAnswer(
        .likely, input, verdict, "an earlier entry takes it.", scene)
    })
}
