import Bytes
import ISAKMP
import TestSupport
import Testing
import Timeline

@testable import Analysis
@testable import Capture
@testable import Layers
@testable import Tracking

@Suite("The short path of common frames")
struct ShortPathTests {
  private final class Nobody: TrackerObserver {
    func trackerSaw(_ event: TrackingEvent) {}
    func trackerSaw(
      _ message: borrowing SeenMessage, of exchange: Exchange, in sa: IKESA, payloads: [Payload],
      opened: [Payload]
    ) {}
  }

  /// What is counted of one capture.
  private struct Counted: Equatable {
    var counts: [CaptureCounts]
    var security: [String]
    var inner: [String]
  }

  /// IP packets of a few flows: ESP bare and in UDP with numbers that mostly go up by one, UDP and
  /// TCP in clear, some of it with the length or the zeros that IKE would have.
  private static func packets(_ random: inout SeededGenerator) -> [[UInt8]] {
    var numbers = [UInt32](repeating: 0, count: 8)
    return (0..<4000).map { _ in
      let flow = Int.random(in: 0..<8, using: &random)
      let length = Int.random(in: 8...60, using: &random) * 4
      var payload = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let kind = Int.random(in: 0..<100, using: &random)
      if flow < 6, kind < 95 {
        numbers[flow] += kind < 90 ? 1 : 0
        if kind == 89 { numbers[flow] += 7 }
        let header = [0xc0ff_ee00 + UInt32(flow), numbers[flow]].flatMap(big)
        payload.replaceSubrange(0..<8, with: header)
        return flow < 4
          ? ip(flow, 50, payload) : ip(flow, 17, udp(4500, flow == 4 ? 4500 : 1024, payload))
      }
      if kind < 20, length >= 28 { payload.replaceSubrange(24..<28, with: big(UInt32(length))) }
      if kind >= 80 { payload.replaceSubrange(0..<4, with: [0, 0, 0, 0]) }
      let port = [443, 500, 848, 4500, 10_000, 53][Int.random(in: 0..<6, using: &random)]
      guard kind % 2 == 0 else { return ip(flow, 17, udp(40_000, UInt16(port), payload)) }
      let segment = [40_000 << 16 | UInt32(port), 1, 2, 0x5010_ffff, 0].flatMap(big)
      return ip(flow, 6, segment + payload)
    }
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  private static func udp(_ source: UInt16, _ destination: UInt16, _ payload: [UInt8]) -> [UInt8] {
    big(UInt32(source) << 16 | UInt32(destination)) + big(UInt32(payload.count + 8) << 16) + payload
  }

  private static func ip(_ flow: Int, _ transport: UInt8, _ payload: [UInt8]) -> [UInt8] {
    big(0x4500_0000 | UInt32(20 + payload.count)) + [0, 0, 0x40, 0, 64, transport, 0, 0]
      + [192, 0, 2, UInt8(flow)] + [198, 51, 100, UInt8(flow % 3)] + payload
  }

  private static func count(_ packets: [[UInt8]], tag: [UInt8]) -> Counted {
    let observer = Nobody()
    var pass = Pass(options: AnalysisOptions(), observer: observer)
    var number = 0
    for part in stride(from: 0, to: packets.count, by: 100) {
      var bytes: [UInt8] = []
      var frames: [Frame] = []
      for packet in packets[part..<min(part + 100, packets.count)] {
        let start = bytes.count
        bytes += [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2] + tag + [8, 0] + packet
        number += 1
        var frame = Frame(
          made: start..<bytes.count, time: Timestamp(nanoseconds: Int64(number) * 77_000),
          linkType: LinkType(rawValue: 1))
        frame.number = number
        frames.append(frame)
      }
      pass.take(FrameBatch(bytes: bytes, frames: frames))
    }
    pass.finish()
    return Counted(
      counts: pass.counts,
      security: pass.tracker.securityFlows.map {
        "\($0.key) \($0.packets) \($0.bytes) \($0.largest) \($0.last) \($0.lost) "
          + "\($0.duplicates) \($0.repeats) \($0.longestGap?.nanoseconds ?? 0)"
      },
      inner: pass.tracker.innerFlows.map {
        "\($0.key) \($0.packets) \($0.bytes) \($0.largest) \($0.first) \($0.last)"
      })
  }

  @Test("comes to what the long path comes to", arguments: 1...5 as ClosedRange<UInt64>)
  func agrees(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let packets = Self.packets(&random)
    let short = Self.count(packets, tag: [])
    // A frame with a VLAN tag is none of the commonest shape.
    let long = Self.count(packets, tag: [0x81, 0, 0, 5])
    #expect(short == long)
    #expect(short.security.count >= 6 && short.inner.count >= 20)
    #expect((short.counts.first?.esp ?? 0) > 2000)
  }
}
