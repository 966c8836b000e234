import Bytes
import Tracking

extension Cause {
  /// After a rekey or delete the sender keeps the old SPI.
  static let staleSPIUsed = Cause(
    id: "stale_spi_used", family: .dataPlane, severity: .warning,
    title: "An old SPI is still in use",
    meaning: """
      The SA was deleted or replaced, and its sender goes on with the old SPI: the receiver drops \
      these packets.
      """,
    shows: "ESP with an SPI after the delete of that SPI, seconds later and more.",
    remedy: Remedy(
      "Clear the SAs of this peer at the sender; update it if it does so at every rekey.",
      asa: "clear crypto ipsec sa peer ADDRESS", ios: "clear crypto sa peer ADDRESS"),
    lookAlikes: ["peer_lost_sa"], explains: ["esp_one_way"], rule: .child(find))
}

private func find(_ child: ChildSA, _ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard child.link != .addresses, let end = child.deletedAt else { return nil }
  for flow in child.flows {
    let late = flow.last.time.since(end.time)
    guard late > 3_000_000_000 else { continue }
    return Answer(
      .certain,
      "\(flow.source) still sends with SPI \(spiText(flow)) \(seconds(late)) after the SA was "
        + "deleted in \(scene.frame(end)).",
      side: Side(flow.source == tunnel.ike.initiator.address ? .initiator : .responder),
      evidence: [Evidence(end, "the delete"), Evidence(flow.last, "the old SPI")]
    )
    .rulingOut(RuledOut("peer_lost_sa", "the SA was deleted by a message"))
  }
  return nil
}
