import Bytes
package import Registries

/// Attributes of IKEv1's transaction exchange (draft-dukes-ike-mode-cfg-02, XAUTH) and the CP
/// payload of IKEv2 (RFC 7296 §3.15): the same bytes.
package struct Configuration: Sendable {
  /// Whose attribute numbers.
  package let version: IKEVersion
  /// Request, reply, set or acknowledgement.
  package let type: ConfigurationType
  /// IKEv1's identifier that pairs request and reply; in IKEv2 reserved.
  package let identifier: UInt16
  /// The attributes in order.
  package let attributes: [DataAttribute]

  init(
    parsing reader: inout WireReader, _ version: IKEVersion, _ notes: inout DecodingNotes
  ) throws(WireError) {
    self.version = version
    type = ConfigurationType(rawValue: try reader.uint8())
    try reader.skip(1)
    identifier = try reader.uint16()
    attributes = DataAttribute.list(parsing: &reader, &notes)
  }

  /// True when any attribute is XAUTH's (draft-beaulieu-ike-xauth-02 §6.2).
  package var isXAUTH: Bool {
    version == .v1 && attributes.contains { (16520...16529).contains($0.type) }
  }

  /// The attribute's number with its registry.
  package func attributeType(_ attribute: DataAttribute) -> ConfigurationAttribute {
    ConfigurationAttribute(version, attribute.type)
  }

  /// The first attribute of that type.
  package func attribute(_ type: ConfigurationAttribute) -> DataAttribute? {
    attributes.first { $0.type == type.rawValue }
  }
}
