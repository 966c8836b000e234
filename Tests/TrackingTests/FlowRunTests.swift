import Bytes
import Testing

@testable import Tracking

@Suite("Runs of undisturbed packets")
struct FlowRunTests {
  private static let source = IPAddress(ipv4: 0xc000_0201)
  private static let key = SecurityFlowKey(
    destination: IPAddress(ipv4: 0xc000_0202), spi: 0x1122_3344, ipProtocol: 50)

  private static func sighting(_ number: UInt32) -> Sighting {
    // The steps grow, so that the longest gap is always the last.
    let step = Int64(number & 0xffff)
    let time = step * step * 1000
    return Sighting(capture: 0, frame: Int(number), time: Timestamp(nanoseconds: time))
  }

  private static func arrive(_ counters: inout FlowCounters, _ number: UInt32) {
    _ = counters.packetArrived(
      SecurityFlow.Packet(
        sequence: number, length: 100 + Int(number % 7), source: source, ports: (0, 0),
        mark: number &* 77, former: nil, isFragmented: false, sighting: sighting(number)),
      replayWindow: 64)
  }

  @Test(
    "leave the counts that packets taken one by one leave",
    arguments: [3, 64, 1023, 1024, 5000] as [UInt32])
  func sameCounts(length: UInt32) {
    var slow = FlowCounters(source: Self.source, ports: (0, 0), at: Self.sighting(1))
    var fast = slow
    for number in 1...length { Self.arrive(&slow, number) }
    var run = FlowRun()
    for number in 1...2 as ClosedRange<UInt32> { Self.arrive(&fast, number) }
    run.open(after: fast, of: Self.key)
    for number in 3...length {
      let taken = run.took(
        number, from: Self.source, 0, length: 100 + Int(number % 7),
        at: Self.sighting(number))
      #expect(taken)
    }
    run.close(into: &fast)
    // A repeated, a late and a lost packet mean the same to both.
    for number in [length, length + 3, length + 2] {
      Self.arrive(&slow, number)
      Self.arrive(&fast, number)
    }
    #expect(fast.packets == slow.packets && fast.bytes == slow.bytes)
    #expect(fast.largest == slow.largest)
    #expect(fast.last == slow.last && fast.lost == slow.lost)
    #expect(fast.repeats == slow.repeats && fast.reordered == slow.reordered)
    #expect(fast.longestGap?.nanoseconds == slow.longestGap?.nanoseconds)
    #expect(fast.longestGap?.endedAt == slow.longestGap?.endedAt)
  }

  @Test("end at a gap, another sender, other ports, and before the number wraps")
  func ends() {
    var counters = FlowCounters(source: Self.source, ports: (0, 0), at: Self.sighting(1))
    Self.arrive(&counters, .max - 2)
    Self.arrive(&counters, .max - 1)
    var run = FlowRun()
    run.open(after: counters, of: Self.key)
    func took(_ number: UInt32, _ source: IPAddress, _ ports: UInt32) -> Bool {
      run.took(number, from: source, ports, length: 100, at: Self.sighting(9))
    }
    let isTaken = [
      took(.max - 1, Self.source, 0), took(.max, IPAddress(ipv4: 1), 0), took(.max, Self.source, 7),
      took(.max, Self.source, 0), took(0, Self.source, 0),
    ]
    #expect(isTaken == [false, false, false, true, false])
  }

  @Test("tell IPv6 senders apart by both halves, and from IPv4 ones")
  func sendersOfIPv6() {
    let source = IPAddress(ipv6High: 0x2001_0db8_0000_0000, low: 7)
    let key = SecurityFlowKey(
      destination: IPAddress(ipv6High: 0x2001_0db8_0000_0000, low: 9), spi: 0x1122_3344,
      ipProtocol: 50)
    var counters = FlowCounters(source: source, ports: (0, 0), at: Self.sighting(1))
    for number in 1...2 as ClosedRange<UInt32> {
      _ = counters.packetArrived(
        SecurityFlow.Packet(
          sequence: number, length: 100, source: source, ports: (0, 0), mark: number,
          former: nil, isFragmented: false, sighting: Self.sighting(number)), replayWindow: 64)
    }
    var run = FlowRun()
    run.open(after: counters, of: key)
    let isTaken = [
      IPAddress(ipv6High: 0x2001_0db8_0000_0001, low: 7),
      IPAddress(ipv6High: 0x2001_0db8_0000_0000, low: 8),
      IPAddress(ipv4: 7), source,
    ].map { run.took(3, from: $0, 0, length: 100, at: Self.sighting(3)) }
    #expect(isTaken == [false, false, false, true])
    run.close(into: &counters)
    #expect(counters.packets == 3 && counters.lastSource == source)
  }
}
