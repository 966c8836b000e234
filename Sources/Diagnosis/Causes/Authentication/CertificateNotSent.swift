import Registries
import Tracking

extension Cause {
  /// A certificate was asked for and none came.
  static let certificateNotSent = Cause(
    id: "certificate_not_sent", family: .authentication, severity: .error,
    title: "A certificate was asked for and none was sent",
    meaning: """
      One end asks for a certificate, the other signs and sends none: no trustpoint is bound to \
      this peer, or sending is switched off.
      """,
    shows: "CERTREQ from one end, a signature and no CERT from the other, then a refusal.",
    remedy: Remedy(
      "Bind the trustpoint that holds the certificate to this peer.",
      asa:
        "tunnel-group GROUP ipsec-attributes, trust-point TRUSTPOINT; ikev2 local-authentication certificate TRUSTPOINT; crypto map MAP SEQ set trustpoint TRUSTPOINT",
      ios:
        "crypto ikev2 profile, pki trustpoint TRUSTPOINT; crypto isakmp profile, ca trust-point TRUSTPOINT"
    ),
    lookAlikes: ["certificate_untrusted"], explains: ["authentication_failed"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished, let failure = tunnel.authenticationFailure(scene),
    let refusal = failure.refusal, refusal.request.opening == .opened,
    let request = tunnel.ike.certificateRequests.first(where: { $0.from == refusal.by }),
    !tunnel.ike.certificates.contains(where: { $0.from == refusal.by.peer }),
    signs(refusal.request, tunnel)
  else { return nil }
  let text =
    "\(tunnel.address(refusal.by)) asks for a certificate, and \(tunnel.address(refusal.by.peer)) "
    + "sends none with its signature in \(refusal.request.label)."
  return Answer(
    .certain, text, side: Side(refusal.by.peer),
    evidence: failure.evidence + [Evidence(request.sighting, "asks for a certificate")]
  )
  .rulingOut(RuledOut("certificate_untrusted", "there is no certificate to trust"))
  .citing(tunnel.lines(.trustpoint))
}

/// True when the message proves its sender by a signature.
private func signs(_ message: SeenMessage, _ tunnel: TunnelFacts) -> Bool {
  if let method = tunnel.method { return method.baseMethod != "psk" }
  return message.innerTypes.contains(PayloadType.certReqV2.rawValue)
    && message.innerTypes.contains(PayloadType.authV2.rawValue)
}
