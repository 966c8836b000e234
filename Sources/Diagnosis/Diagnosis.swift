import Bytes
package import Timeline
import Tracking

/// The sentence the user came for: what failed, where it shows, whose line it is, what to change.
package enum Diagnosis {
  /// The findings of everything that was tracked, most important first: by severity, certainty,
  /// and frame. The first finding of a tunnel is the answer.
  package static func findings(_ input: DiagnosisInput) -> [FindingRecord] {
    diagnose(input).findings
  }

  /// The findings, and one line for what many tunnels share.
  package static func diagnose(_ input: DiagnosisInput) -> DiagnosisResult {
    let scene = Scene(input)
    let found = Resolution.resolve(RuleRunner(scene: scene).run(), scene)
    return DiagnosisResult(
      findings: found.enumerated().map { $1.record(id: "x\($0 + 1)") },
      summary: TunnelSummary(found, scene).sentence)
  }
}

/// What a diagnosis says.
package struct DiagnosisResult: Sendable {
  /// Most important first.
  package var findings: [FindingRecord]
  /// "25 of 50 peers fail, 9 with the same cause"; nil where there are few tunnels.
  package var summary: String?
}

/// An answer with the cause that gave it. An object, since it is put in order several times, with
/// those of all other tunnels.
final class Finding {
  let cause: Cause
  var answer: Answer
  /// Other tunnels with the same answer, which this one stands for.
  var others: [TunnelFacts] = []
  /// How many more of the same tunnel it stands for.
  var more = 0

  init(cause: Cause, answer: Answer) {
    self.cause = cause
    self.answer = answer
  }

  var severity: Cause.Severity { answer.severity ?? cause.severity }
  var tunnel: TunnelFacts? { answer.tunnel }

  /// True where frames of several captures are compared.
  var isOrderedByTime = false

  /// The earliest frame of the evidence, or its time in nanoseconds.
  var place: Int {
    answer.evidence.map { evidence in
      isOrderedByTime
        ? Int(clamping: evidence.sighting.time.nanoseconds) : evidence.sighting.frame
    }.min() ?? .max
  }
}

/// Asks every rule about everything it looks at.
struct RuleRunner {
  let scene: Scene

  /// Tunnel by tunnel, so that what is put together for one serves all its rules; told rule by rule.
  func run() -> [Finding] {
    let causes = Catalogue.all
    // Without their words, which would be copied for each tunnel.
    let rules = causes.map(\.rule)
    var found = causes.map { askBeside($0) }
    for tunnel in scene.tunnels {
      tunnel.isLookedAt = true
      for index in rules.indices {
        for (answer, child) in ask(rules[index], tunnel) {
          found[index].append(finding(causes[index], answer, tunnel, child))
        }
      }
      tunnel.isLookedAt = false
    }
    askFlowByFlow(rules, causes, &found)
    return found.flatMap { $0 }
  }

  /// What a configuration says of an inner flow is made anew for each flow, and once for all rules.
  private func askFlowByFlow(_ rules: [Rule], _ causes: [Cause], _ found: inout [[Finding]]) {
    let asking = rules.indices.compactMap { index in
      if case .inner(let rule) = rules[index] { (index, rule) } else { nil }
    }
    for flow in scene.input.innerFlows {
      for (index, rule) in asking {
        if let answer = rule(flow, scene) {
          found[index].append(finding(causes[index], answer, nil))
        }
      }
    }
  }

  /// What a rule says of a tunnel or of its children, if it looks at such.
  private func ask(_ rule: Rule, _ tunnel: TunnelFacts) -> [(Answer, ChildSA?)] {
    switch rule {
    case .tunnel(let rule): rule(tunnel, scene).map { [($0, nil)] } ?? []
    case .child(let rule):
      tunnel.ike.children.compactMap { child in rule(child, tunnel, scene).map { ($0, child) } }
    case .flow, .inner, .scene: []
    }
  }

  /// Asks a rule about everything that is no tunnel's.
  private func askBeside(_ cause: Cause) -> [Finding] {
    switch cause.rule {
    case .tunnel, .child, .inner: []
    case .flow(let rule):
      scene.input.securityFlows.compactMap { flow in
        rule(flow, scene).map {
          finding(cause, $0, tunnel(of: flow), flow.child)
        }
      }
    case .scene(let rule): rule(scene).map { finding(cause, $0, nil) }
    }
  }

  private func finding(
    _ cause: Cause, _ answer: Answer, _ tunnel: TunnelFacts?, _ child: ChildSA? = nil
  ) -> Finding {
    var answer = answer
    answer.tunnel = answer.tunnel ?? tunnel
    answer.child = answer.child ?? child
    return Finding(cause: cause, answer: answer)
  }

  /// A flow's tunnel, by its child SA or else by its two hosts.
  private func tunnel(of flow: SecurityFlow) -> TunnelFacts? {
    scene.facts(of: flow.child?.ikeSA)
      ?? scene.tunnels(between: flow.source, flow.key.destination).last
  }
}
