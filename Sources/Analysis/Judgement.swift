import Diagnosis
import Layers
import Timeline
import Tracking

/// Turns what a pass holds into what the diagnosis looks at, and takes its findings.
struct Judgement {
  let tracker: Tracker
  /// The final records, captures included, findings excluded.
  let timeline: TimelineRecords
  /// IP datagrams that were never whole.
  let incomplete: [IncompleteDatagram]
  /// What configurations say.
  let join: ConfigurationJoin
  /// What the user asked for.
  var options = DiagnosisOptions()

  /// The findings, and one line for what many tunnels share.
  func diagnose() -> DiagnosisResult {
    Diagnosis.diagnose(input())
  }

  private func input() -> DiagnosisInput {
    var input = DiagnosisInput()
    let records = Dictionary(
      timeline.tunnels.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    input.tunnels = tracker.tunnels.map { sa in
      TunnelInput(
        ike: sa, id: sa.id, policies: join.policies[sa.id] ?? [],
        certificates: records[sa.id]?.certificates ?? [])
    }
    input.securityFlows = tracker.securityFlows
    input.innerFlows = tracker.innerFlows.map { join.input(of: $0) }
    input.captures = timeline.captures.map(CaptureFacts.init)
    input.incompleteDatagrams = incomplete.compactMap(IncompleteDatagramFacts.init)
    input.options = options
    return input
  }
}

extension CaptureFacts {
  fileprivate init(_ record: CaptureRecord) {
    self.init(
      path: record.path, first: record.firstFrame?.time, last: record.lastFrame?.time,
      frames: record.frames, dropped: record.dropped, isTruncated: record.truncated)
  }
}

extension IncompleteDatagramFacts {
  /// Nil for a datagram that only the snap length cut, which tells nothing of the wire.
  fileprivate init?(_ datagram: IncompleteDatagram) {
    guard !datagram.wasCut, let first = datagram.frames.first, let last = datagram.frames.last
    else { return nil }
    self.init(
      source: datagram.source, destination: datagram.destination, ipProtocol: datagram.ipProtocol,
      first: Sighting(capture: 0, frame: first, time: datagram.firstTime),
      last: Sighting(capture: 0, frame: last, time: datagram.lastTime), frames: datagram.frames,
      hasFirstFragment: datagram.hasFirst)
  }
}
