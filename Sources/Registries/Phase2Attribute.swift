/// Attribute types of a phase 2 transform (RFC 2407 §4.5).
package struct Phase2Attribute: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// SA Life Type, RFC 2407.
  package static let lifeType = Self(rawValue: 1)
  /// SA Life Duration, RFC 2407.
  package static let lifeDuration = Self(rawValue: 2)
  /// Group Description, RFC 2407.
  package static let groupDescription = Self(rawValue: 3)
  /// Encapsulation Mode, RFC 2407.
  package static let encapsulationMode = Self(rawValue: 4)
  /// Authentication Algorithm, RFC 2407.
  package static let authenticationAlgorithm = Self(rawValue: 5)
  /// Key Length, RFC 2407.
  package static let keyLength = Self(rawValue: 6)
  /// Key Rounds, RFC 2407.
  package static let keyRounds = Self(rawValue: 7)
  /// Compress Dictionary Size, RFC 2407.
  package static let compressDictionarySize = Self(rawValue: 8)
  /// Compress Private Algorithm, RFC 2407.
  package static let compressPrivateAlgorithm = Self(rawValue: 9)
  /// ECN Tunnel, RFC 3168.
  package static let ecnTunnel = Self(rawValue: 10)
  /// Extended (64-bit) Sequence Number, RFC 4304.
  package static let esn = Self(rawValue: 11)
  /// Authentication Key Length, RFC 4359.
  package static let authenticationKeyLength = Self(rawValue: 12)
  /// Signature Encoding Algorithm, RFC 4359.
  package static let signatureEncoding = Self(rawValue: 13)
  /// Address Preservation, RFC 6407.
  package static let addressPreservation = Self(rawValue: 14)
  /// SA Direction, RFC 6407.
  package static let saDirection = Self(rawValue: 15)
  /// Security Context.
  package static let securityContext = Self(rawValue: 32001)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|format|rfc
    1|SA Life Type|life-type|B|RFC 2407
    2|SA Life Duration|life-duration|V|RFC 2407
    3|Group Description|group-description|B|RFC 2407
    4|Encapsulation Mode|encapsulation-mode|B|RFC 2407
    5|Authentication Algorithm|authentication-algorithm|B|RFC 2407
    6|Key Length|key-length|B|RFC 2407
    7|Key Rounds|key-rounds|B|RFC 2407
    8|Compress Dictionary Size|compress-dictionary-size|B|RFC 2407
    9|Compress Private Algorithm|compress-private-algorithm|V|RFC 2407
    10|ECN Tunnel|ecn-tunnel|B|RFC 3168
    11|Extended (64-bit) Sequence Number|esn|B|RFC 4304
    12|Authentication Key Length|authentication-key-length|V|RFC 4359
    13|Signature Encoding Algorithm|signature-encoding|B|RFC 4359
    14|Address Preservation|address-preservation|B|RFC 6407
    15|SA Direction|sa-direction|B|RFC 6407
    32001|Security Context|security-context|V|-
    """)
}
