import Registries
import Timeline
import Tracking

extension Cause {
  /// A child SA was refused and the refusal cannot be read.
  static let phase2Refused = Cause(
    id: "phase2_refused", family: .phase2Refused, severity: .error,
    title: "Phase 2 is refused, for a hidden reason",
    meaning: """
      The IKE SA is up and the child SA (quick mode, or the part of IKE_AUTH or CREATE_CHILD_SA \
      that asks for one) is turned down in an encrypted message. What it says is hidden without \
      keys: transform sets that differ, PFS, proxy identities (crypto ACLs) that are no mirror \
      images, or the mode.
      """,
    shows: """
      QM1, then an encrypted informational, and no QM2; in IKEv2 an answer too short for success. \
      ASA: "QM FSM error", "All IPSec SA proposals found unacceptable!", "Removing peer from \
      correlator table failed, no match!". IOS: "phase 2 SA policy not acceptable!".
      """,
    remedy: Remedy(
      """
      Compare transform sets, PFS, mode and crypto ACLs of both ends (mirror images), or give this \
      report the IKE keys or the peer's configuration to decide.
      """,
      asa: "show run crypto map, show run crypto ipsec, show access-list ACL",
      ios: "show crypto map, show crypto ipsec transform-set, show access-lists ACL"),
    lookAlikes: ["psk_mismatch", "peer_not_answering"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  if let problem = ChildRefusal(tunnel, scene) {
    // Traffic is a better witness than a length.
    if problem.refusal.isHidden, !tunnel.isV1, scene.traffic(of: tunnel) != nil { return nil }
    return refused(problem, tunnel)
  }
  return unanswered(tunnel, scene)
}

private func refused(_ problem: ChildRefusal, _ tunnel: TunnelFacts) -> Answer {
  let refusal = problem.refusal
  let who = tunnel.address(refusal.by)
  var text: String
  if let name = refusal.notifyName {
    text = "\(who) refuses the child SA asked for in \(refusal.request.label) with \(name)."
  } else {
    text =
      "\(who) refuses the child SA asked for in \(refusal.request.label) "
      + (tunnel.isV1
        ? "(\"QM FSM error\", \"All IPSec SA proposals found unacceptable\"): its answer is "
          + "encrypted, and no QM2 follows."
        : "(NO_PROPOSAL_CHOSEN or TS_UNACCEPTABLE): its answer is encrypted, and too short for "
          + "success.")
  }
  let shape =
    refusal.exchange.type == .quick
    ? KEShape(refusal.request, refusal.exchange, tunnel.ike) : nil
  if let sentence = shape?.sentence("QM1") { text += " \(sentence)." }
  let remaining = candidates(problem, shape)
  text += " What remains: \(list(remaining, "or"))."
  return Answer(
    refusal.isHidden ? .likely : .certain, text, side: .both, evidence: problem.evidence()
  )
  .rulingOut(
    RuledOut("psk_mismatch", "phase 1 was completed"),
    RuledOut("peer_not_answering", "the request was answered")
  )
  .citing(problem.lines(.transformSet, .pfs, .accessList))
  .needing(.ikeKeys, .peerConfig)
}

/// What a refusal may mean, less what the message's length and the configuration exclude.
private func candidates(_ problem: ChildRefusal, _ shape: KEShape?) -> [String] {
  var remaining = ["transform sets that differ"]
  let policy = problem.policy
  // IKE_AUTH carries no key exchange: PFS cannot be in the way there.
  let mayBePFS = problem.refusal.exchange.type != .ikeAuth
  if mayBePFS, policy?.requiresPFS != false || shape?.isAbsent == false {
    if shape?.isAbsent ?? false {
      remaining.append("PFS that the responder requires")
    } else {
      remaining.append("PFS or its group")
    }
  }
  remaining += [
    "proxy identities (crypto ACLs) that do not match", "tunnel against transport mode",
  ]
  return remaining
}

/// The request for a child SA is repeated, and the IKE SA lives.
private func unanswered(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let stall = tunnel.childStalls.last, stall.exchange.type == .quick,
    stall.message.step == 1, stall.isOver(at: scene.now), stall.times >= 2,
    !tunnel.ike.children.contains(where: { $0.state == .established }),
    tunnel.exchanges(.transaction).isEmpty
  else { return nil }
  let text =
    "\(tunnel.address(stall.from.peer)) does not answer quick mode: "
    + "\(tunnel.address(stall.from)) sent QM1 \(times(stall.times)) in \(stall.duration). Some "
    + "devices drop a phase 2 that they cannot accept without a word; a peer that has lost the IKE "
    + "SA keeps silent as well."
  return Answer(.possible, text, side: .both, evidence: stall.evidence("without an answer"))
    .rulingOut(RuledOut("psk_mismatch", "phase 1 was completed"))
    .needing(.ikeKeys, .peerConfig)
}
