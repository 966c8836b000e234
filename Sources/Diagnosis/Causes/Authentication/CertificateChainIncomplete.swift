import Timeline
import Tracking

extension Cause {
  /// An intermediate certificate is missing.
  static let certificateChainIncomplete = Cause(
    id: "certificate_chain_incomplete", family: .authentication, severity: .error,
    title: "An intermediate certificate is missing",
    meaning: """
      The certificate was issued by an intermediate authority, and neither was that authority's \
      certificate sent nor does the other end hold it.
      """,
    shows: """
      One CERT payload whose issuer is none of the authorities asked for, while the peer does ask \
      for the root above it. strongSwan: "no issuer certificate found for …".
      """,
    remedy: Remedy(
      "Send the chain, or import the intermediate certificate at the other end.",
      asa:
        "crypto map MAP SEQ set trustpoint TRUSTPOINT chain; ikev2 local-authentication certificate TRUSTPOINT chain",
      ios: "crypto pki trustpoint TRUSTPOINT, chain-validation stop"),
    lookAlikes: ["certificate_untrusted"],
    explains: ["authentication_failed", "certificate_untrusted"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = CertificateFailure(tunnel, scene), let own = problem.own,
    problem.sent.count == 1, own.issuer != own.subject
  else { return nil }
  // Whoever asks for a root by name and gets a certificate of the same organisation's other
  // authority lacks what stands between the two.
  let root = problem.issuerNotAskedFor ? rootOfSameOrganisation(own.issuer, problem) : nil
  guard root != nil || !problem.issuerNotAskedFor && isIntermediate(own.issuer) else { return nil }
  var text =
    "\(tunnel.address(problem.owner)) sends its certificate alone; it was issued by "
    + "\"\(own.issuer)\", and the certificate of that authority was not sent."
  if let root {
    text += " \(tunnel.address(problem.refusal.by)) asks for \"\(root)\", of the same organisation."
  }
  return Answer(
    root != nil ? .likely : .possible, text, side: Side(problem.owner),
    evidence: problem.evidence("one certificate")
  )
  .rulingOut(
    RuledOut(
      "certificate_untrusted",
      root != nil
        ? "the authority asked for is of the same organisation" : "a root above it may be trusted")
  )
  .citing(tunnel.lines(.trustpoint))
}

/// An authority that was asked for and has the issuer's organisation (`O=`).
private func rootOfSameOrganisation(_ issuer: String, _ problem: CertificateFailure) -> String? {
  guard let own = organisation(of: issuer) else { return nil }
  return problem.requests.lazy.compactMap(\.authorityName).first { organisation(of: $0) == own }
}

private func organisation(of name: String) -> Substring? {
  name.split(separator: ",").lazy.map { $0.drop { $0 == " " } }.first { $0.hasPrefix("O=") }
}

/// Names by which authorities below a root are known.
private func isIntermediate(_ name: String) -> Bool {
  let lower = name.lowercased()
  return ["intermediate", "issuing", "sub ca", "subca", "sub-ca", "subordinate"].contains {
    lower.contains($0)
  }
}
