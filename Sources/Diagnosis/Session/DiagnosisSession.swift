import Bytes
package import Timeline
import Tracking

/// A diagnosis that goes on while packets come: what became certain enough is told, and what later
/// packets refute is withdrawn.
///
/// It is asked with a snapshot of the tracked state whenever something changed; time-outs run on the
/// packets' clock, which the snapshot carries as the last time of its captures.
package struct DiagnosisSession {
  /// Something the session tells.
  package enum Change: Sendable {
    /// A finding that was not there before.
    case found(FindingRecord)
    /// A finding that became more certain, or whose words changed with what is known.
    case changed(FindingRecord)
    /// A finding that later packets refute.
    case withdrawn(FindingRecord)
  }

  private var known: [Key: FindingRecord] = [:]
  private var order: [Key] = []
  private var numbered = 0

  package init() {}

  private struct Key: Hashable {
    var cause: String
    var tunnel: String?
    var childSA: String?
  }

  /// The findings that hold now, most important first.
  package var findings: [FindingRecord] {
    order.compactMap { known[$0] }
  }

  /// Compares a new snapshot with what was told before.
  ///
  /// - Parameters:
  ///   - input: The snapshot.
  ///   - elsewhere: Tunnels that are still there and not in it: what was told of them stands. Of
  ///     tunnels that are in neither nothing is said any more.
  /// - Returns: What changed, in the order of the findings; what was withdrawn comes last.
  package mutating func update(
    _ input: DiagnosisInput, elsewhere: Set<String> = []
  ) -> [Change] {
    var input = input
    input.options.isLive = true
    let settling = tunnelsUnderWay(input)
    var changes: [Change] = []
    var now: [Key: FindingRecord] = [:]
    var order: [Key] = []
    for finding in Diagnosis.findings(input) {
      let key = Key(cause: finding.cause, tunnel: finding.tunnel, childSA: finding.childSA)
      guard now[key] == nil, known[key] != nil || isReady(finding, settling) else { continue }
      var record = finding
      if let before = known[key] {
        record.id = before.id
        if before.certainty != record.certainty || before.severity != record.severity {
          changes.append(.changed(record))
        }
      } else {
        numbered += 1
        record.id = "x\(numbered)"
        changes.append(.found(record))
      }
      now[key] = record
      order.append(key)
    }
    let lookedAt = Set(input.tunnels.map(\.id))
    for key in self.order where now[key] == nil {
      guard let gone = known[key] else { continue }
      if let tunnel = key.tunnel, elsewhere.contains(tunnel) {
        now[key] = gone
        order.append(key)
      } else if key.tunnel.map(lookedAt.contains) ?? true {
        changes.append(.withdrawn(gone))
      }
    }
    known = now
    self.order = order
    return changes
  }

  /// What only a capture's end can tell waits for it, and what the next message may answer waits
  /// for that.
  private func isReady(_ finding: FindingRecord, _ settling: Set<String>) -> Bool {
    if finding.certainty == "certain" { return true }
    return finding.certainty == "likely" && !settling.contains(finding.tunnel ?? "")
  }

  /// Tunnels in the midst of an exchange: half-way, and heard of a moment ago.
  private func tunnelsUnderWay(_ input: DiagnosisInput) -> Set<String> {
    guard let now = input.captures.compactMap(\.last).max() else { return [] }
    let open = input.tunnels.filter {
      $0.ike.state == .negotiating
        && now.nanoseconds &- $0.ike.last.time.nanoseconds < Self.patience
    }
    return Set(open.map(\.id))
  }

  /// Nanoseconds after which an answer is late: daemons repeat an unanswered message sooner.
  private static let patience: Int64 = 5_000_000_000
}
