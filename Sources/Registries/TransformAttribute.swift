/// Attribute types of an IKEv2 transform (RFC 7296 §3.3.5).
package struct TransformAttribute: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Key Length (in bits), RFC 7296.
  package static let keyLength = Self(rawValue: 14)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|format|rfc
    14|Key Length (in bits)|key-length|TV|RFC 7296
    """)
}
