/// Identification types (RFC 2407 §4.6.2.1, RFC 7296 §3.5).
package struct IdentificationType: Hashable, Sendable, CustomStringConvertible {
  /// Which version's table the number is of.
  package let version: IKEVersion
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(_ version: IKEVersion, _ rawValue: UInt8) {
    self.version = version
    self.rawValue = rawValue
  }

  /// ID_IPV4_ADDR, RFC 2407.
  package static let ipv4AddrV1 = Self(.v1, 1)
  /// ID_FQDN, RFC 2407.
  package static let fqdnV1 = Self(.v1, 2)
  /// ID_USER_FQDN, RFC 2407.
  package static let userFQDNV1 = Self(.v1, 3)
  /// ID_IPV4_ADDR_SUBNET, RFC 2407.
  package static let ipv4AddrSubnetV1 = Self(.v1, 4)
  /// ID_IPV6_ADDR, RFC 2407.
  package static let ipv6AddrV1 = Self(.v1, 5)
  /// ID_IPV6_ADDR_SUBNET, RFC 2407.
  package static let ipv6AddrSubnetV1 = Self(.v1, 6)
  /// ID_IPV4_ADDR_RANGE, RFC 2407.
  package static let ipv4AddrRangeV1 = Self(.v1, 7)
  /// ID_IPV6_ADDR_RANGE, RFC 2407.
  package static let ipv6AddrRangeV1 = Self(.v1, 8)
  /// ID_DER_ASN1_DN, RFC 2407.
  package static let derASN1DNV1 = Self(.v1, 9)
  /// ID_DER_ASN1_GN, RFC 2407.
  package static let derASN1GNV1 = Self(.v1, 10)
  /// ID_KEY_ID, RFC 2407.
  package static let keyIDV1 = Self(.v1, 11)
  /// ID_LIST, RFC 3554.
  package static let listV1 = Self(.v1, 12)
  /// ID_IPV4_ADDR, RFC 7296.
  package static let ipv4AddrV2 = Self(.v2, 1)
  /// ID_FQDN, RFC 7296.
  package static let fqdnV2 = Self(.v2, 2)
  /// ID_RFC822_ADDR, RFC 7296.
  package static let rfc822AddrV2 = Self(.v2, 3)
  /// ID_IPV6_ADDR, RFC 7296.
  package static let ipv6AddrV2 = Self(.v2, 5)
  /// ID_DER_ASN1_DN, RFC 7296.
  package static let derASN1DNV2 = Self(.v2, 9)
  /// ID_DER_ASN1_GN, RFC 7296.
  package static let derASN1GNV2 = Self(.v2, 10)
  /// ID_KEY_ID, RFC 7296.
  package static let keyIDV2 = Self(.v2, 11)
  /// ID_FC_NAME, RFC 4595.
  package static let fcNameV2 = Self(.v2, 12)
  /// ID_NULL, RFC 7619.
  package static let nullV2 = Self(.v2, 13)

  /// What the table says of this number; nil when it says nothing.
  package var entry: RegistryEntry? {
    Self.registry.entry(UInt32(rawValue), in: version.digit)
  }

  /// The name in the RFC's words, `unknown 241` where there is none.
  package var name: String { entry?.name ?? "unknown \(rawValue)" }

  /// The identifier in reports, `unknown-241` where there is none.
  package var id: String { entry?.id ?? "unknown-\(rawValue)" }

  /// The text for people.
  package var description: String { name }

  /// The table.
  package static let registry = Registry(
    """
    ike_version|number|name|id|bytes|rfc
    1|1|ID_IPV4_ADDR|ipv4-addr|4|RFC 2407
    1|2|ID_FQDN|fqdn||RFC 2407
    1|3|ID_USER_FQDN|user-fqdn||RFC 2407
    1|4|ID_IPV4_ADDR_SUBNET|ipv4-addr-subnet|8|RFC 2407
    1|5|ID_IPV6_ADDR|ipv6-addr|16|RFC 2407
    1|6|ID_IPV6_ADDR_SUBNET|ipv6-addr-subnet|32|RFC 2407
    1|7|ID_IPV4_ADDR_RANGE|ipv4-addr-range|8|RFC 2407
    1|8|ID_IPV6_ADDR_RANGE|ipv6-addr-range|32|RFC 2407
    1|9|ID_DER_ASN1_DN|der-asn1-dn||RFC 2407
    1|10|ID_DER_ASN1_GN|der-asn1-gn||RFC 2407
    1|11|ID_KEY_ID|key-id||RFC 2407
    1|12|ID_LIST|list||RFC 3554
    2|1|ID_IPV4_ADDR|ipv4-addr|4|RFC 7296
    2|2|ID_FQDN|fqdn||RFC 7296
    2|3|ID_RFC822_ADDR|rfc822-addr||RFC 7296
    2|5|ID_IPV6_ADDR|ipv6-addr|16|RFC 7296
    2|9|ID_DER_ASN1_DN|der-asn1-dn||RFC 7296
    2|10|ID_DER_ASN1_GN|der-asn1-gn||RFC 7296
    2|11|ID_KEY_ID|key-id||RFC 7296
    2|12|ID_FC_NAME|fc-name|8|RFC 4595
    2|13|ID_NULL|null|0|RFC 7619
    """, space: "ike_version")
}
