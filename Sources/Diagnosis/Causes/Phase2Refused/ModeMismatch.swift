import Bytes
import ISAKMP
import Registries
import Tracking

extension Cause {
  /// Tunnel against transport mode.
  static let modeMismatch = Cause(
    id: "mode_mismatch", family: .phase2Refused, severity: .error,
    title: "Tunnel mode against transport mode",
    meaning: """
      One end wants tunnel mode and the other transport mode, or the encapsulation attribute does \
      not say UDP where NAT was detected (or says it where it was not).
      """,
    shows: """
      The encapsulation attribute (IKEv1), or USE_TRANSPORT_MODE asked for and not answered \
      (IKEv2), followed by a refusal or a delete.
      """,
    remedy: Remedy(
      "Set the same mode at both ends.",
      asa:
        "crypto ipsec ikev1 transform-set SET mode transport; crypto map MAP SEQ set ikev2 mode",
      ios: "crypto ipsec transform-set SET, mode tunnel or mode transport"),
    lookAlikes: ["phase2_proposal_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  if let answer = notReturned(tunnel) { return answer }
  guard let problem = ChildRefusal(tunnel, scene), problem.refusal.says(.noProposalChosen),
    problem.refusal.exchange.type == .quick, let mode = problem.offered.first?.encapsulation
  else { return nil }
  let byNAT = mode.isUDPEncapsulated != !tunnel.ike.nat.natted.isEmpty
  let byVerdict =
    problem.verdict.flatMap(closestDifferences).map {
      $0.count == 1 && $0.first?.attribute == .mode
    } ?? false
  guard byVerdict || byNAT && problem.difference.isEmpty && problem.policy != nil else {
    return nil
  }
  let reason =
    byVerdict
    ? "\(mode) mode was offered, and the other end has another"
    : "\(mode) was offered although \(tunnel.ike.nat.natted.isEmpty ? "no" : "a") NAT was detected"
  return childAnswer(
    byVerdict ? .certain : .likely, reason, problem, tunnel, citing: [.transformSet])
}

/// IKEv2: transport mode asked for, tunnel mode answered, and the child deleted at once.
private func notReturned(_ tunnel: TunnelFacts) -> Answer? {
  for exchange in tunnel.ike.exchanges {
    let asked = exchange.notifies.first {
      $0.says(.transportMode) && $0.from == exchange.startedBy
    }
    guard let asked, exchange.chosen != nil,
      !exchange.notifies.contains(where: {
        $0.says(.transportMode) && $0.from != exchange.startedBy
      }),
      let child = exchange.children.first, child.state == .deleted, let end = child.deletedAt,
      end.time.since(child.first.time) < 5_000_000_000, child.deletedBy == exchange.startedBy
    else { continue }
    let text =
      "\(tunnel.address(exchange.startedBy)) asks for transport mode, "
      + "\(tunnel.address(exchange.startedBy.peer)) answers with tunnel mode, and the SA is "
      + "deleted at once."
    return Answer(
      .likely, text, side: .both,
      evidence: [
        Evidence(asked.sighting, "USE_TRANSPORT_MODE"), Evidence(end, "the SA is deleted"),
      ])
  }
  return nil
}
