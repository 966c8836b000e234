import Bytes
package import Registries

/// A CERT payload (RFC 2408 §3.9, RFC 7296 §3.6).
package struct Certificate: Hashable, Sendable {
  /// How `data` reads.
  package let encoding: CertificateEncoding
  /// The certificate, CRL, key, or hash and URL.
  package let data: [UInt8]

  init(parsing reader: inout WireReader) throws(WireError) {
    encoding = CertificateEncoding(rawValue: try reader.uint8())
    data = reader.takeRest()
  }

  /// Hash and URL of the forms that carry them instead of a certificate (RFC 7296 §3.6); nil for
  /// other forms.
  package var hashAndURL: (hash: [UInt8], url: String)? {
    guard encoding == .hashURLCert || encoding == .hashURLBundle, data.count >= 20 else {
      return nil
    }
    return (Array(data.prefix(20)), printable(data.dropFirst(20)))
  }
}

/// A CERTREQ payload (RFC 2408 §3.10, RFC 7296 §3.7).
package struct CertificateRequest: Hashable, Sendable {
  /// What kind of certificate is wanted.
  package let encoding: CertificateEncoding
  /// IKEv1: the acceptable authority's distinguished name in DER, empty for any. IKEv2: SHA-1
  /// hashes of the authorities' public keys, 20 bytes each.
  package let authority: [UInt8]
  /// IKEv2: the single hashes.
  package let keyHashes: [[UInt8]]

  init(parsingV1 reader: inout WireReader) throws(WireError) {
    encoding = CertificateEncoding(rawValue: try reader.uint8())
    authority = reader.takeRest()
    keyHashes = []
  }

  init(parsingV2 reader: inout WireReader) throws(WireError) {
    encoding = CertificateEncoding(rawValue: try reader.uint8())
    let authority = reader.takeRest()
    self.authority = authority
    keyHashes =
      authority.count.isMultiple(of: 20)
      ? stride(from: 0, to: authority.count, by: 20).map { Array(authority[$0..<($0 + 20)]) } : []
  }
}
