import ISAKMP
import Tracking

extension Cause {
  /// COOKIE again and again.
  static let cookieLoop = Cause(
    id: "cookie_loop", family: .phase1Refused, severity: .error,
    title: "The COOKIE challenge is never met",
    meaning: """
      The responder is under load and asks the initiator to prove its address by sending a cookie \
      back. The retry lacks the cookie, changes it, or comes from another address or port, so the \
      challenge begins again.
      """,
    shows: "N(COOKIE) in answer to every IKE_SA_INIT, and never an SA.",
    remedy: Remedy(
      """
      Look for a NAT that changes the port between the two messages, or an initiator that does \
      not put the COOKIE notify first in its retry.
      """,
      asa: "crypto ikev2 cookie-challenge 50 at the responder",
      ios: "crypto ikev2 cookie-challenge 50"),
    lookAlikes: ["cookie_challenge"], explains: ["cookie_challenge", "peer_not_answering"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let cookies = tunnel.notifies(.cookie)
  let challenges = cookies.filter { $0.from == .responder }
  guard !tunnel.isEstablished, tunnel.ike.chosen == nil, challenges.count >= 2,
    Set(challenges.map(\.notify.data)).count >= 2 || challenges.count >= 3
  else { return nil }
  let retries = cookies.filter { $0.from == .initiator }
  let why: String
  if retries.isEmpty {
    why = "the retries do not carry it"
  } else if retries.allSatisfy({ retry in
    challenges.contains { $0.notify.data == retry.notify.data }
  }) {
    why = "the responder does not take the cookie that it gave"
  } else {
    why = "the retry carries another cookie than the one given"
  }
  return Answer(
    .certain,
    "\(tunnel.address(.responder)) asked for a cookie \(times(challenges.count)) and no SA "
      + "follows: \(why).",
    side: retries.isEmpty ? .initiator : .path,
    evidence: (challenges + retries).sorted { $0.sighting.isBefore($1.sighting) }.map {
      Evidence($0.sighting, $0.from == .responder ? "COOKIE asked for" : "COOKIE sent back")
    }
  )
  .rulingOut(RuledOut("cookie_challenge", "no retry was accepted"))
}
