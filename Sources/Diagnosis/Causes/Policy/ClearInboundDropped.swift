import Timeline
import Tracking

extension Cause {
  /// Clear traffic arrives that should be protected.
  static let clearInboundDropped = Cause(
    id: "clear_inbound_dropped", family: .policy, severity: .warning,
    title: "Clear traffic arrives that should be protected",
    meaning: """
      Packets come in clear that a permit of the local crypto ACL says must come through the \
      tunnel: the device drops them. The sender does not protect them.
      """,
    shows: """
      Clear packets between the protected networks. ASA: "%ASA-4-402117: received a non-IPSec \
      packet". IOS: "%CRYPTO-4-RECVD_PKT_NOT_IPSEC".
      """,
    remedy: Remedy(
      "Make the sender's crypto ACL the mirror image of this one.",
      asa: "at the sender the mirror image of access-list ACL; crypto map applied to its interface",
      ios: "at the sender the mirror image of access list ACL; crypto map on its interface"),
    lookAlikes: ["flow_not_covered_by_acl"],
    rule: .inner { input, scene in
      guard let verdict = input.policy, verdict.reason == "expected-ipsec",
        input.flow.visibility == .clear, !scene.sawProtectedInClearBothWays(input.flow)
      else { return nil }
      return verdictAnswer(
        .likely, input, verdict, "it arrives in clear, and must be protected.", scene)
    })
}
