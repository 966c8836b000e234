package import Bytes

/// The two fields of ESP that are always in clear (RFC 4303 §2).
package struct ESPHeader: Hashable, Sendable {
  /// Bytes that the header takes.
  package static let length = 8

  /// Security parameters index; 1 to 255 are reserved and 0 is never on the wire (RFC 4303 §2.1).
  package var spi: UInt32
  /// Sequence number, or its low half where extended ones are in use.
  package var sequence: UInt32

  package init(spi: UInt32, sequence: UInt32) {
    self.spi = spi
    self.sequence = sequence
  }

  /// The header that `bytes` start with.
  @inline(__always)
  package init(parsing bytes: RawSpan) throws(WireError) {
    guard bytes.byteCount >= Self.length else {
      throw WireError(
        .truncated, layer: "ESP", offset: 0, needed: Self.length, available: bytes.byteCount,
        boundedBy: "the datagram")
    }
    spi = bytes.uint32(at: 0)
    sequence = bytes.uint32(at: 4)
  }
}

/// An ESP packet as seen without keys.
package struct ESPPacket: Hashable, Sendable {
  /// SPI and sequence number.
  package var header: ESPHeader
  /// What follows the header: IV, ciphertext, integrity value.
  package var body: Range<Int>

  /// The packet that fills `bytes`.
  @inline(__always)
  package init(parsing bytes: RawSpan) throws(WireError) {
    header = try ESPHeader(parsing: bytes)
    body = ESPHeader.length..<bytes.byteCount
  }
}
