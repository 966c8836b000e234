import Bytes
import ISAKMP
import Timeline
import Tracking

extension Cause {
  /// The offer for the IKE SA was refused; which attribute, only the responder's policy tells.
  static let phase1ProposalMismatch = Cause(
    id: "phase1_proposal_mismatch", family: .phase1Refused, severity: .error,
    title: "Phase 1: no proposal in common",
    meaning: """
      The responder found none of the offered combinations of cipher, hash, group and \
      authentication in its policies. The refusal never says which attribute is in the way. Some \
      devices send the same refusal to a peer they have no entry for.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN (14) in clear, in answer to the first message. ASA: "All SA proposals \
      found unacceptable". IOS: "atts are not acceptable. Next payload is 0", "no offers \
      accepted!". strongSwan: "no acceptable proposal found", "received NO_PROPOSAL_CHOSEN".
      """,
    remedy: Remedy(
      """
      Compare the policies of both ends attribute by attribute: encryption and key length, hash, \
      group, authentication method, lifetime.
      """,
      asa: "show run crypto ikev1 (ikev2); crypto ikev1 policy NUMBER",
      ios: "show crypto isakmp policy; crypto isakmp policy NUMBER or crypto ikev2 proposal"),
    lookAlikes: ["no_config_for_peer", "phase2_proposal_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  tunnel.isEstablished ? refusedOnce(tunnel, scene) : refused(tunnel, scene)
}

/// Refused in clear, and taken up again with success: it cost time.
private func refusedOnce(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let up = tunnel.ike.establishedAt,
    let notify = tunnel.notifies(.noProposalChosen).first(where: {
      !$0.isProtected && $0.sighting.isBefore(up)
    })
  else { return nil }
  var answer = Answer(
    .certain,
    "\(tunnel.address(notify.from)) refused phase 1 once with \(notify.notify.name) "
      + "(\(notify.notify.type)) in \(scene.frame(notify.sighting)); "
      + "\(seconds(up.time.since(notify.sighting.time))) later the negotiation was done.",
    side: Side(notify.from), evidence: [Evidence(notify.sighting, "no proposal chosen")])
  answer.severity = .warning
  return answer
}

private func refused(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished, let refusal = tunnel.refusedOffer, !looksLikeScan(tunnel, scene)
  else { return nil }
  let comparison = tunnel.phase1Comparison(scene)
  var text =
    "\(tunnel.address(.responder)) refuses every proposal for the IKE SA with "
    + "\(refusal.notifyName ?? "a notify") (\"no acceptable proposal found\"). "
    + "\(tunnel.address(.initiator)) offers \(offersText(tunnel.ike.offered))."
  if let comparison {
    text += " In the way: \(comparison.sentence)."
  } else if tunnel.policy(.responder)?.phase1?.verdict == "accept" {
    text += " The responder's configuration would accept that: it is not the one in force."
  } else {
    text +=
      " The refusal does not say which attribute is in the way; the responder's configuration does."
  }
  let answer = Answer(
    comparison?.certainty ?? .likely, text, side: .both,
    evidence: refusal.evidence("the offer", "no proposal chosen")
  )
  .rulingOut(
    RuledOut("phase2_proposal_mismatch", "it answers the first message"),
    tunnel.policy(.responder)?.knowsPeer == true
      ? RuledOut("no_config_for_peer", "the configuration has an entry for this peer") : nil
  )
  .citing(comparison?.lines ?? tunnel.lines(.ikePolicy))
  return comparison == nil ? answer.needing(.peerConfig) : answer
}
