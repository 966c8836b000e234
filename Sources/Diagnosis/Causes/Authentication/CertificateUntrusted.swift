import Timeline
import Tracking

extension Cause {
  /// The issuer is none that the peer trusts.
  static let certificateUntrusted = Cause(
    id: "certificate_untrusted", family: .authentication, severity: .error,
    title: "The certificate's issuer is not trusted",
    meaning: """
      The certificate was issued by an authority that the other end neither asks for nor holds.
      """,
    shows: """
      Requests for certificates of other authorities, then AUTHENTICATION_FAILED or \
      INVALID_CERTIFICATE. strongSwan: "no trusted RSA public key found". ASA: "Certificate \
      validation failed". IOS: "Certificate chain validation has failed", "unable to get issuer \
      certificate".
      """,
    remedy: Remedy(
      "Import the issuer's certificate at the end that refuses, or enroll with an authority it trusts.",
      asa: "crypto ca trustpoint TRUSTPOINT, crypto ca authenticate TRUSTPOINT",
      ios: "crypto pki trustpoint TRUSTPOINT, crypto pki authenticate TRUSTPOINT"),
    lookAlikes: ["certificate_expired", "phase1_id_mismatch"],
    explains: ["authentication_failed"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = CertificateFailure(tunnel, scene) else { return nil }
  let saysSo = problem.refusal.says(.invalidCertificate, .unknownAuthority)
  guard problem.issuerNotAskedFor || saysSo else { return nil }
  let issuer = problem.own.map { " was issued by \"\($0.issuer)\"" } ?? " has an issuer"
  let text =
    "The certificate of \(tunnel.address(problem.owner))\(issuer), an authority that "
    + "\(tunnel.address(problem.refusal.by)) does not ask for"
    + (problem.refusal.notifyName.map {
      "; it answers \(problem.refusal.request.label) with \($0)."
    }
      ?? ".")
  var evidence = problem.evidence("the certificate")
  evidence += problem.requests.map { Evidence($0.sighting, "asks for certificates of others") }
  return Answer(
    saysSo ? .certain : .likely, text, side: Side(problem.owner), evidence: evidence
  )
  .rulingOut(
    problem.own.flatMap {
      isValid($0, at: problem.refusal.request)
        ? RuledOut("certificate_expired", "it is valid until \($0.notAfter.prefix(10))") : nil
    },
    RuledOut("psk_mismatch", "the proof is a signature")
  )
  .citing(tunnel.lines(.trustpoint))
}
