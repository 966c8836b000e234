package import Bytes
package import Registries

/// The header that every message of both IKE versions starts with: RFC 2408 §3.1, RFC 7296 §3.1.
package struct ISAKMPHeader: Hashable, Sendable {
  /// Length on the wire in bytes.
  package static let byteCount = 28

  /// Initiator cookie (v1) or initiator's SPI (v2), as the eight bytes read in network order.
  package var initiatorSPI: UInt64
  /// Responder cookie or SPI; 0 while the responder has not chosen.
  package var responderSPI: UInt64
  /// Type of the first payload.
  package var nextPayload: UInt8
  /// 1 or 2 in messages of this world; anything on the wire.
  package var majorVersion: UInt8
  /// 0 in messages of this world; anything on the wire.
  package var minorVersion: UInt8
  /// The exchange that the message belongs to.
  package var exchangeType: ExchangeType
  /// Flags of either version.
  package var flags: HeaderFlags
  /// Message ID, most significant byte first; random in IKEv1, counted in IKEv2.
  package var messageID: UInt32
  /// Length of the whole message in bytes, header included, as the sender says.
  package var length: UInt32

  /// The version whose payloads follow; nil for a major version that is neither.
  package var version: IKEVersion? { IKEVersion(rawValue: majorVersion) }

  /// True for an IKEv1 message whose payloads are encrypted. A Cisco fragment carries the flag of
  /// the message it is a piece of, and is itself in clear.
  package var isEncryptedV1: Bool {
    version == .v1 && flags.contains(.encryption)
      && nextPayload != PayloadType.ciscoFragmentV1.rawValue
  }

  /// True for an IKEv2 response.
  package var isResponse: Bool { flags.contains(.response) }

  /// From its parts.
  package init(
    initiatorSPI: UInt64, responderSPI: UInt64, nextPayload: UInt8, majorVersion: UInt8,
    minorVersion: UInt8 = 0, exchangeType: ExchangeType, flags: HeaderFlags, messageID: UInt32,
    length: UInt32
  ) {
    self.initiatorSPI = initiatorSPI
    self.responderSPI = responderSPI
    self.nextPayload = nextPayload
    self.majorVersion = majorVersion
    self.minorVersion = minorVersion
    self.exchangeType = exchangeType
    self.flags = flags
    self.messageID = messageID
    self.length = length
  }

  /// Reads the header at the start of `bytes`; fails only when there are fewer than 28.
  package init(parsing bytes: RawSpan) throws(WireError) {
    guard bytes.byteCount >= Self.byteCount else {
      throw WireError(
        .truncated, layer: "ISAKMP header", offset: 0, needed: Self.byteCount,
        available: bytes.byteCount, boundedBy: "the datagram")
    }
    let version = bytes.byte(at: 17)
    self.init(
      initiatorSPI: bytes.uint64(at: 0), responderSPI: bytes.uint64(at: 8),
      nextPayload: bytes.byte(at: 16), majorVersion: version >> 4, minorVersion: version & 15,
      exchangeType: ExchangeType(rawValue: bytes.byte(at: 18)),
      flags: HeaderFlags(rawValue: bytes.byte(at: 19)), messageID: bytes.uint32(at: 20),
      length: bytes.uint32(at: 24))
  }
}
