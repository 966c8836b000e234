public import Bytes
import Crypto
public import Layers

/// The packets of one ESP flow that came last, as long as each is what the one before it promised:
/// the next number, from the same sender, whole. Nothing can be said of such a packet that its count
/// does not say, so it is counted here and the flow itself is not touched.
///
/// Runs stand side by side in the tracker, a flow's at its place in the table of flows. A packet that
/// does not continue its run ends it: the flow takes the run over (`FlowCounters.take`), and then the
/// packet, the long way.
@usableFromInline
struct FlowRun {
  // What every packet reads and changes comes first, in as few cache lines as it takes.

  /// SPI (upper half) and number of the packet that continues it.
  @usableFromInline var expected: UInt64 = 0
  /// IPv4 source (upper half) and destination, or the lower half of an IPv6 source.
  @usableFromInline var hosts: UInt64 = 0
  /// `ports`, or a value that no packet in a common frame has: while no packet may continue the
  /// run, and for IPv6.
  @usableFromInline var commonPorts = noPorts
  /// The number of its first packet.
  private var start: UInt32 = 0
  @usableFromInline var last = Sighting(capture: 0, frame: 0, time: Timestamp(nanoseconds: 0))
  @usableFromInline var bytes = 0
  @usableFromInline var longestBytes: UInt16 = 0
  private var isIPv6 = false
  /// True while packets may continue the run.
  @usableFromInline var isOpen = false
  private var ports: UInt32 = 0
  /// The longest time between two packets of the flow.
  @usableFromInline var longestGap: Int64 = 0
  /// Where the longest time ended, when that was in this run.
  @usableFromInline var gapEnd = Sighting(capture: 0, frame: 0, time: Timestamp(nanoseconds: 0))
  /// The upper half of an IPv6 source.
  private var sourceHigh: UInt64 = 0

  /// Neither of these is 4500.
  @inlinable static var noPorts: UInt32 { .max }

  init() {}

  /// The number that continues it.
  @inlinable var next: UInt32 { UInt32(truncatingIfNeeded: expected) }

  /// The SPI of its packets.
  var spi: UInt32 { UInt32(truncatingIfNeeded: expected >> 32) }

  /// Bytes of its longest packet.
  var longest: Int32 { Int32(longestBytes) }

  /// Packets of the run.
  var packets: Int { Int(next &- start) }

  /// Counts a packet when it continues the run.
  @inline(__always)
  mutating func took(
    _ sequence: UInt32, from source: IPAddress, _ ports: UInt32, length: Int, at sighting: Sighting
  ) -> Bool {
    guard isOpen, sequence == next, source.isIPv6 == isIPv6, source.high == sourceHigh,
      source.low == (isIPv6 ? hosts : hosts >> 32), ports == self.ports
    else { return false }
    count(length: length, at: sighting)
    return true
  }

  /// Counts a packet in a common frame when it continues the run; what is compared tells its flow
  /// from all others.
  @inlinable @inline(__always)
  mutating func took(_ packet: CommonESP, at sighting: Sighting) -> Bool {
    guard packet.header == expected, packet.hosts == hosts, packet.ports == commonPorts else {
      return false
    }
    count(length: packet.length, at: sighting)
    return true
  }

  /// True for a packet of the flow, in a common frame, while the run is open.
  @inline(__always)
  func isOf(_ packet: CommonESP) -> Bool {
    expected >> 32 == packet.header >> 32 && packet.hosts == hosts && packet.ports == commonPorts
  }

  @inlinable @inline(__always)
  mutating func count(length: Int, at sighting: Sighting) {
    let gap = sighting.time.since(last.time)
    if gap > longestGap {
      longestGap = gap
      gapEnd = sighting
    }
    last = sighting
    bytes &+= length
    if length > Int(longestBytes) { longestBytes = UInt16(clamping: length) }
    // Behind the last number comes a wrap, which is the flow's to note.
    if next == .max {
      expected &= ~0xffff_ffff
      isOpen = false
      commonPorts = FlowRun.noPorts
    } else {
      expected &+= 1
    }
  }

  /// Begins a run behind the packet that the flow has taken last, which was its highest.
  mutating func open(after counters: FlowCounters, of key: SecurityFlowKey) {
    guard counters.window.highest != .max else { return }
    self = FlowRun()
    isOpen = true
    start = counters.window.highest &+ 1
    expected = UInt64(key.spi) << 32 | UInt64(start)
    let source = counters.lastSource
    (isIPv6, sourceHigh, hosts) = (source.isIPv6, source.high, source.low)
    ports = FlowRun.ports(counters.lastPorts.source, counters.lastPorts.destination)
    if !source.isIPv6 { hosts = source.low << 32 | key.destination.low & 0xffff_ffff }
    if !source.isIPv6, !key.destination.isIPv6 { commonPorts = ports }
    last = counters.last
    longestGap = counters.longestGap?.nanoseconds ?? 0
  }

  /// The longest time without a packet and where it ended, when that was in this run.
  var newLongestGap: (nanoseconds: Int64, endedAt: Sighting)? {
    gapEnd.frame > 0 ? (longestGap, gapEnd) : nil
  }

  /// Ends the run; what it held is the flow's again.
  mutating func close(into counters: inout FlowCounters) {
    counters.take(self)
    self = FlowRun()
  }

  /// Two ports as one number.
  @inline(__always)
  static func ports(_ source: UInt16, _ destination: UInt16) -> UInt32 {
    UInt32(source) << 16 | UInt32(destination)
  }
}
