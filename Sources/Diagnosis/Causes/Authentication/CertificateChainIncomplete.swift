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
        "crypto map NAME SEQ set trustpoint TP chain; ikev2 local-authentication certificate TP chain",
      ios: "crypto pki trustpoint NAME, chain-validation stop"),
    lookAlikes: ["certificate_untrusted"], explains: ["authentication_failed"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = CertificateFailure(tunnel, scene), let own = problem.own,
    problem.sent.count == 1, own.issuer != own.subject, !problem.issuerNotAskedFor
  else { return nil }
  // The refuser asked for an authority whose own certificate the other end did not need to send;
  // what is missing shows only where the issuer is another name than any that was asked for, and
  // shares its organisation with one of them.
  let text =
    "\(tunnel.address(problem.owner)) sends its certificate alone; it was issued by "
    + "\"\(own.issuer)\", and the certificate of that authority was not sent."
  guard isIntermediate(own.issuer) else { return nil }
  return Answer(
    .possible, text, side: Side(problem.owner), evidence: problem.evidence("one certificate")
  )
  .rulingOut(RuledOut("certificate_untrusted", "a root above it may be trusted"))
  .citing(tunnel.lines(.trustpoint))
}

/// Names by which authorities below a root are known.
private func isIntermediate(_ name: String) -> Bool {
  let lower = name.lowercased()
  return ["intermediate", "issuing", "sub ca", "subca", "sub-ca", "subordinate"].contains {
    lower.contains($0)
  }
}
