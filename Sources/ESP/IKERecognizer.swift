internal import Bytes

/// Tells whether a payload is an ISAKMP message (RFC 2408 §3.1, RFC 7296 §3.1), by its structure
/// alone.
package enum IKERecognizer {
  /// Where the payload was found; decides how much it takes.
  package enum Place: Hashable, Sendable {
    /// UDP port 500, or behind the non-ESP marker: malformed messages are still IKE, messages of
    /// other protocols are not.
    case expected
    /// Any other port.
    case anywhere
  }

  /// How sure it is.
  package enum Answer: Hashable, Sendable {
    /// Something else.
    case no
    /// The header fits and nothing else can be seen; believe it when the same flow carries a
    /// certain message, or a second one with the same initiator SPI.
    case possible
    /// An ISAKMP message.
    case certain
  }

  /// Bytes of the header.
  package static let headerLength = 28

  /// Tells whether `message` is an ISAKMP message.
  ///
  /// - Parameters:
  ///   - message: The payload, without the non-ESP marker.
  ///   - missing: Bytes of it that the capture does not hold.
  ///   - place: Where it was found.
  /// - Returns: How sure it is; `.possible` for `.anywhere` only.
  package static func recognize(
    _ message: RawSpan, missing: Int = 0, at place: Place
  ) -> Answer {
    guard message.byteCount >= headerLength else { return .no }
    let length = message.byteCount + missing
    // Settles nearly everything that is not IKE with one look.
    if place == .anywhere, Int(message.uint32(at: 24)) != length { return .no }
    let shape = ISAKMPShape(message, length: length)
    switch place {
    case .expected:
      return shape.isMessage ? .certain : .no
    case .anywhere:
      guard shape.isPerfect else { return .no }
      return shape.bodyIsProven(message) ? .certain : .possible
    }
  }
}

/// What can be judged of an ISAKMP header.
private struct ISAKMPShape {
  private let initiatorSPI: UInt64
  private let responderSPI: UInt64
  private let nextPayload: UInt8
  private let version: UInt8
  private let exchange: UInt8
  private let flags: UInt8
  private let messageID: UInt32
  private let stated: Int
  private let actual: Int

  init(_ message: RawSpan, length: Int) {
    initiatorSPI = message.uint64(at: 0)
    responderSPI = message.uint64(at: 8)
    nextPayload = message.byte(at: 16)
    version = message.byte(at: 17)
    exchange = message.byte(at: 18)
    flags = message.byte(at: 19)
    messageID = message.uint32(at: 20)
    stated = Int(message.uint32(at: 24))
    actual = length
  }

  private var isVersion1: Bool { version >> 4 == 1 }
  private var isVersion2: Bool { version >> 4 == 2 }

  /// Exchange types assigned for the version: RFC 2408 §3.1, RFC 2409, RFC 6407 and private ones;
  /// IANA's IKEv2 exchange types, and room for those to come.
  private var knowsExchange: Bool {
    isVersion1
      ? (1...6).contains(exchange) || (32...34).contains(exchange) || exchange >= 240
      : (34...50).contains(exchange) || exchange >= 240
  }

  /// Payload types assigned for the version; 128 and above are private: the NAT-T drafts, Cisco's
  /// fragments.
  private var knowsPayload: Bool {
    isVersion1
      ? nextPayload <= 24 || nextPayload >= 128
      : nextPayload == 0 || (33...60).contains(nextPayload) || nextPayload >= 128
  }

  private var knowsFlags: Bool {
    isVersion1 ? flags & 0xf8 == 0 : flags & 0xc7 == 0
  }

  private var isEncrypted: Bool {
    isVersion1 ? flags & 1 != 0 : nextPayload == 46 || nextPayload == 53
  }

  /// True for a message where one is expected, even a malformed one.
  ///
  /// Points for each field that fits: what is not ISAKMP fits in few, what is damaged in most.
  var isMessage: Bool {
    var points = 0
    if isVersion1 || isVersion2 { points += version & 15 == 0 ? 3 : 1 }
    let mayBeLength = (IKERecognizer.headerLength...65_535).contains(stated)
    if stated == actual { points += 3 } else if mayBeLength { points += 1 }
    if knowsExchange { points += 2 }
    if knowsPayload { points += 1 }
    if knowsFlags { points += 1 }
    if initiatorSPI != 0 { points += 1 }
    // With a length that cannot be, all the rest has to fit.
    return points >= (mayBeLength ? 7 : 8)
  }

  /// True when every field is as a correct sender would write it.
  var isPerfect: Bool {
    guard isVersion1 && version & 15 == 0 || isVersion2 && version & 15 <= 1 else { return false }
    guard stated == actual, knowsExchange, knowsPayload, knowsFlags, initiatorSPI != 0,
      initiatorSPI != responderSPI
    else { return false }
    // Nothing is encrypted before the responder has chosen its SPI, and an IKEv1 message after
    // phase 1 has an identifier.
    if isVersion1 {
      return isEncrypted ? responderSPI != 0 : messageID == 0 || exchange == 5
    }
    return exchange == 34 ? messageID < 16 : responderSPI != 0
  }

  /// True when the payloads, as far as they are in clear, fill the message exactly.
  func bodyIsProven(_ message: RawSpan) -> Bool {
    guard !(isVersion1 && isEncrypted) else { return false }
    var next = nextPayload
    var offset = IKERecognizer.headerLength
    var count = 0
    while next != 0 {
      guard message.byteCount - offset >= 4 else {
        // Cut by the snap length within a payload: what is there fits.
        return message.byteCount < actual && count > 0
      }
      let length = Int(message.uint16(at: offset + 2))
      guard length >= 4, offset + length <= actual else { return false }
      // The encrypted payload is the last in clear, and names the first one inside.
      if isVersion2, next == 46 || next == 53 { return offset + length == actual }
      next = message.byte(at: offset)
      offset += length
      count += 1
    }
    return offset == actual && count > 0
  }
}
