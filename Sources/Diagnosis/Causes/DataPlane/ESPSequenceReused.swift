import Bytes
import Tracking

extension Cause {
  /// The same number with different bytes.
  static let espSequenceReused = Cause(
    id: "esp_sequence_reused", family: .dataPlane, severity: .error,
    title: "One SA has two senders",
    meaning: """
      The same SPI and sequence number came with different bytes: two devices send on one SA, as \
      after a failover without synchronised counters. The receiver drops one of the two, and with \
      counter-mode ciphers (GCM, CTR) the encryption itself is broken.
      """,
    shows: "Equal SPI and sequence number, unlike content.",
    remedy: Remedy(
      "Synchronise the counters of the redundant pair, or rekey at failover.",
      asa: "failover, stateful link; crypto map replay on both units",
      ios: "redundancy stateful for the crypto map; crypto ipsec … replay window at failover"),
    lookAlikes: ["esp_replayed"], explains: ["esp_replayed"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard hasOneSender(flow) else { return nil }
  let unlike = flow.repeats.filter { $0.sameBytes == false }
  guard let first = unlike.first, flow.zeroSequence == nil || unlike.count > 1 else { return nil }
  return Answer(
    .certain,
    "SPI \(spiText(flow)) from \(flow.source) to \(flow.key.destination) uses sequence number "
      + "\(first.sequence) again for another packet (\(scene.frame(first.sighting))): two senders "
      + "share the SA, or its sender lost its counter.",
    side: .local,
    evidence: unlike.map { Evidence($0.sighting, "number \($0.sequence), other bytes") }
  )
  .rulingOut(RuledOut("esp_replayed", "the bytes differ"))
}

/// A group's SA has many senders and no replay protection (RFC 4301 §4.1, RFC 4303 §2.2): its
/// numbers say nothing.
func hasOneSender(_ flow: SecurityFlow) -> Bool { !flow.key.destination.isMulticast }
