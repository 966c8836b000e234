import Tracking

extension Cause {
  /// R-U-THERE to a peer that never announced it.
  static let dpdNotSupported = Cause(
    id: "dpd_not_supported", family: .liveness, severity: .warning,
    title: "Dead peer detection without the peer's support",
    meaning: """
      One end asks R-U-THERE and the other never announced RFC 3706: it does not answer, and the \
      tunnel is torn down although it works.
      """,
    shows: "R-U-THERE without an answer, and no DPD vendor identifier from the other end.",
    remedy: Remedy(
      "Switch DPD off for this peer, or update it.",
      asa: "isakmp keepalive disable in the tunnel-group's ipsec-attributes",
      ios: "no crypto isakmp keepalive"),
    lookAlikes: ["peer_dead"], explains: ["peer_dead"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isV1, tunnel.ike.sawFirstMessage,
    let probe = tunnel.notifies(.areYouThere).first,
    !tunnel.announces("dpd", probe.from.peer),
    !tunnel.notifies(.areYouThereAck).contains(where: { $0.from == probe.from.peer })
  else { return nil }
  let probes = tunnel.notifies(.areYouThere).filter { $0.from == probe.from }
  guard probes.count >= 2 else { return nil }
  return Answer(
    .certain,
    "\(tunnel.address(probe.from)) asks R-U-THERE \(times(probes.count)), and "
      + "\(tunnel.address(probe.from.peer)) never announced dead peer detection nor answered.",
    side: Side(probe.from), evidence: probes.map { Evidence($0.sighting, "R-U-THERE") }
  )
  .rulingOut(RuledOut("peer_dead", "the peer never said that it would answer"))
  .citing(tunnel.lines(.keepalive))
}
