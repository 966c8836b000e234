/// Attribute types of a phase 1 transform (RFC 2409, appendix A).
package struct Phase1Attribute: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Encryption Algorithm, RFC 2409.
  package static let encryption = Self(rawValue: 1)
  /// Hash Algorithm, RFC 2409.
  package static let hash = Self(rawValue: 2)
  /// Authentication Method, RFC 2409.
  package static let authenticationMethod = Self(rawValue: 3)
  /// Group Description, RFC 2409.
  package static let groupDescription = Self(rawValue: 4)
  /// Group Type, RFC 2409.
  package static let groupType = Self(rawValue: 5)
  /// Group Prime/Irreducible Polynomial, RFC 2409.
  package static let groupPrime = Self(rawValue: 6)
  /// Group Generator One, RFC 2409.
  package static let groupGenerator1 = Self(rawValue: 7)
  /// Group Generator Two, RFC 2409.
  package static let groupGenerator2 = Self(rawValue: 8)
  /// Group Curve A, RFC 2409.
  package static let groupCurveA = Self(rawValue: 9)
  /// Group Curve B, RFC 2409.
  package static let groupCurveB = Self(rawValue: 10)
  /// Life Type, RFC 2409.
  package static let lifeType = Self(rawValue: 11)
  /// Life Duration, RFC 2409.
  package static let lifeDuration = Self(rawValue: 12)
  /// PRF, RFC 2409.
  package static let prf = Self(rawValue: 13)
  /// Key Length, RFC 2409.
  package static let keyLength = Self(rawValue: 14)
  /// Field Size, RFC 2409.
  package static let fieldSize = Self(rawValue: 15)
  /// Group Order, RFC 2409.
  package static let groupOrder = Self(rawValue: 16)
  /// Block Size.
  package static let blockSize = Self(rawValue: 17)
  /// Asymmetric Cryptographic Algorithm Type, GM/T 0022.
  package static let gmtAsymmetricAlgorithm = Self(rawValue: 20)
  /// GSS Identity Name, draft-ietf-ipsec-isakmp-gss-auth.
  package static let gssID = Self(rawValue: 16384)
  /// Nortel unknown.
  package static let nortelUnknown = Self(rawValue: 32767)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|format|status|rfc
    1|Encryption Algorithm|encryption|B|historic|RFC 2409
    2|Hash Algorithm|hash|B|historic|RFC 2409
    3|Authentication Method|authentication-method|B|historic|RFC 2409
    4|Group Description|group-description|B|historic|RFC 2409
    5|Group Type|group-type|B|historic|RFC 2409
    6|Group Prime/Irreducible Polynomial|group-prime|V|historic|RFC 2409
    7|Group Generator One|group-generator-1|V|historic|RFC 2409
    8|Group Generator Two|group-generator-2|V|historic|RFC 2409
    9|Group Curve A|group-curve-a|V|historic|RFC 2409
    10|Group Curve B|group-curve-b|V|historic|RFC 2409
    11|Life Type|life-type|B|historic|RFC 2409
    12|Life Duration|life-duration|V|historic|RFC 2409
    13|PRF|prf|B|historic|RFC 2409
    14|Key Length|key-length|B|historic|RFC 2409
    15|Field Size|field-size|B|historic|RFC 2409
    16|Group Order|group-order|V|historic|RFC 2409
    17|Block Size|block-size|B|historic|-
    20|Asymmetric Cryptographic Algorithm Type|gmt-asymmetric-algorithm|B||GM/T 0022
    16384|GSS Identity Name|gss-id|V||draft-ietf-ipsec-isakmp-gss-auth
    32767|Nortel unknown|nortel-unknown|||-
    """)
}
