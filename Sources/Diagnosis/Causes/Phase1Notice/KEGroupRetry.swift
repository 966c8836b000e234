import ISAKMP
import Registries
import Tracking

extension Cause {
  /// INVALID_KE_PAYLOAD, and the retry uses the group asked for.
  static let keGroupRetry = Cause(
    id: "ke_group_retry", family: .phase1Notice, severity: .info,
    title: "The key exchange was repeated with another group",
    meaning: """
      The initiator guessed a Diffie-Hellman group that the responder does not prefer; it was told \
      so and began again. It costs one round trip and is no fault.
      """,
    shows: """
      INVALID_KE_PAYLOAD naming a group, and the next IKE_SA_INIT uses it. strongSwan: "peer didn't \
      accept DH group MODP_2048, it requested …".
      """,
    remedy: Remedy(
      "Nothing to mend. To save the round trip, put the peer's group first.",
      asa: "crypto ikev2 policy NUMBER, group 14 first",
      ios: "crypto ikev2 proposal, group 14 first"),
    lookAlikes: ["phase1_group_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isV1, let notify = tunnel.notifies(.invalidKE).first,
    tunnel.phase1.contains(where: { $0.notifies.contains { $0.sighting == notify.sighting } }),
    tunnel.ike.chosen != nil, let group = groupWanted(notify)
  else { return nil }
  return Answer(
    .certain,
    "\(tunnel.address(.responder)) asked for group \(group.rawValue) (\(group.id)), and the second "
      + "IKE_SA_INIT used it.",
    side: .initiator,
    evidence: [Evidence(notify.sighting, "INVALID_KE_PAYLOAD (17) asks for \(group.id)")]
  )
  .rulingOut(RuledOut("phase1_group_mismatch", "the retry was taken"))
}
