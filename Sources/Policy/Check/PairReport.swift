package import Bytes
package import CiscoConfig

/// What two configurations would make of each other.
package struct PairReport: Sendable {
  /// Who begins.
  package enum Initiator: String, Sendable, CaseIterable {
    /// The first configuration.
    case own
    /// The second.
    case peer
  }

  /// How an element of one end stands to the element of the other that is nearest to its mirror
  /// (I-MIR-01 to I-MIR-04).
  package enum Mirror: String, Sendable {
    /// The same, reversed: Cases 1 and 2 of the IOS document, either end may begin.
    case mirror = "mirror image"
    /// Wholly inside the other's: Case 3, works when this end begins.
    case subset = "subset (case 3)"
    /// Wider than the other's: Case 4, works only when the other end begins.
    case superset = "superset (case 4)"
    /// Partly the same: neither end can begin.
    case overlap = "overlap"
    /// Nothing in common.
    case none = "no counterpart"
  }

  /// Phase 1, one direction.
  package struct Phase1: Sendable {
    package let initiator: Initiator
    /// 1 or 2.
    package let ikeVersion: Int
    /// The responder's answer to all that the initiator offers.
    package let verdict: Verdict
  }

  /// One element of one end's entry, asked of the other end.
  package struct Child: Sendable {
    package let initiator: Initiator
    /// 1 for quick mode, 2 for a child SA of IKEv2.
    package let ikeVersion: Int
    package let map: String
    package let sequence: Int
    package let ace: Verdict.ACEReference
    package let proxy: ProxyRequest
    package let mirror: Mirror
    /// The responder's answer.
    package let verdict: Verdict
    /// What it means, in one sentence.
    package let sentence: String
  }

  /// The addresses by which the two know each other; nil where none is found.
  package var ownAddress: IPAddress?
  package var peerAddress: IPAddress?
  package var phase1: [Phase1] = []
  /// Whether the two have the same pre-shared key; nil where neither has one.
  package var key: Verdict?
  package var children: [Child] = []
  /// What to know beside: which end can begin, entries that name another peer.
  package var notes: [String] = []

  /// True when that end can begin every child SA it has an element for, by some version of IKE.
  package func canInitiate(_ end: Initiator) -> Bool {
    let own = children.filter { $0.initiator == end }
    guard !own.isEmpty, !phase1.contains(where: { $0.initiator == end }) || !versions(end).isEmpty
    else { return false }
    return [1, 2].contains { version in
      let children = own.filter { $0.ikeVersion == version }
      return !children.isEmpty && children.allSatisfy { $0.verdict.outcome == .accept }
    }
  }

  /// The versions of IKE whose phase 1 can come up when that end asks.
  func versions(_ end: Initiator) -> Set<Int> {
    let up = phase1.filter { phase1 in
      phase1.initiator == end && ![.refuse, .noResponse].contains(phase1.verdict.outcome)
    }
    return Set(up.map(\.ikeVersion))
  }
}

extension PolicyEngine {
  /// What this configuration and its peer's would make of each other.
  package func negotiate(with peer: PolicyEngine) -> PairReport {
    PairNegotiation(self, peer).report()
  }
}

/// What `check` finds: of a configuration by itself, and of the two together.
package struct CheckReport: Sendable {
  package let findings: [ConfigurationFinding]
  package let peerFindings: [ConfigurationFinding]
  package let pair: PairReport?
}

/// Checks a configuration, alone or against its peer's.
package func check(
  _ configuration: CryptoConfiguration, peer: CryptoConfiguration? = nil
) -> CheckReport {
  let own = PolicyEngine(configuration)
  guard let peer else {
    return CheckReport(findings: own.findings, peerFindings: [], pair: nil)
  }
  let other = PolicyEngine(peer)
  return CheckReport(
    findings: own.findings, peerFindings: other.findings,
    pair: own.negotiate(with: other))
}
