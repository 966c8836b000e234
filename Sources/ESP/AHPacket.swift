package import Bytes

/// An authentication header and what it protects (RFC 4302 §2).
package struct AHPacket: Hashable, Sendable {
  /// Bytes before the integrity value.
  package static let fixedLength = 12

  /// IP protocol of the payload: 4 or 41 in tunnel mode, else the upper layer.
  package var nextHeader: UInt8
  /// Length of the header with its integrity value, in bytes.
  package var headerLength: Int
  /// Security parameters index.
  package var spi: UInt32
  /// Sequence number, or its low half where extended ones are in use.
  package var sequence: UInt32
  /// The integrity value with its padding.
  package var integrityValue: Range<Int>
  /// What the header stands before; empty when the capture ends sooner.
  package var payload: Range<Int>
  /// True when the reserved field is 0, as RFC 4302 §2.3 demands of the sender.
  package var reservedIsZero: Bool
  /// True when the header fills whole 64-bit units where it stands in IPv6 (RFC 4302 §2.2); true
  /// for IPv4.
  package var isAligned: Bool

  /// The header that `bytes` start with, and the payload behind it.
  ///
  /// - Parameters:
  ///   - bytes: The payload of the IP packet.
  ///   - isIPv6: True when that was IPv6, where the header is a multiple of 8 bytes.
  /// - Throws: What was wrong, when there is no whole header.
  package init(parsing bytes: RawSpan, isIPv6: Bool = false) throws(WireError) {
    guard bytes.byteCount >= Self.fixedLength else {
      throw WireError(
        .truncated, layer: "AH", offset: 0, needed: Self.fixedLength, available: bytes.byteCount,
        boundedBy: "the datagram")
    }
    nextHeader = bytes.byte(at: 0)
    // In words of four bytes, less two: IPv6 extension headers count eight bytes less one.
    headerLength = (Int(bytes.byte(at: 1)) + 2) * 4
    guard headerLength >= Self.fixedLength else {
      throw WireError(
        .invalid("length is \(headerLength) bytes, less than the fixed part's 12"), layer: "AH",
        offset: 0, needed: Self.fixedLength, available: bytes.byteCount, boundedBy: "the datagram")
    }
    guard bytes.byteCount >= headerLength else {
      throw WireError(
        .truncated, layer: "AH", offset: 0, needed: headerLength, available: bytes.byteCount,
        boundedBy: "the datagram")
    }
    reservedIsZero = bytes.uint16(at: 2) == 0
    spi = bytes.uint32(at: 4)
    sequence = bytes.uint32(at: 8)
    integrityValue = Self.fixedLength..<headerLength
    payload = headerLength..<bytes.byteCount
    isAligned = !isIPv6 || headerLength % 8 == 0
  }
}
