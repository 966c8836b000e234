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

/// An answer with the cause that gave it.
struct Finding {
  var cause: Cause
  var answer: Answer
  /// Other tunnels with the same answer, which this one stands for.
  var others: [TunnelFacts] = []
  /// How many more of the same tunnel it stands for.
  var more = 0

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
    var found = causes.map { askBeside($0) }
    for tunnel in scene.tunnels {
      tunnel.isLookedAt = true
      for (index, cause) in causes.enumerated() { ask(cause, tunnel, &found[index]) }
      tunnel.isLookedAt = false
    }
    return found.flatMap { $0 }
  }

  /// Asks a rule about a tunnel or its children, if it looks at such.
  private func ask(_ cause: Cause, _ tunnel: TunnelFacts, _ found: inout [Finding]) {
    switch cause.rule {
    case .tunnel(let rule):
      if let answer = rule(tunnel, scene) { found.append(finding(cause, answer, tunnel)) }
    case .child(let rule):
      for child in tunnel.ike.children {
        if let answer = rule(child, tunnel, scene) {
          found.append(finding(cause, answer, tunnel, child))
        }
      }
    case .flow, .inner, .scene: break
    }
  }

  /// Asks a rule about everything that is no tunnel's.
  private func askBeside(_ cause: Cause) -> [Finding] {
    switch cause.rule {
    case .tunnel, .child: []
    case .flow(let rule):
      scene.input.securityFlows.compactMap { flow in
        rule(flow, scene).map {
          finding(cause, $0, tunnel(of: flow), flow.child)
        }
      }
    case .inner(let rule):
      scene.input.innerFlows.compactMap { flow in
        rule(flow, scene).map { finding(cause, $0, nil) }
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
