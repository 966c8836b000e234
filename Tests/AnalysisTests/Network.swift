import Bytes

/// The network of a selector, its protocol and port apart, host bits cleared.
struct Network: Hashable {
  var bits: [UInt8]
  var length: Int

  /// `10.1.0.0/24`, `10.1.0.0/24/tcp/80`, `10.1.0.1`, or strongSwan's `10.1.0.0/24[tcp/80]`.
  init?(_ text: String) {
    let parts = text.prefix { $0 != "[" }.split(separator: "/")
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    bits = address.bytes
    length = parts.count > 1 ? Int(parts[1]) ?? bits.count * 8 : bits.count * 8
    for index in bits.indices {
      let kept = min(8, max(0, length - index * 8))
      bits[index] &= UInt8(truncatingIfNeeded: 0xff00 >> kept)
    }
  }
}
