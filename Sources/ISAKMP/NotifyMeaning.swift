package import Bytes
package import Registries

/// What a notify's data says, where its type gives the data a form.
package enum NotifyMeaning: Hashable, Sendable {
  /// The group that the responder wants instead (INVALID_KE_PAYLOAD).
  case group(DiffieHellmanGroup)
  /// A hash over SPIs, address and port (NAT_DETECTION_*).
  case natHash([UInt8])
  /// An address (ADDITIONAL_IP4_ADDRESS, ADDITIONAL_IP6_ADDRESS, NAS and user plane addresses,
  /// UNITY-LOAD-BALANCE).
  case address(IPAddress)
  /// A port (NAS_TCP_PORT).
  case port(UInt16)
  /// Exchanges that may be open at a time (SET_WINDOW_SIZE).
  case windowSize(UInt32)
  /// Seconds (AUTH_LIFETIME, TICKET_LT_OPAQUE's first field).
  case seconds(UInt32)
  /// Hashes for digital signatures (SIGNATURE_HASH_ALGORITHMS).
  case hashAlgorithms([HashAlgorithmV2])
  /// Where to go (REDIRECT) or where one comes from (REDIRECTED_FROM), and the nonce that goes with
  /// it (RFC 5685 §6).
  case redirect(RedirectGateway, nonce: [UInt8])
  /// Compression parameter index and transform (IPCOMP_SUPPORTED).
  case ipcomp(cpi: UInt16, transform: UInt8)
  /// A payload type that was critical and unknown (UNSUPPORTED_CRITICAL_PAYLOAD, IKEv1's
  /// INVALID-PAYLOAD-TYPE).
  case payloadType(UInt8)
  /// The message ID that was wrong (INVALID_MESSAGE_ID).
  case messageID(UInt32)
  /// The SPI that nobody knows (IKEv2's INVALID_SPI outside an IKE SA).
  case spi(UInt32)
  /// Dead peer detection's counter (RFC 3706 §5.2).
  case sequence(UInt32)
  /// Lifetimes that the responder keeps to (RFC 2407 §4.6.3.1).
  case lifetime(seconds: UInt64?, kilobytes: UInt64?)
  /// Whether the responder checks for replay (RFC 2407 §4.6.3.2).
  case replayDetection(Bool)
  /// Message IDs of a cluster after failover (RFC 6311 §6).
  case messageIDSync(nonce: UInt32, expectedSend: UInt32, expectedReceive: UInt32)
  /// An opaque token (COOKIE, COOKIE2, QUICK_CRASH_DETECTION, tickets, ADDITIONAL_KEY_EXCHANGE's
  /// link between the exchanges of one rekey, RFC 9370 §2.2.4).
  case token([UInt8])
  /// A Windows error code.
  case windowsError(UInt32)
  /// An explanation in words, made safe to show.
  case text(String)
}

/// The gateway of a redirect (RFC 5685 §6.1).
package enum RedirectGateway: Hashable, Sendable, CustomStringConvertible {
  case address(IPAddress)
  /// A name, not yet made safe to show.
  case name([UInt8])
  /// An identity type that nobody knows.
  case other(type: UInt8, [UInt8])

  /// The text for people.
  package var description: String {
    switch self {
    case .address(let address): address.description
    case .name(let bytes): printable(bytes)
    case .other(let type, let bytes): "type \(type): \(hexadecimal(bytes))"
    }
  }
}

extension Notify {
  /// What the data says; nil where the type gives it no form or the data has not that form.
  package var meaning: NotifyMeaning? {
    version == .v1
      ? meaningV1(NotifyTypeV1(rawValue: type)) : meaningV2(NotifyTypeV2(rawValue: type))
  }

  private func meaningV1(_ type: NotifyTypeV1) -> NotifyMeaning? {
    switch type {
    case .dpdRUThere, .dpdRUThereAck, .iosKeepaliveRequest, .iosKeepaliveAck:
      data.uint32.map { .sequence($0) }
    case .responderLifetime: responderLifetime
    case .replayStatus: data.uint32.map { .replayDetection($0 != 0) }
    case .invalidPayloadType: data.count == 1 ? data.first.map { .payloadType($0) } : nil
    case .unityLoadBalance: IPAddress(bytes: data).map { .address($0) }
    case .noProposalChosen, .payloadMalformed, .invalidIDInformation, .authenticationFailed:
      data.contains(where: { !(0x20..<0x7f).contains($0) }) || data.isEmpty
        ? nil : .text(printable(data))
    default: nil
    }
  }

  /// Attributes as in a phase 2 transform.
  private var responderLifetime: NotifyMeaning? {
    var notes = DecodingNotes()
    var reader = WireReader(data.rawSpan, layer: "RESPONDER-LIFETIME")
    var lifeType: UInt64?
    var seconds: UInt64?
    var kilobytes: UInt64?
    for attribute in DataAttribute.list(parsing: &reader, &notes) {
      switch Phase2Attribute(rawValue: attribute.type) {
      case .lifeType: lifeType = attribute.number
      case .lifeDuration where lifeType == 1: seconds = attribute.number
      case .lifeDuration where lifeType == 2: kilobytes = attribute.number
      default: break
      }
    }
    guard seconds != nil || kilobytes != nil else { return nil }
    return .lifetime(seconds: seconds, kilobytes: kilobytes)
  }

  private func meaningV2(_ type: NotifyTypeV2) -> NotifyMeaning? {
    switch type {
    case .invalidKEPayload:
      data.count == 2
        ? .group(DiffieHellmanGroup(rawValue: UInt16(data[0]) << 8 | UInt16(data[1]))) : nil
    case .natDetectionSourceIP, .natDetectionDestinationIP: .natHash(data)
    case .additionalIP4Address, .additionalIP6Address: IPAddress(bytes: data).map { .address($0) }
    case .setWindowSize: data.uint32.map { .windowSize($0) }
    case .authLifetime: data.uint32.map { .seconds($0) }
    case .ticketLtOpaque: data.count >= 4 ? Array(data.prefix(4)).uint32.map { .seconds($0) } : nil
    case .signatureHashAlgorithms: hashAlgorithms
    case .redirect, .redirectedFrom, .redirectSupported: redirect
    case .ipcompSupported:
      data.count == 3
        ? .ipcomp(cpi: UInt16(data[0]) << 8 | UInt16(data[1]), transform: data[2]) : nil
    case .unsupportedCriticalPayload: data.count == 1 ? data.first.map { .payloadType($0) } : nil
    case .invalidMessageID: data.uint32.map { .messageID($0) }
    case .invalidSPI: data.uint32.map { .spi($0) }
    case .ikev2MessageIDSync: messageIDSync
    case .cookie, .cookie2, .quickCrashDetection, .ticketOpaque, .additionalKeyExchange:
      .token(data)
    case NotifyTypeV2(rawValue: 12345): data.uint32.map { .windowsError($0) }
    case NotifyTypeV2(rawValue: 55502), NotifyTypeV2(rawValue: 55503),
      NotifyTypeV2(rawValue: 55504), NotifyTypeV2(rawValue: 55505):
      IPAddress(bytes: data).map { .address($0) }
    case NotifyTypeV2(rawValue: 55506):
      data.count == 2 ? .port(UInt16(data[0]) << 8 | UInt16(data[1])) : nil
    default: nil
    }
  }

  private var hashAlgorithms: NotifyMeaning? {
    guard data.count.isMultiple(of: 2) else { return nil }
    return .hashAlgorithms(
      stride(from: 0, to: data.count, by: 2).map {
        HashAlgorithmV2(rawValue: UInt16(data[$0]) << 8 | UInt16(data[$0 + 1]))
      })
  }

  private var redirect: NotifyMeaning? {
    guard data.count >= 2, data.count >= 2 + Int(data[1]) else { return nil }
    let identity = Array(data[2..<(2 + Int(data[1]))])
    let nonce = Array(data[(2 + Int(data[1]))...])
    switch data[0] {
    case 1, 2:
      guard let address = IPAddress(bytes: identity) else { return nil }
      return .redirect(.address(address), nonce: nonce)
    case 3: return .redirect(.name(identity), nonce: nonce)
    case let type: return .redirect(.other(type: type, identity), nonce: nonce)
    }
  }

  /// RFC 6311 §6.3: nonce, expected send and expected receive request message IDs.
  private var messageIDSync: NotifyMeaning? {
    guard data.count == 12, let nonce = Array(data[0..<4]).uint32,
      let send = Array(data[4..<8]).uint32, let receive = Array(data[8..<12]).uint32
    else { return nil }
    return .messageIDSync(nonce: nonce, expectedSend: send, expectedReceive: receive)
  }
}

extension [UInt8] {
  /// Four bytes in network order; nil for any other count.
  fileprivate var uint32: UInt32? {
    count == 4 ? reduce(0) { $0 << 8 | UInt32($1) } : nil
  }
}
