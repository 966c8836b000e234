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
    rule: .flow { flow, scene in
      verifiedOtherwise("esn", flow, scene, "with the other setting of extended sequence numbers")
    })
}

/// Packets that verify only in another way than the keys say, while the other direction verifies as
/// they say or is silent. Where both directions verify in the other way, both ends agree on it.
func verifiedOtherwise(
  _ how: String, _ flow: SecurityFlow, _ scene: Scene, _ words: String
) -> Answer? {
  let found = ways(flow, how)
  guard let first = found.first else { return nil }
  let back = reverse(of: flow, scene)
  guard back.map({ ways($0, how).isEmpty }) ?? true else { return nil }
  let verifiesBack = back.map { $0.integrityGood > 0 } ?? false
  var evidence = [Evidence(first.sighting, "verifies \(words)")]
  evidence += found.dropFirst().map { Evidence($0.sighting, "the same") }
  if verifiesBack, let back { evidence.append(Evidence(back.first, "verifies as agreed on")) }
  return Answer(
    verifiesBack ? .certain : .likely,
    "Packets of SPI \(spiText(flow)) from \(flow.source) to \(flow.key.destination) verify only "
      + "\(words)"
      + (verifiesBack ? ", and those of the other direction as agreed on" : "")
      + ": the two ends do not do the same.", side: .both, evidence: evidence
  )
  .rulingOut(RuledOut("esp_integrity_failure", "the packets verify, in the other way"))
}

private func ways(_ flow: SecurityFlow, _ how: String) -> [(how: String, sighting: Sighting)] {
  flow.counters.verifiedOtherwise.filter { $0.how.lowercased().contains(how) }
}

/// The flow of the other direction: of the same child, or between the same two hosts.
private func reverse(of flow: SecurityFlow, _ scene: Scene) -> SecurityFlow? {
  if let child = flow.child {
    return child.flows.first { $0 !== flow && $0.key.destination != flow.key.destination }
  }
  return scene.flows(between: flow.source, flow.key.destination).first {
    $0.source == flow.key.destination && $0.key.destination == flow.source
      && $0.key.ipProtocol == flow.key.ipProtocol
  }
}
