import Bytes
import Foundation
import TestSupport
import Testing

@testable import Capture
@testable import Layers

private let message: [UInt8] = (0..<80).map { UInt8($0) }
private let udp = PacketBuilder.udp(500, 500, message)
private let four = PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, udp)

/// Packets that reach every part of the decoder, starting with their IP header.
private let packets: [[UInt8]] =
  [
    four,
    PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, udp, options: [0x94, 4, 0, 0, 1, 1, 1, 0]),
    PacketBuilder.ipv6("fd00::1", "fd00::2", 17, udp),
    PacketBuilder.ipv6(
      "fd00::1", "fd00::2", 0, [60, 0, 1, 4, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0] + udp),
    PacketBuilder.ipv4(
      "192.0.2.1", "192.0.2.2", 1, PacketBuilder.icmpError(type: 3, code: 4, quoting: four)),
    PacketBuilder.ipv6(
      "fd00::1", "fd00::2", 58,
      PacketBuilder.icmpError(
        type: 1, code: 4, quoting: PacketBuilder.ipv6("fd00::1", "fd00::2", 17, udp))),
    PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 47, [0xb0, 0, 8, 0] + Array(0..<12) + four),
    PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 4, four),
    PacketBuilder.ipv4(
      "192.0.2.1", "192.0.2.2", 51, PacketBuilder.ah(4, 9, 1, integrityValue: Array(0..<12), four)),
    PacketBuilder.ipv4(
      "192.0.2.1", "192.0.2.2", 6,
      PacketBuilder.tcp(
        4500, 4500, sequence: 1,
        Array("IKETCP".utf8) + [0, 20] + PacketBuilder.esp(300, 1, Array(0..<10)) + [0, 3, 0xff, 1])
    ),
    PacketBuilder.ipv4(
      "192.0.2.1", "192.0.2.2", 6,
      PacketBuilder.tcp(
        10_000, 9, sequence: 1,
        PacketBuilder.esp(300, 1, Array(0..<16)) + [
          0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 50, 1, 1,
        ])),
  ]
  + PacketBuilder.ipv4Fragments(
    "192.0.2.1", "192.0.2.2", 17, udp, identification: 5, size: 32)
  + PacketBuilder.ipv6Fragments("fd00::1", "fd00::2", 17, udp, identification: 5, size: 32)

/// Checks what a decoder promises of everything that it delivers.
private final class Inspector {
  let decoder = LayerDecoder()
  var number = 0
  var violations: [String] = []

  func feed(_ bytes: [UInt8], linkType: UInt16, originalLength: Int? = nil) {
    number += 1
    let frame = Frame(
      number: number, capture: 0, time: Timestamp(nanoseconds: Int64(number) << 20),
      linkType: LinkType(rawValue: linkType), offset: 0, capturedLength: bytes.count,
      originalLength: originalLength ?? bytes.count)
    _ = decoder.decode(frame, bytes.rawSpan) { datagram, bytes in
      inspect(datagram, bytes.byteCount)
    }
  }

  private func inspect(_ datagram: borrowing Datagram, _ count: Int) {
    let ranges = [datagram.payload, datagram.ipPacket, datagram.icmp?.quotedPayload ?? 0..<0]
    for range in ranges where range.lowerBound < 0 || range.upperBound > count {
      violations.append("frame \(number): \(range) of \(count)")
    }
    if datagram.missing < 0 { violations.append("frame \(number): missing \(datagram.missing)") }
  }
}

@Suite("Hostile frames")
struct RobustnessTests {
  static let linkTypes: [UInt16] = [
    0, 1, 9, 10, 50, 51, 100, 101, 104, 105, 107, 108, 109, 113, 117, 127, 192, 204, 205, 206, 219,
    228, 239, 276, 65_535,
  ]

  @Test("cut at every length deliver nothing beyond their bytes")
  func prefixes() {
    let inspector = Inspector()
    for packet in packets {
      for count in 0...packet.count {
        let part = Array(packet.prefix(count))
        inspector.feed(part, linkType: 101)
        inspector.feed(part, linkType: 101, originalLength: packet.count)
        inspector.feed(PacketBuilder.ethernet(part), linkType: 1)
      }
    }
    inspector.decoder.flush()
    #expect(inspector.violations.isEmpty)
  }

  @Test("with bytes changed at random deliver nothing beyond their bytes", arguments: 0..<8)
  func mutations(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let inspector = Inspector()
    for _ in 0..<4000 {
      var packet = packets.randomElement(using: &random) ?? four
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<packet.count, using: &random)
        packet[index] =
          [0, 1, 4, 0x7f, 0x80, 0xff, .random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      if Bool.random(using: &random) {
        packet.removeLast(Int.random(in: 0..<packet.count, using: &random))
      }
      inspector.feed(
        packet, linkType: 101, originalLength: Bool.random(using: &random) ? 9000 : nil)
    }
    inspector.decoder.flush()
    #expect(inspector.violations.isEmpty)
  }

  @Test("and ordinary ones are decoded alike by the short way and the long", arguments: 0..<8)
  func shortWay(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var short = FrameFeeder()
    var long = FrameFeeder()
    long.isThorough = true
    for _ in 0..<3000 {
      let packet = packets.randomElement(using: &random) ?? four
      let tagged = PacketBuilder.ethernet(PacketBuilder.vlan(7, packet), type: 0x8100)
      var frame = Bool.random(using: &random) ? PacketBuilder.ethernet(packet) : tagged
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        frame[.random(in: 12..<min(frame.count, 60), using: &random)] = .random(
          in: 0...255, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        frame.removeLast(Int.random(in: 0..<frame.count, using: &random))
      }
      if Int.random(in: 0..<4, using: &random) == 0 { frame += [0, 0, 0, 0] }
      let length = Int.random(in: 0..<4, using: &random) == 0 ? 1500 : nil
      short.feed(frame, originalLength: length)
      long.feed(frame, originalLength: length)
    }
    #expect(short.outcomes == long.outcomes)
    #expect(short.delivered == long.delivered)
  }

  @Test("of random bytes are survived with every link type", arguments: linkTypes)
  func randomBytes(linkType: UInt16) {
    var random = SeededGenerator(seed: UInt64(linkType))
    let inspector = Inspector()
    for _ in 0..<2000 {
      let count = Int.random(in: 0...120, using: &random)
      let few = Bool.random(using: &random)
      let bytes = (0..<count).map { _ in
        few
          ? ([0, 1, 2, 3, 4, 8, 0x45, 0x60, 0x81, 0xaa, 0xff].randomElement(using: &random) ?? 0)
          : UInt8.random(in: 0...255, using: &random)
      }
      inspector.feed(bytes, linkType: linkType)
    }
    #expect(inspector.violations.isEmpty)
  }

  @Test(
    "of the shared captures are read, whole and cut",
    .enabled(if: SharedMaterial.folder("corpus/captures") != nil, "no shared captures"))
  func sharedCaptures() throws {
    let folder = try #require(SharedMaterial.folder("corpus/captures"))
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var read = 0
    while let url = files?.nextObject() as? URL {
      guard [".pcap", ".pcapng", ".cap", ".gz"].contains(where: { url.path.hasSuffix($0) }),
        let source = try? openCaptures([url.path]), let batch = try? source.nextBatch()
      else { continue }
      read += 1
      let inspector = Inspector()
      for frame in batch.frames.prefix(40) {
        let bytes = Array(batch.bytes[frame.range])
        inspector.feed(
          bytes, linkType: frame.linkType.rawValue, originalLength: frame.originalLength)
        for count in stride(from: 0, to: min(bytes.count, 160), by: 3) {
          inspector.feed(
            Array(bytes.prefix(count)), linkType: frame.linkType.rawValue,
            originalLength: frame.originalLength)
        }
      }
      #expect(inspector.violations.isEmpty, "\(url.lastPathComponent)")
    }
    #expect(read > 100)
  }
}
