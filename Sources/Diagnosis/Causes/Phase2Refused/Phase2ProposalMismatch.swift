import Registries
import Tracking

extension Cause {
  /// NO_PROPOSAL_CHOSEN for a child: several attributes differ, or the other side's are unknown.
  static let phase2ProposalMismatch = Cause(
    id: "phase2_proposal_mismatch", family: .phase2Refused, severity: .error,
    title: "Phase 2: no proposal in common",
    meaning: """
      The responder found none of the offered transform sets acceptable. The refusal does not say \
      what is in the way; PFS and the mode can be meant as well.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN (14), encrypted, in answer to quick mode, IKE_AUTH or CREATE_CHILD_SA. \
      ASA: "All IPSec SA proposals found unacceptable!", "QM FSM error". IOS: "phase 2 SA policy \
      not acceptable!". strongSwan: "no acceptable proposal found".
      """,
    remedy: Remedy(
      "Compare transform sets, PFS and mode of both ends.",
      asa:
        "crypto ipsec ikev1 transform-set SET or ikev2 ipsec-proposal; crypto map MAP SEQ set pfs",
      ios: "crypto ipsec transform-set SET; crypto map MAP SEQ, set pfs"),
    lookAlikes: ["phase2_encryption_mismatch"], explains: ["phase2_refused"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = ChildRefusal(tunnel, scene), problem.refusal.says(.noProposalChosen) else {
    return nil
  }
  let differences = problem.difference
  var reason =
    "\(tunnel.address(problem.refusal.by.peer)) offers \(offersText(problem.offered))"
  if !differences.isEmpty {
    reason +=
      ", and "
      + list(
        differences.map { "\($0.attribute.noun): \($0.wanted) is accepted" })
  }
  if problem.refusal.exchange.type == .quick {
    let pfs = problem.refusal.exchange.keyExchange[problem.refusal.request.from] != nil
    reason += pfs ? ", with PFS" : ", without PFS"
  }
  let answer = childAnswer(
    differences.isEmpty ? .likely : .certain, reason, problem, tunnel,
    citing: [.transformSet, .pfs])
  return problem.policy == nil ? answer.needing(.peerConfig) : answer
}
