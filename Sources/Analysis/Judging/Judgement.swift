import Bytes
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
  /// The tunnels that are looked at: all at the end, while packets come perhaps not.
  private let tunnels: [IKESA]

  init(
    tracker: Tracker, timeline: TimelineRecords, incomplete: [IncompleteDatagram],
    options: AnalysisOptions, devices: [Device]? = nil, tunnels: [IKESA]? = nil
  ) {
    self.tracker = tracker
    self.tunnels = tunnels ?? tracker.tunnels
    self.timeline = timeline
    self.incomplete = incomplete
    self.options = options
    self.devices = devices ?? Self.devices(options)
  }

  /// The configured devices, their policies compiled.
  static func devices(_ options: AnalysisOptions) -> [Device] {
    options.configurations.enumerated().map { index, configuration in
      Device(engine: PolicyEngine(configuration), local: index == 0 ? options.local : nil)
    }
  }

  /// The records with the findings and with what the configurations say.
  func judged() -> TimelineRecords {
    var timeline = timeline
    timeline.configurations = options.configurations.map(ConfigurationRecord.init)
    let input = input()
    let result = Diagnosis.diagnose(input)
    timeline.findings = result.findings
    timeline.summary = result.summary
    if !devices.isEmpty { addVerdicts(input, to: &timeline) }
    return timeline
  }

  // MARK: - Verdicts beside what was seen

  private func addVerdicts(_ input: DiagnosisInput, to timeline: inout TimelineRecords) {
    // Both are made of the tracker's flows, in their order.
    let flows = input.innerFlows
    timeline.flows = timeline.flows.adding { position, record in
      guard position < flows.count, var judgement = flows[position].judgement else { return }
      let observation = Observation(
        flow: judgement.policy.verdict, isOutbound: judgement.direction != "inbound",
        isProtected: record.seen != "clear")
      judgement.policy.observed = observation.rawValue
      record.policy = judgement.policy
      record.direction = judgement.direction
    }
    let tunnels = Dictionary(
      input.tunnels.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    timeline.tunnels = timeline.tunnels.adding { record in
      if let tunnel = tunnels[record.id] {
        addVerdicts(tunnel, to: &record)
      } else {
        addHidden(to: &record)
      }
    }
  }

  /// ESP or AH between two hosts of which no IKE SA is known.
  private func addHidden(to tunnel: inout TunnelRecord) {
    guard let first = IPAddress(tunnel.initiator.address),
      let second = IPAddress(tunnel.responder.address)
    else { return }
    for device in devices {
      let peer: IPAddress
      if device.isOwn(first) {
        peer = second
      } else if device.isOwn(second) || device.far(first, second) == true {
        peer = first
      } else if device.far(first, second) == false {
        peer = second
      } else {
        continue
      }
      guard let verdict = device.hiddenVerdict(peer) else { continue }
      for index in tunnel.childSAs.indices { tunnel.childSAs[index].policy = verdict }
      return
    }
  }

  private func addVerdicts(_ input: TunnelInput, to tunnel: inout TunnelRecord) {
    // Who answers decides; who asks only knows what it offered.
    let answering = input.policies.sorted { $0.side == .responder && $1.side == .initiator }
    if var verdict = answering.compactMap(\.phase1).first {
      let observation = Observation(
        phase1: verdict.verdict, wasTaken: input.ike.chosen != nil,
        isAnswered: input.ike.isAnswered, hasFailed: tunnel.outcome == "failed")
      verdict.observed = observation.rawValue
      tunnel.policy = verdict
    }
    for child in input.ike.children {
      guard let place = tunnel.childSAs.firstIndex(where: { $0.id == child.id }),
        var verdict = verdict(on: child, input.policies)
      else { continue }
      let observation = Observation(
        child: verdict.verdict, outcome: tunnel.childSAs[place].outcome,
        isIKEUp: input.ike.establishedAt != nil)
      verdict.observed = observation.rawValue
      tunnel.childSAs[place].policy = verdict
    }
  }

  private func verdict(on child: ChildSA, _ policies: [TunnelPolicy]) -> PolicyVerdictRecord? {
    let asking = child.exchange?.startedBy
    let answering = policies.filter { $0.side != asking } + policies.filter { $0.side == asking }
    return answering.compactMap { $0.children[child.ordinal] }.first
  }

  /// What the diagnosis looks at.
  func input() -> DiagnosisInput {
    var input = DiagnosisInput()
    input.tunnels = tunnels.map { sa in
      TunnelInput(
        ike: sa, id: sa.id, policies: devices.compactMap { $0.policy(of: sa) },
        certificates: certificateRecords(sa))
    }
    input.securityFlows = tracker.securityFlows
    input.marks = tracker.marks
    let judges = judges(of: input.tunnels).map { judge in
      (judge, FlowOpinion { judge.judgement(on: $0, isTraced: $1) })
    }
    input.innerFlows = tracker.innerFlows.map { innerFlow($0, judges) }
    input.captures = timeline.captures.map(CaptureFacts.init)
    input.incompleteDatagrams = incomplete.compactMap(IncompleteDatagramFacts.init)
    input.strayZeroSPIs = tracker.strayZeroSPIs.map(StrayZeroSPIFacts.init)
    input.options = options.diagnosis
    return input
  }

  /// For each device who judges its flows, knowing the entries of the child SAs.
  private func judges(of tunnels: [TunnelInput]) -> [FlowJudge] {
    devices.map { device in
      var entries: [ObjectIdentifier: FlowQuestion.SAEntry] = [:]
      for tunnel in tunnels {
        for policy in tunnel.policies where policy.path == device.configuration.path {
          for child in tunnel.ike.children {
            guard let verdict = policy.children[child.ordinal],
              verdict.verdict == "accept" || verdict.verdict == "protect",
              let sequence = verdict.sequence
            else { continue }
            entries[ObjectIdentifier(child)] = FlowQuestion.SAEntry(
              map: verdict.map, sequence: sequence, dynamicSequence: verdict.dynamicSequence)
          }
        }
      }
      return FlowJudge(device, entries: entries)
    }
  }

  /// A flow with the first device that it concerns.
  private func innerFlow(
    _ flow: InnerFlow, _ judges: [(FlowJudge, FlowOpinion)]
  ) -> InnerFlowInput {
    guard let (judge, opinion) = judges.first(where: { $0.0.isConcerned(with: flow) }) else {
      return InnerFlowInput(flow: flow, id: flow.id)
    }
    return InnerFlowInput(
      flow: flow, id: flow.id, opinion: opinion, isTraced: judge.spendsTrace())
  }
}

extension CaptureFacts {
  fileprivate init(_ record: CaptureRecord) {
    self.init(
      path: record.path, first: record.firstFrame?.time, last: record.lastFrame?.time,
      frames: record.frames, dropped: record.dropped, isTruncated: record.truncated,
      shortFrames: record.shortFrames)
  }
}

extension StrayZeroSPIFacts {
  fileprivate init(_ stray: StrayZeroSPI) {
    self.init(source: stray.source, destination: stray.destination, sighting: stray.sighting)
  }
}

extension IncompleteDatagramFacts {
  /// Nil for a datagram that only the snap length cut, which tells nothing of the wire.
  fileprivate init?(_ datagram: IncompleteDatagram) {
    let fragments = datagram.frames.map(Sighting.init)
    guard !datagram.wasCut, let first = fragments.first else { return nil }
    self.init(
      source: datagram.source, destination: datagram.destination, ipProtocol: datagram.ipProtocol,
      first: first, fragments: fragments, hasFirstFragment: datagram.hasFirst)
  }
}
