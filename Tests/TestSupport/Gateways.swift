internal import Bytes
import Crypto

/// An end of a made-up tunnel.
package enum Side: Sendable {
  case initiator, responder

  package var peer: Side { self == .initiator ? .responder : .initiator }
}

/// An address and a UDP port.
package struct Host: Hashable, Sendable {
  package var address: String
  package var port: UInt16

  package init(_ address: String, _ port: UInt16 = 500) {
    self.address = address
    self.port = port
  }
}

/// Two hosts that exchange packets on a wire: what is common to made-up tunnels of both versions.
package class Gateways {
  package let wire: Wire
  package var initiator: Host
  package var responder: Host
  /// The address and port that an end believes it has: NAT detection hashes are made of these.
  package var believed: [Side: Host] = [:]
  /// True once the negotiation has moved to UDP 4500, where a marker stands before IKE.
  package private(set) var isOnNATPort = false
  /// True to leave the marker out where one belongs.
  package var forgetsMarker = false
  package let initiatorSPI: UInt64
  package let responderSPI: UInt64
  private var lastIKE: [Side: [UInt8]] = [:]
  private var identification: UInt16 = 100
  private var sequences: [UInt32: UInt32] = [:]

  package init(
    _ wire: Wire? = nil, initiator: String = "192.0.2.1", responder: String = "198.51.100.2",
    number: UInt64 = 1
  ) {
    self.wire = wire ?? Wire()
    self.initiator = Host(initiator)
    self.responder = Host(responder)
    initiatorSPI = 0x1020_3040_5060_7080 &+ number &* 0x0101_0101_0101_0101
    responderSPI = 0xa1b2_c3d4_e5f6_0718 &+ number &* 0x0001_0001_0001_0001
  }

  package func host(_ side: Side) -> Host { side == .initiator ? initiator : responder }

  /// Moves both ends to UDP 4500; behind a port translation the initiator has another port.
  package func float(initiatorPort: UInt16 = 4500) {
    isOnNATPort = true
    initiator.port = initiatorPort
    responder.port = 4500
  }

  // MARK: - IKE

  /// Sends an IKE message in UDP, behind the marker where there is one.
  @discardableResult
  package func send(_ from: Side, _ message: [UInt8], after seconds: Double = 0.02) -> Int {
    lastIKE[from] = message
    return udp(from, marked(message), after: seconds)
  }

  /// Sends the last IKE message of an end again, so many times.
  package func again(_ from: Side, times: Int = 1, every seconds: Double = 2) {
    for _ in 0..<times { send(from, lastIKE[from] ?? [], after: seconds) }
  }

  /// The last IKE message that an end sent.
  package func last(_ from: Side) -> [UInt8] { lastIKE[from] ?? [] }

  /// An IKE message as a UDP payload.
  package func marked(_ message: [UInt8]) -> [UInt8] {
    isOnNATPort && !forgetsMarker ? [0, 0, 0, 0] + message : message
  }

  /// Sends a UDP datagram between the ends, whole.
  @discardableResult
  package func udp(_ from: Side, _ payload: [UInt8], after seconds: Double = 0.02) -> Int {
    let (source, destination) = (host(from), host(from.peer))
    return wire.send(
      packet(from, 17, PacketBuilder.udp(source.port, destination.port, payload)), after: seconds)
  }

  /// An IPv4 packet from one end to the other.
  package func packet(_ from: Side, _ ipProtocol: UInt8, _ payload: [UInt8]) -> [UInt8] {
    identification &+= 1
    return PacketBuilder.ipv4(
      host(from).address, host(from.peer).address, ipProtocol, payload,
      identification: identification)
  }

  /// Sends an IKE message in IP fragments; only those of the given numbers are on this wire.
  package func sendFragmented(
    _ from: Side, _ message: [UInt8], size: Int = 1400, only kept: Set<Int>? = nil,
    after seconds: Double = 0.02
  ) {
    lastIKE[from] = message
    identification &+= 1
    let datagram = PacketBuilder.udp(host(from).port, host(from.peer).port, marked(message))
    let fragments = PacketBuilder.ipv4Fragments(
      host(from).address, host(from.peer).address, 17, datagram, identification: identification,
      size: size)
    for (index, fragment) in fragments.enumerated() where kept?.contains(index) ?? true {
      wire.send(fragment, after: index == 0 ? seconds : 0.000_1)
    }
  }

  /// An ICMP error about the last IKE message of an end, from a host or from its receiver.
  package func icmp(
    about side: Side, type: UInt8 = 3, code: UInt8 = 3, from reporter: String? = nil,
    after seconds: Double = 0.01
  ) {
    let quoted = packet(
      side, 17, PacketBuilder.udp(host(side).port, host(side.peer).port, marked(last(side))))
    icmp(quoting: quoted, to: side, type: type, code: code, from: reporter, after: seconds)
  }

  /// An ICMP error that quotes a packet of an end.
  package func icmp(
    quoting packet: [UInt8], to side: Side, type: UInt8, code: UInt8, word: UInt32 = 0,
    from reporter: String? = nil, after seconds: Double = 0.01
  ) {
    let error = PacketBuilder.icmpError(
      type: type, code: code, word: word, quoting: Array(packet.prefix(56)))
    wire.send(
      PacketBuilder.ipv4(
        reporter ?? host(side.peer).address, host(side).address, 1, error), after: seconds)
  }

  /// The one byte of a NAT keepalive (RFC 3948 §2.3).
  package func keepalive(_ from: Side, after seconds: Double = 20) {
    udp(from, [0xff], after: seconds)
  }

  // MARK: - ESP

  /// Sends an ESP packet: bare, or in UDP once the ends are on port 4500.
  ///
  /// - Parameters:
  ///   - from: Its sender.
  ///   - spi: The SPI that the receiver chose.
  ///   - sequence: Its number; nil for the next of that SPI.
  ///   - sealed: What follows the header; nil for bytes that look encrypted.
  ///   - length: How many of these.
  ///   - bare: True for no UDP around it, wherever the ends are.
  ///   - seconds: Time since the frame before.
  /// - Returns: The frame's number.
  @discardableResult
  package func esp(
    _ from: Side, _ spi: UInt32, sequence: UInt32? = nil, sealed: [UInt8]? = nil,
    length: Int = 104, bare: Bool = false, after seconds: Double = 0.02
  ) -> Int {
    let number = sequence ?? nextSequence(spi)
    sequences[spi] = number
    let body = sealed ?? noise(length, seed: UInt64(spi) << 32 | UInt64(number))
    let esp = PacketBuilder.esp(spi, number, body)
    if isOnNATPort, !bare { return udp(from, esp, after: seconds) }
    return wire.send(packet(from, 50, esp), after: seconds)
  }

  /// The number that the next packet of an SPI will have.
  package func nextSequence(_ spi: UInt32) -> UInt32 { (sequences[spi] ?? 0) &+ 1 }

  /// Packets in both directions by turns.
  package func traffic(
    _ count: Int = 6, toResponder: UInt32 = 0xc0de_0002, toInitiator: UInt32 = 0xc0de_0001,
    every seconds: Double = 0.1
  ) {
    for _ in 0..<count {
      esp(.initiator, toResponder, after: seconds)
      esp(.responder, toInitiator, after: 0.01)
    }
  }

  /// A packet that nothing protects.
  package func clear(
    _ source: String, _ destination: String, _ ipProtocol: UInt8 = 1,
    _ payload: [UInt8] = [8, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4], after seconds: Double = 0.05
  ) {
    wire.send(PacketBuilder.ipv4(source, destination, ipProtocol, payload), after: seconds)
  }
}

/// Bytes without a pattern, the same for the same seed.
package func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}

/// Hexadecimal digits of bytes, as key files have them.
package func hexDigits(_ bytes: [UInt8]) -> String {
  bytes.map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}

// MARK: - Ciphers

/// AES-CBC and HMAC-SHA-256 as the made-up tunnels use them.
enum Sealing {
  static func hmac(_ key: [UInt8], _ parts: [[UInt8]]) -> [UInt8] {
    guard let context = try? MACContext(.hmac(.sha256), key: Secret(key)) else { return [] }
    context.authenticate([parts.flatMap { $0 }])
    return context.bytes()
  }

  static func hash(_ parts: [[UInt8]]) -> [UInt8] {
    HashAlgorithm.sha256.digest([parts.flatMap { $0 }])
  }

  static func sha1(_ bytes: [UInt8]) -> [UInt8] { HashAlgorithm.sha1.digest([bytes]) }

  /// Ciphertext of whole blocks.
  static func encrypt(_ plaintext: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
    guard
      let context = try? CipherContext(.aesCBC, key: Secret(key), isEncrypting: true)
    else { return [] }
    var buffer: [UInt8] = []
    guard apply(context, plaintext, iv, &buffer) else { return [] }
    return Array(buffer.prefix(plaintext.count))
  }

  private static func apply(
    _ context: CipherContext, _ bytes: [UInt8], _ iv: [UInt8], _ buffer: inout [UInt8]
  ) -> Bool {
    context.apply(to: bytes.rawSpan, iv: iv.rawSpan, into: &buffer)
  }
}
