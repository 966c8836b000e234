import Bytes
import Registries

extension Configuration {
  /// Type and attributes; passwords, passcodes and PINs are hidden.
  var fields: [Field] {
    [Field("type", type.name)]
      + attributes.map { attribute in
        let type = attributeType(attribute)
        return Field(type.id, text(of: attribute))
      }
  }

  /// The value of one attribute as text, `(hidden)` for a secret.
  package func text(of attribute: DataAttribute) -> String {
    let type = attributeType(attribute)
    if attribute.bytes.isEmpty { return "" }
    if type.isSecret { return Field.hidden }
    let bytes = attribute.bytes
    switch type.valueKind {
    case "ipv4", "ipv6": return IPAddress(bytes: bytes)?.description ?? hexadecimalText(bytes)
    case "uint16", "uint32": return numberText(attribute, type)
    case "text": return printable(bytes)
    case "ipv4-mask": return maskText(bytes) ?? hexadecimalText(bytes)
    case "ipv6-prefix": return prefixText(bytes) ?? hexadecimalText(bytes)
    case "subnets": return subnetsText(bytes) ?? hexadecimalText(bytes)
    case "types": return typesText(bytes) ?? hexadecimalText(bytes)
    default: return hexadecimalText(bytes)
    }
  }

  private func hexadecimalText(_ bytes: [UInt8]) -> String {
    "0x" + hexadecimal(bytes.prefix(64)) + (bytes.count > 64 ? "…" : "")
  }

  private func numberText(_ attribute: DataAttribute, _ type: ConfigurationAttribute) -> String {
    guard let number = attribute.number else { return hexadecimalText(attribute.bytes) }
    let value = XAUTHValues.registry.entry(
      UInt32(truncatingIfNeeded: number), in: type.name)
    return value.map(\.id) ?? String(number)
  }

  private func maskText(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 8, let address = IPAddress(bytes: bytes[..<4]),
      let mask = IPAddress(bytes: bytes[4...])
    else { return nil }
    return mask.maskLength.map { "\(address)/\($0)" } ?? "\(address)/\(mask)"
  }

  private func prefixText(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 17, let address = IPAddress(bytes: bytes[..<16]) else { return nil }
    return "\(address)/\(bytes[16])"
  }

  /// Unity: 14 bytes a subnet, address, mask, protocol and two ports.
  private func subnetsText(_ bytes: [UInt8]) -> String? {
    guard bytes.count.isMultiple(of: 14) else { return nil }
    return stride(from: 0, to: bytes.count, by: 14)
      .map { maskText(Array(bytes[$0..<($0 + 8)])) ?? "" }.joined(separator: " ")
  }

  private func typesText(_ bytes: [UInt8]) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: bytes.count, by: 2)
      .map { ConfigurationAttribute(version, UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])).id }
      .joined(separator: " ")
  }
}
