import Bytes
import ISAKMP
import Tracking

extension Cause {
  /// A message breaks its format.
  static let malformedMessage = Cause(
    id: "malformed_message", family: .protocolErrors, severity: .error,
    title: "A message breaks the protocol",
    meaning: """
      A message does not follow RFC 2408 or RFC 7296: a fault of the sender, or of something on \
      the way that changes it (an application gateway, a middlebox).
      """,
    shows: """
      A length, a number or a count that cannot be; or PAYLOAD_MALFORMED (16), INVALID_SYNTAX (7), \
      UNSUPPORTED_CRITICAL_PAYLOAD (1) in answer. IOS: "failed its sanity check or is malformed", \
      "reserved not zero on payload".
      """,
    remedy: Remedy(
      "Update the sender, and switch off IPsec helpers (ALG) on routers between the ends.",
      asa: "no inspect ipsec-pass-thru"),
    lookAlikes: ["psk_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let broken = tunnel.messages.passing {
    !$0.isOrdinary && $0.malformed != nil && $0.missing == 0
  }
  if let first = broken.first, let why = first.malformed, !isCutShort(why) {
    var answer = Answer(
      .certain,
      "\(first.label) of \(tunnel.address(first.from)) breaks its format (\(scene.frame(first.sighting))): "
        + "\(why).",
      side: Side(first.from), evidence: broken.prefix(8).map { Evidence($0.sighting, $0.label) }
    )
    .rulingOut(RuledOut("psk_mismatch", "the broken part is in clear"))
    // A repetition was sound: one damaged packet, not a faulty sender.
    if tunnel.isEstablished { answer.severity = .warning }
    return answer
  }
  let complaint = tunnel.notifies(.malformed, .criticalPayload).first {
    $0.isProtected || !looksLikeWrongKey($0, tunnel)
  }
  guard let complaint else { return nil }
  return Answer(
    .likely,
    "\(tunnel.address(complaint.from)) finds a message of \(tunnel.address(complaint.from.peer)) "
      + "malformed: \(complaint.notify.name) (\(complaint.notify.type)).",
    side: Side(complaint.from.peer),
    evidence: [Evidence(complaint.sighting, complaint.notify.name)])
}

/// The capture holds less than was sent: nobody's fault.
private func isCutShort(_ error: WireError) -> Bool { error.boundedBy == "the captured length" }

/// In main mode with a pre-shared key this complaint about MM5 means the key.
private func looksLikeWrongKey(_ notify: SeenNotify, _ tunnel: TunnelFacts) -> Bool {
  tunnel.isV1 && tunnel.refusal(.authentication) != nil
}
