/// Authentication methods of the AUTH payload (RFC 7296 §3.8).
package struct AuthenticationMethodV2: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reserved, RFC 7296.
  package static let reserved = Self(rawValue: 0)
  /// RSA Digital Signature, RFC 7296.
  package static let rsaSig = Self(rawValue: 1)
  /// Shared Key Message Integrity Code, RFC 7296.
  package static let psk = Self(rawValue: 2)
  /// DSS Digital Signature, RFC 7296.
  package static let dssSig = Self(rawValue: 3)
  /// ECDSA with SHA-256 on the P-256 curve, RFC 4754.
  package static let ecdsa256 = Self(rawValue: 9)
  /// ECDSA with SHA-384 on the P-384 curve, RFC 4754.
  package static let ecdsa384 = Self(rawValue: 10)
  /// ECDSA with SHA-512 on the P-521 curve, RFC 4754.
  package static let ecdsa521 = Self(rawValue: 11)
  /// Generic Secure Password Authentication Method, RFC 6467.
  package static let gspm = Self(rawValue: 12)
  /// NULL Authentication, RFC 7619.
  package static let nullAuth = Self(rawValue: 13)
  /// Digital Signature, RFC 7427.
  package static let digitalSignature = Self(rawValue: 14)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|rfc8247|status|rfc
    0|Reserved|reserved||reserved|RFC 7296
    1|RSA Digital Signature|rsa-sig|MUST|mandatory|RFC 7296
    2|Shared Key Message Integrity Code|psk|MUST|mandatory|RFC 7296
    3|DSS Digital Signature|dss-sig|SHOULD NOT|deprecated|RFC 7296
    9|ECDSA with SHA-256 on the P-256 curve|ecdsa-256|SHOULD|recommended|RFC 4754
    10|ECDSA with SHA-384 on the P-384 curve|ecdsa-384|SHOULD|recommended|RFC 4754
    11|ECDSA with SHA-512 on the P-521 curve|ecdsa-521|SHOULD|recommended|RFC 4754
    12|Generic Secure Password Authentication Method|gspm||optional|RFC 6467
    13|NULL Authentication|null-auth||optional|RFC 7619
    14|Digital Signature|digital-signature|SHOULD|recommended|RFC 7427
    """)
}
