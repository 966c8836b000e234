package import Bytes
import Crypto
import Registries

extension Identification {
  /// The identity as text, made safe to show: an address, `10.1.0.0/24`, a name, a distinguished
  /// name as `CN=…, O=…`, or hexadecimal.
  package var text: String {
    switch type.rawValue {
    case 1, 5: address?.description ?? "0x" + hexadecimal(data)
    case 2, 3: printable(data)
    case 4 where type.version == .v1, 6 where type.version == .v1, 7 where type.version == .v1,
      8 where type.version == .v1:
      rangeText
    case 9: DistinguishedName(der: data)?.description ?? "0x" + hexadecimal(data)
    case 11: keyIDText
    case 13 where type.version == .v2: "(null)"
    default: "0x" + hexadecimal(data)
    }
  }

  /// A proxy identity with protocol and port where they narrow it: `10.1.0.0/24/6/443`.
  package var selectorText: String {
    guard ipProtocol != 0 || port != 0 else { return text }
    return "\(text)/\(ipProtocol)/\(port)"
  }

  private var rangeText: String {
    guard let range else { return "0x" + hexadecimal(data) }
    return IPAddress.text(of: range)
  }

  /// Group names are text; anything else is hexadecimal.
  private var keyIDText: String {
    !data.isEmpty && data.allSatisfy { (0x20..<0x7f).contains($0) }
      ? printable(data) : "0x" + hexadecimal(data)
  }
}

extension IPAddress {
  /// A range as text: one address, `10.1.0.0/24`, or `10.1.0.5-10.1.0.9`.
  package static func text(of range: ClosedRange<IPAddress>) -> String {
    if range.lowerBound == range.upperBound { return range.lowerBound.description }
    if let length = prefixLength(of: range) { return "\(range.lowerBound)/\(length)" }
    return "\(range.lowerBound)-\(range.upperBound)"
  }
}
