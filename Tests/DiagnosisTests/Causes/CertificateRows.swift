import TestSupport

extension CauseRow {
  static let certificates: [CauseRow] = [
    CauseRow(
      "certificate_untrusted", .capture("ikev1-rsa-untrusted-ca", keys: true),
      not: .made { signed(expired) }, but: "certificate_expired"),
    CauseRow(
      "certificate_expired", .made { signed(expired) },
      not: .made { signed(CertificateBuilder()) }, but: "authentication_failed"),
    CauseRow(
      "certificate_id_mismatch", .made { signed(CertificateBuilder(), identity: "other.example") },
      not: .made { signed(CertificateBuilder()) }, but: "authentication_failed"),
    CauseRow(
      "certificate_chain_incomplete", .made { signed(ofIssuing("Example")) },
      not: .made { signed(ofIssuing("Elsewhere")) }, but: "certificate_untrusted"),
    CauseRow(
      "certificate_not_sent", .made { signed(nil) },
      not: .made { signed(CertificateBuilder()) }, but: "authentication_failed"),
  ]
}

private var expired: CertificateBuilder {
  var certificate = CertificateBuilder()
  certificate.notAfter = "240101000000Z"
  return certificate
}

/// Issued by an authority below the root that is asked for, or of somebody else.
private func ofIssuing(_ organisation: String) -> CertificateBuilder {
  var certificate = CertificateBuilder()
  certificate.issuer = [("O", organisation), ("CN", "Issuing CA 3")]
  return certificate
}

/// Main mode with signatures: the responder asks for certificates of Example Root, and refuses what
/// the initiator proves.
func signed(_ certificate: CertificateBuilder?, identity: String = "branch.example") -> Made {
  let tunnel = GatewaysV1()
  let transform = GatewaysV1.transform(authentication: 3)
  tunnel.offer([transform])
  tunnel.accept(transform)
  let root = CertificateBuilder.name([("O", "Example"), ("CN", "Example Root")])
  tunnel.exchangeKeys(requests: [IKEBuilder.Payload(7, [4] + root)])
  let sent = certificate.map { [IKEBuilder.Payload(6, [4] + $0.der)] } ?? []
  tunnel.prove(
    .initiator, identity: IKEBuilder.identificationV1(type: 2, Array(identity.utf8)),
    sent + [IKEBuilder.Payload(9, noise(256, seed: 81))])
  tunnel.inform(.responder, id: 0x7700_0003, [IKEBuilder.notifyV1(24)])
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// IKE_AUTH with a certificate chain, refused; the responder's request of authorities by the hashes
/// of their keys is in clear.
func signedV2(chain: [CertificateBuilder], askedFor: [CertificateBuilder]) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initRequest()
  tunnel.initResponse(extra: [IKEBuilder.Payload(38, [4] + askedFor.flatMap(\.keyHash))])
  let request =
    [
      IKEBuilder.identificationV2(initiator: true, type: 2, Array("branch.example".utf8))
    ] + chain.map { IKEBuilder.Payload(37, [4] + $0.der) } + [
      IKEBuilder.Payload(39, [1, 0, 0, 0] + noise(256, seed: 82)),
      GatewaysV2.childSA(spi: 0xc0de_0001),
    ] + GatewaysV2.selectors()
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, request, [IKEBuilder.notifyV2(24)])
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}
