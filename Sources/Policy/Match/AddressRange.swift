package import Bytes
package import CiscoConfig

extension AddressRange {
  /// All of IPv4.
  static let allIPv4 = AddressRange(.anyIPv4)
  /// All of IPv6.
  static let allIPv6 = AddressRange(.anyIPv6)

  /// One address.
  package init(host: IPAddress) {
    self.init(IPPrefix(host: host))
  }

  /// A range from text: `10.0.0.0/24`, `10.0.0.5`, or `10.0.0.5-10.0.0.9`; nil for anything else.
  /// Host bits under the prefix are cleared.
  package init?(text: String) {
    if let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")) {
      guard let lower = IPAddress(text: text[..<dash]),
        let upper = IPAddress(text: text[text.utf8.index(after: dash)...])
      else { return nil }
      self.init(lower, upper)
    } else {
      guard let prefix = IPPrefix(text) else { return nil }
      self.init(prefix)
    }
  }

  func overlaps(_ other: AddressRange) -> Bool {
    first.isIPv6 == other.first.isIPv6 && first <= other.last && other.first <= last
  }

  var isIPv6: Bool { first.isIPv6 }

  /// The network, when the range is one.
  var prefix: IPPrefix? {
    let high = first.high ^ last.high
    let low = first.low ^ last.low
    let length =
      high != 0
      ? high.leadingZeroBitCount : (isIPv6 ? 64 : -32) + low.leadingZeroBitCount
    let prefix = IPPrefix(first, length: length)
    return prefix.address == first && prefix.last == last ? prefix : nil
  }

  /// `10.0.0.0/24`, or `10.0.0.5-10.0.0.9` where the range is no network.
  package var selector: String { prefix?.description ?? description }
}
