import Bytes
import Tracking

extension Cause {
  /// The IKE SA ended, its child goes on.
  static let phase1GonePhase2Lives = Cause(
    id: "phase1_gone_phase2_lives", family: .liveness, severity: .warning,
    title: "Phase 2 goes on without phase 1",
    meaning: """
      The IKEv1 SA was deleted and its child SAs live on: they carry traffic, and nobody can rekey \
      them or tell that the peer is dead.
      """,
    shows: "A delete of the ISAKMP SA, ESP for long after it, and no new phase 1.",
    remedy: Remedy(
      "Give phase 1 a longer lifetime than phase 2.",
      asa:
        "crypto ikev1 policy NUMBER, lifetime 86400; set security-association lifetime seconds 28800",
      ios: "crypto isakmp policy NUMBER, lifetime 86400"),
    lookAlikes: ["peer_dead"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isV1, let end = tunnel.ike.deletedAt, tunnel.isEstablished,
    !scene.siblings(of: tunnel).contains(where: {
      $0.isEstablished
        && ($0.ike.establishedAt.map { end.time.since($0.time) < 60_000_000_000 } ?? false)
        && $0.ike.deletedAt == nil
    })
  else { return nil }
  let living = tunnel.ike.children.first { child in
    child.deletedAt == nil
      && child.flows.contains { $0.last.time.since(end.time) > 20_000_000_000 }
  }
  guard let living, let flow = living.flows.max(by: { $0.last.isBefore($1.last) }) else {
    return nil
  }
  return Answer(
    .likely,
    "The ISAKMP SA was deleted in \(scene.frame(end)), and its child SA still carried traffic "
      + "\(seconds(flow.last.time.since(end.time))) later: it cannot be rekeyed.",
    side: .both, evidence: [Evidence(end, "the delete"), Evidence(flow.last, "ESP goes on")]
  )
  .citing(tunnel.lines(.lifetime))
}
