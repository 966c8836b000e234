import Bytes
import Layers
import Testing

@testable import Tracking

@Suite("Frames on their way")
struct ComingPacketsTests {
  /// An ESP packet with that number, in an Ethernet frame.
  private static func packet(_ number: UInt8) throws -> CommonESP {
    var bytes: [UInt8] = [
      2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0, 0, 60, 0, 0, 0, 0, 64, 50,
    ]
    bytes += [0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0, 0, 0x50, 0, 0, 0, 0, number]
    bytes += [UInt8](repeating: 0, count: 32)
    let frame = bytes.rawSpan
    let packet = CommonIPv4(ethernet: frame).flatMap { CommonESP($0, in: frame) }
    return try #require(packet)
  }

  @Test("each frame has its own packet at its turn, though others were taken in between")
  func turns() throws {
    var coming = ComingPackets()
    for _ in 0..<2 {
      coming.begin()
      var added: [Int] = []
      for index in [0, 1, 2, 3, 40, 41, 43, 99] {
        while coming.wants(before: index, of: 100) {
          added.append(coming.next)
          // Every third frame is another one.
          let isOther = coming.next % 3 == 0
          coming.add(isOther ? nil : try Self.packet(UInt8(coming.next)))
        }
        let number = coming.packet(of: index).map { $0.header & 0xffff_ffff }
        #expect(number == (index % 3 == 0 ? nil : UInt64(index)))
        #expect(coming.place(of: index) == -1)
      }
      #expect(added == Array(0...15) + Array(40...55) + [99])
    }
  }
}
