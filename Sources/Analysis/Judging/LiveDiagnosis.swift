import Bytes
import Capture
import Diagnosis
import Timeline
import Tracking

/// The diagnosis while packets come: findings are told when they are certain enough, and taken back
/// when later packets refute them.
///
/// It looks at everything tracked, hence once a second at most, never for more than a twentieth of
/// the time, and at no more than `tunnelsMeanwhile`, those heard last: of others the report at the end
/// tells, and it says so.
struct LiveDiagnosis {
  private let options: AnalysisOptions
  private let devices: [Device]
  private var session = DiagnosisSession()
  private var nextLook = ContinuousClock.now
  private var lastFrame = ContinuousClock.now
  private var outcomes: [String: String] = [:]
  private var hasSaidPartial = false

  private static let pause = Duration.seconds(1)

  init(_ options: AnalysisOptions) {
    self.options = options
    devices = Judgement.devices(options)
  }

  /// True when the next look would not be passed over for want of time.
  var isDue: Bool { ContinuousClock.now >= nextLook }

  /// Looks at what a pass holds, if it is time to, and tells `sink` what changed.
  mutating func look(
    at pass: Pass, _ summaries: [CaptureSummary], _ digits: [Int], hasNewFrames: Bool,
    sink: any TimelineSink
  ) {
    let now = ContinuousClock.now
    if hasNewFrames { lastFrame = now }
    guard now >= nextLook else { return }
    let maker = RecordMaker(tracker: pass.tracker, digits: digits, pairs: [])
    var timeline = maker.records(withFlows: false)
    timeline.captures = summaries.map(CaptureRecord.init)
    let (tunnels, others) = heardLast(pass.tracker.tunnels)
    if !others.isEmpty { sayPartial(tunnels.count + others.count, timeline, sink) }
    let judgement = Judgement(
      tracker: pass.tracker, timeline: timeline, incomplete: pass.incomplete, options: options,
      devices: devices, tunnels: tunnels)
    var input = judgement.input()
    // The packets' clock goes on while nothing comes.
    let silence = (now - lastFrame) / .nanoseconds(1)
    for index in input.captures.indices {
      guard let last = input.captures[index].last else { continue }
      input.captures[index].last = Timestamp(nanoseconds: last.nanoseconds &+ Int64(silence))
    }
    for change in session.update(input, elsewhere: others) { tell(change, timeline, digits, sink) }
    var present: [String: String] = [:]
    for (position, outline) in timeline.tunnels.outlines.enumerated() {
      present[outline.id] = outline.outcome
      guard outcomes[outline.id] != outline.outcome else { continue }
      sink.tunnelChanged(timeline.tunnels[position])
    }
    outcomes = present
    let end = ContinuousClock.now
    nextLook = end + max(Self.pause, (end - now) * 20)
  }

  /// The tunnels that are looked at, in their order, and the names of the others.
  private func heardLast(_ all: [IKESA]) -> (tunnels: [IKESA], others: Set<String>) {
    guard all.count > options.tunnelsMeanwhile else { return (all, []) }
    let byTime = all.sorted { $0.last > $1.last }
    return (
      byTime.prefix(options.tunnelsMeanwhile).sorted { $0.ordinal < $1.ordinal },
      Set(byTime.dropFirst(options.tunnelsMeanwhile).map(\.id))
    )
  }

  /// Says, once, that findings are looked for in a part only.
  private mutating func sayPartial(
    _ count: Int, _ timeline: TimelineRecords, _ sink: any TimelineSink
  ) {
    guard !hasSaidPartial else { return }
    hasSaidPartial = true
    var event = EventRecord()
    event.kind = .note
    event.summary =
      "\(count) tunnels: from now on findings are told of the \(options.tunnelsMeanwhile) heard last only; "
      + "the report at the end has those of all"
    if let last = timeline.captures.first?.lastFrame { event.time = last }
    sink.event(event)
  }

  private func tell(
    _ change: DiagnosisSession.Change, _ timeline: TimelineRecords, _ digits: [Int],
    _ sink: any TimelineSink
  ) {
    var event = EventRecord()
    let finding: FindingRecord
    switch change {
    case .found(let found), .changed(let found):
      event.kind = .finding
      finding = found
    case .withdrawn(let gone):
      event.kind = .findingWithdrawn
      finding = gone
    }
    event.tunnel = finding.tunnel
    event.childSA = finding.childSA
    event.cause = finding.cause
    event.certainty = finding.certainty
    event.summary = finding.title
    if let evidence = finding.evidence.last {
      event.frame = evidence.frame
      event.capture = evidence.capture
    }
    if let last = timeline.captures.first?.lastFrame { event.time = last }
    sink.event(event)
  }
}
