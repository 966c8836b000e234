import Bytes
import CiscoConfig

extension PolicyEngine {
  /// What becomes of a packet.
  package func answer(_ question: FlowQuestion) -> Verdict {
    var question = question
    var translation: NATTranslation?
    if question.direction == .out { translation = applyNAT(&question) }
    var verdict =
      question.direction == .inDecrypted
      ? answerDecrypted(question) : answerAtInterface(question)
    if let translation {
      verdict.detail.nat = translation.effect
      // Behind the step that names the egress interface, which is chosen first.
      verdict.trace.insert(translation.step, at: min(1, verdict.trace.count))
      if translation.effect != nil { verdict.use(dialect == .asa ? "X-NAT-02" : "X-NAT-01") }
    }
    if question.direction == .out { compareWithOriginal(question, &verdict) }
    if question.direction == .out { noteUTurn(question, &verdict) }
    verdict.sentence = verdict.describe(question.packet, question.direction)
    return verdict
  }

  private func answerAtInterface(_ question: FlowQuestion) -> Verdict {
    let name = question.interface ?? interface(for: question)
    if let interface = name.flatMap({ configuration.interface($0) }),
      let verdict = answerTunnelInterface(interface, question)
    {
      return verdict
    }
    guard let name, let set = map(onInterface: name) else {
      return withoutMap(name)
    }
    var evaluation = FlowEvaluation(
      self, set, question.packet, FlowCircumstances(question), active: question.activeTimeRanges,
      tracing: question.allACEs ? .all : .short)
    let decision = evaluation.decide()
    var verdict = self.verdict(decision, evaluation)
    verdict.interface = name
    verdict.trace.insert(
      Step(
        "\(name) carries crypto map \(set.map.name)", .match,
        label: question.direction == .out ? "egress" : "ingress", at: boundLine(set.map, name),
        rule: "A-AP-01"), at: 0)
    verdict.use("A-AP-01")
    weighUndecided(decision, evaluation, &verdict)
    return verdict
  }

  private func withoutMap(_ name: String?) -> Verdict {
    guard let name else {
      var verdict = Verdict(.cannotTell)
      verdict.detail.notes = ["No route tells which interface the packet leaves by: name it."]
      for set in boundMaps {
        verdict.detail.candidates.append(
          Verdict.Candidate(
            outcome: .cannotTell, reason: nil, map: set.map.name, sequence: nil, ace: nil,
            condition: "the packet passes an interface with crypto map \(set.map.name)"))
      }
      verdict.use("X-FLOW-01")
      return verdict
    }
    var verdict = Verdict(.bypass, .noCryptoMapOnInterface)
    verdict.interface = name
    verdict.trace = [
      Step("interface \(name) carries no crypto map", .stop, label: "interface", rule: "A-AP-01")
    ]
    verdict.detail.why = boundMaps.prefix(4).compactMap { set in
      boundPlaces(set.map).map { "Crypto map \(set.map.name) is bound to \($0)." }
    }
    verdict.use("A-AP-01")
    verdict.add(findings: findings.filter { $0.code == .mapNotApplied }.map(\.code))
    return verdict
  }

  /// The interfaces that a set is bound to.
  private func boundPlaces(_ map: CryptoMap) -> String? {
    let names =
      map.interfaces.map(\.value)
      + configuration.interfaces.filter { $0.cryptoMap?.value == map.name }.map(\.reference)
    return names.isEmpty ? nil : names.prefix(4).joined(separator: ", ")
  }

  /// The line that binds a set to an interface.
  private func boundLine(_ map: CryptoMap, _ interface: String) -> CitedLine? {
    let line =
      map.interfaces.first { $0.value.lowercased() == interface.lowercased() }?.line
      ?? configuration.interface(interface)?.cryptoMap?.line ?? map.interfaces.first?.line
    return line.map { CitedLine($0) }
  }

  /// The verdict of a decision, with what the evaluation wrote down.
  func verdict(_ decision: FlowDecision, _ evaluation: FlowEvaluation) -> Verdict {
    var verdict = bareVerdict(decision, evaluation)
    verdict.detail.trail = evaluation.trail
    verdict.detail.notes = evaluation.notes
    verdict.trace = evaluation.steps
    verdict.rules = evaluation.rules
    if decision.outcome == .bypass { explainBypass(evaluation, &verdict) }
    noteUnsupported(decision, &verdict)
    if decision.outcome == .protect, let index = decision.entry {
      verdict.trace.append(offerStep(evaluation.set.entries[index]))
      noteReturn(decision, evaluation, &verdict)
    }
    verdict.add(findings: findings.filter { $0.concerns(evaluation.set.map.name) }.map(\.code))
    return verdict
  }

  /// An ASA ignores denies when it answers: where an earlier entry denied this packet and permits it
  /// further down, the peer may have an SA of that entry, and answer by it (S-TRAP-02).
  private func noteReturn(
    _ decision: FlowDecision, _ evaluation: FlowEvaluation, _ verdict: inout Verdict
  ) {
    guard dialect == .asa, let index = decision.entry else { return }
    for entry in evaluation.set.entries[..<index] {
      let all = ListEvaluation(entry.countedACEs, evaluation.selected, active: evaluation.active)
      guard case .deny = all.outcome else { continue }
      let permits = ListEvaluation(
        permitsOf: entry.countedACEs, evaluation.selected, active: evaluation.active)
      guard case .permit = permits.outcome else { continue }
      verdict.detail.notes.append(
        "Return traffic may use an SA of entry \(entry.name): its list permits the packet behind "
          + "the deny, and denies are ignored when the peer asks")
      verdict.use("S-TRAP-02")
      return
    }
  }

  /// The verdict of a decision alone: the entry and the element it stands on.
  func bareVerdict(_ decision: FlowDecision, _ evaluation: FlowEvaluation) -> Verdict {
    var verdict = Verdict(decision.outcome, decision.reason)
    verdict.map = evaluation.set.map.name
    if let index = decision.entry {
      let entry = evaluation.set.entries[index]
      fill(&verdict, from: entry)
      if let element = decision.element, let ace = entry.list?.entries[element] {
        fill(&verdict, from: ace, of: entry, evaluation.selected)
      }
      verdict.negotiates =
        decision.outcome == .protect && !entry.isManual && !entry.isDynamic
        && !evaluation.known.saExists
    }
    if decision.outcome == .bypass { verdict.map = nil }
    return verdict
  }

  /// IOS does not support a deny here and a permit of the same traffic there (I-ACL-13).
  private func noteUnsupported(_ decision: FlowDecision, _ verdict: inout Verdict) {
    guard dialect == .ios, decision.element != nil,
      verdict.detail.trail.contains(where: { $0.outcome == .deny })
    else { return }
    verdict.detail.unsupportedByPlatform = true
    verdict.use("I-ACL-13")
    verdict.add(findings: [.denyPermitOverlap])
    verdict.detail.notes.append(
      "IOS does not support a deny in one entry and a permit of the same traffic in another: "
        + "the cascade was computed, the platform need not follow it")
  }

  func fill(_ verdict: inout Verdict, from entry: CompiledEntry) {
    verdict.map = entry.map
    verdict.sequence = entry.sequence
    verdict.entryLine = entry.line
    verdict.dynamicMap = entry.dynamic?.name
    verdict.dynamicSequence = entry.dynamic?.sequence
    verdict.dynamicEntryLine = entry.dynamic?.line
    verdict.peer = entry.settings.peers.first?.value.description
    verdict.acl = entry.settings.accessList?.value
  }

  private func fill(
    _ verdict: inout Verdict, from ace: CompiledACE, of entry: CompiledEntry, _ packet: Packet
  ) {
    verdict.ace = ace.reference
    guard let element = ace.element(for: packet) else { return }
    let scope = element.scope(near: packet)
    if ace.elementCount > 1 {
      verdict.detail.element = Verdict.Element(
        source: scope.source, destination: scope.destination, of: ace.elementCount)
      verdict.use("X-ACL-02")
    }
    guard verdict.outcome == .protect else { return }
    verdict.saScope = scope
    if entry.settings.isPerHost?.value == true {
      verdict.saScope = SAScope(
        source: AddressRange(host: packet.source).selector,
        destination: AddressRange(host: packet.destination).selector, protocol: scope.protocol,
        sourcePort: scope.sourcePort, destinationPort: scope.destinationPort)
      verdict.use("I-CM-12")
    }
    let lifetimes = lifetimes(of: entry.settings)
    verdict.lifetimeSeconds = lifetimes.seconds
    verdict.lifetimeKilobytes = lifetimes.kilobytes
    verdict.detail.mode = mode(of: entry, element, packet).rawValue
  }
}
