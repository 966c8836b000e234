import CiscoConfig

extension FlowIndex {
  /// The verdict on a packet as it is on the wire, without the trace: entry, element and scope as
  /// the plain evaluation gives them, for many packets in a row.
  ///
  /// - Parameter question: Its interface carries the map of this index; NAT lies behind it.
  /// - Returns: The verdict; nil where only the plain evaluation can tell.
  package func verdict(on question: FlowQuestion) -> Verdict? {
    guard !question.isBeforeNAT, question.original == nil, question.negotiationSucceeded == nil
    else { return nil }
    let isDecrypted = question.direction == .inDecrypted
    guard
      let decision = certain(
        question.packet, isDecrypted ? .inClear : question.direction,
        saExists: question.saExists, active: question.activeTimeRanges)
    else { return nil }
    var verdict: Verdict
    if isDecrypted {
      guard let accepted = accept(question, decision) else { return nil }
      verdict = accepted
    } else {
      verdict = engine.bareVerdict(decision, evaluation(question))
      verdict.use("A-AP-01")
    }
    verdict.interface = question.interface
    verdict.sentence = verdict.describe(question.packet, question.direction)
    return verdict
  }

  /// A decrypted packet whose first match is a permit of its SA's own entry fits that SA: no
  /// element before it matched, so that it makes no difference whether denies count (A-IN-02).
  private func accept(_ question: FlowQuestion, _ decision: FlowDecision) -> Verdict? {
    guard let via = question.viaSA, let index = decision.entry, let element = decision.element,
      case let entry = set.entries[index], entry.isEntry(via), decision.reason == .expectedIPsec
    else { return nil }
    var verdict = Verdict(.accept)
    engine.fill(&verdict, from: entry)
    verdict.ace = entry.list?.entries[element].reference
    verdict.use(engine.dialect == .asa ? "A-IN-02" : "I-ACL-07")
    return verdict
  }

  private func evaluation(_ question: FlowQuestion) -> FlowEvaluation {
    FlowEvaluation(
      engine, set, question.packet, FlowCircumstances(question), active: question.activeTimeRanges,
      tracing: .none)
  }
}
