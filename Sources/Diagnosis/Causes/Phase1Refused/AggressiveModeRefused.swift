import ISAKMP
import Timeline
import Tracking

extension Cause {
  /// Aggressive mode is switched off at the responder.
  static let aggressiveModeRefused = Cause(
    id: "aggressive_mode_refused", family: .phase1Refused, severity: .error,
    title: "Aggressive mode is refused",
    meaning: """
      The initiator begins with aggressive mode and the responder takes main mode only: disabled \
      by configuration, or not supported any more.
      """,
    shows: """
      The first message of aggressive mode unanswered or answered by UNSUPPORTED-EXCHANGE-TYPE \
      (29), while main mode works between the same ends.
      """,
    remedy: Remedy(
      "Use main mode (better: IKEv2) at the initiator, or allow aggressive mode at the responder.",
      asa:
        "initiator: no crypto map MAP SEQ set ikev1 phase1-mode aggressive; responder: no crypto ikev1 am-disable",
      ios:
        "initiator: no initiate mode aggressive; responder: no crypto isakmp aggressive-mode disable"
    ),
    lookAlikes: ["peer_not_answering", "no_config_for_peer"],
    explains: ["peer_not_answering", "no_config_for_peer", "phase1_proposal_mismatch"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.ike.mode == .aggressive, !tunnel.isEstablished else { return nil }
  if let notify = tunnel.notifies(.unsupportedExchange, .invalidExchange).first {
    let text =
      "\(tunnel.address(notify.from)) refuses aggressive mode with \(notify.notify.name) "
      + "(\(notify.notify.type))."
    return Answer(
      .certain, text, side: .both,
      evidence: [Evidence(notify.sighting, notify.notify.name)]
        + (tunnel.firstMessage.map { [Evidence($0.sighting, "\($0.label)")] } ?? []))
  }
  guard let stall = silence(tunnel, scene) else { return nil }
  let evidence = stall.evidence("without an answer")
  if let policy = tunnel.policy(.responder), policy.phase1?.reason == "aggressive-mode-disabled" {
    let text =
      "\(tunnel.address(.responder)) does not answer aggressive mode, and its configuration "
      + "\(policy.name) disables it."
    return Answer(.certain, text, side: .both, evidence: evidence)
      .citing(policy.lines[.enable] ?? [])
  }
  let sibling = scene.siblings(of: tunnel).first { $0.ike.mode == .main && $0.isAnswered }
  guard let sibling else { return nil }
  let text =
    "\(tunnel.address(.responder)) answers main mode (\(scene.frame(sibling.ike.first))) and not "
    + "aggressive mode from the same peer."
  return Answer(.likely, text, side: .both, evidence: evidence)
    .rulingOut(RuledOut("peer_not_answering", "main mode is answered on the same path"))
}
