package import Bytes

extension IPAddress {
  /// The addresses of the subnet of this address and `mask`; nil when the mask is not contiguous
  /// ones, or of another family.
  package func subnet(mask: IPAddress) -> ClosedRange<IPAddress>? {
    guard let length = mask.maskLength, mask.isIPv6 == isIPv6 else { return nil }
    return subnet(length: length)
  }

  /// The addresses of the subnet of this address and a prefix length; nil for a length beyond the
  /// address's width.
  package func subnet(length: Int) -> ClosedRange<IPAddress>? {
    guard (0...bitWidth).contains(length) else { return nil }
    guard isIPv6 else {
      let host = length == 0 ? UInt32.max : UInt32.max >> UInt32(length) & (length == 32 ? 0 : .max)
      let bits = UInt32(truncatingIfNeeded: low)
      return IPAddress(ipv4: bits & ~host)...IPAddress(ipv4: bits | host)
    }
    let highHost = length >= 64 ? 0 : UInt64.max >> UInt64(length)
    let lowHost = length <= 64 ? UInt64.max : length == 128 ? 0 : UInt64.max >> UInt64(length - 64)
    return IPAddress(
      ipv6High: high & ~highHost, low: low & ~lowHost)...IPAddress(
        ipv6High: high | highHost, low: low | lowHost)
  }

  /// The prefix length that this address is as a mask; nil when its ones are not contiguous.
  package var maskLength: Int? {
    guard isIPv6 else {
      let bits = UInt32(truncatingIfNeeded: low)
      return Self.ones(UInt64(bits) << 32)
    }
    guard let highLength = Self.ones(high), let lowLength = Self.ones(low),
      highLength == 64 || lowLength == 0
    else { return nil }
    return highLength + lowLength
  }

  private static func ones(_ bits: UInt64) -> Int? {
    let length = (~bits).leadingZeroBitCount
    return bits.nonzeroBitCount == length ? length : nil
  }

  /// The prefix length of a range that is exactly one subnet; nil for any other range.
  package static func prefixLength(of range: ClosedRange<IPAddress>) -> Int? {
    let (first, last) = (range.lowerBound, range.upperBound)
    guard first.isIPv6 == last.isIPv6 else { return nil }
    let high = first.high ^ last.high
    let low = first.low ^ last.low
    let length =
      high != 0
      ? high.leadingZeroBitCount : 64 + low.leadingZeroBitCount
    let prefix = first.isIPv6 ? length : length - 96
    guard let subnet = first.subnet(length: prefix), subnet == range else { return nil }
    return prefix
  }
}
