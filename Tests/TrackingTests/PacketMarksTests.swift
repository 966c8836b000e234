import Bytes
import Testing

@testable import Tracking

@Suite("Marks of the last packets")
struct PacketMarksTests {
  /// A flow whose packets 1 to 100 came, a millisecond apart, and the marks that they left.
  private static func hundred(at place: Int, _ marks: inout PacketMarks) -> SecurityFlow {
    let flow = SecurityFlow(
      ordinal: place,
      key: SecurityFlowKey(
        destination: IPAddress(ipv4: 0xc000_0202), spi: UInt32(place) + 256, ipProtocol: 50),
      source: IPAddress(ipv4: 0xc000_0201), ports: (0, 0), encapsulation: .none, at: sighting(1))
    flow.place = place
    marks.begin(at: place)
    for number in 1...100 as ClosedRange<UInt32> { arrive(number, flow, &marks) }
    return flow
  }

  private static func arrive(
    _ number: UInt32, _ flow: SecurityFlow, _ marks: inout PacketMarks, mark: UInt32? = nil
  ) {
    let (mark, sighting) = (mark ?? number &* 77, sighting(number))
    let noted = flow.counters.packetArrived(
      SecurityFlow.Packet(
        sequence: number, length: 100, source: flow.source, ports: (0, 0), mark: mark,
        former: marks.mark(of: flow.place, number), isFragmented: false, sighting: sighting),
      replayWindow: 64)
    guard noted.arrival.isNew else { return }
    marks.keep(number, of: flow.place, content: mark, at: sighting.time)
  }

  private static func sighting(_ number: UInt32) -> Sighting {
    Sighting(
      capture: 0, frame: Int(number), time: Timestamp(nanoseconds: Int64(number) * 1_000_000))
  }

  @Test(
    "tell a repetition with the same bytes from one with others, 64 packets back",
    arguments: [(40, nil, true), (63, nil, true), (40, 5, false), (70, nil, nil)]
      as [(UInt32, UInt32?, Bool?)])
  func repetition(behind: UInt32, mark: UInt32?, sameBytes: Bool?) {
    var marks = PacketMarks()
    let flow = Self.hundred(at: 0, &marks)
    Self.arrive(100 - behind, flow, &marks, mark: mark)
    #expect(flow.counters.duplicates == 1)
    #expect(flow.counters.repeats.first?.sameBytes == sameBytes)
  }

  @Test("are told apart by flow where many share the room, and never taken for another one's")
  func shared() {
    var marks = PacketMarks()
    let flows = (0..<20_000).map { Self.hundred(at: $0, &marks) }
    var known = 0
    for flow in flows {
      Self.arrive(100, flow, &marks)
      let sameBytes = flow.counters.repeats.first?.sameBytes
      #expect(sameBytes != false)
      if sameBytes == true { known += 1 }
    }
    // A row has ten flows then, one behind the other: of the first hardly anything is left.
    #expect(known >= 2048 && known < flows.count)
    for flow in flows { #expect(marks.packets(of: flow, after: Self.sighting(2)) <= 64) }
  }

  @Test("keep the last packets of twenty thousand flows whose packets come in turn")
  func inTurn() {
    var marks = PacketMarks()
    let places = 0..<20_000
    for place in places { marks.begin(at: place) }
    for number in 1...100 as ClosedRange<UInt32> {
      for place in places {
        marks.keep(number, of: place, content: number, at: Self.sighting(number).time)
      }
    }
    let kept = places.map { place in
      (0..<64 as Range<UInt32>).prefix { marks.mark(of: place, 100 - $0) != nil }.count
    }
    #expect(kept.min() == 5)
  }

  @Test("count the packets after a moment, and know nothing of a flow that is gone")
  func after() {
    var marks = PacketMarks()
    let flow = Self.hundred(at: 7, &marks)
    #expect(marks.packets(of: flow, after: Self.sighting(90)) == 10)
    #expect(marks.packets(of: flow, after: Self.sighting(1)) == 64)
    marks.begin(at: 7)
    #expect(marks.packets(of: flow, after: Self.sighting(90)) == 0)
    let other = Self.hundred(at: 8, &marks)
    other.wasEvicted()
    #expect(marks.packets(of: other, after: Self.sighting(90)) == 0)
    #expect(marks.mark(of: -1, 5) == nil)
  }
}
