import Testing

@testable import Tracking

@Suite("The sequence window")
struct SequenceWindowTests {
  /// A step of a flow: the number that arrives and what it must mean.
  private static func arrivals(_ numbers: [UInt32]) -> (
    last: SequenceWindow.Arrival?, window: SequenceWindow
  ) {
    var window = SequenceWindow()
    var last: SequenceWindow.Arrival?
    for number in numbers { last = window.packetArrived(number) }
    return (last, window)
  }

  @Test(
    "tells new, late, repeated and ancient numbers apart",
    arguments: [
      ([1, 2, 3], .new(skipped: 0), 0), ([1, 5], .new(skipped: 3), 3), ([1, 5, 3], .late, 2),
      ([1, 2, 2], .repeated, 0), ([2000, 900], .ancient, 0), ([2000, 977], .late, 1022),
      ([0xffff_fffe, 0xffff_ffff, 1], .new(skipped: 1), 1), ([10, 9, 8], .late, 0),
      // Nothing comes before the first number of an SA; behind a wrap it may.
      ([1, 2, 0xffff_ffff], .new(skipped: 0xffff_fffc), 0xffff_fffc), ([0, 0xffff_ffff], .late, 0),
      ([0xffff_ffff, 0, 1, 0xffff_fffe], .late, 0),
    ] as [([UInt32], SequenceWindow.Arrival, Int)])
  func arrivals(numbers: [UInt32], meaning: SequenceWindow.Arrival, lost: Int) {
    let (last, window) = Self.arrivals(numbers)
    #expect(last == meaning)
    #expect(window.lost == lost)
  }

  @Test(
    "a step of the high half that goes back in the low half is no loss, and forgets the numbers before"
  )
  func restarts() {
    var window = SequenceWindow()
    for number in [1, 2, 4, 5] as [UInt32] { _ = window.packetArrived(number) }
    #expect(window.packetArrived(1) == .repeated)
    window.restart(at: 1)
    #expect(window.lost == 1)
    #expect(window.packetArrived(2) == .new(skipped: 0))
    #expect(window.packetArrived(2) == .repeated)
    #expect(window.packetArrived(4) == .new(skipped: 1))
    #expect(window.lost == 2)
    #expect(window.highest == 4)
  }
}
