import ISAKMP
import Registries
import Tracking

extension Cause {
  /// One end speaks IKEv1, the other IKEv2.
  static let ikeVersionMismatch = Cause(
    id: "ike_version_mismatch", family: .phase1Refused, severity: .error,
    title: "The ends speak different IKE versions",
    meaning: "One end negotiates by IKEv1 and the other by IKEv2.",
    shows: """
      INVALID_MAJOR_VERSION in answer to the first message, or one version unanswered while the \
      other works between the same two addresses.
      """,
    remedy: Remedy(
      "Configure the same IKE version at both ends.",
      asa:
        "crypto ikev1 enable OUTSIDE or crypto ikev2 enable OUTSIDE, vpn-tunnel-protocol ikev1 ikev2 in the group-policy, set ikev1 transform-set or set ikev2 ipsec-proposal",
      ios: "set ikev2-profile in the crypto map for IKEv2, none for IKEv1"),
    lookAlikes: ["peer_not_answering"],
    explains: ["peer_not_answering", "no_config_for_peer", "phase1_proposal_mismatch"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished else { return nil }
  let (mine, other) = tunnel.isV1 ? ("IKEv1", "IKEv2") : ("IKEv2", "IKEv1")
  if let notify = tunnel.notifies(.invalidMajorVersion).first {
    let text =
      "\(tunnel.address(notify.from)) refuses \(mine) with INVALID_MAJOR_VERSION (5): "
      + "it wants \(other)."
    let asked = tunnel.firstMessage.map { [Evidence($0.sighting, "\($0.label) of \(mine)")] }
    return Answer(
      .certain, text, side: .both,
      evidence: [Evidence(notify.sighting, "INVALID_MAJOR_VERSION (5)")] + (asked ?? [])
    )
    .rulingOut(RuledOut("peer_not_answering", "it answers, with a refusal"))
    .citing(tunnel.lines(.enable))
  }
  return unanswered(tunnel, scene, mine, other)
}

/// Silence for one version, with proof that the other one is spoken.
private func unanswered(
  _ tunnel: TunnelFacts, _ scene: Scene, _ mine: String, _ other: String
) -> Answer? {
  guard let stall = silence(tunnel, scene) else { return nil }
  let evidence = stall.evidence("without an answer")
  let version = tunnel.isV1 ? 1 : 2
  if let policy = tunnel.policy(.responder), !policy.versions.isEmpty,
    !policy.versions.contains(version)
  {
    let text =
      "\(tunnel.address(.responder)) does not answer \(mine), and its configuration "
      + "\(policy.name) enables only \(other)."
    return Answer(.likely, text, side: .both, evidence: evidence)
      .citing(policy.lines[.enable] ?? [])
  }
  let sibling = scene.siblings(of: tunnel).first {
    $0.ike.version != tunnel.ike.version && $0.isAnswered
      && $0.ike.firstResponder.address == tunnel.ike.firstResponder.address
  }
  guard let sibling else { return nil }
  let text =
    "\(tunnel.address(.responder)) answers \(other) from \(tunnel.address(.initiator)) "
    + "(\(scene.frame(sibling.ike.first))) and keeps silent when asked by \(mine)."
  return Answer(.likely, text, side: .both, evidence: evidence)
    .rulingOut(RuledOut("peer_not_answering", "the other version is answered on the same path"))
    .needing(.config)
}
