import Tracking

extension Cause {
  /// The integrity check fails on some packets.
  static let espIntegrityFailure = Cause(
    id: "esp_integrity_failure", family: .dataPlane, severity: .error,
    title: "Some ESP packets are damaged",
    meaning: """
      The integrity check of some packets fails while others pass: they were changed on the way, \
      by a faulty link, a middlebox, or somebody. The receiver drops them.
      """,
    shows: """
      With ESP keys: a wrong ICV on some packets. IOS: "%CRYPTO-4-RECVD_PKT_MAC_ERR", "HMAC \
      verification failed". ASA: "%ASA-4-402118".
      """,
    remedy: Remedy("Find the link or device on the path that changes packets."),
    lookAlikes: ["esn_mismatch", "key_material_wrong"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard flow.integrityBad > 0, flow.integrityGood > 0, flow.verifiedOtherwise.isEmpty else {
    return nil
  }
  return Answer(
    .certain,
    "The integrity check fails on \(flow.integrityBad) of "
      + "\(flow.integrityBad + flow.integrityGood) packets of SPI \(spiText(flow)) from "
      + "\(flow.source) to \(flow.key.destination): they were changed on the way.",
    side: .path, evidence: flow.badSightings.map { Evidence($0, "wrong integrity value") }
  )
  .rulingOut(RuledOut("key_material_wrong", "the other packets verify with the same key"))
}
