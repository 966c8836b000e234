/// Traffic selector types (RFC 7296 §3.13.1).
package struct TrafficSelectorType: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// TS_IPV4_ADDR_RANGE, RFC 7296.
  package static let ipv4Range = Self(rawValue: 7)
  /// TS_IPV6_ADDR_RANGE, RFC 7296.
  package static let ipv6Range = Self(rawValue: 8)
  /// TS_FC_ADDR_RANGE, RFC 4595.
  package static let fcRange = Self(rawValue: 9)
  /// TS_SECLABEL, RFC 9478.
  package static let seclabel = Self(rawValue: 10)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|selector_bytes|rfc
    7|TS_IPV4_ADDR_RANGE|ipv4-range|16|RFC 7296
    8|TS_IPV6_ADDR_RANGE|ipv6-range|40|RFC 7296
    9|TS_FC_ADDR_RANGE|fc-range||RFC 4595
    10|TS_SECLABEL|seclabel||RFC 9478
    """)
}
