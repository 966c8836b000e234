import Bytes
import ISAKMP
import Tracking

extension Cause {
  /// Lifetimes disagree, and one end expires first.
  static let lifetimeMismatch = Cause(
    id: "lifetime_mismatch", family: .liveness, severity: .warning,
    title: "The lifetimes differ",
    meaning: """
      The end with the shorter lifetime deletes the SA, without a new one, while the other still \
      counts on it: traffic stops until somebody starts over. A Cisco agrees on the shorter one; \
      others keep their own.
      """,
    shows: """
      A delete long before the negotiated lifetime, at the same age every time, with no rekey \
      before it; RESPONDER-LIFETIME with another value.
      """,
    remedy: Remedy(
      "Give both ends the same lifetimes.",
      asa:
        "crypto map MAP SEQ set security-association lifetime seconds 3600; crypto ikev1 policy NUMBER, lifetime 86400",
      ios:
        "crypto map MAP SEQ, set security-association lifetime seconds 3600; crypto isakmp policy NUMBER, lifetime 86400"
    ),
    lookAlikes: ["rekey_collision"], explains: ["stale_spi_used", "phase1_gone_phase2_lives"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  for child in tunnel.ike.children {
    guard let end = child.deletedAt, let by = child.deletedBy, child.rekeyedBy == nil,
      let agreed = child.lifetimeSeconds ?? configured(by.peer, tunnel),
      !isReplaced(child, tunnel), !goesWithIKE(end, tunnel)
    else { continue }
    let age = end.time.since(child.first.time)
    guard age >= 5_000_000_000, age / 1_000_000_000 < Int64(clamping: agreed) * 8 / 10 else {
      continue
    }
    let round = abs(age - (age + 500_000_000) / 1_000_000_000 * 1_000_000_000) < 60_000_000
    var text =
      "\(tunnel.address(by)) deleted the child SA after \(seconds(age))"
      + (round ? ", to the second as a timer does, and" : "")
      + " without a new one, although \(agreed) s were agreed on"
    let own = tunnel.policy(by)?.childLifetimeSeconds
    // Two seconds: what a busy device may be late.
    let isTimer = own.map { abs(age / 1_000_000_000 - Int64(clamping: $0)) <= 2 } ?? false
    text += round && !isTimer ? ": its own lifetime is most likely shorter." : "."
    if let own { text += " Its configuration says \(own) s." }
    let answer = Answer(
      isTimer ? .certain : round ? .likely : .possible, text, side: .both,
      evidence: [Evidence(end, "the delete"), Evidence(child.first, "the child's negotiation")]
    )
    .rulingOut(
      RuledOut("rekey_collision", "nobody tried to rekey"),
      RuledOut("peer_dead", "the peer itself says that it deletes")
    )
    .citing(tunnel.lines(.lifetime))
    return own == nil ? answer.needing(.config) : answer
  }
  return nil
}

private func configured(_ role: Role, _ tunnel: TunnelFacts) -> UInt64? {
  guard tunnel.isV1 else { return nil }
  return tunnel.policy(role)?.childLifetimeSeconds.map { UInt64(max(0, $0)) }
}

/// A newer child took its place.
private func isReplaced(_ child: ChildSA, _ tunnel: TunnelFacts) -> Bool {
  tunnel.ike.children.contains { other in
    other !== child
      && (other.rekeys === child
        || other.state != .refused && child.first.isBefore(other.first)
          && other.selectorsOfInitiator == child.selectorsOfInitiator
          && other.selectorsOfResponder == child.selectorsOfResponder)
  }
}

/// The IKE SA was deleted along with it: somebody took the tunnel down.
private func goesWithIKE(_ end: Sighting, _ tunnel: TunnelFacts) -> Bool {
  guard let deleted = tunnel.ike.deletedAt else { return false }
  return abs(deleted.time.since(end.time)) < 2_000_000_000
}
