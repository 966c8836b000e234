package import Bytes
import Crypto
import ISAKMP
import Registries

/// What an X.509 certificate of a capture says, as far as IKE and its users care.
package struct CertificateFacts: Sendable {
  /// Subject and issuer as text (RFC 4514), safe to show.
  package let subject: String
  package let issuer: String
  /// Subject and issuer in DER, as identities and certificate requests have them.
  package let subjectDER: [UInt8]
  package let issuerDER: [UInt8]
  /// Serial number in hexadecimal.
  package let serial: String
  package let notBefore: Timestamp
  package let notAfter: Timestamp
  /// `dns:…`, `ip:…`, `email:…`, `uri:…`.
  package let alternativeNames: [String]
  /// SHA-1 of the subjectPublicKeyInfo, as IKEv2's certificate requests list it.
  package let keyHash: [UInt8]
  package let isAuthority: Bool
  /// Kind and size of the key, such as `RSA 2048`.
  package let key: String
  let publicKey: PublicKey?

  /// Reads a CERT payload of an X.509 encoding; nil for others and for what is no certificate.
  init?(_ payload: ISAKMP.Certificate) {
    guard Self.x509Encodings.contains(payload.encoding.rawValue),
      let certificate = Crypto.Certificate(der: payload.data)
    else { return nil }
    subject = certificate.subject.description
    issuer = certificate.issuer.description
    subjectDER = certificate.subjectDER
    issuerDER = certificate.issuerDER
    serial = certificate.serial
    notBefore = certificate.notBefore
    notAfter = certificate.notAfter
    alternativeNames = certificate.alternativeNames
    keyHash = certificate.publicKeyHash
    isAuthority = certificate.isAuthority
    publicKey = certificate.publicKey
    key = certificate.publicKey.map { "\($0.kind.name) \($0.bits)" } ?? "unknown"
  }

  /// X.509 for signature, for key exchange, and an attribute certificate's issuer (RFC 2408 §3.9).
  private static let x509Encodings: Set<UInt8> = [4, 5, 10]
}

extension PublicKey.Kind {
  /// The field's word.
  fileprivate var name: String {
    switch self {
    case .rsa: "RSA"
    case .dsa: "DSA"
    case .ecdsa: "ECDSA"
    default: String(describing: self)
    }
  }
}

/// The distinguished name that an IKEv1 certificate request asks for; nil for none.
func authorityName(of request: CertificateRequest) -> String? {
  guard !request.authority.isEmpty, request.keyHashes.isEmpty || request.authority.first == 0x30,
    let name = Crypto.DistinguishedName(der: request.authority)
  else { return nil }
  return name.description
}
