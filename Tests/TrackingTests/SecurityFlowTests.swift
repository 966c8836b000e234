import Bytes
import Keys
import Testing

@testable import Tracking

@Suite("ESP flows at their places")
struct SecurityFlowTests {
  private static func flow(_ spi: UInt32, _ wire: Wire) -> SecurityFlow? {
    wire.tracker.securityFlows.first { $0.key.spi == spi }
  }

  @Test(
    "a packet too late for the window is not taken for the one whose mark would stand in its place")
  func lateMark() throws {
    let wire = Wire()
    for number in 1...100 as ClosedRange<UInt32> where number != 36 {
      wire.esp(spi: 0x5000, sequence: number)
    }
    // 64 behind the highest: the same slot.
    wire.esp(spi: 0x5000, sequence: 36)
    wire.esp(spi: 0x5000, sequence: 100)
    _ = wire.finish()
    let flow = try #require(Self.flow(0x5000, wire))
    #expect(flow.duplicates == 1)
    #expect(flow.repeats.first?.sameBytes == true)
  }

  @Test("a flow that was evicted does not end the run of the one that has its place")
  func evicted() throws {
    var limits = TrackerLimits()
    limits.securityFlows = 1
    let wire = Wire(limits: limits)
    for number in 1...3 as ClosedRange<UInt32> { wire.esp(spi: 0x5000, sequence: number) }
    let former = try #require(Self.flow(0x5000, wire))
    let place = former.place
    for number in 1...3 as ClosedRange<UInt32> { wire.esp(spi: 0x6000, sequence: number) }
    #expect(wire.tracker.evictions.securityFlows == 1)
    #expect(Self.flow(0x6000, wire)?.place == place && former.place == -1)
    #expect(wire.tracker.runs[place].isOpen)
    wire.tracker.ended(former, at: Sighting(capture: 0, frame: 9, time: wire.time))
    #expect(wire.tracker.runs[place].isOpen)
  }

  @Test(
    "a flow whose place was forgotten as there came more is noted again by its next packet",
    arguments: [true, false])
  func notedAgain(hasKeys: Bool) throws {
    let spis = 0x5000..<0x5300 as Range<UInt32>
    let wire = Wire(keys: hasKeys ? InsideESPTests.rows(Array(spis)) : KeyMaterial())
    let inner = InsideESPTests.ipv4(17, InsideESPTests.udp)
    for number in 1...4 as ClosedRange<UInt32> {
      for spi in spis {
        wire.esp(try InsideESPTests.packet(inner, nextHeader: 4, spi: spi, sequence: number))
      }
    }
    #expect(wire.tracker.openedRuns.isEmpty != hasKeys)
    let isNoted = wire.tracker.securityFlows.map { flow in
      let hash = PlaceCache.hash(flow.key.destination.low, UInt64(flow.key.spi))
      return (0..<PlaceCache.ways).contains {
        wire.tracker.securityPlaces[hash, $0] == flow.place
      }
    }
    #expect(isNoted.count == spis.count && isNoted.allSatisfy { $0 })
  }
}
