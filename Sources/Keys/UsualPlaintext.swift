package import Crypto

/// Where the plaintext of an ordinary ESP packet stands: verified, and padded as RFC 4303 §2.4 has it
/// by default.
package struct UsualPlaintext: Hashable, Sendable {
  /// Its place in the caller's buffer, without padding.
  package let start: Int
  package let end: Int
  /// The protocol of the plaintext (RFC 4303 §2.6).
  package let nextHeader: UInt8

  /// Opens a packet, from the SPI to the last byte of its integrity value; nil when it does not
  /// verify, or its trailer is not the usual one.
  @inline(__always)
  package init?(
    _ packet: RawSpan, _ engine: LentEngine, high: UInt32?, into buffer: inout [UInt8]
  ) {
    guard let opened = engine.open(packet, high: high, into: &buffer), opened.count >= 2 else {
      return nil
    }
    let padding = Int(buffer[opened.upperBound - 2])
    let last = opened.upperBound - 2
    guard padding <= opened.count - 2 else { return nil }
    var expected = UInt8(truncatingIfNeeded: padding)
    var index = last
    while expected > 0 {
      index &-= 1
      guard buffer[index] == expected else { return nil }
      expected &-= 1
    }
    start = opened.lowerBound
    end = last - padding
    nextHeader = buffer[opened.upperBound - 1]
  }
}
