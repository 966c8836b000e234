import Bytes

/// A 64-bit mark of a message's bytes: equal bytes, equal marks. Keyed at start, so that nobody can
/// prepare two messages with one mark.
struct Fingerprint: Sendable {
  private let seed = UInt64.random(in: .min ... .max)

  /// The mark of all of `bytes`.
  func mark(_ bytes: RawSpan) -> UInt64 {
    var value = avalanche(seed ^ UInt64(bytes.byteCount))
    var offset = 0
    while offset + 8 <= bytes.byteCount {
      value = avalanche(value ^ bytes.uint64(at: offset))
      offset += 8
    }
    while offset < bytes.byteCount {
      value = value &* 31 &+ UInt64(bytes.byte(at: offset))
      offset += 1
    }
    return avalanche(value)
  }
}
