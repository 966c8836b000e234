/// Values of the phase 1 encryption attribute (RFC 2409, appendix A).
package struct EncryptionAlgorithmV1: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// DES-CBC, RFC 2405.
  package static let desCBC = Self(rawValue: 1)
  /// IDEA-CBC, RFC 2409.
  package static let ideaCBC = Self(rawValue: 2)
  /// Blowfish-CBC, RFC 2451.
  package static let blowfishCBC = Self(rawValue: 3)
  /// RC5-R16-B64-CBC, RFC 2451.
  package static let rc5R16B64CBC = Self(rawValue: 4)
  /// 3DES-CBC, RFC 2451.
  package static let tripleDESCBC = Self(rawValue: 5)
  /// CAST-CBC, RFC 2451.
  package static let castCBC = Self(rawValue: 6)
  /// AES-CBC, RFC 3602.
  package static let aesCBC = Self(rawValue: 7)
  /// Camellia-CBC, RFC 4312.
  package static let camelliaCBC = Self(rawValue: 8)
  /// SM4-CBC (deprecated number), GM/T 0022.
  package static let sm4CBCOld = Self(rawValue: 127)
  /// SM1-CBC, GM/T 0022.
  package static let sm1CBC = Self(rawValue: 128)
  /// SM4-CBC, GM/T 0022.
  package static let sm4CBC = Self(rawValue: 129)
  /// MARS-CBC.
  package static let marsCBC = Self(rawValue: 65001)
  /// RC6-CBC.
  package static let rc6CBC = Self(rawValue: 65002)
  /// Serpent-CBC.
  package static let serpentCBC = Self(rawValue: 65004)
  /// Twofish-CBC.
  package static let twofishCBC = Self(rawValue: 65005)
  /// Twofish-CBC (SSH).
  package static let twofishCBCSsh = Self(rawValue: 65289)

  /// The cipher, by the identifier that both versions share; nil when the number is unknown.
  package var cipher: Cipher? { entry.flatMap { Cipher.named($0.id) } }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|key_bits|key_bits_default|block_bytes|iv_bytes|status|rfc
    1|DES-CBC|des-cbc|64|64|8|8|broken|RFC 2405
    2|IDEA-CBC|idea-cbc|128|128|8|8|deprecated|RFC 2409
    3|Blowfish-CBC|blowfish-cbc|40-448|128|8|8|broken|RFC 2451
    4|RC5-R16-B64-CBC|rc5-r16-b64-cbc|40-2040|128|8|8|deprecated|RFC 2451
    5|3DES-CBC|3des-cbc|192|192|8|8|deprecated|RFC 2451
    6|CAST-CBC|cast-cbc|40-128|128|8|8|deprecated|RFC 2451
    7|AES-CBC|aes-cbc|128,192,256||16|16|mandatory|RFC 3602
    8|Camellia-CBC|camellia-cbc|128,192,256||16|16|optional|RFC 4312
    127|SM4-CBC (deprecated number)|sm4-cbc-old|128|128|16|16||GM/T 0022
    128|SM1-CBC|sm1-cbc|128|128|16|16||GM/T 0022
    129|SM4-CBC|sm4-cbc|128|128|16|16||GM/T 0022
    65001|MARS-CBC|mars-cbc|128,192,256||16|16||-
    65002|RC6-CBC|rc6-cbc|128,192,256||16|16||-
    65004|Serpent-CBC|serpent-cbc|128,192,256||16|16||-
    65005|Twofish-CBC|twofish-cbc|128,192,256||16|16||-
    65289|Twofish-CBC (SSH)|twofish-cbc-ssh|128,192,256||16|16||-
    """)
}
