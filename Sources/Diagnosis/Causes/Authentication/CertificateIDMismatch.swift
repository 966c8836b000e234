import Bytes
import ISAKMP
import Registries
import Timeline
import Tracking

extension Cause {
  /// The identity is not in the certificate.
  static let certificateIDMismatch = Cause(
    id: "certificate_id_mismatch", family: .authentication, severity: .error,
    title: "The identity is not in the certificate",
    meaning: """
      The identity that the owner claims is neither the certificate's subject nor one of its \
      alternative names, so the certificate proves nothing about it.
      """,
    shows: """
      An ID payload that no subject or subjectAltName matches. strongSwan: "no trusted … public key \
      found for 'ID'", "ID not confirmed by certificate". ASA: "peer-id-validate" failures.
      """,
    remedy: Remedy(
      "Send the certificate's subject as the identity, or put the identity into subjectAltName.",
      asa: "crypto isakmp identity auto; tunnel-group, peer-id-validate cert",
      ios: "identity local dn in the IKEv2 profile; crypto isakmp identity dn"),
    lookAlikes: ["phase1_id_mismatch"],
    explains: ["authentication_failed", "phase1_id_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = CertificateFailure(tunnel, scene), !problem.issuerNotAskedFor,
    let own = problem.own, let identity = tunnel.ike.identity(of: problem.owner),
    identity.type.rawValue != 9, !own.names.isEmpty || !own.subject.isEmpty
  else { return nil }
  let value = identity.address?.description ?? printable(identity.data)
  let isNamed =
    own.names.contains { $0 == value || $0.hasSuffix(":\(value)") } || own.subject.contains(value)
  guard !isNamed, !value.isEmpty else { return nil }
  let names = own.names.isEmpty ? "no alternative names" : "the names \(list(own.names))"
  let text =
    "\(tunnel.address(problem.owner)) claims to be \(identityText(identity)); its certificate is "
    + "for \"\(own.subject)\" with \(names)."
  return Answer(
    .likely, text, side: Side(problem.owner),
    evidence: problem.evidence("identity and certificate")
  )
  .rulingOut(RuledOut("certificate_untrusted", "its issuer is one that was asked for"))
  .citing(tunnel.lines(.identity, .trustpoint))
}
