import Bytes
import Layers
import TestSupport
import Testing

@testable import Tracking

@Suite("Frames on their way")
struct ComingPacketsTests {
  private static let bob = IPAddress(ipv4: 0xc000_0202)

  /// Every third frame is of something else, every other of a flow that has no run.
  private static func spi(_ index: Int) -> UInt32? {
    index % 3 == 0 ? nil : 0x5000 + UInt32(index % 7)
  }

  private static func glance(_ index: Int) -> ESPGlance {
    let packet = spi(index).map { PacketBuilder.esp($0, UInt32(index), [UInt8](0..<64)) }
    let frame = PacketBuilder.ethernet(
      PacketBuilder.ipv4(
        "192.0.2.1", "192.0.2.2", packet == nil ? 6 : 50, packet ?? [UInt8](0..<64)))
    return ESPGlance(ethernet: frame.rawSpan)
  }

  /// A tracker whose runs of the SPIs 0x5000 to 0x5003 stand at the places 0 to 3; the last one shares
  /// its hash with the run at 2.
  private static func tracker() -> Tracker {
    var tracker = Tracker()
    for place in 0..<4 {
      let spi = 0x5000 + UInt32(place)
      tracker.runTraces.append(RunTraces(spi: spi))
      let hash = PlaceCache.hash(bob.low, UInt64(spi))
      if place == 3 { tracker.securityPlaces.note(2, for: hash, of: 4) }
      tracker.securityPlaces.note(place, for: hash, of: 4)
    }
    return tracker
  }

  /// Where the run of a frame stands: looked for by the hash alone, or compared with what stands there.
  private static func place(_ index: Int, isCompared: Bool) -> Int {
    switch spi(index) {
    case 0x5003 where !isCompared: 2
    case let spi? where spi <= 0x5003: Int(spi) - 0x5000
    default: -1
    }
  }

  @Test("are looked for before their turn, once each, though others were taken in between")
  func turns() {
    let tracker = Self.tracker()
    var coming = ComingPackets()
    for _ in 0..<2 {
      coming.begin()
      var added: [Int] = []
      var compared: Set<Int> = []
      for index in Array(0...20) + [40, 41, 43, 44, 45, 46, 52, 53, 97, 99] {
        if coming.wants(at: index) {
          let end = min(coming.end(at: index), 100)
          while coming.next < end {
            added.append(coming.next)
            coming.add(Self.glance(coming.next))
          }
          tracker.seek(&coming, at: index)
        }
        let isCompared = compared.contains(index)
        #expect(coming.place(of: index) == Self.place(index, isCompared: isCompared))
        tracker.approach(&coming, from: index)
        guard index + 2 < 100 else { continue }
        compared.insert(index + 2)
        #expect(coming.place(of: index + 2) == Self.place(index + 2, isCompared: true))
      }
      #expect(added == Array(0...75) + [97, 98, 99])
    }
  }
}

@Suite("A glance at a frame")
struct ESPGlanceTests {
  @Test("says of an ESP packet in a common frame what a proper look says", arguments: [50, 17])
  func agrees(ipProtocol: UInt8) throws {
    let packet = PacketBuilder.esp(0x1234_5678, 9, [UInt8](0..<64))
    let payload = ipProtocol == 50 ? packet : PacketBuilder.udp(4500, 61_000, packet)
    let frame = PacketBuilder.ethernet(
      PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", ipProtocol, payload))
    let span = frame.rawSpan
    let looked = try #require(CommonIPv4(ethernet: span).flatMap { CommonESP($0, in: span) })
    let glance = ESPGlance(ethernet: frame.rawSpan)
    #expect(glance.header == looked.header && glance.header == 0x1234_5678_0000_0009)
    #expect(UInt64(glance.destination) == looked.hosts & 0xffff_ffff)
    // Cut anywhere, it is seen as far as a proper look may go, and no further.
    for length in 0..<frame.count {
      let cut = ESPGlance(ethernet: frame.rawSpan.extracting(0..<length))
      #expect(cut.header == (length < 50 ? 0 : glance.header))
    }
  }

  @Test(
    "says nothing of frames of other shapes",
    arguments: [(12, 0x86), (14, 0x46), (14, 0x65), (23, 6), (23, 51)] as [(Int, UInt8)])
  func others(place: Int, value: UInt8) {
    var frame = PacketBuilder.ethernet(
      PacketBuilder.ipv4(
        "192.0.2.1", "192.0.2.2", 50, PacketBuilder.esp(0x5000, 9, [UInt8](0..<64))))
    #expect(ESPGlance(ethernet: frame.rawSpan).header != 0)
    frame[place] = value
    #expect(ESPGlance(ethernet: frame.rawSpan).header == 0)
  }
}
