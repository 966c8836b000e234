import Tracking

extension Cause {
  /// Each packet seen twice: the capture point sees both sides of a hop.
  static let captureDuplicate = Cause(
    id: "capture_duplicate", family: .dataPlaneNotice, severity: .info,
    title: "The capture holds packets twice",
    meaning: """
      Packets appear twice within a moment: the capture point sees both sides of a hop (several \
      interfaces, a mirror of both directions). It is no fault of the tunnel.
      """,
    shows: "The same packet again within a millisecond.",
    remedy: Remedy("Capture on one interface; nothing else to mend."),
    lookAlikes: ["esp_replayed"], rule: .scene(find))
}

private func find(_ scene: Scene) -> [Answer] {
  let flows = scene.input.securityFlows.filter { flow in
    flow.repeats.contains(where: isImmediate)
  }
  guard let first = flows.first,
    let sample = first.repeats.first(where: isImmediate)
  else { return [] }
  return [
    Answer(
      .likely,
      "Packets of \(count(flows.count, "ESP flow")) appear twice within a millisecond: the capture "
        + "sees them on both sides of a hop.",
      side: .local, evidence: [Evidence(sample.sighting, "the same packet again")]
    )
    .rulingOut(RuledOut("esp_replayed", "the copies come at once"))
  ]
}
