package import Bytes
import CiscoConfig

extension PolicyEngine {
  /// A decrypted packet against the SA by which it came (rules §0.3): its inner header, reversed,
  /// must fit the ACL of the entry; an ASA looks at the permits only.
  func answerDecrypted(_ question: FlowQuestion) -> Verdict {
    guard let via = question.viaSA else { return withoutSA(question) }
    let sets = via.map.flatMap { maps[$0] }.map { [$0] } ?? boundMaps
    guard let entry = sets.lazy.flatMap(\.entries).first(where: { $0.isEntry(via) }) else {
      var verdict = Verdict(.drop, .noSA)
      verdict.detail.notes = ["There is no entry \(via.sequence) in the configuration."]
      return verdict
    }
    guard let list = entry.list else {
      var verdict = Verdict(.cannotTell)
      fill(&verdict, from: entry)
      verdict.detail.notes = ["The entry has no ACL: what the SA covers was decided by the peer."]
      verdict.use("A-DY-07")
      return verdict
    }
    return judge(question, entry, list)
  }

  private func judge(
    _ question: FlowQuestion, _ entry: CompiledEntry, _ list: CompiledACL
  ) -> Verdict {
    let inner = question.packet.reversed
    let active = question.activeTimeRanges
    let result =
      dialect == .asa
      ? ListEvaluation(permitsOf: entry.countedACEs, inner, active: active)
      : ListEvaluation(entry.countedACEs, inner, active: active)
    var verdict = Verdict(.drop, .proxyMismatch)
    if case .permit(let index) = result.outcome {
      verdict = Verdict(.accept)
      verdict.ace = list.entries[index].reference
    } else if !result.undecided.isEmpty {
      verdict = Verdict(.cannotTell)
    }
    fill(&verdict, from: entry)
    verdict.interface = question.interface
    let trace = ListTrace(inner, active: active, keepsAll: question.allACEs)
    verdict.trace = [
      Step(
        "inner header, reversed, against \(list.name) of entry \(entry.name)",
        verdict.outcome == .accept ? .match : .stop, label: "entry \(entry.sequence)",
        at: entry.citedLine,
        rule: dialect == .asa ? "A-IN-02" : "I-ACL-07",
        steps: trace.steps(of: entry.countedACEs, in: list.name, result))
    ]
    verdict.use(dialect == .asa ? "A-IN-02" : "I-ACL-07")
    if dialect == .asa { verdict.use("A-IN-03") }
    verdict.add(findings: findings.filter { $0.concerns(entry.map) }.map(\.code))
    return verdict
  }

  /// The SA is not known: every entry whose ACL permits the packet may have carried it.
  private func withoutSA(_ question: FlowQuestion) -> Verdict {
    var verdict = Verdict(.cannotTell)
    verdict.interface = question.interface
    let sets = question.interface.flatMap { map(onInterface: $0) }.map { [$0] } ?? boundMaps
    let inner = question.packet.reversed
    for entry in sets.flatMap(\.entries) {
      let result = ListEvaluation(
        permitsOf: entry.countedACEs, inner, active: question.activeTimeRanges)
      guard case .permit(let index) = result.outcome else { continue }
      verdict.detail.candidates.append(
        Verdict.Candidate(
          outcome: .accept, reason: nil, map: entry.map, sequence: entry.sequence,
          ace: entry.list?.entries[index].position,
          condition: "it came by an SA of entry \(entry.name)"))
    }
    verdict.detail.candidates.append(
      Verdict.Candidate(
        outcome: .drop, reason: .proxyMismatch, map: nil, sequence: nil, ace: nil,
        condition: "it came by an SA of another entry"))
    verdict.use("A-IN-01")
    return verdict
  }

  /// An ESP or AH packet of which nothing but the outer header is known: the entries that name the
  /// peer, and what would decide between them (rules §0.3).
  package func answerHidden(from peer: IPAddress) -> Verdict {
    var verdict = Verdict(.cannotTell)
    for entry in boundMaps.flatMap(\.entries) where entry.mayServe(.address(peer)) {
      verdict.detail.candidates.append(
        Verdict.Candidate(
          outcome: .protect, reason: nil, map: entry.map, sequence: entry.sequence, ace: nil,
          condition: "the SA was made for entry \(entry.name) (line \(entry.citedLine.line))"))
    }
    verdict.use("A-IN-01")
    verdict.use("I-GL-02")
    verdict.sentence =
      "Cannot tell which entry the SA belongs to: \(verdict.detail.candidates.count) entries may "
      + "serve the peer. The keys, or the exchange that made the SA, would decide."
    return verdict
  }
}

extension CompiledEntry {
  func isEntry(_ wanted: FlowQuestion.SAEntry) -> Bool {
    sequence == wanted.sequence
      && (wanted.dynamicSequence == nil || dynamic?.sequence == wanted.dynamicSequence)
      && (wanted.map == nil || map == wanted.map)
  }

  /// True when the entry names the peer, or is dynamic and names none.
  func mayServe(_ peer: Peer.Name) -> Bool {
    if settings.peers.contains(where: { $0.value.name == peer }) { return true }
    return isDynamic && settings.peers.isEmpty
  }
}
