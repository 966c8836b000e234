// Unsafe here: libcrypto's X509, freed in `deinit` of its owner, everything else borrowed from it
// while it lives or freed in the same function. libcrypto fills its cache of extensions once, in
// `init`, before anybody else sees the certificate; after that it is only read.

package import Bytes
import CLibcrypto

/// An X.509 certificate: what a person wants to know of it, and what IKE compares and verifies.
package struct Certificate: Sendable {
  package let subject: DistinguishedName
  package let issuer: DistinguishedName
  /// The subject's name in DER, as an ID_DER_ASN1_DN identity has it.
  package let subjectDER: [UInt8]
  /// The issuer's name in DER, as a CERTREQ of IKEv1 has it.
  package let issuerDER: [UInt8]
  /// Hexadecimal, lower case.
  package let serial: String
  package let notBefore: Timestamp
  package let notAfter: Timestamp
  /// `dns:`, `ip:`, `email:` and `uri:` names, safe to show.
  package let alternativeNames: [String]
  /// Nil where the key cannot be read.
  package let publicKey: PublicKey?
  /// Such as `sha256WithRSAEncryption`.
  package let signatureAlgorithm: String
  package let subjectKeyIdentifier: [UInt8]?
  package let authorityKeyIdentifier: [UInt8]?
  /// True where basic constraints make it a certification authority.
  package let isAuthority: Bool
  /// How many authorities may stand below it; nil where nothing limits them.
  package let pathLength: Int?
  /// SHA-1 of the subjectPublicKeyInfo: what a CERTREQ of IKEv2 lists (RFC 7296 §3.7).
  package let publicKeyHash: [UInt8]
  private let handle: CertificateHandle

  /// A certificate in DER; nil for anything else. Bytes left over are ignored, as peers do.
  package init?(der: [UInt8]) {
    guard let handle = CertificateHandle(der: der) else { return nil }
    let x509 = unsafe handle.x509
    self.handle = handle
    // Fills the cache of extensions.
    isAuthority = unsafe X509_check_ca(x509) == 1
    let limit = unsafe X509_get_pathlen(x509)
    pathLength = limit >= 0 ? limit : nil
    subject = unsafe DistinguishedName(X509_get_subject_name(x509))
    issuer = unsafe DistinguishedName(X509_get_issuer_name(x509))
    subjectDER = unsafe Self.encoded { unsafe i2d_X509_NAME(X509_get_subject_name(x509), $0) }
    issuerDER = unsafe Self.encoded { unsafe i2d_X509_NAME(X509_get_issuer_name(x509), $0) }
    serial = unsafe hexadecimal(octets(of: X509_get0_serialNumber(x509)))
    notBefore = unsafe Self.time(X509_get0_notBefore(x509))
    notAfter = unsafe Self.time(X509_get0_notAfter(x509))
    alternativeNames = unsafe Self.alternativeNames(x509)
    publicKey = unsafe X509_get_pubkey(x509).map { unsafe PublicKey(owning: $0) }
    let nid = unsafe X509_get_signature_nid(x509)
    signatureAlgorithm = unsafe OBJ_nid2ln(nid).map { unsafe String(cString: $0) } ?? "unknown"
    let subjectKey = unsafe octets(of: X509_get0_subject_key_id(x509))
    subjectKeyIdentifier = subjectKey.isEmpty ? nil : subjectKey
    let authorityKey = unsafe octets(of: X509_get0_authority_key_id(x509))
    authorityKeyIdentifier = authorityKey.isEmpty ? nil : authorityKey
    publicKeyHash = HashAlgorithm.sha1.digest([
      unsafe Self.encoded { unsafe i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), $0) }
    ])
    ERR_clear_error()
  }

  /// True when `issuer`'s key made this certificate's signature.
  package func isSigned(by issuer: Certificate) -> Bool {
    guard let key = issuer.publicKey else { return false }
    defer { ERR_clear_error() }
    return unsafe X509_verify(handle.x509, key.key) == 1
  }

  /// True when it signs itself.
  package var isSelfSigned: Bool { isSigned(by: self) }

  /// What an i2d function writes.
  private static func encoded(
    _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
  ) -> [UInt8] {
    let count = Int(write(nil))
    guard count > 0 else { return [] }
    var result = [UInt8](repeating: 0, count: count)
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      _ = unsafe write(&start)
    }
    return result
  }

  private static func time(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp {
    let epoch = unsafe ASN1_TIME_set(nil, 0)
    defer { unsafe ASN1_TIME_free(epoch) }
    var (days, seconds): (Int32, Int32) = (0, 0)
    guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
      return Timestamp(nanoseconds: 0)
    }
    return Timestamp(seconds: Int64(days) * 86_400 + Int64(seconds), nanoseconds: 0)
  }

  private static func alternativeNames(_ x509: OpaquePointer) -> [String] {
    guard let names = unsafe X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil) else {
      return []
    }
    let stack = OpaquePointer(names)
    defer { unsafe GENERAL_NAMES_free(stack) }
    // A certificate holds at most 64 KiB in IKE; the limit only bounds the work.
    let count = min(unsafe OPENSSL_sk_num(stack), 1000)
    return (0..<max(count, 0)).compactMap { index in
      guard let entry = unsafe OPENSSL_sk_value(stack, index) else { return nil }
      var type: Int32 = 0
      let name = unsafe entry.assumingMemoryBound(to: GENERAL_NAME.self)
      guard let value = unsafe GENERAL_NAME_get0_value(name, &type) else { return nil }
      let string = unsafe octets(of: value.assumingMemoryBound(to: ASN1_STRING.self))
      switch type {
      case GEN_DNS: return "dns:" + printable(string)
      case GEN_EMAIL: return "email:" + printable(string)
      case GEN_URI: return "uri:" + printable(string)
      case GEN_IPADD: return IPAddress(bytes: string).map { "ip:\($0)" }
      default: return nil
      }
    }
  }
}

/// Owns a certificate of libcrypto. `@unchecked Sendable`: only read after `Certificate.init`.
@safe
private final class CertificateHandle: @unchecked Sendable {
  let x509: OpaquePointer

  init?(der: [UInt8]) {
    let parsed = unsafe der.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return unsafe d2i_X509(nil, &start, buffer.count)
    }
    ERR_clear_error()
    guard let parsed = unsafe parsed else { return nil }
    unsafe x509 = parsed
  }

  deinit {
    unsafe X509_free(x509)
  }
}
