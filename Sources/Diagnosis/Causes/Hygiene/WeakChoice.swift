import ISAKMP
import Tracking

extension Cause {
  /// A weaker proposal was chosen than the best one offered.
  static let weakChoice = Cause(
    id: "weak_choice", family: .hygiene, severity: .warning,
    title: "A weaker proposal was chosen than the best offered",
    meaning: """
      The initiator offered stronger algorithms as well, and the responder chose old ones: its own \
      policies are in the wrong order, or it does not have the better ones.
      """,
    shows: "The choice has a deprecated algorithm where another offer had none.",
    remedy: Remedy(
      "Give the strongest policy the lowest number at the responder.",
      asa: "crypto ikev1 policy 1 (lower is tried first)", ios: "crypto isakmp policy 1"),
    lookAlikes: ["deprecated_algorithm"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isAnswered, let chosen = tunnel.ike.chosen else { return nil }
  let weak = deprecatedNames(chosen)
  guard !weak.isEmpty, let better = tunnel.ike.offered.first(where: { isBetter($0, chosen) })
  else { return nil }
  let sighting =
    tunnel.phase1.first?.messages.first { $0.from == .responder }?.sighting ?? tunnel.ike.first
  var answer = Answer(
    .likely,
    "\(tunnel.address(.responder)) chose \(suiteText(chosen)), although "
      + "\(tunnel.address(.initiator)) also offered \(suiteText(better)).",
    side: .responder, evidence: [Evidence(sighting, "the choice")])
  answer.severity = scene.input.options.isAudit ? .warning : .info
  return answer.citing(tunnel.policy(.responder)?.lines[.ikePolicy] ?? [])
}

/// Everything needed is offered without an old algorithm where the choice has one.
private func isBetter(_ offer: Suite, _ chosen: Suite) -> Bool {
  for role in [SuiteAlgorithm.Role.encryption, .integrity, .hash, .prf, .group] {
    guard let mine = chosen.first(role) else { continue }
    guard isDeprecated(mine) else { continue }
    if !offer.all(role).contains(where: { !isDeprecated($0) }) { return false }
  }
  return true
}
