import CiscoConfig
import Diagnosis
import Timeline
import Tracking

/// Joins configurations to what a capture shows: for every tunnel, child and flow what they say,
/// beside what happened.
struct ConfigurationJoin {
  let configurations: [GivenConfiguration]
  /// What each configuration says of each tunnel, by the tunnel's name.
  private(set) var policies: [String: [TunnelPolicy]] = [:]
  private var phase1: [String: PolicyVerdictRecord] = [:]
  private var children: [String: PolicyVerdictRecord] = [:]
  private var flows:
    [String: (direction: String, policy: PolicyVerdictRecord, path: String, dialect: String)] =
      [:]

  init(_ configurations: [GivenConfiguration], tracker: Tracker) {
    self.configurations = configurations
    for given in configurations {
      var ofChildren: [String: PolicyVerdictRecord] = [:]
      for sa in tracker.tunnels {
        guard let side = given.side(of: sa) else { continue }
        let questions = PolicyQuestions(given: given, sa: sa, side: side)
        let first = questions.phase1()
        var byOrdinal: [Int: PolicyVerdictRecord] = [:]
        for child in sa.children {
          guard let verdict = questions.child(child) else { continue }
          byOrdinal[child.ordinal] = verdict
          ofChildren[child.id] = verdict
        }
        let maker = TunnelPolicyMaker(given: given, sa: sa, side: side)
        policies[sa.id, default: []].append(maker.policy(phase1: first, children: byOrdinal))
        // The responder's view decides what is accepted; it stands in the record when both are given.
        if side == .responder || phase1[sa.id] == nil { phase1[sa.id] = first }
        for (name, verdict) in ofChildren where side == .responder || children[name] == nil {
          children[name] = verdict
        }
      }
      let verdicts = FlowVerdicts(given: given, children: ofChildren)
      for flow in tracker.innerFlows where flows[flow.id] == nil {
        guard let answer = verdicts.verdict(of: flow) else { continue }
        flows[flow.id] = (
          answer.direction, answer.policy, given.configuration.path,
          given.configuration.dialect.rawValue
        )
      }
    }
  }

  /// Writes the verdicts into the records they belong to.
  func annotate(_ timeline: inout TimelineRecords) {
    timeline.configurations = configurations.map(\.record)
    for index in timeline.tunnels.indices {
      timeline.tunnels[index].policy = phase1[timeline.tunnels[index].id]
      for position in timeline.tunnels[index].childSAs.indices {
        let name = timeline.tunnels[index].childSAs[position].id
        timeline.tunnels[index].childSAs[position].policy = children[name]
      }
    }
    for index in timeline.flows.indices {
      guard let answer = flows[timeline.flows[index].id] else { continue }
      timeline.flows[index].direction = answer.direction
      timeline.flows[index].policy = answer.policy
    }
  }

  /// A flow as the diagnosis sees it.
  func input(of flow: InnerFlow) -> InnerFlowInput {
    guard let answer = flows[flow.id] else { return InnerFlowInput(flow: flow, id: flow.id) }
    return InnerFlowInput(
      flow: flow, id: flow.id, policy: answer.policy, path: answer.path, dialect: answer.dialect)
  }
}
