/// Encryption transforms of IKEv2 (RFC 7296 §3.3.2, type 1).
package struct EncryptionAlgorithm: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// ENCR_DES_IV64, RFC 1829.
  package static let desIV64 = Self(rawValue: 1)
  /// ENCR_DES, RFC 2405.
  package static let desCBC = Self(rawValue: 2)
  /// ENCR_3DES, RFC 2451.
  package static let tripleDESCBC = Self(rawValue: 3)
  /// ENCR_RC5, RFC 2451.
  package static let rc5CBC = Self(rawValue: 4)
  /// ENCR_IDEA, RFC 2451.
  package static let ideaCBC = Self(rawValue: 5)
  /// ENCR_CAST, RFC 2451.
  package static let castCBC = Self(rawValue: 6)
  /// ENCR_BLOWFISH, RFC 2451.
  package static let blowfishCBC = Self(rawValue: 7)
  /// ENCR_3IDEA, RFC 2451.
  package static let tripleIDEACBC = Self(rawValue: 8)
  /// ENCR_DES_IV32, RFC 1829.
  package static let desIV32 = Self(rawValue: 9)
  /// ENCR_NULL, RFC 2410.
  package static let null = Self(rawValue: 11)
  /// ENCR_AES_CBC, RFC 3602.
  package static let aesCBC = Self(rawValue: 12)
  /// ENCR_AES_CTR, RFC 3686; RFC 5930.
  package static let aesCTR = Self(rawValue: 13)
  /// ENCR_AES_CCM_8, RFC 4309; RFC 5282.
  package static let aesCCM8 = Self(rawValue: 14)
  /// ENCR_AES_CCM_12, RFC 4309; RFC 5282.
  package static let aesCCM12 = Self(rawValue: 15)
  /// ENCR_AES_CCM_16, RFC 4309; RFC 5282.
  package static let aesCCM16 = Self(rawValue: 16)
  /// ENCR_AES_GCM_8, RFC 4106; RFC 5282.
  package static let aesGCM8 = Self(rawValue: 18)
  /// ENCR_AES_GCM_12, RFC 4106; RFC 5282.
  package static let aesGCM12 = Self(rawValue: 19)
  /// ENCR_AES_GCM_16, RFC 4106; RFC 5282.
  package static let aesGCM16 = Self(rawValue: 20)
  /// ENCR_NULL_AUTH_AES_GMAC, RFC 4543.
  package static let nullAuthAESGMAC = Self(rawValue: 21)
  /// Reserved for IEEE P1619 XTS-AES.
  package static let reservedXtsAES = Self(rawValue: 22)
  /// ENCR_CAMELLIA_CBC, RFC 5529.
  package static let camelliaCBC = Self(rawValue: 23)
  /// ENCR_CAMELLIA_CTR, RFC 5529.
  package static let camelliaCTR = Self(rawValue: 24)
  /// ENCR_CAMELLIA_CCM_8, RFC 5529.
  package static let camelliaCCM8 = Self(rawValue: 25)
  /// ENCR_CAMELLIA_CCM_12, RFC 5529.
  package static let camelliaCCM12 = Self(rawValue: 26)
  /// ENCR_CAMELLIA_CCM_16, RFC 5529.
  package static let camelliaCCM16 = Self(rawValue: 27)
  /// ENCR_CHACHA20_POLY1305, RFC 7634.
  package static let chacha20Poly1305 = Self(rawValue: 28)
  /// ENCR_AES_CCM_8_IIV, RFC 8750.
  package static let aesCCM8IIV = Self(rawValue: 29)
  /// ENCR_AES_GCM_16_IIV, RFC 8750.
  package static let aesGCM16IIV = Self(rawValue: 30)
  /// ENCR_CHACHA20_POLY1305_IIV, RFC 8750.
  package static let chacha20Poly1305IIV = Self(rawValue: 31)
  /// ENCR_KUZNYECHIK_MGM_KTREE, RFC 9227.
  package static let kuznyechikMGMKtree = Self(rawValue: 32)
  /// ENCR_MAGMA_MGM_KTREE, RFC 9227.
  package static let magmaMGMKtree = Self(rawValue: 33)
  /// ENCR_KUZNYECHIK_MGM_MAC_KTREE, RFC 9227.
  package static let kuznyechikMGMMACKtree = Self(rawValue: 34)
  /// ENCR_MAGMA_MGM_MAC_KTREE, RFC 9227.
  package static let magmaMGMMACKtree = Self(rawValue: 35)
  /// Serpent-CBC (private).
  package static let serpentCBC = Self(rawValue: 65004)
  /// Twofish-CBC (private).
  package static let twofishCBC = Self(rawValue: 65005)

  /// The cipher, by the identifier that both versions share; nil when the number is unknown.
  package var cipher: Cipher? { entry.flatMap { Cipher.named($0.id) } }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|kind|key_bits|key_bits_default|salt_bytes|block_bytes|iv_bytes|icv_bytes|ike|esp|rfc8247|rfc8221|status|rfc
    1|ENCR_DES_IV64|des-iv64|cipher|64|64|0|8|8|0|n|y||MUST NOT|broken|RFC 1829
    2|ENCR_DES|des-cbc|cipher|64|64|0|8|8|0|y|y|MUST NOT|MUST NOT|broken|RFC 2405
    3|ENCR_3DES|3des-cbc|cipher|192|192|0|8|8|0|y|y|MAY|SHOULD NOT|deprecated|RFC 2451
    4|ENCR_RC5|rc5-cbc|cipher|40-2040|128|0|8|8|0|y|y|||deprecated|RFC 2451
    5|ENCR_IDEA|idea-cbc|cipher|128|128|0|8|8|0|y|y|||deprecated|RFC 2451
    6|ENCR_CAST|cast-cbc|cipher|40-128|128|0|8|8|0|y|y|||deprecated|RFC 2451
    7|ENCR_BLOWFISH|blowfish-cbc|cipher|40-448|128|0|8|8|0|y|y||MUST NOT|broken|RFC 2451
    8|ENCR_3IDEA|3idea-cbc|cipher|||0|8|8|0|n|y||MUST NOT|broken|RFC 2451
    9|ENCR_DES_IV32|des-iv32|cipher|64|64|0|8|4|0|n|y||MUST NOT|broken|RFC 1829
    11|ENCR_NULL|null|null|0|0|0|1|0|0|n|y||MUST|mandatory|RFC 2410
    12|ENCR_AES_CBC|aes-cbc|cipher|128,192,256||0|16|16|0|y|y|MUST|MUST|mandatory|RFC 3602
    13|ENCR_AES_CTR|aes-ctr|cipher|128,192,256||4|1|8|0|y|y|||optional|RFC 3686; RFC 5930
    14|ENCR_AES_CCM_8|aes-ccm-8|aead|128,192,256||3|1|8|8|y|y|SHOULD|SHOULD|recommended|RFC 4309; RFC 5282
    15|ENCR_AES_CCM_12|aes-ccm-12|aead|128,192,256||3|1|8|12|y|y|||optional|RFC 4309; RFC 5282
    16|ENCR_AES_CCM_16|aes-ccm-16|aead|128,192,256||3|1|8|16|y|y|||optional|RFC 4309; RFC 5282
    18|ENCR_AES_GCM_8|aes-gcm-8|aead|128,192,256||4|1|8|8|y|y|||optional|RFC 4106; RFC 5282
    19|ENCR_AES_GCM_12|aes-gcm-12|aead|128,192,256||4|1|8|12|y|y|||optional|RFC 4106; RFC 5282
    20|ENCR_AES_GCM_16|aes-gcm-16|aead|128,192,256||4|1|8|16|y|y|SHOULD|MUST|mandatory|RFC 4106; RFC 5282
    21|ENCR_NULL_AUTH_AES_GMAC|null-auth-aes-gmac|auth-only|128,192,256||4|1|8|16|n|y|||optional|RFC 4543
    22|Reserved for IEEE P1619 XTS-AES|reserved-xts-aes|reserved|||||||n|n|||reserved|-
    23|ENCR_CAMELLIA_CBC|camellia-cbc|cipher|128,192,256||0|16|16|0|y|y|||optional|RFC 5529
    24|ENCR_CAMELLIA_CTR|camellia-ctr|cipher|128,192,256||4|1|8|0|y|y|||optional|RFC 5529
    25|ENCR_CAMELLIA_CCM_8|camellia-ccm-8|aead|128,192,256||3|1|8|8|y|y|||optional|RFC 5529
    26|ENCR_CAMELLIA_CCM_12|camellia-ccm-12|aead|128,192,256||3|1|8|12|y|y|||optional|RFC 5529
    27|ENCR_CAMELLIA_CCM_16|camellia-ccm-16|aead|128,192,256||3|1|8|16|y|y|||optional|RFC 5529
    28|ENCR_CHACHA20_POLY1305|chacha20-poly1305|aead|256|256|4|1|8|16|y|y|SHOULD|SHOULD|recommended|RFC 7634
    29|ENCR_AES_CCM_8_IIV|aes-ccm-8-iiv|aead|128,192,256||3|1|0|8|n|y|||optional|RFC 8750
    30|ENCR_AES_GCM_16_IIV|aes-gcm-16-iiv|aead|128,192,256||4|1|0|16|n|y|||optional|RFC 8750
    31|ENCR_CHACHA20_POLY1305_IIV|chacha20-poly1305-iiv|aead|256|256|4|1|0|16|n|y|||optional|RFC 8750
    32|ENCR_KUZNYECHIK_MGM_KTREE|kuznyechik-mgm-ktree|aead|256|256|12|1|8|12|y|y|||optional|RFC 9227
    33|ENCR_MAGMA_MGM_KTREE|magma-mgm-ktree|aead|256|256|4|1|8|8|y|y|||optional|RFC 9227
    34|ENCR_KUZNYECHIK_MGM_MAC_KTREE|kuznyechik-mgm-mac-ktree|auth-only|256|256|12|1|8|12|n|y|||optional|RFC 9227
    35|ENCR_MAGMA_MGM_MAC_KTREE|magma-mgm-mac-ktree|auth-only|256|256|4|1|8|8|n|y|||optional|RFC 9227
    65004|Serpent-CBC (private)|serpent-cbc|cipher|128,192,256||0|16|16|0|y|y||||-
    65005|Twofish-CBC (private)|twofish-cbc|cipher|128,192,256||0|16|16|0|y|y||||-
    """)
}
