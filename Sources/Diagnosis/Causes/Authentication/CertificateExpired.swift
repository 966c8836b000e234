import Bytes
import Timeline
import Tracking

extension Cause {
  /// The capture's time lies outside the certificate's validity.
  static let certificateExpired = Cause(
    id: "certificate_expired", family: .authentication, severity: .error,
    title: "The certificate is not valid at this time",
    meaning: """
      The certificate has expired or is not valid yet, by the capture's clock. A wrong clock at \
      one end has the same effect.
      """,
    shows: """
      A certificate whose dates do not include the time of the frame that carries it. strongSwan: \
      "subject certificate invalid (valid from … to …)". ASA and IOS: "Certificate has expired", \
      "validity period starts later than local system date".
      """,
    remedy: Remedy(
      "Enroll anew, and set the clock of both ends by NTP.",
      asa: "crypto ca enroll TRUSTPOINT, ntp server SERVER",
      ios: "crypto pki enroll TRUSTPOINT, ntp server SERVER"),
    lookAlikes: ["certificate_untrusted"],
    explains: ["authentication_failed", "certificate_untrusted"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished else { return nil }
  for record in tunnel.certificates {
    guard let seen = tunnel.ike.certificates.first(where: { $0.sighting.frame == record.frame }),
      let problem = validityProblem(record, at: seen.sighting)
    else { continue }
    let text =
      "The certificate of \(tunnel.address(seen.from)), \"\(record.subject)\", \(problem) "
      + "(valid from \(record.notBefore) to \(record.notAfter); the capture's clock says "
      + "\(seen.sighting.time.rfc3339()))."
    let refusal = tunnel.refusal(.authentication)
    var answer = Answer(
      refusal == nil ? .likely : .certain, text, side: Side(seen.from),
      evidence: [Evidence(seen.sighting, "the certificate")]
        + (refusal?.evidence("carries it", "refused") ?? [])
    )
    .citing(tunnel.lines(.trustpoint))
    if refusal == nil { answer.severity = .warning }
    return answer
  }
  return nil
}

/// What is wrong with a certificate's dates at that time; nil when nothing is.
private func validityProblem(_ record: CertificateRecord, at sighting: Sighting) -> String? {
  let now = sighting.time.rfc3339().prefix(19)
  guard record.notBefore.count >= 19, record.notAfter.count >= 19 else { return nil }
  if now > record.notAfter.prefix(19) { return "has expired" }
  if now < record.notBefore.prefix(19) { return "is not valid yet" }
  return nil
}

/// True when a certificate's dates include the time of a message.
func isValid(_ record: CertificateRecord, at message: SeenMessage) -> Bool {
  validityProblem(record, at: message.sighting) == nil && !record.notAfter.isEmpty
}
