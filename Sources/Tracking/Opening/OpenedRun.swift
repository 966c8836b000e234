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
  /// The inner flow of the last packet, and what is still to be counted there.
  private var inner: InnerFlow?
  private var content: UsualContent?
  private var tally: InnerFlow.Tally?

  init() {}

  var isOpen: Bool { opener != nil }

  /// Begins a run behind a packet that was opened.
  mutating func open(
    after counters: inout FlowCounters, _ opener: ESPOpener, number: Int, knowledge: Int
  ) {
    run.open(after: &counters)
    guard run.isOpen else { return }
    self.opener = opener
    self.number = number
    self.knowledge = knowledge
    hasHighHalf = counters.highHalfSeen != nil
  }

  /// Counts an opened packet; true when its content was counted as well.
  @inline(__always)
  mutating func counts(_ content: UsualContent, at sighting: Sighting) -> Bool {
    opened &+= 1
    guard let known = self.content, known.isAlike(content) else { return false }
    let length = Int(content.totalLength)
    if tally == nil { tally = InnerFlow.Tally(last: sighting) }
    tally?.count(length, at: sighting)
    return true
  }

  /// From now on packets with such content are counted here.
  mutating func follow(_ content: UsualContent, _ inner: InnerFlow) {
    self.content = content
    self.inner = inner
  }

  /// Gives what was counted to the inner flow and forgets that.
  mutating func leaveInner() {
    if let tally { inner?.take(tally) }
    (inner, content, tally) = (nil, nil, nil)
  }

  /// Ends the run; what it held is the flow's again.
  mutating func close(into flow: SecurityFlow) {
    guard isOpen else { return }
    leaveInner()
    run.close(into: &flow.counters)
    flow.counters.integrityGood += opened
    flow.counters.decrypted += opened
    self = OpenedRun()
  }
}
