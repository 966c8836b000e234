import ISAKMP
import Tracking

extension Cause {
  /// The counter is close to its end.
  static let espSequenceExhausted = Cause(
    id: "esp_sequence_exhausted", family: .dataPlane, severity: .warning,
    title: "The sequence numbers run out",
    meaning: """
      Without extended sequence numbers an SA ends at 2^32 packets; a sender that has not rekeyed \
      by then must stop. Number 0 is never sent by a sound device.
      """,
    shows: "Sequence numbers close to 4294967295, or a 0.",
    remedy: Remedy(
      "Rekey earlier (by volume), or use extended sequence numbers on both ends.",
      asa: "crypto map MAP SEQ set security-association lifetime kilobytes 4608000",
      ios:
        "crypto map MAP SEQ, set security-association lifetime kilobytes 4608000; esn in the transform set"
    ),
    lookAlikes: ["esp_sequence_reused", "esp_replayed"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard hasOneSender(flow) else { return nil }
  if flow.child?.chosen?.first(.esn).map({ $0.id != 0 }) ?? false { return nil }
  // A high half that verified shows that the number is extended.
  if flow.counters.highHalfSeen != nil { return nil }
  if let zero = flow.zeroSequence, flow.window.wraps == 0, flow.packets > 1 {
    return Answer(
      .certain,
      "\(flow.source) sends sequence number 0 on SPI \(spiText(flow)), which no sender may.",
      side: .local, evidence: [Evidence(zero, "sequence number 0")])
  }
  guard flow.window.highest > 0xf000_0000 || flow.window.wraps > 0 else { return nil }
  return Answer(
    flow.child?.chosen == nil ? .possible : .likely,
    "SPI \(spiText(flow)) from \(flow.source) to \(flow.key.destination) has reached sequence "
      + "number \(flow.window.highest)"
      + (flow.window.wraps > 0 ? " after passing 2^32" : ", close to 2^32") + ".",
    side: .local,
    evidence: [Evidence(flow.last, "the highest number"), Evidence(flow.first, "the first")]
  )
  .needing(.ikeKeys)
}
