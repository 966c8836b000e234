/// Types of a mode configuration or CP payload (RFC 7296 §3.15; draft-dukes-ike-mode-cfg-02).
package struct ConfigurationType: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// CFG_REQUEST, RFC 7296.
  package static let request = Self(rawValue: 1)
  /// CFG_REPLY, RFC 7296.
  package static let reply = Self(rawValue: 2)
  /// CFG_SET, RFC 7296.
  package static let `set` = Self(rawValue: 3)
  /// CFG_ACK, RFC 7296.
  package static let ack = Self(rawValue: 4)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|rfc_ikev1|rfc_ikev2
    1|CFG_REQUEST|request|draft-dukes-ike-mode-cfg-02|RFC 7296
    2|CFG_REPLY|reply|draft-dukes-ike-mode-cfg-02|RFC 7296
    3|CFG_SET|set|draft-dukes-ike-mode-cfg-02|RFC 7296
    4|CFG_ACK|ack|draft-dukes-ike-mode-cfg-02|RFC 7296
    """)
}
