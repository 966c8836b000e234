import Bytes
import TestSupport
import Testing

@testable import Layers

private let message: [UInt8] = Array(0..<32)

@Suite("A frame's datagram")
struct DatagramTests {
  @Test("is the UDP payload with its addresses and ports")
  func udp() throws {
    let udp = PacketBuilder.udp(4500, 500, message)
    let packet = PacketBuilder.ipv4("192.0.2.1", "198.51.100.7", 17, udp)
    let (outcome, datagrams) = decode(PacketBuilder.ethernet(packet))
    let datagram = try #require(datagrams.first)
    #expect(outcome == .delivered)
    #expect(datagrams.count == 1)
    #expect(datagram.source == "192.0.2.1")
    #expect(datagram.destination == "198.51.100.7")
    #expect(datagram.ports == [4500, 500])
    #expect(datagram.transport == .udp)
    #expect(datagram.payload == message)
    #expect(datagram.ipPacket == packet)
    #expect(datagram.missing == 0)
  }

  @Test("ends where the IP header says, not with Ethernet's padding")
  func padding() throws {
    let packet = PacketBuilder.ipv4(
      "192.0.2.1", "192.0.2.2", 17, PacketBuilder.udp(4500, 4500, [0xff]))
    let (_, datagrams) = decode(PacketBuilder.ethernet(packet + [UInt8](repeating: 0, count: 17)))
    #expect(datagrams.first?.payload == [0xff])
    #expect(datagrams.first?.ipPacket == packet)
  }

  @Test("of a protocol without ports is the whole IP payload", arguments: [UInt8(50), 51, 89])
  func withoutPorts(ipProtocol: UInt8) throws {
    let (_, datagrams) = decode(
      PacketBuilder.ethernet(PacketBuilder.ipv6("2001:db8::1", "2001:db8::2", ipProtocol, message)))
    let datagram = try #require(datagrams.first)
    #expect(datagram.source == "2001:db8::1")
    #expect(datagram.transport == .ip)
    #expect(datagram.ipProtocol == ipProtocol)
    #expect(datagram.payload == message)
  }

  @Test("says how many bytes the capture lacks when a snap length cut it")
  func snapped() throws {
    let frame = PacketBuilder.ethernet(
      PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, PacketBuilder.udp(500, 500, message)))
    let (outcome, datagrams) = decode(Array(frame.dropLast(10)), originalLength: frame.count)
    #expect(outcome == .delivered)
    #expect(datagrams.first?.payload == Array(message.dropLast(10)))
    #expect(datagrams.first?.missing == 10)
  }

  @Test(
    "follows UDP's length when it lies",
    arguments: [(8 + 12, 12, 0), (8 + 40, 32, 8), (8, 0, 0)])
  func lyingUDPLength(length: Int, count: Int, missing: Int) throws {
    let udp = PacketBuilder.udp(500, 500, message, length: length)
    let (_, datagrams) = decode(
      PacketBuilder.ethernet(PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, udp)))
    #expect(datagrams.first?.payload == Array(message.prefix(count)))
    #expect(datagrams.first?.missing == missing)
  }

  @Test("is read behind IPv4 options and IPv6 extension headers")
  func optionsAndExtensions() {
    let udp = PacketBuilder.udp(500, 500, message)
    let router: [UInt8] = [0x94, 4, 0, 0, 1, 1, 1, 0]
    let four = PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, udp, options: router)
    // Hop-by-hop, routing of 24 bytes, destination options, an atomic fragment.
    let extensions: [UInt8] =
      [43, 0, 5, 2, 0, 0, 1, 0] + [60, 2, 0, 1] + [UInt8](repeating: 0, count: 20)
      + [44, 0, 1, 4, 0, 0, 0, 0] + [17, 0, 0, 0, 0, 0, 0, 9]
    let six = PacketBuilder.ipv6("2001:db8::1", "2001:db8::2", 0, extensions + udp)
    for packet in [four, six] {
      #expect(decode(PacketBuilder.ethernet(packet)).datagrams.first?.payload == message)
    }
  }
}

@Suite("A malformed frame")
struct MalformedFrameTests {
  @Test("says the layer, the byte, what is needed and what bounded it")
  func truncatedUDP() throws {
    let packet = PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, [1])
    guard case .malformed(let error) = decode(PacketBuilder.ethernet(packet)).outcome else {
      Issue.record("not malformed")
      return
    }
    #expect(
      error.description
        == "UDP at byte 34 needs 8 bytes and has 1 (bounded by the IPv4 total length)")
  }

  @Test("is told from one that the snap length cut")
  func cut() {
    let frame = PacketBuilder.ethernet(
      PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, PacketBuilder.udp(500, 500, message)))
    guard case .truncated(let error) = decode(Array(frame.prefix(38)), originalLength: 74).outcome
    else {
      Issue.record("not truncated")
      return
    }
    #expect(error.boundedBy == "the captured length")
    #expect(error.available == 4)
  }

  @Test(
    "delivers nothing",
    arguments: [
      PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, message, totalLength: 12),
      PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17, PacketBuilder.udp(1, 2, [], length: 7)),
      PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 6, [UInt8](repeating: 0, count: 20)),
      [0x43] + [UInt8](repeating: 0, count: 40), [0x50] + [UInt8](repeating: 0, count: 40), [],
      PacketBuilder.ipv6("::1", "::2", 0, [17, 9, 0, 0, 0, 0, 0, 0]),
      PacketBuilder.ipv6(
        "::1", "::2", 0, [UInt8](repeating: 0, count: 8 * 40)),
    ])
  func deliversNothing(packet: [UInt8]) {
    let (outcome, datagrams) = decode(packet, linkType: 101)
    #expect(datagrams.isEmpty)
    guard case .malformed = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }
}
