import Timeline
import Tracking

extension Cause {
  /// The responder has nothing for this peer.
  static let noConfigForPeer = Cause(
    id: "no_config_for_peer", family: .noAnswer, severity: .error,
    title: "The responder has nothing for this peer",
    meaning: """
      The responder is alive and has no entry, key or tunnel-group for the address that asks. \
      Devices differ: some refuse at once, and some keep silent.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN at once, whatever is offered, or silence, while other peers are answered. \
      strongSwan: "no IKE config found". ASA: "Can't find a valid tunnel group, aborting...!", \
      "No Cert and No Keys with Remote Peer". libreswan: "no connection has been authorized".
      """,
    remedy: Remedy(
      "Give the responder an entry for the address this peer comes from, which may be a NAT's.",
      asa:
        "tunnel-group ADDRESS type ipsec-l2l with a pre-shared-key, and set peer ADDRESS in a crypto map entry",
      ios:
        "crypto isakmp key KEY address ADDRESS (or a keyring), and set peer ADDRESS in a crypto map entry"
    ),
    lookAlikes: ["phase1_proposal_mismatch", "peer_not_answering"],
    explains: ["peer_not_answering", "phase1_proposal_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished else { return nil }
  if let answer = fromConfiguration(tunnel, scene) { return answer }
  // Alive, and silent to this one: only with the same version answered for several others.
  guard let stall = silence(tunnel, scene), let other = scene.answersOthers(tunnel),
    other.ike.version == tunnel.ike.version, other.ike.mode == tunnel.ike.mode
  else { return nil }
  let text =
    "\(tunnel.address(.responder)) answers \(other.address(.initiator)) "
    + "(\(scene.frame(other.ike.first))) and keeps silent towards "
    + "\(tunnel.address(.initiator)), which asked \(times(stall.times)): it most likely has no "
    + "entry for that address, unless the path from there alone is filtered."
  return Answer(
    .possible, text, side: .responder, evidence: stall.evidence("without an answer")
  )
  .rulingOut(RuledOut("peer_port_unreachable", "it answers others on that port"))
  .needing(.config)
}

/// The responder's configuration knows no such peer.
private func fromConfiguration(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let policy = tunnel.policy(.responder), policy.knowsPeer == false else { return nil }
  let refusal = tunnel.refusal(.offer) ?? tunnel.refusal(.authentication)
  let stall = silence(tunnel, scene)
  guard refusal != nil || stall != nil else { return nil }
  let asker = tunnel.address(.initiator)
  let answered = refusal.map {
    "answered with \($0.notifyName ?? "a refusal") in \(scene.frame($0.reply.sighting))"
  }
  let text =
    "The responder's configuration \(policy.name) has no crypto map entry, key or tunnel-group for "
    + "\(asker); it \(answered ?? "did not answer")."
  let evidence =
    refusal?.evidence("from an address without an entry", "refused")
    ?? stall?.evidence("without an answer") ?? []
  return Answer(refusal != nil ? .certain : .likely, text, side: .responder, evidence: evidence)
    .rulingOut(
      policy.phase1?.verdict == "accept"
        ? RuledOut("phase1_proposal_mismatch", "the offer fits a policy of the configuration")
        : nil
    )
    .citing(policy.lines[.peer] ?? [])
}
