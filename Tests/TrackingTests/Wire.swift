import Bytes
import Keys
import TestSupport

@testable import Layers
@testable import Tracking

/// What a test puts on the wire: datagrams to a tracker, one a frame, time passing.
final class Wire {
  var tracker: Tracker
  private(set) var frame = 0
  var time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

  init(limits: TrackerLimits = TrackerLimits(), keys: KeyMaterial = KeyMaterial()) {
    tracker = Tracker(limits: limits, keys: keys)
  }

  static let alice = "192.0.2.1"
  static let bob = "192.0.2.2"

  /// A UDP datagram; the addresses as `192.0.2.1:500`.
  @discardableResult
  func udp(_ source: String, _ destination: String, _ bytes: [UInt8]) -> DatagramKind {
    let (from, to) = (end(source), end(destination))
    let datagram = Datagram(
      source: from.address, destination: to.address, ipProtocol: 17, sourcePort: from.port,
      destinationPort: to.port, transport: .udp, payload: 0..<bytes.count)
    return tracker.datagramArrived(datagram, bytes.rawSpan, at: next())
  }

  /// An IKE message from port 500 to port 500.
  @discardableResult
  func ike(
    _ bytes: [UInt8], from source: String = Wire.alice, to destination: String = Wire.bob
  ) -> DatagramKind {
    udp("\(source):500", "\(destination):500", bytes)
  }

  /// An IKE message behind the non-ESP marker, from port 4500 to port 4500.
  @discardableResult
  func natIKE(
    _ bytes: [UInt8], from source: String = Wire.alice, to destination: String = Wire.bob
  ) -> DatagramKind {
    udp("\(source):4500", "\(destination):4500", [0, 0, 0, 0] + bytes)
  }

  /// An ESP packet.
  @discardableResult
  func esp(
    spi: UInt32, sequence: UInt32, from source: String = Wire.alice,
    to destination: String = Wire.bob
  ) -> DatagramKind {
    esp(
      PacketBuilder.esp(spi, sequence, Array(repeating: UInt8(sequence & 255), count: 64)),
      from: source, to: destination)
  }

  /// An ESP packet as it stands.
  @discardableResult
  func esp(
    _ bytes: [UInt8], from source: String = Wire.alice, to destination: String = Wire.bob
  ) -> DatagramKind {
    let datagram = Datagram(
      source: end(source).address, destination: end(destination).address, ipProtocol: 50,
      transport: .ip, payload: 0..<bytes.count)
    return tracker.datagramArrived(datagram, bytes.rawSpan, at: next())
  }

  /// An ICMP error that quotes a UDP datagram.
  func icmp(
    type: UInt8, code: UInt8, mtu: Int? = nil, from reporter: String, quoting source: String,
    _ destination: String, _ payload: [UInt8]
  ) {
    let (from, to) = (end(source), end(destination))
    let error = ICMPError(
      type: type, code: code, isICMPv6: false, mtu: mtu, quotedSource: from.address,
      quotedDestination: to.address, quotedProtocol: 17, quotedSourcePort: from.port,
      quotedDestinationPort: to.port, quotedPayload: 0..<payload.count)
    let datagram = Datagram(
      source: end(reporter).address, destination: from.address, ipProtocol: 1, transport: .icmp,
      payload: 0..<payload.count, icmp: error)
    _ = tracker.datagramArrived(datagram, payload.rawSpan, at: next())
  }

  /// The tunnels, after the capture's end.
  func finish() -> [IKESA] {
    tracker.finish()
    return tracker.tunnels
  }

  private func next() -> Sighting {
    frame += 1
    time.nanoseconds += 1_000_000
    return Sighting(capture: 0, frame: frame, time: time)
  }

  private func end(_ text: String) -> Endpoint {
    let parts = text.split(separator: ":")
    let address = IPAddress(String(parts[0])) ?? IPAddress.zero
    return Endpoint(address, port: parts.count > 1 ? UInt16(parts[1]) ?? 0 : 0)
  }
}

extension IPAddress {
  fileprivate static var zero: IPAddress { IPAddress(ipv4: 0) }
}

/// The messages of the usual exchanges, put together from the RFCs' figures.
enum Messages {
  static let initiatorSPI: UInt64 = 0x1111_2222_3333_4444
  static let responderSPI: UInt64 = 0x5555_6666_7777_8888

  static let saV2 = IKEBuilder.saV2([
    IKEBuilder.proposal(
      protocolID: 1,
      [
        IKEBuilder.transformV2(type: 1, id: 12, keyBits: 256),
        IKEBuilder.transformV2(type: 2, id: 5), IKEBuilder.transformV2(type: 3, id: 12),
        IKEBuilder.transformV2(type: 4, id: 14),
      ])
  ])

  static func keyV2(_ group: UInt16 = 14) -> IKEBuilder.Payload {
    IKEBuilder.keyExchangeV2(group: group, Array(repeating: 7, count: 256))
  }

  static let nonceV2 = IKEBuilder.Payload(40, Array(repeating: 9, count: 32))

  static func initRequest(
    spi: UInt64 = initiatorSPI, _ payloads: [IKEBuilder.Payload]? = nil
  ) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, exchange: 34, flags: 0x08,
      payloads ?? [saV2, keyV2(), nonceV2])
  }

  static func initResponse(
    spi: UInt64 = initiatorSPI, responder: UInt64 = responderSPI,
    _ payloads: [IKEBuilder.Payload]? = nil
  ) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, responderSPI: responder, exchange: 34, flags: 0x20,
      payloads ?? [saV2, keyV2(), nonceV2])
  }

  /// An encrypted IKEv2 message with so many bytes of ciphertext.
  static func encrypted(
    exchange: UInt8, flags: UInt8, id: UInt32, count: Int = 240, first: UInt8 = 35,
    spi: UInt64 = initiatorSPI, responder: UInt64 = responderSPI, fill: UInt8 = 0xa5
  ) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: spi, responderSPI: responder, exchange: exchange, flags: flags,
      messageID: id,
      [IKEBuilder.encrypted(firstInside: first, Array(repeating: fill, count: count))])
  }

  /// A whole IKEv2 negotiation that succeeds.
  static func negotiateV2(
    _ wire: Wire, spi: UInt64 = initiatorSPI, responder: UInt64 = responderSPI
  ) {
    wire.ike(initRequest(spi: spi))
    wire.ike(initResponse(spi: spi, responder: responder), from: Wire.bob, to: Wire.alice)
    wire.ike(encrypted(exchange: 35, flags: 8, id: 1, spi: spi, responder: responder))
    wire.ike(
      encrypted(exchange: 35, flags: 0x20, id: 1, first: 36, spi: spi, responder: responder),
      from: Wire.bob, to: Wire.alice)
  }

  static let saV1 = IKEBuilder.saV1([
    IKEBuilder.proposal(protocolID: 1, [IKEBuilder.phase1Transform()])
  ])

  /// A message of main mode in clear; a responder's SPI of 0 for the first one.
  static func main(_ payloads: [IKEBuilder.Payload], responder: UInt64 = responderSPI) -> [UInt8] {
    IKEBuilder.message(
      version: 1, initiatorSPI: initiatorSPI, responderSPI: responder, exchange: 2, payloads)
  }

  static let keyV1 = [
    IKEBuilder.Payload(4, Array(repeating: 3, count: 256)),
    IKEBuilder.Payload(10, Array(repeating: 5, count: 20)),
  ]

  /// An encrypted IKEv1 message.
  static func encryptedV1(
    exchange: UInt8, id: UInt32 = 0, count: Int = 64, fill: UInt8 = 0x5a
  ) -> [UInt8] {
    IKEBuilder.raw(
      version: 1, initiatorSPI: initiatorSPI, responderSPI: responderSPI,
      first: exchange == 2 ? 5 : 8, exchange: exchange, flags: 1, messageID: id,
      body: Array(repeating: fill, count: count))
  }

  /// Main mode and quick mode that succeed.
  static func negotiateV1(_ wire: Wire) {
    wire.ike(main([saV1], responder: 0))
    wire.ike(main([saV1]), from: Wire.bob, to: Wire.alice)
    wire.ike(main(keyV1))
    wire.ike(main(keyV1), from: Wire.bob, to: Wire.alice)
    wire.ike(encryptedV1(exchange: 2))
    wire.ike(encryptedV1(exchange: 2, fill: 0x5b), from: Wire.bob, to: Wire.alice)
    for (index, fill) in [UInt8(1), 2, 3].enumerated() {
      let message = encryptedV1(exchange: 32, id: 0xdead_beef, count: 160, fill: fill)
      if index == 1 {
        wire.ike(message, from: Wire.bob, to: Wire.alice)
      } else {
        wire.ike(message)
      }
    }
  }
}
