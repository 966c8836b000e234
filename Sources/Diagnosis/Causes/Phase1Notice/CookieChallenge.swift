import Tracking

extension Cause {
  /// A COOKIE, and a retry that carries it.
  static let cookieChallenge = Cause(
    id: "cookie_challenge", family: .phase1Notice, severity: .info,
    title: "The responder asked for a cookie",
    meaning: """
      A responder with many half-open negotiations lets initiators prove their address before it \
      does any work. It costs one round trip and is no fault.
      """,
    shows: "N(COOKIE), and the next IKE_SA_INIT carries it.",
    remedy: Remedy("Nothing to mend. Many of them at once: the responder is under load or attack."),
    lookAlikes: ["cookie_loop"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let challenges = tunnel.notifies(.cookie).filter { $0.from == .responder }
  guard let challenge = challenges.first, tunnel.ike.chosen != nil else { return nil }
  return Answer(
    .certain,
    "\(tunnel.address(.responder)) asked for a cookie, and the retry that carried it was taken.",
    side: .responder,
    evidence: tunnel.notifies(.cookie).prefix(4).map {
      Evidence($0.sighting, $0.from == .responder ? "COOKIE asked for" : "COOKIE sent back")
    } + (challenges.count > 1 ? [] : [Evidence(challenge.sighting, "COOKIE")])
  )
  .rulingOut(RuledOut("cookie_loop", "the negotiation went on"))
}
