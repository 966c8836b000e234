package import Bytes

/// A network: an address whose host bits are zero, and how many leading bits are fixed.
package struct IPPrefix: Hashable, Sendable {
  /// The first address of the network.
  package let address: IPAddress
  /// The number of fixed leading bits, 0 to 32 or 128.
  package let length: Int

  /// Every IPv4 address, `0.0.0.0/0`.
  package static let anyIPv4 = IPPrefix(IPAddress(ipv4: 0), length: 0)
  /// Every IPv6 address, `::/0`.
  package static let anyIPv6 = IPPrefix(IPAddress(ipv6High: 0, low: 0), length: 0)

  /// The network of that length around an address; host bits are cleared and the length is held
  /// within the family's width.
  package init(_ address: IPAddress, length: Int) {
    let length = Swift.max(0, Swift.min(length, address.bitWidth))
    self.length = length
    if address.isIPv6 {
      self.address = IPAddress(
        ipv6High: address.high & Self.leading(length),
        low: address.low & Self.leading(length - 64))
    } else {
      self.address = IPAddress(
        ipv4: UInt32(truncatingIfNeeded: address.low & Self.leading(32 + length)))
    }
  }

  /// The network of a single address.
  package init(host address: IPAddress) {
    self.init(address, length: address.bitWidth)
  }

  /// 64 bits of which the first `count` are set; counts outside 0 to 64 are held within.
  private static func leading(_ count: Int) -> UInt64 {
    if count <= 0 { return 0 }
    return count >= 64 ? .max : ~(.max >> UInt64(count))
  }

  /// True for the IPv6 family.
  package var isIPv6: Bool { address.isIPv6 }
  /// True when it holds a single address.
  package var isHost: Bool { length == address.bitWidth }
  /// True when it holds every address of its family.
  package var isAny: Bool { length == 0 }

  /// The last address of the network.
  package var last: IPAddress {
    if address.isIPv6 {
      return IPAddress(
        ipv6High: address.high | ~Self.leading(length),
        low: address.low | ~Self.leading(length - 64))
    }
    return IPAddress(ipv4: UInt32(truncatingIfNeeded: address.low | ~Self.leading(32 + length)))
  }

  /// True when the address lies in the network; never for the other family.
  package func contains(_ other: IPAddress) -> Bool {
    other.isIPv6 == isIPv6 && IPPrefix(other, length: length).address == address
  }

  /// True when the whole other network lies in this one.
  package func contains(_ other: IPPrefix) -> Bool {
    other.length >= length && contains(other.address)
  }
}

extension IPPrefix: CustomStringConvertible {
  /// `10.1.0.0/24`.
  package var description: String { "\(address)/\(length)" }
}

extension IPPrefix: LosslessStringConvertible {
  /// A network from `address/length`, or from an address alone. Nil for anything else.
  package init?(_ text: String) {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      guard let address = IPAddress(text) else { return nil }
      self.init(host: address)
      return
    }
    let digits = text[text.utf8.index(after: slash)...]
    guard let address = IPAddress(text: text[..<slash]), digits.utf8.count <= 3,
      digits.utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(digits),
      length <= address.bitWidth
    else { return nil }
    self.init(address, length: length)
  }
}
