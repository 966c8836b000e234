import Bytes
import ISAKMP
import Registries
import Tracking

extension Cause {
  /// An established peer stops answering.
  static let peerDead = Cause(
    id: "peer_dead", family: .liveness, severity: .error, title: "The peer stopped answering",
    meaning: """
      The tunnel worked, and then the peer no longer answers requests inside it: it died, \
      restarted, or the path between broke.
      """,
    shows: """
      The same INFORMATIONAL request (IKEv2), or R-U-THERE after R-U-THERE (IKEv1 DPD), without \
      an answer; then a delete or a new negotiation. ASA: "Lost service", reason "Lost Service" or \
      "Phase 2 Mismatch". strongSwan: "giving up after 5 retransmits".
      """,
    remedy: Remedy(
      "Look whether the peer or the path was down at that time; capture at the peer.",
      asa: "isakmp keepalive threshold 10 retry 2 in the tunnel-group's ipsec-attributes",
      ios: "crypto isakmp keepalive 10 periodic; dpd 10 2 periodic in the IKEv2 profile"),
    lookAlikes: ["peer_lost_sa", "udp4500_filtered"],
    explains: ["esp_one_way", "peer_not_answering", "phase2_refused", "nat_keepalive_missing"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isEstablished || !tunnel.ike.sawFirstMessage else { return nil }
  return tunnel.isV1 ? byProbes(tunnel, scene) : byRequests(tunnel, scene)
}

/// IKEv2: a request that is repeated and never answered.
private func byRequests(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let stalls = tunnel.informationalStalls + tunnel.childStalls
  let dead = stalls.last { stall in
    stall.times >= 3 && stall.exchange.deletes.isEmpty
      && !tunnel.messages.contains {
        $0.from == stall.from.peer && stall.first.isBefore($0.sighting)
      }
  }
  guard let stall = dead else { return nil }
  let heard = tunnel.messages.last { $0.from == stall.from.peer }
  let text =
    "\(tunnel.address(stall.from.peer)) stopped answering: \(stall.message.label) of "
    + "\(tunnel.address(stall.from)) went out \(times(stall.times)) in \(stall.duration) without "
    + "an answer"
    + (heard.map { "; the peer was last heard in \(scene.frame($0.sighting))" } ?? "") + "."
  return Answer(
    stall.certainty, text, side: Side(stall.from.peer),
    evidence: stall.evidence("without an answer")
  )
  .rulingOut(
    RuledOut("peer_lost_sa", "a peer that has lost the SA says so or starts over"),
    heard?.source.port == stall.port
      ? RuledOut("udp4500_filtered", "the peer was heard on the same port before") : nil
  )
  .citing(tunnel.lines(.keepalive))
}

/// IKEv1: R-U-THERE without R-U-THERE-ACK, or informational messages of one end only.
private func byProbes(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let probes = tunnel.notifies(.areYouThere)
  for prober in [Role.initiator, .responder] {
    let asked = probes.filter { $0.from == prober }
    let lastAnswer = tunnel.messages.last { $0.from == prober.peer }?.sighting
    let open = asked.filter { probe in lastAnswer.map { $0.isBefore(probe.sighting) } ?? true }
    guard open.count >= 3, !heardByESP(from: prober.peer, after: open[0].sighting, tunnel) else {
      continue
    }
    return answer(tunnel, prober, open.map(\.sighting), "R-U-THERE", .certain, scene)
  }
  return byShape(tunnel, scene)
}

/// Nothing can be read: encrypted informational messages of one length from one end, again and
/// again, and nothing at all from the other.
private func byShape(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let last = tunnel.messages.last, last.header.exchangeType == .informational else {
    return nil
  }
  let tail = Array(
    tunnel.messages.reversed().prefix {
      $0.from == last.from && $0.header.exchangeType == .informational
        && $0.wireByteCount == last.wireByteCount && $0.opening != .opened
    }.reversed())
  guard tail.count >= 3, !heardByESP(from: last.from.peer, after: tail[0].sighting, tunnel),
    tail[tail.count - 1].sighting.time.since(tail[0].sighting.time) >= 2_000_000_000
  else { return nil }
  return answer(
    tunnel, last.from, tail.map(\.sighting), "an encrypted probe", .likely, scene
  )
  .needing(.ikeKeys)
}

private func answer(
  _ tunnel: TunnelFacts, _ prober: Role, _ sightings: [Sighting], _ what: String,
  _ certainty: Certainty, _ scene: Scene
) -> Answer {
  Answer(
    certainty,
    "\(tunnel.address(prober.peer)) stopped answering: \(tunnel.address(prober)) sent \(what) "
      + "\(times(sightings.count)), from \(scene.frame(sightings[0])) on, and heard nothing.",
    side: Side(prober.peer), evidence: sightings.map { Evidence($0, what) }
  )
  .rulingOut(RuledOut("peer_lost_sa", "a peer that has lost the SA says so or starts over"))
  .citing(tunnel.lines(.keepalive))
}

private func heardByESP(from role: Role, after sighting: Sighting, _ tunnel: TunnelFacts) -> Bool {
  let source = tunnel.ike.endpoint(role).address
  return tunnel.ike.children.flatMap(\.flows).contains {
    $0.lastSource == source && sighting.isBefore($0.last)
  }
}
