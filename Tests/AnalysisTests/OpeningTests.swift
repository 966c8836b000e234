import Capture
import Crypto
import ISAKMP
import Keys
import TestSupport
import Testing
import Timeline
import Tracking

@testable import Analysis

@Suite("Opening packets in runs and ahead of their turn")
struct OpeningTests {
  private final class Nobody: TrackerObserver {
    func trackerSaw(_ event: TrackingEvent) {}
    func trackerSaw(
      _ message: borrowing SeenMessage, of exchange: Exchange, in sa: IKESA, payloads: [Payload],
      opened: [Payload]
    ) {}
  }

  /// Six thousand packets, most of them ordinary, and what each SA has of good, bad and opened ones.
  private static func traffic(times: Int = 1) throws -> SealedTraffic {
    var traffic = SealedTraffic(times: times)
    for round in 0..<(900 / times) {
      for index in traffic.sas.indices {
        var isGood = true
        var isOpened = true
        var packet: [UInt8]
        switch (round + index) % 97 {
        case 3:
          packet = try traffic.packet(index, [1, 2, 3, 4], nextHeader: 59)
          traffic.sas[index].empty += 1
        case 5: packet = try traffic.packet(index, SealedTraffic.udp(7), padding: lies(index))
        case 7:
          packet = try traffic.packet(index, SealedTraffic.udp(8), padLength: 255)
          isOpened = false
        case 11:
          packet = try traffic.packet(index, SealedTraffic.udp(9))
          packet[30] ^= 1
          (isGood, isOpened) = (false, false)
        case 13:
          // Lost on the way: nothing is to be counted.
          _ = try traffic.packet(index, SealedTraffic.udp(10))
          continue
        case 17:
          // A fragment inside.
          var inner = SealedTraffic.udp(11)
          inner[7] = 4
          packet = try traffic.packet(index, inner)
        default:
          let port = UInt16(100 + (round / 50) % 3)
          packet = try traffic.packet(index, SealedTraffic.udp(port, length: 60 + round % 700))
        }
        traffic.send(packet, onUDP: index == 1, tagged: index == 2, onIPv6: index % 50 == 3)
        traffic.sas[index].good += isGood ? 1 : 0
        traffic.sas[index].bad += isGood ? 0 : 1
        traffic.sas[index].opened += isOpened ? 1 : 0
      }
    }
    return traffic
  }

  /// Padding of the length that the cipher wants and of other bytes.
  private static func lies(_ index: Int) -> [UInt8] {
    // 90 bytes and the two behind the padding, up to whole blocks of 4, 8 and 16 bytes.
    [UInt8](repeating: 0xee, count: 4)
  }

  @Test(
    "Every packet is counted once and as what it is, however many threads and SAs",
    arguments: [1, 2, 4], [1, 45])
  func counts(jobs: Int, times: Int) throws {
    let traffic = try Self.traffic(times: times)
    let observer = Nobody()
    var options = AnalysisOptions()
    options.keys = traffic.keys
    var pass = Pass(options: options, observer: observer)
    var line = BatchLine(jobs: jobs)
    let source = traffic.source()
    var opened = 0
    while let batch = try source.nextBatch() {
      line.add(batch, digits: nil, pass)
      while line.isFull { opened += Self.takeNext(&line, &pass) }
    }
    while !line.isEmpty { opened += Self.takeNext(&line, &pass) }
    line.end()
    pass.finish()
    for sa in traffic.sas {
      let flow = try #require(pass.tracker.securityFlows.first { $0.key.spi == sa.spi })
      #expect(flow.packets == sa.good + sa.bad, "\(sa.cipher.identifier)")
      #expect(flow.integrityGood == sa.good, "\(sa.cipher.identifier)")
      #expect(flow.integrityBad == sa.bad, "\(sa.cipher.identifier)")
      #expect(flow.decrypted == sa.opened, "\(sa.cipher.identifier)")
      #expect(flow.unreadable == sa.good - sa.opened, "\(sa.cipher.identifier)")
      if times == 1 {
        #expect(flow.paddingOdd > 0)
        #expect((flow.highHalfSeen != nil) == sa.isExtended)
      }
      let inner = pass.tracker.innerFlows.filter { $0.carrier === flow }
      #expect(inner.reduce(0) { $0 + $1.packets } == sa.opened - sa.empty)
    }
    #expect(pass.counts.map(\.esp) == [traffic.frames.count])
    if jobs > 1 { #expect(opened > traffic.frames.count / 4) }
  }

  /// Takes the next batch; how many of its packets were opened ahead.
  private static func takeNext(_ line: inout BatchLine, _ pass: inout Pass) -> Int {
    let job = line.next(&pass)
    pass.take(job.batch, job.isHandedOver ? job.ahead : nil)
    return job.ahead.opened
  }

  @Test("The whole result is the same for any number of threads", arguments: [1, 45])
  func sameResult(times: Int) throws {
    let traffic = try Self.traffic(times: times)
    let alone = try analysed(traffic, jobs: 1)
    // In batches of one frame nothing can be looked at ahead.
    for (jobs, perBatch) in [(1, 1), (1, 7), (2, 300), (3, 300)] {
      let together = try analysed(traffic, jobs: jobs, perBatch: perBatch)
      #expect(Array(together.timeline.tunnels) == Array(alone.timeline.tunnels))
      #expect(Array(together.timeline.flows) == Array(alone.timeline.flows))
      #expect(together.timeline.findings == alone.timeline.findings)
      #expect(together.events == alone.events)
    }
  }

  private func analysed(
    _ traffic: SealedTraffic, jobs: Int, perBatch: Int = 300, securityFlows: Int = 20_000
  ) throws -> CollectingSink {
    var options = AnalysisOptions()
    options.limits.securityFlows = securityFlows
    options.keys = traffic.keys
    options.jobs = jobs
    let sink = CollectingSink()
    try Analyzer(options: options, sink: sink).run(traffic.source(perBatch: perBatch))
    return sink
  }

  @Test(
    "Damaged frames make no difference between looking ahead and not, however many SAs",
    arguments: [1, 45], [1, 2, 3, 4] as [UInt64])
  func damaged(times: Int, seed: UInt64) throws {
    var traffic = try Self.traffic(times: times)
    var random = SeededGenerator(seed: seed)
    traffic.damage(&random)
    let alone = try analysed(traffic, jobs: 1, perBatch: 1)
    for (jobs, perBatch) in [(1, 5), (1, 300), (2, 300)] {
      let together = try analysed(traffic, jobs: jobs, perBatch: perBatch)
      #expect(Array(together.timeline.tunnels) == Array(alone.timeline.tunnels))
      #expect(Array(together.timeline.flows) == Array(alone.timeline.flows))
      #expect(together.timeline.findings == alone.timeline.findings)
      #expect(together.events == alone.events)
    }
  }

  @Test(
    "Flows evicted while their runs take turns, or that share the room of marks, make no difference",
    arguments: [(45, 300), (45, 100), (300, 20_000), (300, 1500)], [5, 6] as [UInt64])
  func crowded(room: (times: Int, flows: Int), seed: UInt64) throws {
    var traffic = try Self.traffic(times: room.times)
    var random = SeededGenerator(seed: seed)
    traffic.damage(&random)
    let alone = try analysed(traffic, jobs: 1, perBatch: 1, securityFlows: room.flows)
    #expect(alone.timeline.evictions.isEmpty == (room.flows > traffic.sas.count))
    for (jobs, perBatch) in [(1, 300), (2, 300)] {
      let together = try analysed(
        traffic, jobs: jobs, perBatch: perBatch, securityFlows: room.flows)
      #expect(Array(together.timeline.tunnels) == Array(alone.timeline.tunnels))
      #expect(Array(together.timeline.flows) == Array(alone.timeline.flows))
      #expect(together.timeline.findings == alone.timeline.findings)
      #expect(together.timeline.evictions == alone.timeline.evictions)
      #expect(together.events == alone.events)
    }
  }

  @Test("What was opened is lent in order, in runs as the long way, by any number of threads")
  func lending() throws {
    let traffic = try Self.traffic()
    let alone = try lent(traffic, jobs: 1)
    #expect(alone.count == traffic.sas.reduce(0) { $0 + $1.opened - $1.empty })
    #expect(alone.allSatisfy { $0.bytes.first == 0x45 })
    #expect(alone.map(\.time) == alone.map(\.time).sorted())
    for jobs in [2, 3] {
      let together = try lent(traffic, jobs: jobs)
      #expect(together.map(\.bytes) == alone.map(\.bytes))
      #expect(together.map(\.comment) == alone.map(\.comment))
      #expect(together.map(\.time) == alone.map(\.time))
    }
  }

  private func lent(_ traffic: SealedTraffic, jobs: Int) throws -> [ClearPacket] {
    var clear: [ClearPacket] = []
    var options = AnalysisOptions()
    options.keys = traffic.keys
    options.jobs = jobs
    options.opened = { clear.append($0) }
    try Analyzer(options: options, sink: CollectingSink()).run(traffic.source())
    return clear
  }
}
