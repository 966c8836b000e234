import Bytes
import TestSupport
import Testing

@testable import Capture
@testable import Layers

private let source = "192.0.2.1"
private let destination = "192.0.2.2"
private let message: [UInt8] = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 7) }
private let whole = PacketBuilder.udp(500, 500, message)

private func fragments(identification: UInt16 = 77, size: Int = 128) -> [[UInt8]] {
  PacketBuilder.ipv4Fragments(
    source, destination, 17, whole, identification: identification, size: size)
}

private func feed(_ packets: [[UInt8]], limits: LayerLimits = LayerLimits()) -> FrameFeeder {
  var feeder = FrameFeeder(linkType: 101, limits: limits)
  for packet in packets { feeder.feed(packet) }
  return feeder
}

@Suite("Fragments")
struct FragmentTests {
  @Test("are put together, and say which frames they came in")
  func inOrder() throws {
    let feeder = feed(fragments())
    let datagram = try #require(feeder.delivered.first)
    #expect(feeder.delivered.count == 1)
    #expect(datagram.payload == message)
    #expect(datagram.ports == [500, 500])
    #expect(datagram.assembledFrom == [1, 2, 3, 4, 5])
    #expect(datagram.ipPacket.isEmpty)
    #expect(
      feeder.outcomes == [.fragmentKept, .fragmentKept, .fragmentKept, .fragmentKept, .delivered])
    #expect(feeder.decoder.statistics.fragments == 5)
    #expect(feeder.decoder.statistics.reassembled == 1)
  }

  @Test("of one datagram that stand in two captures name both")
  func twoCaptures() {
    let decoder = LayerDecoder()
    var places: [FramePlace] = []
    for (index, bytes) in fragments().enumerated() {
      let frame = Frame(
        number: index / 2 + 1, capture: index % 2,
        time: Timestamp(seconds: 1_700_000_000 + Int64(index), nanoseconds: 0),
        linkType: LinkType(rawValue: 101), offset: 0, capturedLength: bytes.count,
        originalLength: bytes.count)
      _ = decoder.decode(frame, bytes.rawSpan) { datagram, _ in places = datagram.assembledFrom }
    }
    #expect(places.map(\.capture) == [0, 1, 0, 1, 0])
    #expect(places.map(\.number) == [1, 1, 2, 2, 3])
  }

  @Test("of IPv6 are put together, with extension headers among them")
  func ipv6() throws {
    let payload = [17, 0, 1, 4, 0, 0, 0, 0] + whole
    let packets = PacketBuilder.ipv6Fragments(
      "fd00::1", "fd00::2", 60, payload, identification: 0xdead_beef, size: 256)
    let datagram = try #require(feed(packets.reversed()).delivered.first)
    #expect(datagram.payload == message)
    #expect(datagram.assembledFrom == [1, 2, 3])
  }

  @Test("are put together in any order, with copies and overlaps, by property", arguments: 0..<200)
  func anyOrder(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let size = 8 * Int.random(in: 1...20, using: &random)
    var packets = fragments(size: size)
    // Copies, and overlapping parts cut from the same payload.
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      packets.append(try #require(packets.randomElement(using: &random)))
      let start = 8 * Int.random(in: 0..<(whole.count / 8 - 1), using: &random)
      let end = min(whole.count - 8, start + 8 * Int.random(in: 1...30, using: &random)) / 8 * 8
      guard end > start else { continue }
      packets.append(
        PacketBuilder.ipv4(
          source, destination, 17, Array(whole[start..<end]), identification: 77, offset: start,
          moreFragments: true))
    }
    packets.shuffle(using: &random)
    let feeder = feed(packets)
    #expect(feeder.delivered.first?.payload == message)
    #expect(feeder.decoder.statistics.conflictingDatagrams == 0)
    if feeder.decoder.fragments.count == 0 { #expect(feeder.decoder.fragments.storedBytes == 0) }
    // What came after the datagram was whole are copies: nothing was lost.
    feeder.decoder.flush()
    #expect(feeder.decoder.takeIncompleteDatagrams().isEmpty)
  }

  @Test("of different datagrams do not mix")
  func interleaved() {
    let other = PacketBuilder.udp(4500, 4500, message.reversed())
    let second = PacketBuilder.ipv4Fragments(
      source, destination, 17, other, identification: 78, size: 128)
    let mixed = zip(fragments(), second).flatMap { [$0, $1] }
    let feeder = feed(mixed)
    #expect(feeder.delivered.map(\.payload) == [message, message.reversed()])
    #expect(feeder.delivered.map(\.assembledFrom) == [[1, 3, 5, 7, 9], [2, 4, 6, 8, 10]])
  }

  @Test("that disagree keep the bytes that came first, and are counted")
  func conflict() {
    var packets = fragments()
    var forged = packets[1]
    forged[60] ^= 0xff
    packets.insert(forged, at: 2)
    let feeder = feed(packets)
    #expect(feeder.delivered.first?.payload == message)
    #expect(feeder.decoder.statistics.conflictingDatagrams == 1)
    #expect(feeder.decoder.statistics.overlappingDatagrams == 1)
  }

  @Test("captured twice, before and behind a tap, are not taken for lost ones")
  func capturedTwice() {
    let twice = fragments().flatMap { [$0, $0] }
    let feeder = feed(twice)
    #expect(feeder.delivered.map(\.payload) == [message])
    feeder.decoder.flush()
    #expect(feeder.decoder.takeIncompleteDatagrams().isEmpty)
    #expect(feeder.decoder.statistics.incompleteDatagrams == 0)
  }
}

@Suite("Fragments that are missing")
struct MissingFragmentTests {
  @Test("are reported with what is known of their datagram")
  func report() throws {
    var packets = fragments()
    packets.remove(at: 2)
    let feeder = feed(packets)
    feeder.decoder.flush()
    let report = try #require(feeder.decoder.takeIncompleteDatagrams().first)
    #expect(feeder.delivered.isEmpty)
    #expect(report.source.description == source)
    #expect(report.ipProtocol == 17 && report.identification == 77)
    #expect(report.hasFirst && report.hasLast && report.missing == 128)
    #expect(report.bytesSeen == 480 && report.frames.map(\.number) == [1, 2, 3, 4])
    #expect(report.ports == IncompleteDatagram.Ports(source: 500, destination: 500))
    #expect(report.head == Array(whole.prefix(64)))
    #expect(report.reason == .endOfCapture && !report.wasCut)
    #expect(feeder.decoder.statistics.incompleteDatagrams == 1)
    #expect(feeder.decoder.takeIncompleteDatagrams().isEmpty)
  }

  @Test("at the start leave the ports unknown")
  func withoutFirst() throws {
    let feeder = feed(Array(fragments().dropFirst()))
    feeder.decoder.flush()
    let report = try #require(feeder.decoder.takeIncompleteDatagrams().first)
    #expect(!report.hasFirst && report.ports == nil && report.head.isEmpty && report.missing == 128)
  }

  @Test("are given up after 30 seconds of the packets' clock, which may step back")
  func timeout() throws {
    var feeder = FrameFeeder(linkType: 101)
    let first = fragments(identification: 1)
    let second = fragments(identification: 2)
    feeder.feed(first[0])
    feeder.feed(second[0], later: 29_000_000_000)
    #expect(feeder.decoder.takeIncompleteDatagrams().isEmpty)
    // A step back of a year, then on.
    feeder.feed(second[1], later: -31_536_000_000_000_000)
    feeder.feed(second[2], later: 2_000_000_000)
    let reports = feeder.decoder.takeIncompleteDatagrams()
    #expect(reports.map(\.identification) == [1])
    #expect(reports.first?.reason == .timeout)
    for packet in second[3...] { feeder.feed(packet) }
    #expect(feeder.delivered.map(\.payload) == [message])
  }

  @Test("because the snap length cut them are told from lost ones; the first is read")
  func cut() throws {
    var feeder = FrameFeeder(linkType: 101)
    for packet in fragments() {
      feeder.feed(Array(packet.prefix(68)), originalLength: packet.count)
    }
    #expect(feeder.delivered.count == 1)
    #expect(feeder.delivered.first?.payload == Array(message.prefix(40)))
    #expect(feeder.delivered.first?.missing == message.count - 40)
    feeder.decoder.flush()
    #expect(feeder.decoder.takeIncompleteDatagrams().first?.wasCut == true)
  }

  @Test("in great numbers stay within their bounds, and leave the real one whole")
  func flood() {
    var limits = LayerLimits()
    limits.datagrams = 64
    limits.fragmentBytes = 32 << 10
    var feeder = FrameFeeder(linkType: 101, limits: limits)
    var random = SeededGenerator(seed: 1)
    for (index, packet) in fragments().enumerated() {
      feeder.feed(packet)
      for other in 0..<20 {
        let address = "10.\(index).\(other).\(UInt8.random(in: 1...254, using: &random))"
        feeder.feed(
          PacketBuilder.ipv4(
            address, destination, 17, [UInt8](repeating: 0, count: 64),
            identification: .random(in: 0...65_535, using: &random), offset: 800,
            moreFragments: true))
      }
    }
    // 80 others between the first and the last of the five: too many for 64.
    #expect(feeder.delivered.isEmpty)
    #expect(feeder.decoder.statistics.evictedDatagrams > 0)
    for packet in fragments(identification: 99) { feeder.feed(packet) }
    #expect(feeder.delivered.map(\.payload) == [message])
    #expect(feeder.decoder.fragments.count <= 64)
    #expect(feeder.decoder.fragments.storedBytes <= 32 << 10)
    feeder.decoder.flush()
    #expect(feeder.decoder.fragments.storedBytes == 0)
  }

  @Test(
    "are malformed when they cannot be",
    arguments: [
      PacketBuilder.ipv4(source, destination, 17, [1, 2, 3], moreFragments: true),
      PacketBuilder.ipv4(source, destination, 17, [UInt8](repeating: 0, count: 64), offset: 65_504),
      PacketBuilder.ipv4(source, destination, 17, [], offset: 8),
    ])
  func impossible(packet: [UInt8]) {
    guard case .malformed(let error) = decode(packet, linkType: 101).outcome else {
      Issue.record("not malformed")
      return
    }
    #expect(error.layer == "IP fragment")
  }

  @Test("in thousands of tiny pieces are given up")
  func shattered() {
    var feeder = FrameFeeder(linkType: 101)
    for index in 0..<4000 {
      feeder.feed(
        PacketBuilder.ipv4(
          source, destination, 17, [UInt8](repeating: 0, count: 8), offset: index * 16,
          moreFragments: true))
    }
    #expect(feeder.decoder.statistics.evictedDatagrams == 1)
    #expect(feeder.delivered.isEmpty)
  }
}
