/// Domains of interpretation (RFC 2408 §3.4) and, under `situation`, the bits of RFC 2407 §4.2.
package struct DomainOfInterpretation: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt32

  /// Any number is valid.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// ISAKMP, RFC 2408.
  package static let isakmp = Self(rawValue: 0)
  /// IPSEC, RFC 2407.
  package static let ipsec = Self(rawValue: 1)
  /// GDOI, RFC 6407.
  package static let gdoi = Self(rawValue: 2)

  /// What the table says of this number; nil when it says nothing.
  package var entry: RegistryEntry? { Self.registry.entry(rawValue, in: "doi") }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    kind|number|name|id|rfc
    doi|0|ISAKMP|isakmp|RFC 2408
    doi|1|IPSEC|ipsec|RFC 2407
    doi|2|GDOI|gdoi|RFC 6407
    situation|1|SIT_IDENTITY_ONLY|identity-only|RFC 2407
    situation|2|SIT_SECRECY|secrecy|RFC 2407
    situation|4|SIT_INTEGRITY|integrity|RFC 2407
    """, space: "kind")
}
