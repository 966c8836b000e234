import Timeline
import Tracking

extension Cause {
  /// NAT changes the flow before the crypto map sees it.
  static let natBeforeACL = Cause(
    id: "nat_before_acl", family: .policy, severity: .error,
    title: "NAT changes the flow before the crypto ACL",
    meaning: """
      Address translation comes before the crypto map: the flow would match the crypto ACL with \
      its own addresses and does not with the translated ones, so that it leaves in clear or not at \
      all.
      """,
    shows: "Clear packets from the outside address to the remote network; no IKE is started.",
    remedy: Remedy(
      "Exempt the flow from NAT, above the rule that translates it.",
      asa:
        "object network LOCAL, subnet LOCAL MASK; object network REMOTE, subnet REMOTE MASK; nat (inside,OUTSIDE) source static LOCAL LOCAL destination static REMOTE REMOTE no-proxy-arp route-lookup",
      ios:
        "deny ip LOCAL WILDCARD REMOTE WILDCARD as the first entry of the access list of ip nat inside source"
    ),
    lookAlikes: ["flow_not_covered_by_acl"], explains: ["flow_not_covered_by_acl"],
    rule: .inner { input, scene in
      guard let verdict = input.policy, input.flow.visibility == .clear,
        verdict.findings.contains("C-NAT-NOT-EXEMPT"), verdict.verdict == "bypass"
      else { return nil }
      return verdictAnswer(
        .certain, input, verdict, "NAT translates it before the crypto map sees it.", scene)
    })
}
