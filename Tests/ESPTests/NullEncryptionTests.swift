import Bytes
import TestSupport
import Testing

@testable import ESP

/// An ESP packet without encryption, laid out as RFC 4303 §2 says.
private func null(
  _ sequence: UInt32, _ nextHeader: UInt8, _ payload: [UInt8], integrity: Int, iv: Int = 0,
  _ random: inout SeededGenerator
) -> [UInt8] {
  let padding = (4 - (payload.count + 2) % 4) % 4
  let noise = (0..<(integrity + iv)).map { _ in UInt8.random(in: 0...255, using: &random) }
  return PacketBuilder.esp(
    0xc0de_0001, sequence,
    Array(noise.prefix(iv)) + payload + (0..<padding).map { UInt8($0 + 1) }
      + [UInt8(padding), nextHeader] + Array(noise.suffix(integrity)))
}

private func verdict(_ packets: [[UInt8]]) -> NullEncryptionDetector.Verdict {
  var detector = NullEncryptionDetector()
  for packet in packets { detector.packetSeen(packet.rawSpan) }
  return detector.verdict
}

private func content(of packet: [UInt8], _ layout: NullLayout) -> NullLayout.Inner? {
  layout.inner(of: packet.rawSpan)
}

@Suite("ESP without encryption")
struct NullEncryptionTests {
  private func inner(_ length: Int, _ random: inout SeededGenerator) -> [UInt8] {
    PacketBuilder.ipv4(
      "10.1.0.1", "10.2.0.1", 17,
      PacketBuilder.udp(
        1000, 2000, (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }))
  }

  @Test(
    "in a tunnel shows its integrity length after a few packets",
    arguments: [0, 12, 16, 20, 24, 32].map { ($0, 0) } + [(16, 8)])
  func tunnel(integrity: Int, iv: Int) throws {
    var random = SeededGenerator(seed: UInt64(integrity + iv))
    let packets = (1...6).map { number in
      let inner = inner(30 + number * 3, &random)
      return null(UInt32(number), 4, inner, integrity: integrity, iv: iv, &random)
    }
    let layout = NullLayout(integrityLength: integrity, ivLength: iv)
    #expect(verdict(packets) == .null(layout))
    let inside = try #require(content(of: packets[0], layout))
    #expect(inside.nextHeader == 4)
    #expect(packets[0][inside.payload].starts(with: [0x45]))
    #expect(inside.payload.lowerBound == 8 + iv)
  }

  @Test("between hosts shows TCP, UDP and ICMP directly")
  func transport() {
    var random = SeededGenerator(seed: 9)
    let tcp = PacketBuilder.tcp(443, 50_000, sequence: 7, Array("hello, world".utf8))
    let udp = PacketBuilder.udp(53, 5353, Array("hello".utf8))
    let icmp: [UInt8] = [8, 0, 0, 0, 0, 1, 0, 1, 0xaa]
    let packets =
      [(6, tcp), (17, udp), (1, icmp), (6, tcp)].map { nextHeader, payload in
        null(1, nextHeader, payload, integrity: 16, &random)
      }
    #expect(verdict(packets) == .null(NullLayout(integrityLength: 16, ivLength: 0)))
  }

  @Test("is told from encrypted flows, whatever their packets", arguments: 0..<50)
  func encrypted(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let packets = (1...40).map { number in
      PacketBuilder.esp(
        0xc0de_0001, UInt32(number),
        (0..<(4 * Int.random(in: 8...300, using: &random))).map { _ in
          UInt8.random(in: 0...255, using: &random)
        })
    }
    #expect(verdict(packets) == .encrypted)
  }

  @Test("is undecided by one packet, and by dummies")
  func undecided() {
    var random = SeededGenerator(seed: 4)
    let one = null(1, 4, inner(40, &random), integrity: 12, &random)
    #expect(verdict([one]) == .undecided)
    let dummy = null(1, 59, [UInt8](repeating: 0, count: 10), integrity: 12, &random)
    #expect(verdict([dummy, dummy]) == .undecided)
  }

  @Test("is not read out of packets that are shorter than their layout")
  func prefixes() {
    var random = SeededGenerator(seed: 5)
    let packet = null(1, 4, inner(40, &random), integrity: 12, &random)
    for count in 0...packet.count {
      let part = Array(packet.prefix(count))
      for integrity in [0, 12, 32] {
        _ = content(of: part, NullLayout(integrityLength: integrity, ivLength: 8))
      }
      var detector = NullEncryptionDetector()
      detector.packetSeen(part.rawSpan)
      #expect(detector.verdict != .null(NullLayout(integrityLength: 12, ivLength: 0)))
    }
  }
}

@Suite("A flow on port 10000")
struct ESPFlowEvidenceTests {
  private func verdict(_ headers: [(UInt32, UInt32)]) -> ESPFlowEvidence.Verdict {
    var evidence = ESPFlowEvidence()
    for (spi, sequence) in headers {
      evidence.packetSeen(ESPHeader(spi: spi, sequence: sequence))
    }
    return evidence.verdict
  }

  @Test("is ESP when one SPI counts its packets")
  func esp() {
    #expect(verdict([(77_000, 1), (77_000, 2), (77_000, 4), (77_000, 5)]) == .esp)
    #expect(verdict([(77_000, 1), (77_000, 2), (77_000, 2)]) == .undecided)
    // Two children side by side, and a packet lost.
    #expect(verdict([(7000, 1), (9000, 5), (7000, 2), (9000, 7), (7000, 3)]) == .esp)
  }

  @Test("is something else when its first bytes change")
  func other() {
    #expect(verdict((1...9).map { (UInt32($0), 9) }) == .other)
    #expect(verdict([(1, 100), (1, 900), (1, 5), (1, 70_000)]) == .other)
  }
}
