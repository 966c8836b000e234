import ISAKMP
import Registries
import Tracking

extension Cause {
  /// EAP ended in failure.
  static let eapFailed = Cause(
    id: "eap_failed", family: .authentication, severity: .error, title: "EAP failed",
    meaning: """
      The user's own authentication inside IKEv2 failed: wrong name or password, an unknown user, \
      or an AAA server that does not answer or does not like the method.
      """,
    shows: """
      EAP-Failure (code 4), then AUTHENTICATION_FAILED; without keys several IKE_AUTH rounds and \
      a last answer too short for success. strongSwan: "received EAP_FAILURE, EAP authentication \
      failed".
      """,
    remedy: Remedy(
      "Check name and password, and what the AAA server logs.",
      asa: "aaa-server, tunnel-group GROUP general-attributes, authentication-server-group",
      ios: "aaa authentication login, crypto ikev2 profile, aaa authentication eap"),
    lookAlikes: ["psk_mismatch"], explains: ["authentication_failed"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished, !tunnel.isV1 else { return nil }
  let rounds = tunnel.exchanges(.ikeAuth)
  if let failure = rounds.flatMap(\.eap).last(where: { $0.packet.code == .failure }) {
    let user = rounds.flatMap(\.eap).compactMap(\.packet.identity).first
    let method = rounds.flatMap(\.eap).compactMap(\.packet.type).last { $0 != .identity }
    let text =
      "EAP\(method.map { " (\($0.name))" } ?? "") failed"
      + (user.map { " for user \"\($0)\"" } ?? "")
      + ": \(tunnel.address(failure.from)) sent EAP-Failure."
    return Answer(
      .certain, text, side: Side(failure.from),
      evidence: [Evidence(failure.sighting, "EAP-Failure")]
        + rounds.compactMap { $0.messages.first.map { Evidence($0.sighting, $0.label) } }
    )
    .rulingOut(RuledOut("psk_mismatch", "the user is asked by EAP"))
  }
  guard rounds.count >= 2, let refusal = tunnel.refusal(.authentication), refusal.isHidden,
    refusal.exchange.messageID > 1
  else { return nil }
  let text =
    "IKE_AUTH took \(rounds.count) rounds, as with EAP, and the last answer is too short for "
    + "success: the user's authentication most likely failed."
  return Answer(.likely, text, side: .responder, evidence: refusal.evidence("a round", "too short"))
    .needing(.ikeKeys)
}
