import Bytes
import Capture
import Diagnosis
import Timeline
import Tracking

/// The diagnosis while packets come: findings are told when they are certain enough, and taken back
/// when later packets refute them.
///
/// It looks at everything tracked, hence once a second at most, never for more than a twentieth of
/// the time, and no more at all beyond `mostTunnels`: there the whole report at the end must do.
struct LiveDiagnosis {
  private let options: AnalysisOptions
  private let devices: [Device]
  private var session = DiagnosisSession()
  private var nextLook = ContinuousClock.now
  private var lastFrame = ContinuousClock.now
  private var outcomes: [String: String] = [:]

  private static let pause = Duration.seconds(1)
  private static let mostTunnels = 2000

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
    guard now >= nextLook, pass.tracker.tunnels.count <= Self.mostTunnels else { return }
    let maker = RecordMaker(tracker: pass.tracker, digits: digits, pairs: [])
    var timeline = maker.records()
    timeline.captures = summaries.map(CaptureRecord.init)
    let judgement = Judgement(
      tracker: pass.tracker, timeline: timeline, incomplete: pass.incomplete, options: options,
      devices: devices)
    var input = judgement.input()
    // The packets' clock goes on while nothing comes.
    let silence = (now - lastFrame) / .nanoseconds(1)
    for index in input.captures.indices {
      guard let last = input.captures[index].last else { continue }
      input.captures[index].last = Timestamp(nanoseconds: last.nanoseconds &+ Int64(silence))
    }
    for change in session.update(input) { tell(change, timeline, digits, sink) }
    for tunnel in timeline.tunnels where outcomes[tunnel.id] != tunnel.outcome {
      outcomes[tunnel.id] = tunnel.outcome
      sink.tunnelChanged(tunnel)
    }
    let end = ContinuousClock.now
    nextLook = end + max(Self.pause, (end - now) * 20)
  }

  private func tell(
    _ change: DiagnosisSession.Change, _ timeline: TimelineRecords, _ digits: [Int],
    _ sink: any TimelineSink
  ) {
    var event = EventRecord()
    let finding: FindingRecord
    switch change {
    case .found(let found), .changed(let found):
      event.kind = "finding"
      finding = found
    case .withdrawn(let gone):
      event.kind = "finding.withdrawn"
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
