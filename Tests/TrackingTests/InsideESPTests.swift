import Bytes
import Crypto
import Keys
import TestSupport
import Testing

@testable import Tracking

@Suite("What ESP carries, given its keys")
struct InsideESPTests {
  static let material = (0..<36).map { UInt8($0 * 5 & 255) }
  static let spi: UInt32 = 0x0102_0304

  static func rows(_ spis: [UInt32]) -> KeyMaterial {
    var keys = KeyMaterial()
    for spi in spis {
      var row = ChildSAKeys(
        .esp, spi: SPIPattern(spi), origin: KeyOrigin(file: "keys", line: 1))
      row.encryption = "aes-cbc"
      row.encryptionKey = Secret(material[..<16])
      row.integrity = "hmac-sha1-96"
      row.integrityKey = Secret(material[16..<36])
      keys.add(row)
    }
    return keys
  }

  /// A packet under the keys: `plaintext`, padding to whole blocks, trailer (RFC 4303 §2).
  static func packet(
    _ plaintext: [UInt8], nextHeader: UInt8, spi: UInt32 = spi, sequence: UInt32 = 1,
    claimedPadding: UInt8? = nil
  ) throws -> [UInt8] {
    let count = (16 - (plaintext.count + 2) % 16) % 16
    let padding = (0..<count).map { UInt8($0 + 1) }
    let body = plaintext + padding + [claimedPadding ?? UInt8(count), nextHeader]
    let iv = Array(repeating: UInt8(0x66), count: 16)
    let sent =
      IKEBuilder.be32(spi) + IKEBuilder.be32(sequence) + iv
      + (try encrypted(body, key: Array(material[..<16]), iv: iv))
    return sent + (try hmac(Array(material[16...]), sent)).prefix(12)
  }

  static func ipv4(
    _ ipProtocol: UInt8, _ payload: [UInt8], from source: [UInt8] = [10, 1, 0, 7],
    to destination: [UInt8] = [10, 2, 0, 9]
  ) -> [UInt8] {
    [0x45, 0] + IKEBuilder.be16(UInt16(20 + payload.count)) + [0, 0, 0, 0, 64, ipProtocol, 0, 0]
      + source + destination + payload
  }

  private static func ipv6(_ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let prefix: [UInt8] = [0x20, 0x01, 0x0d, 0xb8] + Array(repeating: 0, count: 11)
    return [0x60, 0, 0, 0] + IKEBuilder.be16(UInt16(payload.count)) + [next, 64] + prefix + [1]
      + prefix + [2] + payload
  }

  static let udp: [UInt8] = [0x13, 0x88, 0, 53, 0, 12, 0, 0, 1, 2, 3, 4]

  private func flows(_ wire: Wire) -> [String] {
    _ = wire.finish()
    return wire.tracker.innerFlows.map { flow in
      "\(flow.key.ipProtocol) \(flow.key.source):\(flow.key.sourcePort) > "
        + "\(flow.key.destination):\(flow.key.destinationPort) \(flow.packets)×\(flow.bytes)"
    }
  }

  /// What is carried, by which protocol, and the inner flow that must come of it.
  static let carried: [(name: String, plaintext: [UInt8], next: UInt8, flow: String)] = [
    ("IPv4 in tunnel mode", ipv4(17, udp), 4, "17 10.1.0.7:5000 > 10.2.0.9:53 1×32"),
    ("IPv6 in tunnel mode", ipv6(17, udp), 41, "17 2001:db8::1:5000 > 2001:db8::2:53 1×52"),
    ("UDP in transport mode", udp, 17, "17 192.0.2.1:5000 > 192.0.2.2:53 1×12"),
    (
      "an inner packet with traffic flow confidentiality padding behind it",
      ipv4(17, udp) + Array(repeating: 0, count: 60), 4, "17 10.1.0.7:5000 > 10.2.0.9:53 1×32"
    ),
    (
      "IPComp, which stays compressed", [4, 0, 0, 2] + Array(repeating: 9, count: 24), 108,
      "108 192.0.2.1:0 > 192.0.2.2:0 1×28"
    ),
    (
      "a later fragment, which has no ports",
      {
        var packet = ipv4(17, udp)
        packet[7] = 10
        return packet
      }(), 4, "17 10.1.0.7:0 > 10.2.0.9:0 1×32"
    ),
  ]

  @Test("is followed as an inner flow", arguments: carried.indices)
  func follows(index: Int) throws {
    let (name, plaintext, next, flow) = Self.carried[index]
    let wire = Wire(keys: Self.rows([Self.spi]))
    wire.esp(try Self.packet(plaintext, nextHeader: next))
    #expect(flows(wire) == [flow], "\(name)")
    #expect(wire.tracker.securityFlows.map(\.counters.decrypted) == [1])
    #expect(wire.tracker.securityFlows.map(\.counters.integrityGood) == [1])
  }

  @Test("is followed inside UDP and between IPv6 hosts")
  func encapsulated() throws {
    let wire = Wire(keys: Self.rows([Self.spi]))
    let packet = try Self.packet(Self.ipv4(17, Self.udp), nextHeader: 4)
    wire.udp("192.0.2.1:4500", "192.0.2.2:4500", packet)
    wire.esp(packet, from: "2001:db8::a", to: "2001:db8::b")
    #expect(
      flows(wire) == Array(repeating: "17 10.1.0.7:5000 > 10.2.0.9:53 1×32", count: 2))
  }

  @Test("may be ESP again, opened as well", arguments: [true, false])
  func nested(inTunnel: Bool) throws {
    let inner = try Self.packet(Self.ipv4(17, Self.udp), nextHeader: 4, spi: 0x0506_0708)
    let wire = Wire(keys: Self.rows([Self.spi, 0x0506_0708]))
    wire.esp(
      try inTunnel
        ? Self.packet(
          Self.ipv4(50, inner, from: [172, 16, 0, 1], to: [172, 16, 0, 2]), nextHeader: 4)
        : Self.packet(inner, nextHeader: 50))
    #expect(flows(wire) == ["17 10.1.0.7:5000 > 10.2.0.9:53 1×32"])
    #expect(wire.tracker.securityFlows.map(\.key.spi) == [Self.spi, 0x0506_0708])
    #expect(wire.tracker.securityFlows.map(\.counters.decrypted) == [1, 1])
  }

  @Test("nested deeper than anybody does, it is left closed without harm")
  func nestedDeeply() throws {
    var packet = try Self.packet(Self.ipv4(17, Self.udp), nextHeader: 4)
    for _ in 0..<40 { packet = try Self.packet(packet, nextHeader: 50) }
    let wire = Wire(keys: Self.rows([Self.spi]))
    wire.esp(packet)
    _ = wire.finish()
    let decrypted = wire.tracker.securityFlows.map(\.counters.decrypted).reduce(0, +)
    #expect((1..<40).contains(decrypted))
  }

  @Test("a dummy packet is opened and is nobody's flow")
  func dummy() throws {
    let wire = Wire(keys: Self.rows([Self.spi]))
    wire.esp(try Self.packet(Array(repeating: 0xee, count: 40), nextHeader: 59))
    #expect(flows(wire) == [])
    #expect(wire.tracker.securityFlows.map(\.counters.decrypted) == [1])
  }

  @Test("padding longer than the packet is a lie: verified, counted as unreadable, nothing shown")
  func lyingPadding() throws {
    let wire = Wire(keys: Self.rows([Self.spi]))
    wire.esp(try Self.packet(Self.ipv4(17, Self.udp), nextHeader: 4, claimedPadding: 255))
    #expect(flows(wire) == [])
    let counters = try #require(wire.tracker.securityFlows.first?.counters)
    #expect(counters.integrityGood == 1 && counters.decrypted == 0 && counters.unreadable == 1)
  }

  /// Bytes of a good packet, and what they are turned into.
  enum Damage: CaseIterable {
    case ciphertextCut, bitFlipped, headerAlone, keysOfAnotherSA
  }

  @Test("what does not verify shows nothing", arguments: Damage.allCases)
  func damaged(_ damage: Damage) throws {
    var packet = try Self.packet(Self.ipv4(17, Self.udp), nextHeader: 4)
    switch damage {
    case .ciphertextCut: packet.removeSubrange(30..<40)
    case .bitFlipped: packet[30] ^= 4
    case .headerAlone: packet.removeSubrange(8...)
    case .keysOfAnotherSA:
      let sent = Array(packet.dropLast(12))
      packet = sent + (try hmac(Array(repeating: 1, count: 20), sent)).prefix(12)
    }
    let wire = Wire(keys: Self.rows([Self.spi]))
    wire.esp(packet)
    #expect(flows(wire) == [])
    let counters = try #require(wire.tracker.securityFlows.first?.counters)
    #expect(counters.decrypted == 0 && counters.integrityGood == 0)
    #expect(counters.integrityBad + counters.unreadable == 1)
  }
}
