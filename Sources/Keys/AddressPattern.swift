package import Bytes

/// Addresses that a row of a key file speaks of: one, a prefix, or one with wildcards in it.
package struct AddressPattern: Hashable, Sendable {
  /// The address, with zeros where anything fits.
  private let value: IPAddress
  private let highMask: UInt64
  private let lowMask: UInt64

  /// Exactly this address.
  package init(_ address: IPAddress) {
    value = address
    highMask = .max
    lowMask = .max
  }

  private init(value: IPAddress, highMask: UInt64, lowMask: UInt64) {
    self.highMask = highMask
    self.lowMask = lowMask
    self.value =
      value.isIPv6
      ? IPAddress(ipv6High: value.high & highMask, low: value.low & lowMask)
      : IPAddress(ipv4: UInt32(truncatingIfNeeded: value.low & lowMask))
  }

  /// The one address, where nothing is wild.
  package var exact: IPAddress? {
    let full: UInt64 = value.isIPv6 ? .max : 0xffff_ffff
    return lowMask & full == full && (highMask == .max || !value.isIPv6) ? value : nil
  }

  /// True when `address` is one of them.
  package func matches(_ address: IPAddress) -> Bool {
    address.isIPv6 == value.isIPv6 && address.high & highMask == value.high
      && address.low & lowMask & (value.isIPv6 ? .max : 0xffff_ffff) == value.low
  }

  /// Reads an address, `address/prefix`, or an address with `*` for whole parts
  /// (`192.0.2.*`, `2001:db8::*`). Nil for anything else; "any address" is not a pattern but the
  /// absence of one.
  package init?(_ text: some StringProtocol) {
    let text = String(text)
    if let slash = text.firstIndex(of: "/") {
      guard let address = IPAddress(String(text[..<slash])),
        let length = Int(text[text.index(after: slash)...]), (0...address.bitWidth).contains(length)
      else { return nil }
      let bits = address.isIPv6 ? length : length + 96
      self.init(
        value: address, highMask: Self.ones(min(bits, 64)), lowMask: Self.ones(max(bits - 64, 0)))
    } else if text.contains("*") {
      self.init(wild: text)
    } else {
      guard let address = IPAddress(text) else { return nil }
      self.init(address)
    }
  }

  /// The address read twice, with the wild parts all zeros and all ones: where both agree it counts.
  private init?(wild text: String) {
    let separator: Character = text.contains(":") ? ":" : "."
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    let ones = separator == "." ? "255" : "ffff"
    func filled(_ digit: String) -> IPAddress? {
      IPAddress(parts.map { $0 == "*" ? digit : String($0) }.joined(separator: String(separator)))
    }
    guard let zero = filled("0"), let full = filled(ones) else { return nil }
    self.init(
      value: zero, highMask: ~(zero.high ^ full.high), lowMask: ~(zero.low ^ full.low))
  }

  /// `count` ones from the most significant bit on.
  private static func ones(_ count: Int) -> UInt64 {
    count <= 0 ? 0 : UInt64.max << UInt64(64 - min(count, 64))
  }
}

extension AddressPattern: CustomStringConvertible {
  /// Canonical text; wild parts as a mask in the form that reads back.
  package var description: String {
    if let exact { return exact.description }
    let high = highMask.leadingZeroBitCount == 0 ? (~highMask).leadingZeroBitCount : 0
    let low = (~lowMask).leadingZeroBitCount
    let length = value.isIPv6 ? (high < 64 ? high : 64 + low) : max(low - 32, 0)
    return "\(value)/\(length)"
  }
}

/// SPIs that a row of a key file speaks of: one, any, or one with wild hexadecimal digits.
package struct SPIPattern: Hashable, Sendable {
  package let value: UInt32
  package let mask: UInt32

  /// Exactly this SPI.
  package init(_ spi: UInt32) {
    value = spi
    mask = .max
  }

  /// Every SPI.
  package static let any = SPIPattern(value: 0, mask: 0)

  private init(value: UInt32, mask: UInt32) {
    self.value = value & mask
    self.mask = mask
  }

  /// The one SPI, where nothing is wild.
  package var exact: UInt32? { mask == .max ? value : nil }

  /// True when `spi` is one of them.
  package func matches(_ spi: UInt32) -> Bool { spi & mask == value }

  /// Reads `0x…` with up to 8 digits, any of which may be `*`, or a decimal number, or `*`.
  package init?(_ text: some StringProtocol) {
    if text == "*" {
      self = .any
    } else if text.hasPrefix("0x") || text.hasPrefix("0X") {
      let digits = text.dropFirst(2)
      guard (1...8).contains(digits.count),
        let zero = UInt32(digits.map { $0 == "*" ? "0" : String($0) }.joined(), radix: 16),
        let full = UInt32(digits.map { $0 == "*" ? "f" : String($0) }.joined(), radix: 16),
        digits.first != "+"
      else { return nil }
      self.init(value: zero, mask: ~(zero ^ full))
    } else {
      guard let number = UInt32(text) else { return nil }
      self.init(number)
    }
  }
}

extension SPIPattern: CustomStringConvertible {
  /// `0x` and eight digits, wild ones as `*`; a lone `*` for every SPI.
  package var description: String {
    guard mask != 0 else { return "*" }
    let digits = zip(hexadecimal(value), hexadecimal(mask)).map { $1 == "f" ? $0 : "*" }
    return "0x" + String(digits)
  }
}
