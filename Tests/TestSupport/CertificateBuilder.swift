/// X.509 certificates in DER (RFC 5280 §4.1, X.690), with a made-up key and signature: what they say
/// counts, not whether the signature verifies.
package struct CertificateBuilder: Sendable {
  package var subject: [(String, String)] = [("O", "Example"), ("CN", "branch.example")]
  package var issuer: [(String, String)] = [("O", "Example"), ("CN", "Example Root")]
  /// `YYMMDDHHMMSSZ` (UTCTime).
  package var notBefore = "200101000000Z"
  package var notAfter = "490101000000Z"
  /// DNS names of subjectAltName.
  package var names: [String] = ["branch.example"]
  package var isAuthority = false
  /// What its public key is made of.
  package var seed: UInt64 = 1

  package init() {}

  /// The certificate.
  package var der: [UInt8] {
    let algorithm = Self.sequence([
      Self.oid([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11]), [5, 0],
    ])
    let serial = Self.tag(0x02, [0x11, UInt8(seed & 127)])
    let validity = Self.sequence([
      Self.tag(0x17, Array(notBefore.utf8)), Self.tag(0x17, Array(notAfter.utf8)),
    ])
    let body = Self.sequence([
      Self.tag(0xa0, Self.tag(0x02, [2])), serial, algorithm, Self.name(issuer), validity,
      Self.name(subject), publicKey, Self.tag(0xa3, Self.sequence(extensions)),
    ])
    return Self.sequence([body, algorithm, Self.tag(0x03, [0] + noise(256, seed: seed + 7))])
  }

  /// SubjectPublicKeyInfo: what IKEv2 asks for authorities by the SHA-1 of (RFC 7296 §3.7).
  package var publicKey: [UInt8] {
    let algorithm = Self.sequence([
      Self.oid([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1]), [5, 0],
    ])
    let modulus = [0, 0xc1] + noise(254, seed: seed) + [0x0b]
    let key = Self.sequence([Self.tag(0x02, modulus), Self.tag(0x02, [1, 0, 1])])
    return Self.sequence([algorithm, Self.tag(0x03, [0] + key)])
  }

  /// SHA-1 of `publicKey`.
  package var keyHash: [UInt8] { Sealing.sha1(publicKey) }

  private var extensions: [[UInt8]] {
    var list: [[UInt8]] = []
    if isAuthority {
      let constraints = Self.sequence([Self.tag(0x01, [0xff])])
      list.append(Self.sequence([Self.oid([0x55, 0x1d, 19]), Self.tag(0x04, constraints)]))
    }
    let all = names.isEmpty ? ["none.example"] : names
    let alternatives = Self.sequence(all.map { Self.tag(0x82, Array($0.utf8)) })
    list.append(Self.sequence([Self.oid([0x55, 0x1d, 17]), Self.tag(0x04, alternatives)]))
    return list
  }

  /// A distinguished name in DER; `O` and `CN` are known.
  package static func name(_ attributes: [(String, String)]) -> [UInt8] {
    sequence(
      attributes.map { type, value in
        let oid = oid([0x55, 4, type == "O" ? 10 : 3])
        return tag(0x31, sequence([oid, tag(0x0c, Array(value.utf8))]))
      })
  }

  private static func oid(_ bytes: [UInt8]) -> [UInt8] { tag(0x06, bytes) }

  private static func sequence(_ parts: [[UInt8]]) -> [UInt8] { tag(0x30, parts.flatMap { $0 }) }

  private static func tag(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let count = content.count
    if count < 128 { return [tag, UInt8(count)] + content }
    if count < 256 { return [tag, 0x81, UInt8(count)] + content }
    return [tag, 0x82, UInt8(count >> 8), UInt8(count & 255)] + content
  }
}
