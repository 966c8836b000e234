import Bytes
import ISAKMP
import Registries
import Timeline
import Tracking

/// What the causes around certificates have in common: a proof by certificate that was refused.
struct CertificateFailure {
  let failure: AuthenticationFailure
  let refusal: Refusal
  /// Whose certificate was not accepted.
  let owner: Role
  /// The certificates it sent.
  let sent: [SeenCertificate]
  /// The same, taken apart; the owner's own first.
  let records: [CertificateRecord]
  /// What the refusing end asked for.
  let requests: [SeenCertificateRequest]

  init?(_ tunnel: TunnelFacts, _ scene: Scene) {
    guard let failure = tunnel.authenticationFailure(scene), let refusal = failure.refusal,
      tunnel.usesPreSharedKey == false
    else { return nil }
    self.failure = failure
    self.refusal = refusal
    let owner = refusal.by.peer
    self.owner = owner
    sent = tunnel.ike.certificates.filter { $0.from == owner }
    records = tunnel.certificates.filter { $0.from == owner.name }
    requests = tunnel.ike.certificateRequests.filter { $0.from == refusal.by }
  }

  /// The owner's own certificate.
  var own: CertificateRecord? { records.first }

  /// True when the refuser named authorities (IKEv1) and none of them occurs in what was sent,
  /// neither as an issuer nor as a subject.
  var issuerNotAskedFor: Bool {
    let asked = requests.map(\.request.authority).filter { $0.count > 8 }
    guard !sent.isEmpty, !asked.isEmpty, requests.allSatisfy({ $0.request.keyHashes.isEmpty })
    else { return false }
    return !asked.contains { name in sent.contains { contains($0.certificate.data, name) } }
  }

  /// The certificate and the refusal as evidence.
  func evidence(_ what: String) -> [Evidence] {
    let certificates = sent.map { Evidence($0.sighting, what) }
    return failure.evidence + certificates
  }
}

/// True when `needle` stands somewhere in `bytes`.
private func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
  guard let first = needle.first, needle.count <= bytes.count else { return false }
  for start in 0...(bytes.count - needle.count) where bytes[start] == first {
    if bytes[start..<(start + needle.count)].elementsEqual(needle) { return true }
  }
  return false
}
