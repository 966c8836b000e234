import Tracking

extension Cause {
  /// Keys were given that are not this SA's.
  static let keyMaterialWrong = Cause(
    id: "key_material_wrong", family: .dataPlaneNotice, severity: .warning,
    title: "The keys given do not fit",
    meaning: "Keys were given for this SA, and nothing verifies with them: they are another SA's.",
    shows: "Every integrity check fails, or what comes out is no message.",
    remedy: Remedy("Give the keys of this very SA: SPIs and time must fit."),
    lookAlikes: ["esp_integrity_failure"], rule: .scene(find))
}

private func find(_ scene: Scene) -> [Answer] {
  var answers: [Answer] = []
  for tunnel in scene.tunnels where !tunnel.isOpened && !tunnel.ike.misfits.isEmpty {
    var answer = Answer(
      .certain,
      "A key was given for the IKE SA of \(tunnel.address(.initiator)) and "
        + "\(tunnel.address(.responder)), and none of its messages opens with it.",
      side: .local, evidence: tunnel.ike.misfits.prefix(4).map { Evidence($0, "does not open") })
    answer.tunnel = tunnel
    answers.append(answer)
  }
  for flow in scene.input.securityFlows
  where flow.integrityBad > 0 && flow.integrityGood == 0 && flow.verifiedOtherwise.isEmpty {
    var answer = Answer(
      flow.integrityBad >= 3 ? .certain : .likely,
      "None of \(count(flow.integrityBad, "packet")) of SPI \(spiText(flow)) to "
        + "\(flow.key.destination) verifies with the key given for it.",
      side: .local, evidence: flow.badSightings.prefix(4).map { Evidence($0, "does not verify") })
    answer.tunnel = scene.facts(of: flow.child?.ikeSA)
    answers.append(answer)
  }
  return answers
}
