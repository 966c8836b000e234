import Bytes
import TestSupport
import Testing

@testable import Layers

private let client = "192.0.2.1"
private let server = "192.0.2.2"

/// An ISAKMP header of IKEv2's IKE_AUTH over `count` bytes, behind the non-ESP marker.
private func ike(_ messageID: UInt8, bytes count: Int = 200) -> [UInt8] {
  [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1, 46, 0x20, 35, 8, 0, 0, 0, messageID]
    + PacketBuilder.bigEndian(UInt32(count)) + [UInt8](repeating: messageID, count: count - 28)
}

private func esp(_ sequence: UInt32, bytes count: Int = 104) -> [UInt8] {
  PacketBuilder.esp(0xc0de_cafe, sequence, [UInt8](repeating: 0xa5, count: count - 8))
}

private let records: [[UInt8]] =
  [ike(0), esp(1), esp(2, bytes: 1400), [0xff], ike(1, bytes: 1800), esp(3), ike(2)]

private func stream(of records: [[UInt8]]) -> [UInt8] {
  records.flatMap { PacketBuilder.bigEndian(UInt16($0.count + 2)) + $0 }
}

private func segment(
  _ sequence: UInt32, _ bytes: [UInt8], port: UInt16 = 4500, fromServer: Bool = false,
  flags: UInt8 = 0x18
) -> [UInt8] {
  let tcp = PacketBuilder.tcp(
    fromServer ? port : 50_000, fromServer ? 50_000 : port, sequence: sequence, bytes, flags: flags)
  return fromServer
    ? PacketBuilder.ipv4(server, client, 6, tcp) : PacketBuilder.ipv4(client, server, 6, tcp)
}

/// Cuts `bytes` into segments of random sizes up to `limit`, from sequence number `start`.
private func segments(
  _ bytes: [UInt8], from start: UInt32, limit: Int = 900, port: UInt16 = 4500,
  _ random: inout SeededGenerator
) -> [[UInt8]] {
  var result: [[UInt8]] = []
  var offset = 0
  while offset < bytes.count {
    let end = min(bytes.count, offset + .random(in: 1...limit, using: &random))
    result.append(
      segment(start &+ UInt32(offset), Array(bytes[offset..<end]), port: port))
    offset = end
  }
  return result
}

private func encapsulated(_ feeder: FrameFeeder) -> [[UInt8]] {
  feeder.delivered.filter { $0.transport == .tcpEncapsulated }.map(\.payload)
}

@Suite("IKE and ESP over TCP")
struct TCPStreamTests {
  @Test("are delivered record by record, behind the prefix")
  func oneSegment() throws {
    var feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(1000, [], flags: 2))
    feeder.feed(segment(1001, Array("IKETCP".utf8) + stream(of: records)))
    #expect(encapsulated(feeder) == records)
    #expect(feeder.delivered.last?.ports == [50_000, 4500])
    #expect(feeder.delivered.last?.assembledFrom == [])
    #expect(feeder.decoder.statistics.encapsulatedStreams == 1)
  }

  @Test("survive any cutting, copying and reordering of segments", arguments: 0..<200)
  func anySegments(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let start: UInt32 = .random(in: 0...(.max), using: &random)
    let bytes = Array("IKETCP".utf8) + stream(of: records)
    var packets = segments(bytes, from: start &+ 1, limit: seed % 3 == 0 ? 40 : 900, &random)
    // Neighbours change places, and some come twice.
    for index in 1..<max(2, packets.count - 1) where Bool.random(using: &random) {
      guard index + 1 < packets.count else { break }
      packets.swapAt(index, index + 1)
      if Bool.random(using: &random) { packets.append(packets[index]) }
    }
    var feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(start, [], flags: 2))
    for packet in packets { feeder.feed(packet) }
    #expect(encapsulated(feeder) == records)
    #expect(feeder.decoder.statistics.streamBytesMissed == 0)
  }

  @Test("say which frames a record came in")
  func frames() {
    var feeder = FrameFeeder(linkType: 101)
    let bytes = Array("IKETCP".utf8) + stream(of: [ike(0), esp(1)])
    feeder.feed(segment(1, Array(bytes[..<100])))
    feeder.feed(segment(101, Array(bytes[100..<180])))
    feeder.feed(segment(181, Array(bytes[180...])))
    #expect(feeder.outcomes == [.segmentKept, .segmentKept, .delivered])
    #expect(feeder.delivered.map(\.assembledFrom) == [[1, 2, 3], [3]])
    #expect(encapsulated(feeder) == [ike(0), esp(1)])
  }

  @Test("are found on any port by the prefix, in both directions")
  func otherPort() {
    var feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(1, Array("IKETCP".utf8) + stream(of: [ike(0)]), port: 443))
    feeder.feed(segment(0, stream(of: [ike(0, bytes: 300)]), port: 443, fromServer: true))
    #expect(encapsulated(feeder) == [ike(0), ike(0, bytes: 300)])
    // Another connection to the same port is none of it.
    var other = segment(7, stream(of: [ike(0)]), port: 443)
    other[15] = 9
    feeder.feed(other)
    #expect(feeder.delivered.last?.transport == .tcp)
  }

  @Test("are taken up in the middle of a capture")
  func middle() {
    var feeder = FrameFeeder(linkType: 101)
    let bytes = stream(of: records)
    feeder.feed(segment(500, stream(of: [esp(1), esp(2)])))
    #expect(encapsulated(feeder) == [esp(1), esp(2)])
    // In the middle of a record: the rest of it cannot be read, the IKE message behind it can.
    feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(500, Array(stream(of: [esp(9)]).dropFirst(50)) + bytes))
    #expect(encapsulated(feeder) == records)
  }

  @Test("go on behind a segment that the capture missed")
  func gap() {
    var feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(1, Array("IKETCP".utf8) + stream(of: [ike(0)])))
    var sequence = UInt32(1 + 6 + stream(of: [ike(0)]).count) + 500
    for number in 1...40 {
      let bytes = stream(of: [esp(UInt32(number))])
      feeder.feed(segment(sequence, bytes))
      sequence += UInt32(bytes.count)
    }
    feeder.decoder.flush()
    #expect(encapsulated(feeder).count == 41)
    #expect(feeder.decoder.statistics.streamBytesMissed == 500)
  }

  @Test("behind a gap at the end of the capture are delivered by the flush")
  func gapAtEnd() {
    var feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(1, Array("IKETCP".utf8) + stream(of: [ike(0)])))
    feeder.feed(segment(5000, stream(of: [esp(7)])))
    #expect(encapsulated(feeder) == [ike(0)])
    var late: [Delivered] = []
    feeder.decoder.flush { datagram, bytes in late.append(Delivered(datagram, bytes)) }
    #expect(late.map(\.payload) == [esp(7)])
    #expect(late.first?.assembledFrom == [2])
    #expect(late.first?.source == client)
  }

  @Test("cut by the snap length give what is left of a record, and the next segment's")
  func cut() throws {
    var feeder = FrameFeeder(linkType: 101)
    feeder.feed(segment(1, Array("IKETCP".utf8)))
    let packet = segment(7, stream(of: [ike(0, bytes: 400)]))
    feeder.feed(Array(packet.prefix(100)), originalLength: packet.count)
    #expect(feeder.delivered.last?.missing == packet.count - 100)
    #expect(feeder.delivered.last?.payload == Array(ike(0, bytes: 400).prefix(58)))
    feeder.feed(segment(7 + 406, stream(of: [esp(1)])))
    #expect(encapsulated(feeder).last == esp(1))
  }

  @Test("are not seen in another protocol on port 4500")
  func foreign() {
    var random = SeededGenerator(seed: 5)
    var feeder = FrameFeeder(linkType: 101)
    for index in 0..<200 {
      let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
      feeder.feed(segment(UInt32(index * 500), bytes))
    }
    #expect(feeder.delivered.count == 200)
    #expect(feeder.delivered.allSatisfy { $0.transport == .tcp })
  }

  @Test("in thousands of connections stay within their bounds")
  func flood() {
    var limits = LayerLimits()
    limits.streams = 32
    limits.allStreamBytes = 64 << 10
    var feeder = FrameFeeder(linkType: 101, limits: limits)
    for index in 0..<2000 {
      let tcp = PacketBuilder.tcp(
        UInt16(truncatingIfNeeded: 1024 + index), 4500, sequence: 1,
        Array("IKETCP".utf8) + [0xff, 0xff] + [UInt8](repeating: 0, count: 1400))
      feeder.feed(PacketBuilder.ipv4(client, server, 6, tcp))
    }
    #expect(feeder.decoder.streams.count <= 32)
    #expect(feeder.decoder.streams.storedBytes <= 64 << 10)
    #expect(feeder.decoder.statistics.evictedStreams > 1000)
  }
}

@Suite("Cisco's IPsec over TCP")
struct CiscoTCPTests {
  private func trailer(_ ipProtocol: UInt8, _ sequence: UInt16) -> [UInt8] {
    [0, 0, 0, 0] + PacketBuilder.bigEndian(sequence) + [0x40, 0, 9, 8, 7, 6, 5, ipProtocol, 0, 1]
  }

  private var message: [UInt8] { Array(ike(0).dropFirst(4)) }

  @Test("is an IKE message with its UDP header, and ESP once the connection is proven")
  func proven() {
    var feeder = FrameFeeder(linkType: 101)
    let udp = PacketBuilder.udp(500, 500, message)
    feeder.feed(segment(1, udp + trailer(17, 1), port: 10_000))
    feeder.feed(segment(9, esp(1) + trailer(50, 2), port: 10_000, fromServer: true))
    #expect(feeder.delivered.map(\.transport) == [.tcpCisco, .tcpCisco])
    #expect(feeder.delivered.map(\.ipProtocol) == [17, 50])
    #expect(feeder.delivered.map(\.payload) == [message, esp(1)])
  }

  @Test("without IKE is believed when the sequence number grows")
  func espAlone() {
    var feeder = FrameFeeder(linkType: 101)
    for number in 1...5 {
      feeder.feed(segment(1, esp(UInt32(number)) + trailer(50, UInt16(number)), port: 10_000))
    }
    #expect(feeder.delivered.map(\.transport) == [.tcp, .tcp, .tcpCisco, .tcpCisco, .tcpCisco])
  }

  @Test("is not seen in segments that end in zeros by chance")
  func zeros() {
    var feeder = FrameFeeder(linkType: 101)
    for number in 0..<50 {
      let bytes = [UInt8](repeating: 0, count: 61) + [50, 0, 0]
      feeder.feed(segment(UInt32(number * 64), bytes, port: 10_000))
    }
    #expect(feeder.delivered.allSatisfy { $0.transport == .tcp })
  }
}
