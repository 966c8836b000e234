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
  /// Certificates of authorities that either end sent.
  private let authorities: [CertificateFacts]

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
    authorities = tunnel.ike.certificates.compactMap(\.facts).filter(\.isAuthority)
  }

  /// The owner's own certificate.
  var own: CertificateRecord? { records.first }

  /// True when the refuser named authorities, and what was sent leads to none of them.
  var issuerNotAskedFor: Bool {
    let hashes = requests.flatMap(\.request.keyHashes)
    return hashes.isEmpty ? isOfOtherNames : isOfOtherKeys(than: hashes)
  }

  /// IKEv1 asks by names: none of them occurs in what was sent, neither as an issuer nor as a
  /// subject.
  private var isOfOtherNames: Bool {
    let asked = requests.map(\.request.authority).filter { $0.count > 8 }
    guard !sent.isEmpty, !asked.isEmpty else { return false }
    return !asked.contains { name in sent.contains { contains($0.certificate.data, name) } }
  }

  /// IKEv2 asks by SHA-1 of the authorities' public keys (RFC 7296 §3.7): the chain from the owner's
  /// own certificate up, as far as the tunnel's certificates show it, ends in a self-signed one and
  /// has none of those keys. Where it ends before that, nothing is proven.
  private func isOfOtherKeys(than hashes: [[UInt8]]) -> Bool {
    guard var top = sent.lazy.compactMap(\.facts).first else { return false }
    for _ in 0..<8 {
      if hashes.contains(top.keyHash) { return false }
      if top.issuerDER == top.subjectDER { return true }
      guard let issuer = authorities.first(where: { $0.subjectDER == top.issuerDER }) else {
        return false
      }
      top = issuer
    }
    return false
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
