/// Integrity transforms of IKEv2 (RFC 7296 §3.3.2, type 3).
package struct IntegrityAlgorithm: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// NONE, RFC 7296.
  package static let `none` = Self(rawValue: 0)
  /// AUTH_HMAC_MD5_96, RFC 2403.
  package static let hmacMD596 = Self(rawValue: 1)
  /// AUTH_HMAC_SHA1_96, RFC 2404.
  package static let hmacSHA196 = Self(rawValue: 2)
  /// AUTH_DES_MAC, RFC 7296.
  package static let desMAC = Self(rawValue: 3)
  /// AUTH_KPDK_MD5, RFC 1828.
  package static let kpdkMD5 = Self(rawValue: 4)
  /// AUTH_AES_XCBC_96, RFC 3566.
  package static let aesXCBC96 = Self(rawValue: 5)
  /// AUTH_HMAC_MD5_128, RFC 4595.
  package static let hmacMD5128 = Self(rawValue: 6)
  /// AUTH_HMAC_SHA1_160, RFC 4595.
  package static let hmacSHA1160 = Self(rawValue: 7)
  /// AUTH_AES_CMAC_96, RFC 4494.
  package static let aesCMAC96 = Self(rawValue: 8)
  /// AUTH_AES_128_GMAC, RFC 4543.
  package static let aes128GMAC = Self(rawValue: 9)
  /// AUTH_AES_192_GMAC, RFC 4543.
  package static let aes192GMAC = Self(rawValue: 10)
  /// AUTH_AES_256_GMAC, RFC 4543.
  package static let aes256GMAC = Self(rawValue: 11)
  /// AUTH_HMAC_SHA2_256_128, RFC 4868.
  package static let hmacSHA256128 = Self(rawValue: 12)
  /// AUTH_HMAC_SHA2_384_192, RFC 4868.
  package static let hmacSHA384192 = Self(rawValue: 13)
  /// AUTH_HMAC_SHA2_512_256, RFC 4868.
  package static let hmacSHA512256 = Self(rawValue: 14)
  /// HMAC-SHA2-256-96 (private).
  package static let hmacSHA25696 = Self(rawValue: 1026)

  /// The algorithm, by the identifier that both versions share; nil when the number is unknown.
  package var algorithm: Integrity? { entry.flatMap { Integrity.named($0.id) } }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|key_bytes|icv_bytes|extra|rfc8247|rfc8221|status|rfc
    0|NONE|none|||||||RFC 7296
    1|AUTH_HMAC_MD5_96|hmac-md5-96|16|12||MUST NOT|MUST NOT|broken|RFC 2403
    2|AUTH_HMAC_SHA1_96|hmac-sha1-96|20|12||MUST-|MUST-|mandatory|RFC 2404
    3|AUTH_DES_MAC|des-mac|8|8||MUST NOT|MUST NOT|broken|RFC 7296
    4|AUTH_KPDK_MD5|kpdk-md5||16||MUST NOT|MUST NOT|broken|RFC 1828
    5|AUTH_AES_XCBC_96|aes-xcbc-96|16|12||SHOULD|SHOULD|recommended|RFC 3566
    6|AUTH_HMAC_MD5_128|hmac-md5-128|16|16||||broken|RFC 4595
    7|AUTH_HMAC_SHA1_160|hmac-sha1-160|20|20||||deprecated|RFC 4595
    8|AUTH_AES_CMAC_96|aes-cmac-96|16|12||||optional|RFC 4494
    9|AUTH_AES_128_GMAC|aes-128-gmac|16|16|salt 4, IV 8 in AH||MAY|optional|RFC 4543
    10|AUTH_AES_192_GMAC|aes-192-gmac|24|16|salt 4, IV 8 in AH|||optional|RFC 4543
    11|AUTH_AES_256_GMAC|aes-256-gmac|32|16|salt 4, IV 8 in AH||MAY|optional|RFC 4543
    12|AUTH_HMAC_SHA2_256_128|hmac-sha256-128|32|16||MUST|MUST|mandatory|RFC 4868
    13|AUTH_HMAC_SHA2_384_192|hmac-sha384-192|48|24||||optional|RFC 4868
    14|AUTH_HMAC_SHA2_512_256|hmac-sha512-256|64|32||SHOULD|SHOULD|recommended|RFC 4868
    1026|HMAC-SHA2-256-96 (private)|hmac-sha256-96|32|12|||||-
    """)
}
