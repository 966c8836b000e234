import Tracking

extension Cause {
  /// Packets fall outside the replay window.
  static let espOutOfOrder = Cause(
    id: "esp_out_of_order", family: .dataPlane, severity: .warning,
    title: "ESP arrives too late for the replay window",
    meaning: """
      Packets are overtaken by so many others that the receiver's anti-replay window has moved on; \
      it drops them. Quality of service after encryption and several paths do that.
      """,
    shows: """
      Sequence numbers further behind the highest than the window (64 on a Cisco unless \
      configured). IOS: "%CRYPTO-4-PKT_REPLAY_ERR". ASA: "%ASA-4-402119".
      """,
    remedy: Remedy(
      "Widen the window at the receiver, or mend the ordering on the path.",
      asa: "crypto ipsec security-association replay window-size 1024",
      ios: "crypto ipsec security-association replay window-size 1024"),
    lookAlikes: ["esp_replayed"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard hasOneSender(flow) else { return nil }
  guard flow.outsideReplayWindow > 0, let first = flow.lateSightings.first else { return nil }
  // A capture merged from several points is out of order by itself.
  guard flow.outsideReplayWindow * 4 < flow.packets else { return nil }
  return Answer(
    .certain,
    "\(count(flow.outsideReplayWindow, "packet")) of \(flow.packets) of SPI \(spiText(flow)) from "
      + "\(flow.source) to \(flow.key.destination) came more than "
      + "\(scene.input.options.replayWindow) numbers late (first in \(scene.frame(first))): a "
      + "receiver with a window of \(scene.input.options.replayWindow) drops them.",
    side: .path, evidence: flow.lateSightings.map { Evidence($0, "too late") }
  )
  .rulingOut(RuledOut("esp_replayed", "these numbers had not been seen before"))
}
