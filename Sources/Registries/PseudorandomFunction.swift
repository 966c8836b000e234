/// Pseudorandom functions of IKEv2 (RFC 7296 §3.3.2, type 2).
package struct PseudorandomFunction: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// PRF_HMAC_MD5, RFC 2104.
  package static let hmacMD5 = Self(rawValue: 1)
  /// PRF_HMAC_SHA1, RFC 2104.
  package static let hmacSHA1 = Self(rawValue: 2)
  /// PRF_HMAC_TIGER, RFC 2104.
  package static let hmacTiger = Self(rawValue: 3)
  /// PRF_AES128_XCBC, RFC 4434.
  package static let aes128XCBC = Self(rawValue: 4)
  /// PRF_HMAC_SHA2_256, RFC 4868.
  package static let hmacSHA256 = Self(rawValue: 5)
  /// PRF_HMAC_SHA2_384, RFC 4868.
  package static let hmacSHA384 = Self(rawValue: 6)
  /// PRF_HMAC_SHA2_512, RFC 4868.
  package static let hmacSHA512 = Self(rawValue: 7)
  /// PRF_AES128_CMAC, RFC 4615.
  package static let aes128CMAC = Self(rawValue: 8)
  /// PRF_HMAC_STREEBOG_512, RFC 9385.
  package static let hmacStreebog512 = Self(rawValue: 9)

  /// The function, by identifier; nil when the number is unknown.
  package var function: PRF? { entry.flatMap { PRF.named($0.id) } }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|output_bytes|preferred_key_bytes|fixed_key_bytes|rfc8247|status|rfc
    1|PRF_HMAC_MD5|hmac-md5|16|16||MUST NOT|broken|RFC 2104
    2|PRF_HMAC_SHA1|hmac-sha1|20|20||MUST-|mandatory|RFC 2104
    3|PRF_HMAC_TIGER|hmac-tiger|24|24|||deprecated|RFC 2104
    4|PRF_AES128_XCBC|aes128-xcbc|16|16|16|SHOULD|recommended|RFC 4434
    5|PRF_HMAC_SHA2_256|hmac-sha256|32|32||MUST|mandatory|RFC 4868
    6|PRF_HMAC_SHA2_384|hmac-sha384|48|48|||optional|RFC 4868
    7|PRF_HMAC_SHA2_512|hmac-sha512|64|64||SHOULD+|recommended|RFC 4868
    8|PRF_AES128_CMAC|aes128-cmac|16|16|16||optional|RFC 4615
    9|PRF_HMAC_STREEBOG_512|hmac-streebog-512|64|64|||optional|RFC 9385
    """)
}
