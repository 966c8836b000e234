import Timeline
import Tracking

/// The answer of the causes that NO_PROPOSAL_CHOSEN for a child stands for, where the refuser's
/// configuration or an opened request tells which one it is.
func childAnswer(
  _ certainty: Certainty, _ reason: String, _ problem: ChildRefusal, _ tunnel: TunnelFacts,
  citing topics: [PolicyTopic], remedy: String? = nil
) -> Answer {
  let refusal = problem.refusal
  let how = refusal.notifyName.map { "with \($0)" } ?? "in an encrypted message"
  let asked = problem.selectors.map { " for \($0)" } ?? ""
  let path = problem.policy.map { " (\($0.name))" } ?? ""
  let text =
    "\(tunnel.address(refusal.by))\(path) refuses the child SA\(asked) \(how) (\"All IPSec SA "
    + "proposals found unacceptable\"): \(reason)."
  return Answer(
    certainty, text, side: .both, evidence: problem.evidence(), remedy: remedy
  )
  .rulingOut(
    refusal.says(.noProposalChosen)
      ? RuledOut("proxy_id_mismatch", "the refusal is about the proposal, not the identities")
      : nil,
    RuledOut("psk_mismatch", "phase 1 was completed")
  )
  .citing(topics.flatMap { problem.policy?.lines[$0] ?? [] })
}

/// What to change where one transform is in the way.
func transformRemedy(
  _ difference: Difference, _ problem: ChildRefusal, _ tunnel: TunnelFacts
) -> String {
  "Offer \(difference.wanted) at \(tunnel.address(problem.refusal.by.peer)), or accept "
    + "\(difference.offered) at \(tunnel.address(problem.refusal.by))."
}

/// True when only that attribute keeps the transform sets apart, by the refuser's configuration.
func onlyDifference(_ attribute: Difference.Attribute, _ problem: ChildRefusal) -> Difference? {
  guard !problem.refusal.says(.selectorsRefused, .singlePair) else { return nil }
  if let reason = problem.reason, reason != "transform-mismatch" { return nil }
  let found = problem.difference
  guard found.count == 1, let difference = found.first, difference.attribute == attribute else {
    return nil
  }
  return difference
}
