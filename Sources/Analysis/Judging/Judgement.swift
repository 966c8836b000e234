import CiscoConfig
import Diagnosis
import Layers
import Policy
import Timeline
import Tracking

/// Turns what a pass holds into what the diagnosis looks at, and takes its findings.
struct Judgement {
  let tracker: Tracker
  /// The final records, captures included, findings excluded.
  let timeline: TimelineRecords
  /// IP datagrams that were never whole.
  let incomplete: [IncompleteDatagram]
  /// What the user asked for.
  let options: AnalysisOptions

  private let devices: [Device]

  init(
    tracker: Tracker, timeline: TimelineRecords, incomplete: [IncompleteDatagram],
    options: AnalysisOptions
  ) {
    self.tracker = tracker
    self.timeline = timeline
    self.incomplete = incomplete
    self.options = options
    devices = options.configurations.enumerated().map { index, configuration in
      Device(engine: PolicyEngine(configuration), local: index == 0 ? options.local : nil)
    }
  }

  /// The records with the findings and with what the configurations say.
  func judged() -> TimelineRecords {
    var timeline = timeline
    timeline.configurations = options.configurations.map(ConfigurationRecord.init)
    let input = input()
    timeline.findings = Diagnosis.findings(input)
    let flows = Dictionary(
      input.innerFlows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for index in timeline.flows.indices {
      guard let flow = flows[timeline.flows[index].id], let verdict = flow.policy else { continue }
      timeline.flows[index].policy = verdict
      timeline.flows[index].direction = flow.direction
    }
    return timeline
  }

  private func input() -> DiagnosisInput {
    var input = DiagnosisInput()
    let records = Dictionary(
      timeline.tunnels.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    input.tunnels = tracker.tunnels.map { sa in
      TunnelInput(
        ike: sa, id: sa.id, policies: devices.compactMap { $0.policy(of: sa) },
        certificates: records[sa.id]?.certificates ?? [])
    }
    input.securityFlows = tracker.securityFlows
    input.innerFlows = tracker.innerFlows.map(innerFlow)
    input.captures = timeline.captures.map(CaptureFacts.init)
    input.incompleteDatagrams = incomplete.compactMap(IncompleteDatagramFacts.init)
    input.options = options.diagnosis
    return input
  }

  private func innerFlow(_ flow: InnerFlow) -> InnerFlowInput {
    var input = InnerFlowInput(flow: flow, id: flow.id)
    for device in devices {
      guard let (direction, verdict) = device.verdict(on: flow) else { continue }
      input.policy = verdict
      input.direction = direction
      input.path = device.configuration.path
      input.dialect = device.configuration.dialect.rawValue
      break
    }
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
