import AllocationCounter
import Bytes
import ISAKMP
import Testing
import Timeline

@testable import Analysis
@testable import Capture
@testable import Layers
@testable import Tracking

@Suite("Memory of the path that every packet takes")
struct AllocationTests {
  private final class Nobody: TrackerObserver {
    func trackerSaw(_ event: TrackingEvent) {}
    func trackerSaw(
      _ message: borrowing SeenMessage, of exchange: Exchange, in sa: IKESA, payloads: [Payload],
      opened: [Payload]
    ) {}
  }

  /// Frames of one ESP flow with the numbers from `first` on, bare or on UDP port 4500.
  private static func batch(from first: Int, count: Int, onUDP: Bool) -> FrameBatch {
    var bytes: [UInt8] = []
    var frames: [Frame] = []
    for number in first..<(first + count) {
      let start = bytes.count
      let esp = espPacket(number)
      let transport: [UInt8] = onUDP ? [0x11, 0x94, 0x11, 0x94, 0, UInt8(esp.count + 8), 0, 0] : []
      let total = UInt8(20 + transport.count + esp.count)
      bytes += [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0]
      bytes += [0x45, 0, 0, total, 0, 0, 0, 0, 64, onUDP ? 17 : 50, 0, 0]
      bytes += [192, 0, 2, 1, 192, 0, 2, 2]
      bytes += transport + esp
      var frame = Frame(
        made: start..<bytes.count, time: Timestamp(nanoseconds: Int64(number) * 1_000_000),
        linkType: LinkType(rawValue: 1))
      frame.number = number
      frames.append(frame)
    }
    return FrameBatch(bytes: bytes, frames: frames)
  }

  /// SPI, number, and bytes that fit no layout of a packet without encryption.
  private static func espPacket(_ number: Int) -> [UInt8] {
    let fields = [UInt32(0xc0ff_ee01), UInt32(number)].flatMap { value in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
    return fields + (0..<56).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ number &* 101 | 0x80) }
  }

  @Test("100,000 ESP frames of a known flow allocate nothing", arguments: [false, true])
  func knownFlow(onUDP: Bool) {
    let observer = Nobody()
    var pass = Pass(options: AnalysisOptions(), observer: observer)
    let size = 1000
    pass.take(Self.batch(from: 1, count: size, onUDP: onUDP))
    var allocated = 0
    for index in 1...100 {
      let batch = Self.batch(from: 1 + index * size, count: size, onUDP: onUDP)
      let before = allocations_so_far()
      pass.take(batch)
      allocated += allocations_so_far() - before
    }
    pass.finish()
    #expect(pass.tracker.securityFlows.map(\.packets) == [101 * size])
    #expect(pass.counts.map(\.esp) == [101 * size])
    // Nothing for a frame; a few for each batch are allowed for.
    #expect(allocated <= 400)
  }

  @Test("the allocations of a new flow are counted, so that none is not a broken counter")
  func newFlow() {
    let observer = Nobody()
    var pass = Pass(options: AnalysisOptions(), observer: observer)
    let batch = Self.batch(from: 1, count: 1, onUDP: false)
    let before = allocations_so_far()
    pass.take(batch)
    #expect(allocations_so_far() > before)
  }
}
