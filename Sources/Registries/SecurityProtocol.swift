/// Protocol identifiers of proposals, notifies and deletes: RFC 2407 §4.4.1, RFC 7296 §3.3.1.
/// The numbers mean the same in both versions as far as both have them.
package struct SecurityProtocol: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// RESERVED, RFC 2407.
  package static let reserved = Self(rawValue: 0)
  /// PROTO_ISAKMP, RFC 2407.
  package static let isakmp = Self(rawValue: 1)
  /// PROTO_IPSEC_AH, RFC 2407.
  package static let ah = Self(rawValue: 2)
  /// PROTO_IPSEC_ESP, RFC 2407.
  package static let esp = Self(rawValue: 3)
  /// PROTO_IPCOMP, RFC 2407.
  package static let ipcomp = Self(rawValue: 4)
  /// PROTO_GIGABEAM_RADIO, RFC 4705.
  package static let gigabeamRadio = Self(rawValue: 5)
  /// GIKE_UPDATE, RFC 9838.
  package static let gikeUpdate = Self(rawValue: 6)

  /// The name in the words of one version.
  package func name(in version: IKEVersion) -> String {
    Self.registry.entry(UInt32(rawValue), in: version.digit)?.name ?? unknownText
  }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    ike_version|number|name|id|rfc
    1|0|RESERVED|reserved|RFC 2407
    1|1|PROTO_ISAKMP|isakmp|RFC 2407
    1|2|PROTO_IPSEC_AH|ah|RFC 2407
    1|3|PROTO_IPSEC_ESP|esp|RFC 2407
    1|4|PROTO_IPCOMP|ipcomp|RFC 2407
    1|5|PROTO_GIGABEAM_RADIO|gigabeam-radio|RFC 4705
    2|0|Reserved|reserved|RFC 7296
    2|1|IKE|ike|RFC 7296
    2|2|AH|ah|RFC 7296
    2|3|ESP|esp|RFC 7296
    2|4|FC_ESP_HEADER|fc-esp-header|RFC 4595
    2|5|FC_CT_AUTHENTICATION|fc-ct-authentication|RFC 4595
    2|6|GIKE_UPDATE|gike-update|RFC 9838
    """, space: "ike_version")
}
