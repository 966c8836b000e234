/// Transforms of IKEv2 types 5 (sequence numbers), 13 and 14, by type.
package enum OtherTransforms {
  /// 32-bit sequence numbers (RFC 7296 §3.3.2, type 5).
  package static let sequence32: UInt16 = 0
  /// 64-bit sequence numbers of which 32 bits are sent: ESN (RFC 7296 §3.3.2, type 5).
  package static let sequence64: UInt16 = 1

  /// The table.
  package static let registry = Registry(
    """
    transform_type|number|name|id|rfc
    5|0|32-bit Sequential Numbers|32-bit|RFC 7296; RFC 9827
    5|1|Partially Transmitted 64-bit Sequential Numbers|esn|RFC 7296; RFC 9827
    5|2|32-bit Unspecified Numbers|32-bit-unspecified|RFC 9838
    13|1|KW_5649_128|kw-5649-128|RFC 9838
    13|2|KW_5649_192|kw-5649-192|RFC 9838
    13|3|KW_5649_256|kw-5649-256|RFC 9838
    13|4|KW_ARX|kw-arx|RFC 9838
    14|1|Implicit|implicit|RFC 9838
    14|2|Digital Signature|digital-signature|RFC 9838
    """, space: "transform_type")
}
