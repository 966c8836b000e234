import CiscoConfig

/// Why a packet that no permit element matches went by: the element that came nearest, what denied
/// it, and whether the list was written the other way round.
extension PolicyEngine {
  func explainBypass(_ evaluation: FlowEvaluation, _ verdict: inout Verdict) {
    explainDenies(evaluation, &verdict)
    explainReverse(evaluation, &verdict)
    guard let (entry, ace) = nearestMiss(evaluation) else { return }
    let fields = ace.fields(for: evaluation.selected)
    let wrong = fields.filter { !$0.equal }.map(\.name)
    verdict.detail.nearestMiss =
      "\(entry.list?.name ?? "")#\(ace.position) of entry \(entry.name) at line "
      + "\(ace.line.line): \(wrong.count) of \(fields.count) fields "
      + "\(wrong.count == 1 ? "differs" : "differ") (\(wrong.joined(separator: ", ")))"
  }

  /// A deny is not the end: the packet goes by only because no later entry permits it.
  private func explainDenies(_ evaluation: FlowEvaluation, _ verdict: inout Verdict) {
    let denied = evaluation.trail.filter { $0.outcome == .deny }
    guard let first = denied.first, let ace = first.ace else { return }
    let more = denied.count > 1 ? " (and by \(denied.count - 1) more)" : ""
    verdict.detail.why.append(
      "It is denied by ACE \(ace) of entry \(first.sequence)\(more), and no later entry permits "
        + "it.")
    verdict.use("S-TRAP-01")
  }

  /// The same packet the other way round would have matched: return traffic, or a list that was
  /// copied from the peer.
  private func explainReverse(_ evaluation: FlowEvaluation, _ verdict: inout Verdict) {
    let reversed = evaluation.selected.reversed
    for entry in evaluation.set.entries {
      let result = ListEvaluation(entry.countedACEs, reversed, active: evaluation.active)
      guard case .permit(let index) = result.outcome, let list = entry.list else { continue }
      verdict.detail.why.append(
        "\(list.name)#\(list.entries[index].position) at line \(list.entries[index].line.line) "
          + "permits the opposite direction: source and destination are the wrong way round, in "
          + "the question or in the list.")
      verdict.use("X-ACL-13")
      return
    }
  }

  /// The permit element that differs in the fewest fields, the first among equals; none where all
  /// three differ.
  private func nearestMiss(_ evaluation: FlowEvaluation) -> (CompiledEntry, CompiledACE)? {
    var best: (entry: CompiledEntry, ace: CompiledACE, misses: Int)?
    var looked = 0
    for entry in evaluation.set.entries where looked < 20_000 {
      for ace in entry.countedACEs where ace.isPermit && ace.isActive {
        looked += 1
        let misses = ace.missCount(for: evaluation.selected)
        if misses > 0, misses < best?.misses ?? 3 { best = (entry, ace, misses) }
      }
    }
    return best.map { ($0.entry, $0.ace) }
  }
}
