import Bytes

/// The packets of one ESP flow that came last, as long as each is what the one before it promised:
/// the next number, from the same sender, whole. Nothing can be said of such a packet that its count
/// does not say, so it is counted here and the flow itself is not touched.
///
/// Runs stand side by side in the tracker, a flow's at its place in the table of flows. A packet that
/// does not continue its run ends it: the flow takes the run over (`FlowCounters.take`), and then the
/// packet, the long way.
struct FlowRun {
  /// True while packets may continue the run.
  private(set) var isOpen = false
  /// The number that continues it.
  private var next: UInt32 = 0
  private var source = IPAddress(ipv4: 0)
  private var ports: UInt32 = 0
  private(set) var packets = 0
  private(set) var bytes = 0
  private(set) var smallest = Int.max
  private(set) var largest = 0
  private(set) var last = Sighting(capture: 0, frame: 0, time: Timestamp(nanoseconds: 0))
  /// The longest time between two packets of the flow, and where it ended when that was in this run.
  private(set) var longestGap: Int64 = 0
  private(set) var gapEnd: Sighting?
  /// The flow's marks, lent to the run while it is open.
  private var marks: [PacketMark] = []

  init() {}

  /// Counts a packet when it continues the run.
  @inline(__always)
  mutating func took(
    _ sequence: UInt32, from source: IPAddress, _ ports: UInt32, length: Int, content: UInt32,
    at sighting: Sighting
  ) -> Bool {
    guard isOpen, sequence == next, source == self.source, ports == self.ports else { return false }
    let gap = sighting.time.since(last.time)
    if gap > longestGap {
      longestGap = gap
      gapEnd = sighting
    }
    last = sighting
    packets &+= 1
    bytes &+= length
    if length < smallest { smallest = length }
    if length > largest { largest = length }
    marks[Int(sequence & 63)] = PacketMark(content: content, at: sighting.time)
    next = sequence &+ 1
    // Behind the last number comes a wrap, which is the flow's to note.
    if next == 0 { isOpen = false }
    return true
  }

  /// Begins a run behind the packet that the flow has taken last, which was its highest.
  mutating func open(after counters: inout FlowCounters) {
    guard counters.window.highest != .max, counters.makeAllMarks() else { return }
    self = FlowRun()
    isOpen = true
    next = counters.window.highest &+ 1
    source = counters.lastSource
    ports = FlowRun.ports(counters.lastPorts.source, counters.lastPorts.destination)
    last = counters.last
    longestGap = counters.longestGap?.nanoseconds ?? 0
    swap(&marks, &counters.marks)
  }

  /// Ends the run; what it held is the flow's again.
  mutating func close(into counters: inout FlowCounters) {
    if isOpen || packets > 0 {
      swap(&marks, &counters.marks)
      counters.take(self)
    }
    self = FlowRun()
  }

  /// Two ports as one number.
  @inline(__always)
  static func ports(_ source: UInt16, _ destination: UInt16) -> UInt32 {
    UInt32(source) << 16 | UInt32(destination)
  }
}
