import Timeline
import Tracking

/// What the causes behind a refused first offer have in common.
extension TunnelFacts {
  /// The refusal of the offer for the IKE SA by NO_PROPOSAL_CHOSEN, or by an authentication that
  /// cannot succeed because the responder's policy never had the offer.
  var refusedOffer: Refusal? {
    refusals.last { $0.stage == .offer && $0.says(.noProposalChosen) }
  }
}

/// The answer for a single attribute in the way; nil where something else, or more, is.
func answerFor(
  _ attribute: Difference.Attribute, _ tunnel: TunnelFacts, _ scene: Scene
) -> Answer? {
  guard !tunnel.isEstablished, !looksLikeScan(tunnel, scene),
    let comparison = tunnel.phase1Comparison(scene),
    comparison.onlyAttribute == attribute, tunnel.policy(.responder)?.knowsPeer != false
  else { return nil }
  guard let refusal = tunnel.refusedOffer else {
    return silentAnswer(attribute, comparison, tunnel, scene)
  }
  let text =
    "\(tunnel.address(.responder)) refuses phase 1 with \(refusal.notifyName ?? "a notify") "
    + "(\"no acceptable proposal found\"). Only the \(attribute.noun) is in the way: "
    + "\(comparison.sentence)\(origin(comparison, scene))."
  return Answer(
    comparison.certainty, text, side: .both,
    evidence: refusal.evidence("offers \(offersText(tunnel.ike.offered))", "no proposal chosen"),
    remedy: comparison.remedy(tunnel)
  )
  .rulingOut(
    RuledOut("phase1_proposal_mismatch", "every other attribute agrees"),
    tunnel.policy(.responder)?.knowsPeer == true
      ? RuledOut("no_config_for_peer", "the configuration has an entry for this peer") : nil
  )
  .citing(comparison.lines)
}

/// The responder's policy would refuse, and the responder says nothing, or goes on and fails later.
private func silentAnswer(
  _ attribute: Difference.Attribute, _ comparison: OfferComparison, _ tunnel: TunnelFacts,
  _ scene: Scene
) -> Answer? {
  guard case .configuration(let policy) = comparison.source else { return nil }
  let stall = silence(tunnel, scene)
  let later = tunnel.refusal(.authentication)
  guard stall != nil || later != nil else { return nil }
  let how =
    stall.map { "does not answer \($0.message.label)" }
    ?? "turns the negotiation down after \(later?.request.label ?? "the first messages")"
  let text =
    "\(tunnel.address(.responder)) \(how), and its configuration \(policy.name) has no policy for "
    + "the offer. Only the \(attribute.noun) is in the way: \(comparison.sentence)."
  let first = tunnel.firstMessage.map {
    [Evidence($0.sighting, "\($0.label) offers \(offersText(tunnel.ike.offered))")]
  }
  let evidence =
    (stall?.evidence("without an answer") ?? later?.evidence("refused", "the refusal") ?? [])
    + (first ?? [])
  return Answer(
    later != nil ? .certain : .likely, text, side: .both, evidence: evidence,
    remedy: comparison.remedy(tunnel)
  )
  .rulingOut(RuledOut("phase1_proposal_mismatch", "every other attribute agrees"))
  .citing(comparison.lines)
}

extension OfferComparison {
  /// What to change, with the values of this very case.
  fileprivate func remedy(_ tunnel: TunnelFacts) -> String? {
    guard let only = differences.first, differences.count == 1 else { return nil }
    return
      "Offer \(only.wantedText) at \(tunnel.address(.initiator)), or accept \(only.offeredText) at "
      + "\(tunnel.address(.responder))."
  }
}

private func origin(_ comparison: OfferComparison, _ scene: Scene) -> String {
  switch comparison.source {
  case .configuration(let policy): " by \(policy.name)"
  case .otherTunnel(let other):
    " from \(other.address(.initiator)) in \(scene.frame(other.ike.first))"
  }
}
