import Tracking

extension Cause {
  /// One end counts with 64 bits, the other with 32.
  static let esnMismatch = Cause(
    id: "esn_mismatch", family: .dataPlane, severity: .error,
    title: "Extended sequence numbers at one end only",
    meaning: """
      The integrity value includes the high half of a 64-bit sequence number at one end and not at \
      the other, so that the receiver rejects every packet.
      """,
    shows: "With ESP keys: the check passes only with, or only without, the high half.",
    remedy: Remedy(
      "Set extended sequence numbers alike at both ends.",
      ios: "esn in the transform set or IPsec profile"),
    lookAlikes: ["esp_integrity_failure"], explains: ["esp_integrity_failure"],
    rule: .flow {
      verifiedOtherwise("esn", $0, "with the other setting of extended sequence numbers")
    })
}

/// Packets that verify only in another way than negotiated.
func verifiedOtherwise(_ how: String, _ flow: SecurityFlow, _ words: String) -> Answer? {
  let found = flow.verifiedOtherwise.filter { $0.how.lowercased().contains(how) }
  guard let first = found.first, flow.integrityGood == 0 || flow.integrityBad > 0 else {
    return nil
  }
  var evidence = [Evidence(first.sighting, "verifies \(words)")]
  evidence += found.dropFirst().map { Evidence($0.sighting, "the same") }
  return Answer(
    .certain,
    "Packets of SPI \(spiText(flow)) from \(flow.source) to \(flow.key.destination) verify only "
      + "\(words): the two ends do not agree on it.", side: .both, evidence: evidence
  )
  .rulingOut(RuledOut("esp_integrity_failure", "the packets verify, in the other way"))
}

extension Rule {
  /// A rule over flows that needs nothing else.
  static func flow(_ find: @escaping @Sendable (SecurityFlow) -> Answer?) -> Rule {
    .flow { flow, _ in find(flow) }
  }
}
