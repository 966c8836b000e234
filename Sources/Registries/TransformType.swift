/// Transform types of an IKEv2 proposal (RFC 7296 §3.3.2).
package struct TransformType: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Encryption Algorithm (ENCR), RFC 7296.
  package static let encryption = Self(rawValue: 1)
  /// Pseudorandom Function (PRF), RFC 7296.
  package static let prf = Self(rawValue: 2)
  /// Integrity Algorithm (INTEG), RFC 7296.
  package static let integrity = Self(rawValue: 3)
  /// Key Exchange Method (KE), RFC 7296; RFC 9370.
  package static let group = Self(rawValue: 4)
  /// Sequence Numbers (SN), RFC 7296; RFC 9827.
  package static let sequenceNumbers = Self(rawValue: 5)
  /// Additional Key Exchange 1 (ADDKE1), RFC 9370.
  package static let addke1 = Self(rawValue: 6)
  /// Additional Key Exchange 2 (ADDKE2), RFC 9370.
  package static let addke2 = Self(rawValue: 7)
  /// Additional Key Exchange 3 (ADDKE3), RFC 9370.
  package static let addke3 = Self(rawValue: 8)
  /// Additional Key Exchange 4 (ADDKE4), RFC 9370.
  package static let addke4 = Self(rawValue: 9)
  /// Additional Key Exchange 5 (ADDKE5), RFC 9370.
  package static let addke5 = Self(rawValue: 10)
  /// Additional Key Exchange 6 (ADDKE6), RFC 9370.
  package static let addke6 = Self(rawValue: 11)
  /// Additional Key Exchange 7 (ADDKE7), RFC 9370.
  package static let addke7 = Self(rawValue: 12)
  /// Key Wrap Algorithm (KWA), RFC 9838.
  package static let keyWrap = Self(rawValue: 13)
  /// Group Controller Authentication Method (GCAUTH), RFC 9838.
  package static let groupControllerAuth = Self(rawValue: 14)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|values_in|rfc|used_in
    1|Encryption Algorithm (ENCR)|encryption|ikev2-encryption.tsv|RFC 7296|IKE and ESP
    2|Pseudorandom Function (PRF)|prf|ikev2-prf.tsv|RFC 7296|IKE
    3|Integrity Algorithm (INTEG)|integrity|ikev2-integrity.tsv|RFC 7296|IKE, AH, optional in ESP
    4|Key Exchange Method (KE)|group|key-exchange-groups.tsv|RFC 7296; RFC 9370|IKE, optional in AH and ESP; formerly Diffie-Hellman Group
    5|Sequence Numbers (SN)|sequence-numbers|ikev2-other-transforms.tsv|RFC 7296; RFC 9827|AH and ESP; formerly Extended Sequence Numbers (ESN)
    6|Additional Key Exchange 1 (ADDKE1)|addke1|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    7|Additional Key Exchange 2 (ADDKE2)|addke2|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    8|Additional Key Exchange 3 (ADDKE3)|addke3|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    9|Additional Key Exchange 4 (ADDKE4)|addke4|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    10|Additional Key Exchange 5 (ADDKE5)|addke5|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    11|Additional Key Exchange 6 (ADDKE6)|addke6|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    12|Additional Key Exchange 7 (ADDKE7)|addke7|key-exchange-groups.tsv|RFC 9370|optional in IKE, AH, ESP
    13|Key Wrap Algorithm (KWA)|key-wrap|ikev2-other-transforms.tsv|RFC 9838|G-IKEv2
    14|Group Controller Authentication Method (GCAUTH)|group-controller-auth|ikev2-other-transforms.tsv|RFC 9838|G-IKEv2
    """)
}
