import Analysis
import CiscoConfig
import Policy
import Timeline

/// What two configurations make of each other, as records: phase 1 and the keys, then each element
/// of each permit ACE of each entry that names the other end, asked from either end.
struct Negotiations {
  let own: PolicyEngine
  let peer: PolicyEngine
  private let report: PairReport

  init(_ own: PolicyEngine, _ peer: PolicyEngine) {
    self.own = own
    self.peer = peer
    report = own.negotiate(with: peer)
  }

  /// Which end can begin, and what stands in the way of comparing the two.
  var notes: [String] { report.notes }

  /// Every question with its answer.
  var records: [NegotiationRecord] {
    var records = report.phase1.map { phase1 in
      let subject = phase1.ikeVersion == 1 ? "IKEv1 phase 1" : "IKE_SA_INIT"
      return record(subject, phase1.initiator, phase1.verdict)
    }
    if var key = report.key {
      if key.sentence.isEmpty { key.sentence = keySentence(key) }
      records.append(record("pre-shared key", .own, key))
    }
    return records + report.children.map(record)
  }

  private func keySentence(_ verdict: Verdict) -> String {
    switch verdict.outcome {
    case .accept: "Both ends have the same pre-shared key."
    case .refuse: "The pre-shared keys of the two ends differ."
    default: "The pre-shared keys cannot be compared: \(verdict.reason?.explanation ?? "")."
    }
  }

  private func record(_ child: PairReport.Child) -> NegotiationRecord {
    let kind = child.ikeVersion == 1 ? "quick mode" : "child SA"
    let subject =
      "\(kind), \(child.map) \(child.sequence), line \(child.ace.line), "
      + "\(child.proxy.local.selector) ↔ \(child.proxy.remote.selector)"
    var record = record(subject, child.initiator, child.verdict)
    record.mirror = child.mirror.rawValue
    record.verdict.sentence = child.sentence
    return record
  }

  private func record(
    _ subject: String, _ initiator: PairReport.Initiator, _ verdict: Verdict
  ) -> NegotiationRecord {
    let paths = [own.configuration.path, peer.configuration.path]
    var record = NegotiationRecord()
    record.subject = subject
    record.initiator = initiator == .own ? paths[0] : paths[1]
    record.responder = initiator == .own ? paths[1] : paths[0]
    record.verdict = PolicyVerdictRecord(verdict)
    return record
  }
}
