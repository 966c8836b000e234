import Tracking

extension Cause {
  /// The same packet again.
  static let espReplayed = Cause(
    id: "esp_replayed", family: .dataPlane, severity: .warning, title: "ESP packets appear again",
    meaning: """
      Packets that had passed come again, byte for byte: something on the path duplicates them, or \
      somebody plays them back. The receiver's anti-replay check drops them.
      """,
    shows: """
      The same SPI and sequence number with the same bytes, later. ASA: "replay check failed", \
      "%ASA-4-402119". IOS: "%CRYPTO-4-PKT_REPLAY_ERR".
      """,
    remedy: Remedy(
      """
      Find what duplicates packets (a bridge loop, a mirror port that feeds back, load balancing); \
      if nothing does, somebody tests or attacks.
      """
    ),
    lookAlikes: ["capture_duplicate", "esp_out_of_order"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard hasOneSender(flow) else { return nil }
  let same = flow.repeats.filter { $0.sameBytes != false && !isImmediate($0) }
  guard let first = same.first else { return nil }
  // Old numbers of which nothing is remembered are no proof by themselves.
  guard same.contains(where: { $0.sameBytes == true }) || same.count >= 3 else { return nil }
  let numbers = same.prefix(6).map { String($0.sequence) }
  let text =
    "\(count(flow.duplicates, "packet")) of SPI \(spiText(flow)) from \(flow.source) to "
    + "\(flow.key.destination) came again with sequence numbers already seen "
    + "(\(list(numbers))), "
    + (first.after.map { "\(seconds($0)) after the first time" } ?? "later")
    + ", and the same bytes."
  return Answer(
    .certain, text, side: .path,
    evidence: same.map { Evidence($0.sighting, "sequence number \($0.sequence) again") }
  )
  .rulingOut(
    RuledOut("capture_duplicate", "the copies come long after, and not of every packet"),
    RuledOut("esp_sequence_reused", "the bytes are the same"))
}

/// A copy within a millisecond is the capture's work, not the path's.
func isImmediate(_ repeated: RepeatedPacket) -> Bool {
  repeated.sameBytes != false && repeated.after.map { $0 < 1_000_000 } ?? false
}
