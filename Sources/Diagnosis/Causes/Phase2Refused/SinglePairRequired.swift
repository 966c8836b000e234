import Tracking

extension Cause {
  /// The peer takes one pair of networks for each child SA.
  static let singlePairRequired = Cause(
    id: "single_pair_required", family: .phase2Refused, severity: .error,
    title: "The peer wants one pair of networks for each SA",
    meaning: """
      The initiator asks for several networks in one child SA, and the peer takes a single pair of \
      addresses or networks only.
      """,
    shows: """
      SINGLE_PAIR_REQUIRED (34), or several selectors refused together by TS_UNACCEPTABLE.
      """,
    remedy: Remedy(
      "Ask for one child SA for each pair of networks.",
      asa: "one ACE for each pair; no object-group with several networks in one ACE",
      ios: "one permit for each pair in the crypto access list"),
    lookAlikes: ["proxy_id_mismatch"],
    explains: ["phase2_refused", "proxy_id_mismatch", "phase2_proposal_mismatch"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = ChildRefusal(tunnel, scene) else { return nil }
  let asked = problem.refusal.exchange.selectorsAsked
  let several = max(asked?.initiator.count ?? 0, asked?.responder.count ?? 0)
  let says = problem.refusal.says(.singlePair)
  guard says || several > 2 && problem.refusal.says(.selectorsRefused) && problem.verdict == nil
  else { return nil }
  let who = tunnel.address(problem.refusal.by)
  let text =
    says
    ? "\(who) wants one pair of addresses for each child SA: SINGLE_PAIR_REQUIRED (34)."
    : "\(who) refuses \(several) selectors asked for together; many devices take one pair only."
  return Answer(
    says ? .certain : .possible, text, side: Side(problem.refusal.request.from),
    evidence: problem.evidence()
  )
  .citing(problem.lines(.accessList))
}
