import Bytes
import TestSupport
import Testing

@testable import Layers

private let inner = PacketBuilder.ipv4(
  "10.0.0.1", "10.0.0.2", 17, PacketBuilder.udp(500, 4500, Array(0..<32)))
private let inner6 = PacketBuilder.ipv6(
  "fd00::1", "fd00::2", 17, PacketBuilder.udp(500, 4500, Array(0..<32)))

private func words(_ text: String) -> [UInt8] {
  bytes(hexadecimal: text.filter { $0 != " " }) ?? []
}

private func outer(_ ipProtocol: UInt8, _ payload: [UInt8]) -> [UInt8] {
  PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", ipProtocol, payload)
}

@Suite("Tunnels without IPsec")
struct TunnelTests {
  @Test(
    "are passed over to the datagram inside",
    arguments: [
      outer(4, inner), outer(41, inner6), outer(47, words("0000 0800") + inner),
      // Checksum, key and sequence number.
      outer(47, words("b000 0800 0000 0000 00000001 00000002") + inner),
      outer(47, words("2000 86dd 00000001") + inner6),
      // PPTP: version 1 with key, sequence and acknowledgment; PPP compressed.
      outer(47, words("3081 880b 0040 0001 00000001 00000001 21") + inner),
      // Transparent Ethernet bridging, ERSPAN type II, MPLS.
      outer(47, words("0000 6558 020000000002 020000000001 0800") + inner),
      outer(
        47, words("1000 88be 00000001 1000 0000 0000 0000 020000000002 020000000001 0800") + inner),
      outer(47, words("0000 8847 00064140") + inner), outer(4, outer(4, inner)),
    ])
  func passedOver(packet: [UInt8]) throws {
    let datagram = try #require(decode(packet, linkType: 101).datagrams.first)
    #expect(datagram.ports == [500, 4500])
    #expect(datagram.ipPacket == inner || datagram.ipPacket == inner6)
  }

  @Test("are delivered themselves when they carry something else")
  func notIP() throws {
    let (outcome, datagrams) = decode(outer(47, words("0000 2000 0102")), linkType: 101)
    #expect(outcome == .delivered)
    #expect(datagrams.first?.ipProtocol == 47)
    #expect(datagrams.first?.payload == words("0000 2000 0102"))
    // A keepalive: type 0, nothing behind it.
    #expect(decode(outer(47, words("0000 0000")), linkType: 101).outcome == .delivered)
  }

  @Test("are followed to a limit")
  func depth() {
    var packet = inner
    for _ in 0..<30 { packet = outer(4, packet) }
    guard case .malformed = decode(packet, linkType: 101).outcome else {
      Issue.record("followed without limit")
      return
    }
  }
}

@Suite("An ICMP error")
struct ICMPErrorTests {
  @Test("gives the datagram that it quotes")
  func quotation() throws {
    let message = PacketBuilder.icmpError(type: 3, code: 3, quoting: Array(inner.prefix(28 + 8)))
    let datagram = try #require(decode(outer(1, message), linkType: 101).datagrams.first)
    let error = try #require(datagram.icmp)
    #expect(datagram.transport == .icmp)
    #expect(datagram.source == "192.0.2.1")
    #expect(error.type == 3 && error.code == 3 && !error.isICMPv6 && error.mtu == nil)
    #expect(error.quotedSource.description == "10.0.0.1")
    #expect(error.quotedDestination.description == "10.0.0.2")
    #expect(error.quotedProtocol == 17)
    #expect([error.quotedSourcePort, error.quotedDestinationPort] == [500, 4500])
    #expect(datagram.quoted == Array(0..<8))
  }

  @Test("of ICMPv6 quotes IPv6 behind extension headers, and gives the MTU")
  func packetTooBig() throws {
    let quoted = PacketBuilder.ipv6(
      "fd00::1", "fd00::2", 0, [50, 0, 1, 4, 0, 0, 0, 0] + PacketBuilder.esp(0xc001, 7, [1, 2]))
    let message = PacketBuilder.icmpError(type: 2, code: 0, word: 1400, quoting: quoted)
    let packet = PacketBuilder.ipv6("fd00::9", "fd00::1", 58, message)
    let datagram = try #require(decode(packet, linkType: 101).datagrams.first)
    let error = try #require(datagram.icmp)
    #expect(error.isICMPv6 && error.mtu == 1400 && error.quotedProtocol == 50)
    #expect(datagram.quoted == PacketBuilder.esp(0xc001, 7, [1, 2]))
  }

  @Test("gives the next hop's MTU, and ends its quotation before RFC 4884's extensions")
  func fragmentationNeeded() throws {
    let quoted = outer(50, PacketBuilder.esp(0xc001, 7, [UInt8](repeating: 9, count: 200)))
    let part = Array(quoted.prefix(128))
    // 32 words are quoted; an extension structure follows.
    let message = PacketBuilder.icmpError(
      type: 3, code: 4, word: 32 << 16 | 1400, quoting: part + [0x20, 0, 0, 0])
    let datagram = try #require(decode(outer(1, message), linkType: 101).datagrams.first)
    #expect(datagram.icmp?.mtu == 1400)
    #expect(datagram.quoted.count == 108)
  }

  @Test("at every length of its quotation stays within it")
  func prefixes() {
    for count in 0...inner.count {
      let message = PacketBuilder.icmpError(type: 11, code: 0, quoting: Array(inner.prefix(count)))
      let datagram = decode(outer(1, message), linkType: 101).datagrams.first
      #expect((datagram?.icmp != nil) == (count >= 20))
      #expect(datagram?.quoted == Array(inner.dropFirst(28).prefix(max(0, count - 28))))
    }
  }

  @Test("is told from an echo, which quotes nothing")
  func echo() {
    let message = PacketBuilder.icmpError(type: 8, code: 0, quoting: inner)
    #expect(decode(outer(1, message), linkType: 101).datagrams.first?.icmp == nil)
  }
}

@Suite("An inner packet")
struct InnerPacketTests {
  private func parsed(_ bytes: [UInt8]) -> InnerPacket? { InnerPacket(parsing: bytes.rawSpan) }

  @Test("gives its five-tuple and its length")
  func fiveTuple() throws {
    let packet = try #require(parsed(inner + [1, 2, 3, 0, 0]))
    #expect(packet.source.description == "10.0.0.1")
    #expect(packet.destination.description == "10.0.0.2")
    #expect(packet.ipProtocol == 17 && packet.hasPorts)
    #expect([packet.sourcePort, packet.destinationPort] == [500, 4500])
    #expect(packet.totalLength == inner.count && packet.end == inner.count)
    #expect(packet.payloadOffset == 20 && !packet.isFragment)
  }

  @Test("that is a later fragment has no ports")
  func laterFragment() throws {
    let four = try #require(
      parsed(PacketBuilder.ipv4("10.0.0.1", "10.0.0.2", 17, Array(0..<16), offset: 8)))
    #expect(four.isFragment && four.isLaterFragment && !four.hasPorts)
    let six = try #require(
      parsed(
        PacketBuilder.ipv6(
          "fd00::1", "fd00::2", 44,
          PacketBuilder.ipv6Fragment(17, Array(0..<16), moreFragments: true))))
    #expect(six.isFragment && !six.isLaterFragment && six.hasPorts && six.ipProtocol == 17)
  }

  @Test("is nil for what is no IP header, at every length")
  func prefixes() {
    for packet in [inner, inner6] {
      let header = packet == inner ? 20 : 40
      for count in 0...packet.count {
        #expect((parsed(Array(packet.prefix(count))) != nil) == (count >= header))
      }
    }
    #expect(parsed([0x00] + [UInt8](repeating: 0, count: 60)) == nil)
  }
}
