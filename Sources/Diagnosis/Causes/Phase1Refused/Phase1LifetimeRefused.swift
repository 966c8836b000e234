import ISAKMP
import Timeline
import Tracking

extension Cause {
  /// Every attribute equal, and the lifetime in the way.
  static let phase1LifetimeRefused = Cause(
    id: "phase1_lifetime_refused", family: .phase1Refused, severity: .warning,
    title: "Phase 1: lifetime refused",
    meaning: """
      Cipher, hash, group and method agree, and the lifetime offered is longer than the \
      responder's own. A Cisco takes the shorter of the two; some peers refuse instead.
      """,
    shows: "NO_PROPOSAL_CHOSEN although every algorithm agrees.",
    remedy: Remedy(
      "Give both ends the same phase 1 lifetime.",
      asa: "crypto ikev1 policy NUMBER, lifetime 86400",
      ios: "crypto isakmp policy NUMBER, lifetime 86400"),
    lookAlikes: ["phase1_proposal_mismatch"], explains: ["phase1_proposal_mismatch"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let refusal = tunnel.refusedOffer, let policy = tunnel.policy(.responder),
    let offered = tunnel.ike.offered.compactMap(\.lifetimeSeconds).max()
  else { return nil }
  let comparison = tunnel.phase1Comparison(scene)
  let byTrace = comparison?.onlyAttribute == .lifetime
  let own = policy.ikeLifetimesSeconds.max()
  let byNumbers =
    policy.phase1?.verdict == "accept" && own.map { UInt64(max(0, $0)) < offered } ?? false
  guard byTrace || byNumbers else { return nil }
  let text =
    "\(tunnel.address(.responder)) refuses phase 1 although every algorithm agrees: the lifetime "
    + "offered is \(offered) s, its own \(own.map { "\($0) s" } ?? "is shorter")."
  return Answer(
    byTrace ? .certain : .likely, text, side: .both,
    evidence: refusal.evidence("offers a lifetime of \(offered) s", "no proposal chosen")
  )
  .rulingOut(RuledOut("phase1_proposal_mismatch", "the configuration accepts the algorithms"))
  .citing(policy.lines[.ikePolicy] ?? [])
}
