extension PolicyEngine {
  /// Elements of which it cannot be told whether they match open other outcomes; where one of them
  /// is another verdict or another entry, the answer is `cannot-tell` with all of them.
  func weighUndecided(
    _ decision: FlowDecision, _ evaluation: FlowEvaluation, _ verdict: inout Verdict
  ) {
    guard !evaluation.undecided.isEmpty else { return }
    var others: [Verdict.Candidate] = []
    var isOpen = false
    for (index, element) in evaluation.undecided.prefix(32) {
      let entry = evaluation.set.entries[index]
      guard let ace = entry.list?.entries[element] else { continue }
      let other = alternative(entry, at: index, ace, element, evaluation)
      if other.outcome != decision.outcome || other.entry != decision.entry { isOpen = true }
      others.append(candidate(other, evaluation, condition: condition(ace, evaluation)))
    }
    verdict.detail.candidates =
      others + [candidate(decision, evaluation, condition: "none of these elements matches")]
    guard isOpen else { return }
    var open = Verdict(.cannotTell)
    open.interface = verdict.interface
    open.detail = verdict.detail
    open.trace = verdict.trace
    open.rules = verdict.rules
    open.findings = verdict.findings
    verdict = open
  }

  /// What would come of it did the element match.
  private func alternative(
    _ entry: CompiledEntry, at index: Int, _ ace: CompiledACE, _ element: Int,
    _ evaluation: FlowEvaluation
  ) -> FlowDecision {
    if ace.isPermit {
      let (outcome, reason, _) = decision(
        permittedBy: entry, evaluation.packet, evaluation.known)
      return FlowDecision(outcome, reason, entry: index, element: element)
    }
    var rest = FlowEvaluation(
      self, evaluation.set, evaluation.packet, evaluation.known, active: evaluation.active,
      tracing: .none)
    return rest.decide(from: index + 1)
  }

  private func candidate(
    _ decision: FlowDecision, _ evaluation: FlowEvaluation, condition: String
  ) -> Verdict.Candidate {
    let entry = decision.entry.map { evaluation.set.entries[$0] }
    return Verdict.Candidate(
      outcome: decision.outcome, reason: decision.reason, map: entry?.map,
      sequence: entry?.sequence,
      ace: decision.element.flatMap { entry?.list?.entries[$0].position }, condition: condition)
  }

  private func condition(_ ace: CompiledACE, _ evaluation: FlowEvaluation) -> String {
    let place = "line \(ace.line.line) matches"
    if let timeRange = ace.timeRange, evaluation.active == nil {
      return "\(place): time-range \(timeRange) is active at the device's time"
    }
    if let name = ace.unresolvedNames.first {
      return "\(place): the configuration does not tell what \(name) is"
    }
    if ace.isConditional { return "\(place): its condition cannot be checked" }
    return "\(place): the packet's ports or ICMP type are not known"
  }
}
