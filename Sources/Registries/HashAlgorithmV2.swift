/// Hash algorithms of SIGNATURE_HASH_ALGORITHMS (RFC 7427 §7).
package struct HashAlgorithmV2: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// SHA1, RFC 7427.
  package static let sha1 = Self(rawValue: 1)
  /// SHA2-256, RFC 7427.
  package static let sha256 = Self(rawValue: 2)
  /// SHA2-384, RFC 7427.
  package static let sha384 = Self(rawValue: 3)
  /// SHA2-512, RFC 7427.
  package static let sha512 = Self(rawValue: 4)
  /// Identity, RFC 8420.
  package static let identity = Self(rawValue: 5)
  /// STREEBOG_256, RFC 9385.
  package static let streebog256 = Self(rawValue: 6)
  /// STREEBOG_512, RFC 9385.
  package static let streebog512 = Self(rawValue: 7)

  /// Output length in bytes; nil for `identity` and unknown numbers.
  package var outputBytes: Int? { entry?.integer("output_bytes") }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|output_bytes|rfc8247|status|rfc
    1|SHA1|sha1|20|MUST NOT|broken|RFC 7427
    2|SHA2-256|sha256|32|MUST|mandatory|RFC 7427
    3|SHA2-384|sha384|48|MAY|optional|RFC 7427
    4|SHA2-512|sha512|64|SHOULD|recommended|RFC 7427
    5|Identity|identity|||optional|RFC 8420
    6|STREEBOG_256|streebog-256|32||optional|RFC 9385
    7|STREEBOG_512|streebog-512|64||optional|RFC 9385
    """)
}
