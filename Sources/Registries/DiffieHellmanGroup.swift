/// Key exchange groups of both versions (RFC 2409 §6, RFC 7296 §3.3.2 type 4, RFC 9370).
package struct DiffieHellmanGroup: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// NONE, RFC 7296.
  package static let `none` = Self(rawValue: 0)
  /// 768-bit MODP Group, RFC 2409.
  package static let modp768 = Self(rawValue: 1)
  /// 1024-bit MODP Group, RFC 2409.
  package static let modp1024 = Self(rawValue: 2)
  /// EC2N group on GP[2^155], RFC 2409.
  package static let ec2n155 = Self(rawValue: 3)
  /// EC2N group on GP[2^185], RFC 2409.
  package static let ec2n185 = Self(rawValue: 4)
  /// 1536-bit MODP Group, RFC 3526.
  package static let modp1536 = Self(rawValue: 5)
  /// EC2N group over GF[2^163], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n163Random = Self(rawValue: 6)
  /// EC2N group over GF[2^163], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n163Koblitz = Self(rawValue: 7)
  /// EC2N group over GF[2^283], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n283Random = Self(rawValue: 8)
  /// EC2N group over GF[2^283], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n283Koblitz = Self(rawValue: 9)
  /// EC2N group over GF[2^409], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n409Random = Self(rawValue: 10)
  /// EC2N group over GF[2^409], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n409Koblitz = Self(rawValue: 11)
  /// EC2N group over GF[2^571], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n571Random = Self(rawValue: 12)
  /// EC2N group over GF[2^571], draft-ietf-ipsec-ike-ecc-groups.
  package static let ec2n571Koblitz = Self(rawValue: 13)
  /// 2048-bit MODP Group, RFC 3526.
  package static let modp2048 = Self(rawValue: 14)
  /// 3072-bit MODP Group, RFC 3526.
  package static let modp3072 = Self(rawValue: 15)
  /// 4096-bit MODP Group, RFC 3526.
  package static let modp4096 = Self(rawValue: 16)
  /// 6144-bit MODP Group, RFC 3526.
  package static let modp6144 = Self(rawValue: 17)
  /// 8192-bit MODP Group, RFC 3526.
  package static let modp8192 = Self(rawValue: 18)
  /// 256-bit random ECP group, RFC 5903.
  package static let ecp256 = Self(rawValue: 19)
  /// 384-bit random ECP group, RFC 5903.
  package static let ecp384 = Self(rawValue: 20)
  /// 521-bit random ECP group, RFC 5903.
  package static let ecp521 = Self(rawValue: 21)
  /// 1024-bit MODP Group with 160-bit Prime Order Subgroup, RFC 5114.
  package static let modp1024s160 = Self(rawValue: 22)
  /// 2048-bit MODP Group with 224-bit Prime Order Subgroup, RFC 5114.
  package static let modp2048s224 = Self(rawValue: 23)
  /// 2048-bit MODP Group with 256-bit Prime Order Subgroup, RFC 5114.
  package static let modp2048s256 = Self(rawValue: 24)
  /// 192-bit Random ECP Group, RFC 5114.
  package static let ecp192 = Self(rawValue: 25)
  /// 224-bit Random ECP Group, RFC 5114.
  package static let ecp224 = Self(rawValue: 26)
  /// brainpoolP224r1, RFC 6954.
  package static let ecp224bp = Self(rawValue: 27)
  /// brainpoolP256r1, RFC 6954.
  package static let ecp256bp = Self(rawValue: 28)
  /// brainpoolP384r1, RFC 6954.
  package static let ecp384bp = Self(rawValue: 29)
  /// brainpoolP512r1, RFC 6954.
  package static let ecp512bp = Self(rawValue: 30)
  /// Curve25519, RFC 8031.
  package static let curve25519 = Self(rawValue: 31)
  /// Curve448, RFC 8031.
  package static let curve448 = Self(rawValue: 32)
  /// GOST3410_2012_256, RFC 9385.
  package static let gost3410256 = Self(rawValue: 33)
  /// GOST3410_2012_512, RFC 9385.
  package static let gost3410512 = Self(rawValue: 34)
  /// ml-kem-512, draft-ietf-ipsecme-ikev2-mlkem.
  package static let mlKem512 = Self(rawValue: 35)
  /// ml-kem-768, draft-ietf-ipsecme-ikev2-mlkem.
  package static let mlKem768 = Self(rawValue: 36)
  /// ml-kem-1024, draft-ietf-ipsecme-ikev2-mlkem.
  package static let mlKem1024 = Self(rawValue: 37)

  /// Length of the initiator's public value in bytes; nil where not settled or unknown.
  package var initiatorBytes: Int? { entry?.integer("initiator_bytes") }
  /// Length of the responder's public value in bytes; differs from the initiator's for a KEM only.
  package var responderBytes: Int? { entry?.integer("responder_bytes") }
  /// Length of the shared secret in bytes; nil where not settled or unknown.
  package var sharedSecretBytes: Int? { entry?.integer("shared_secret_bytes") }
  /// Size of the modulus or field in bits; nil when unknown.
  package var bits: Int? { entry?.integer("bits") }
  /// `modp`, `ecp`, `ec2n`, `montgomery`, `kem`, `gost` or `none`; nil when unknown.
  package var kind: String? { entry?["kind"] }
  /// The group of that contract identifier, such as `modp2048`.
  package static func named(_ id: String) -> Self? {
    registry.entries.first { $0.id == id }.map {
      Self(rawValue: UInt16(truncatingIfNeeded: $0.number))
    }
  }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|kind|initiator_bytes|responder_bytes|shared_secret_bytes|bits|ikev1|ikev2|rfc8247|status|rfc
    0|NONE|none|none|||||n|y|||RFC 7296
    1|768-bit MODP Group|modp768|modp|96|96|96|768|y|y|MUST NOT|broken|RFC 2409
    2|1024-bit MODP Group|modp1024|modp|128|128|128|1024|y|y|SHOULD NOT|deprecated|RFC 2409
    3|EC2N group on GP[2^155]|ec2n155|ec2n|20|20|20|155|y|n||deprecated|RFC 2409
    4|EC2N group on GP[2^185]|ec2n185|ec2n|24|24|24|185|y|n||deprecated|RFC 2409
    5|1536-bit MODP Group|modp1536|modp|192|192|192|1536|y|y|SHOULD NOT|deprecated|RFC 3526
    6|EC2N group over GF[2^163]|ec2n163-random|ec2n||||163|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    7|EC2N group over GF[2^163]|ec2n163-koblitz|ec2n||||163|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    8|EC2N group over GF[2^283]|ec2n283-random|ec2n||||283|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    9|EC2N group over GF[2^283]|ec2n283-koblitz|ec2n||||283|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    10|EC2N group over GF[2^409]|ec2n409-random|ec2n||||409|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    11|EC2N group over GF[2^409]|ec2n409-koblitz|ec2n||||409|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    12|EC2N group over GF[2^571]|ec2n571-random|ec2n||||571|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    13|EC2N group over GF[2^571]|ec2n571-koblitz|ec2n||||571|y|n||deprecated|draft-ietf-ipsec-ike-ecc-groups
    14|2048-bit MODP Group|modp2048|modp|256|256|256|2048|y|y|MUST|mandatory|RFC 3526
    15|3072-bit MODP Group|modp3072|modp|384|384|384|3072|y|y||optional|RFC 3526
    16|4096-bit MODP Group|modp4096|modp|512|512|512|4096|y|y||optional|RFC 3526
    17|6144-bit MODP Group|modp6144|modp|768|768|768|6144|y|y||optional|RFC 3526
    18|8192-bit MODP Group|modp8192|modp|1024|1024|1024|8192|y|y||optional|RFC 3526
    19|256-bit random ECP group|ecp256|ecp|64|64|32|256|y|y|SHOULD|recommended|RFC 5903
    20|384-bit random ECP group|ecp384|ecp|96|96|48|384|y|y||optional|RFC 5903
    21|521-bit random ECP group|ecp521|ecp|132|132|66|521|y|y||optional|RFC 5903
    22|1024-bit MODP Group with 160-bit Prime Order Subgroup|modp1024s160|modp|128|128|128|1024|y|y|MUST NOT|broken|RFC 5114
    23|2048-bit MODP Group with 224-bit Prime Order Subgroup|modp2048s224|modp|256|256|256|2048|y|y|SHOULD NOT|deprecated|RFC 5114
    24|2048-bit MODP Group with 256-bit Prime Order Subgroup|modp2048s256|modp|256|256|256|2048|y|y|SHOULD NOT|deprecated|RFC 5114
    25|192-bit Random ECP Group|ecp192|ecp|48|48|24|192|y|y||optional|RFC 5114
    26|224-bit Random ECP Group|ecp224|ecp|56|56|28|224|y|y||optional|RFC 5114
    27|brainpoolP224r1|ecp224bp|ecp|56|56|28|224|y|y||optional|RFC 6954
    28|brainpoolP256r1|ecp256bp|ecp|64|64|32|256|y|y||optional|RFC 6954
    29|brainpoolP384r1|ecp384bp|ecp|96|96|48|384|y|y||optional|RFC 6954
    30|brainpoolP512r1|ecp512bp|ecp|128|128|64|512|y|y||optional|RFC 6954
    31|Curve25519|curve25519|montgomery|32|32|32|255|n|y||optional|RFC 8031
    32|Curve448|curve448|montgomery|56|56|56|448|n|y||optional|RFC 8031
    33|GOST3410_2012_256|gost3410-256|gost|64|64||256|n|y||optional|RFC 9385
    34|GOST3410_2012_512|gost3410-512|gost|128|128||512|n|y||optional|RFC 9385
    35|ml-kem-512|ml-kem-512|kem|800|768|32|512|n|y||optional|draft-ietf-ipsecme-ikev2-mlkem
    36|ml-kem-768|ml-kem-768|kem|1184|1088|32|768|n|y||optional|draft-ietf-ipsecme-ikev2-mlkem
    37|ml-kem-1024|ml-kem-1024|kem|1568|1568|32|1024|n|y||optional|draft-ietf-ipsecme-ikev2-mlkem
    """)
}
