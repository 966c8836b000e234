package import Timeline
package import Tracking

/// What a configuration says of a flow.
package struct FlowJudgement {
  package var policy: PolicyVerdictRecord
  /// `outbound` or `inbound` for the configured device, `unknown` without one.
  package var direction = "unknown"
  /// The configuration's path.
  package var path: String
  /// `asa` or `ios`, where a configuration was given.
  package var dialect: String?
  /// What a permit or an exemption of the configured device for this flow has to name.
  package var networks: NamedNetworks?

  package init(_ policy: PolicyVerdictRecord, path: String, dialect: String?) {
    self.policy = policy
    self.path = path
    self.dialect = dialect
  }
}

/// What a configuration says of flows, made when it is asked for: a verdict takes far more room than
/// all that was tracked of its flow, and with its trace over a long access list some megabytes.
///
/// The last one is kept, since whoever asks about a flow asks several things.
package final class FlowOpinion {
  private let ask: (InnerFlow, _ isTraced: Bool) -> FlowJudgement?
  private var last: (flow: InnerFlow, isTraced: Bool, judgement: FlowJudgement?)?

  /// An opinion that `ask` gives, the same whenever it is asked about a flow.
  package init(ask: @escaping (InnerFlow, _ isTraced: Bool) -> FlowJudgement?) {
    self.ask = ask
  }

  /// What the configuration says of a flow, with the whole trace or without.
  package func judgement(on flow: InnerFlow, isTraced: Bool) -> FlowJudgement? {
    if let last, last.flow === flow, last.isTraced == isTraced { return last.judgement }
    let judgement = ask(flow, isTraced)
    last = (flow, isTraced, judgement)
    return judgement
  }
}
