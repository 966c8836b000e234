// Unsafe here: a run has the engine of its opener lent, and keeps the opener for as long as that.

import Bytes
import Crypto
import Keys

/// The packets of one flow that were opened last, as long as each is what the one before it promised:
/// the next number, verified by the same keys, padded as usual, an ordinary packet inside.
///
/// Like `FlowRun`, which it has one of, it stands at its flow's place and is all that such a packet
/// changes; the flow and the inner flow take over what it counted when it ends.
struct OpenedRun {
  // What every packet reads and changes comes first, and that of the flow's run behind it.

  /// What was known of keys, children and selectors when the run began; it ends when more is.
  private(set) var knowledge = 0
  /// Opens the packets; nil where there is no run.
  private(set) var engine: LentEngine?
  private var opened = 0
  /// What the last packet held, and the place of the inner flow that it was counted at.
  private var content: UsualContent?
  private(set) var innerPlace = -1
  /// Which of all openers that ever had a run it is; its clones on other threads go by this number.
  private(set) var number: Int32 = -1
  /// True when sequence numbers have a high half, which the opener keeps track of.
  private(set) var isExtended = false
  /// True when a high half above 0 of a sequence number is no news.
  private(set) var hasHighHalf = false
  var run = FlowRun()
  /// Whose engine it is.
  private(set) var opener: ESPOpener?

  /// Bytes that every packet touches.
  static var touched: Int { 152 }

  init() {}

  var isOpen: Bool { opener != nil }

  /// Begins a run behind a packet that was opened.
  mutating func open(
    after counters: FlowCounters, of key: SecurityFlowKey, _ opener: ESPOpener, number: Int32,
    knowledge: Int
  ) {
    run.open(after: counters, of: key)
    guard run.isOpen else { return }
    self.opener = opener
    engine = unsafe opener.engine?.lent
    isExtended = opener.sequence.isExtended == true
    self.number = number
    self.knowledge = knowledge
    hasHighHalf = counters.highHalfSeen != nil
  }

  /// What the processor is to be asked for ahead of a packet.
  var traces: RunTraces {
    RunTraces(engine: engine?.place ?? LentEngine.Place(), spi: run.spi)
  }

  /// Counts an opened packet; the place of its inner flow, or -1 when that is not the last one's.
  @inline(__always)
  mutating func countsOpened(_ content: UsualContent) -> Int {
    opened &+= 1
    guard let known = self.content, known.isAlike(content) else { return -1 }
    return innerPlace
  }

  /// From now on packets with such content are counted at that place.
  mutating func follow(_ content: UsualContent, at place: Int) {
    self.content = content
    innerPlace = place
  }

  /// Packets look up their inner flow again.
  mutating func leaveInner() { content = nil }

  /// Ends the run; what it held is the flow's again.
  mutating func close(into flow: SecurityFlow) {
    guard isOpen else { return }
    run.close(into: &flow.counters)
    flow.counters.integrityGood += opened
    flow.counters.decrypted += opened
    self = OpenedRun()
  }
}

/// Where in memory that is which a packet of a run touches beside the run itself: numbers for the
/// processor alone, which may be those of a run that has ended.
struct RunTraces {
  let spi: UInt32
  /// The place of the inner flow that the last packet was counted at.
  var inner: Int32 = -1
  private let engine: LentEngine.Place

  init(engine: LentEngine.Place = LentEngine.Place(), spi: UInt32 = 0) {
    self.engine = engine
    self.spi = spi
  }

  /// Asks the processor for the keys.
  @inline(__always)
  func prefetchKeys() { engine.prefetch() }
}
