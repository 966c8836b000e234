import Foundation
import TestSupport

/// What an enemy, or a gateway at work, fills a capture with; one real tunnel in its midst.
enum Flood: Sendable {
  /// First messages from random addresses.
  case attempts
  /// Messages of tunnels of which only one end is heard.
  case oneSided
  /// Tunnels that come up and are never heard of again.
  case tunnels
  /// Attempts that are answered and refused.
  case refused
  /// Informational exchanges of the real tunnel.
  case keepalives
  /// Child SAs of the real tunnel: quick modes.
  case children
  /// ESP of the real tunnel, the SPIs new all the time.
  case rekeys
  /// ESP with random SPIs from random addresses.
  case spis
  /// TCP in clear.
  case clear
  /// IKE fragments whose siblings never come.
  case fragments

  /// The initiator's SPI of the tunnel that must be explained.
  static let realSPI = "1122334455667788"
  private static let real: UInt64 = 0x1122_3344_5566_7788
  private static let realAnswer: UInt64 = 0x8877_6655_4433_2211

  /// A capture of so many steps of the flood.
  func capture(count: Int) -> Data {
    var writer = Writer()
    for step in 0..<count {
      if step == (lastsAllAlong ? 0 : count / 2) {
        writer.negotiate(Self.real, Self.realAnswer, from: "192.0.2.1", version: version)
      }
      write(step, &writer)
    }
    return Data(writer.capture.bytes)
  }

  private var version: UInt8 { self == .children ? 1 : 2 }

  private var lastsAllAlong: Bool {
    [.keepalives, .children, .rekeys, .fragments].contains(self)
  }

  private func write(_ step: Int, _ writer: inout Writer) {
    let number = UInt64(step) + 1
    let host = "11.\(step >> 16 & 255).\(step >> 8 & 255).\(step & 255)"
    switch self {
    case .attempts: writer.ike(Writer.first(number << 20), from: host)
    case .oneSided:
      writer.ike(Writer.sealed(number << 20, number << 8, 37, flags: 8, id: 7), from: host)
    case .tunnels:
      writer.negotiate(number << 20, number << 24, from: host, to: "198.51.100.1", version: 2)
    case .refused:
      writer.ike(Writer.first(number << 20), from: host)
      writer.ike(Writer.refusal(number << 20), from: "192.0.2.2", to: host)
    case .keepalives:
      for flags: UInt8 in [8, 0x20] {
        let message = Writer.sealed(
          Self.real, Self.realAnswer, 37, flags: flags, id: UInt32(step) + 2)
        let ends = flags == 8 ? ("192.0.2.1", "192.0.2.2") : ("192.0.2.2", "192.0.2.1")
        writer.ike(message, from: ends.0, to: ends.1)
      }
    case .children:
      writer.ike(Writer.quick(Self.real, Self.realAnswer, UInt32(step) + 1), from: "192.0.2.1")
    case .rekeys:
      writer.esp(UInt32(0x1000 + step), from: "192.0.2.1", to: "192.0.2.2")
      writer.esp(UInt32(0x9000_0000 + step), from: "192.0.2.2", to: "192.0.2.1")
    case .spis: writer.esp(UInt32(0x1000 + step), from: host, to: "192.0.2.2")
    case .clear: writer.tcp(from: host, to: "203.0.113.9")
    case .fragments:
      writer.ike(Writer.fragment(Self.real, Self.realAnswer, UInt32(step) + 2), from: "192.0.2.1")
    }
  }
}

/// Puts frames into a classic pcap.
private struct Writer {
  var capture = CaptureBuilder()
  private var frames = 0

  init() { capture.pcapHeader() }

  mutating func ike(_ message: [UInt8], from source: String, to destination: String = "192.0.2.2") {
    frame(
      17, from: source, to: destination,
      IKEBuilder.be16(500) + IKEBuilder.be16(500) + IKEBuilder.be16(UInt16(message.count + 8))
        + [0, 0] + message)
  }

  mutating func esp(_ spi: UInt32, from source: String, to destination: String) {
    let body = (0..<64).map { UInt8(truncatingIfNeeded: Int(spi) &* 31 &+ $0 &* 37 | 0x80) }
    frame(
      50, from: source, to: destination, IKEBuilder.be32(spi) + IKEBuilder.be32(1) + body)
  }

  mutating func tcp(from source: String, to destination: String) {
    let ports = IKEBuilder.be16(40_000) + IKEBuilder.be16(443)
    frame(
      6, from: source, to: destination, ports + [0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0])
  }

  /// A negotiation that succeeds.
  mutating func negotiate(
    _ spi: UInt64, _ answer: UInt64, from source: String, to destination: String = "192.0.2.2",
    version: UInt8
  ) {
    let messages =
      version == 2
      ? [
        Self.first(spi), Self.answer(spi, answer), Self.sealed(spi, answer, 35, flags: 8, id: 1),
        Self.sealed(spi, answer, 35, flags: 0x20, id: 1),
      ] : Self.mainMode(spi, answer)
    for (index, message) in messages.enumerated() {
      let isAnswer = index % 2 == 1
      ike(message, from: isAnswer ? destination : source, to: isAnswer ? source : destination)
    }
  }

  private mutating func frame(
    _ ipProtocol: UInt8, from source: String, to destination: String, _ payload: [UInt8]
  ) {
    frames += 1
    var bytes: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0]
    bytes += IKEBuilder.be16(UInt16(payload.count + 20)) + [0, 0, 0, 0, 64, ipProtocol, 0, 0]
    bytes += address(source) + address(destination) + payload
    capture.pcapRecord(
      bytes, seconds: 1_700_000_000 + UInt32(frames / 1000), fraction: UInt32(frames % 1000) * 1000)
  }

  private func address(_ text: String) -> [UInt8] {
    text.split(separator: ".").compactMap { UInt8($0) }
  }

  // MARK: - Messages

  private static let securityV2 = IKEBuilder.saV2([
    IKEBuilder.proposal(
      protocolID: 1,
      [
        IKEBuilder.transformV2(type: 1, id: 12, keyBits: 256),
        IKEBuilder.transformV2(type: 2, id: 5), IKEBuilder.transformV2(type: 3, id: 12),
        IKEBuilder.transformV2(type: 4, id: 14),
      ])
  ])
  private static let rest = [
    IKEBuilder.keyExchangeV2(group: 14, Array(repeating: 7, count: 256)),
    IKEBuilder.Payload(40, Array(repeating: 9, count: 32)),
  ]

  static func first(_ spi: UInt64) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, exchange: 34, flags: 8, [securityV2] + rest)
  }

  static func answer(_ spi: UInt64, _ responder: UInt64) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, responderSPI: responder, exchange: 34, flags: 0x20,
      [securityV2] + rest)
  }

  /// NO_PROPOSAL_CHOSEN.
  static func refusal(_ spi: UInt64) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, exchange: 34, flags: 0x20,
      [IKEBuilder.Payload(41, [0, 0, 0, 14])])
  }

  static func sealed(
    _ spi: UInt64, _ responder: UInt64, _ exchange: UInt8, flags: UInt8, id: UInt32
  ) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, responderSPI: responder, exchange: exchange, flags: flags,
      messageID: id,
      [
        IKEBuilder.encrypted(
          firstInside: 35, (0..<240).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ Int(id) &* 13) })
      ])
  }

  static func fragment(_ spi: UInt64, _ responder: UInt64, _ id: UInt32) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, responderSPI: responder, exchange: 36, flags: 8, messageID: id,
      [IKEBuilder.encryptedFragment(1, of: 9, firstInside: 33, [1, 2, 3, 4])])
  }

  /// The first message of a quick mode.
  static func quick(_ spi: UInt64, _ responder: UInt64, _ id: UInt32) -> [UInt8] {
    sealedV1(spi, responder, 32, id: id, count: 160)
  }

  private static func sealedV1(
    _ spi: UInt64, _ responder: UInt64, _ exchange: UInt8, id: UInt32, count: Int, fill: Int = 0
  ) -> [UInt8] {
    IKEBuilder.raw(
      version: 1, initiatorSPI: spi, responderSPI: responder, first: 8, exchange: exchange,
      flags: 1, messageID: id,
      body: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 11 &+ Int(id) &* 17 &+ fill) })
  }

  private static func mainMode(_ spi: UInt64, _ responder: UInt64) -> [[UInt8]] {
    let security = IKEBuilder.saV1([
      IKEBuilder.proposal(protocolID: 1, [IKEBuilder.phase1Transform()])
    ])
    let keys = [
      IKEBuilder.Payload(4, Array(repeating: 3, count: 256)),
      IKEBuilder.Payload(10, Array(repeating: 5, count: 20)),
    ]
    func clear(_ responder: UInt64, _ payloads: [IKEBuilder.Payload]) -> [UInt8] {
      IKEBuilder.message(
        version: 1, initiatorSPI: spi, responderSPI: responder, exchange: 2, payloads)
    }
    return [
      clear(0, [security]), clear(responder, [security]), clear(responder, keys),
      clear(responder, keys), sealedV1(spi, responder, 2, id: 0, count: 64),
      sealedV1(spi, responder, 2, id: 0, count: 64, fill: 1),
    ]
  }
}
