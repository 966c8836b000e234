import Keys

/// The packets of one flow that were opened last, as long as each is what the one before it promised:
/// the next number, verified by the same keys, padded as usual, an ordinary packet inside.
///
/// Like `FlowRun`, which it has one of, it stands at its flow's place and is all that such a packet
/// changes; the flow and the inner flow take over what it counted when it ends.
struct OpenedRun {
  var run = FlowRun()
  /// Opens the packets; nil where there is no run.
  private(set) var opener: ESPOpener?
  /// Which of all openers that ever had a run it is; its clones on other threads go by this number.
  private(set) var number = -1
  /// What was known of keys, children and selectors when the run began; it ends when more is.
  private(set) var knowledge = 0
  /// True when a high half above 0 of a sequence number is no news.
  private(set) var hasHighHalf = false
  private var opened = 0
  /// What the last packet held, and the place of the inner flow that it was counted at.
  private var content: UsualContent?
  private var innerPlace = -1

  init() {}

  var isOpen: Bool { opener != nil }

  /// Begins a run behind a packet that was opened.
  mutating func open(
    after counters: inout FlowCounters, of key: SecurityFlowKey, _ opener: ESPOpener, number: Int,
    knowledge: Int
  ) {
    run.open(after: &counters, of: key)
    guard run.isOpen else { return }
    self.opener = opener
    self.number = number
    self.knowledge = knowledge
    hasHighHalf = counters.highHalfSeen != nil
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
