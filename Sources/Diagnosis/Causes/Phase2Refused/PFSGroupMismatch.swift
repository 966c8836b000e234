import ISAKMP
import Registries
import Tracking

extension Cause {
  /// Both ends do PFS, with different groups.
  static let pfsGroupMismatch = Cause(
    id: "pfs_group_mismatch", family: .phase2Refused, severity: .error,
    title: "The PFS groups differ",
    meaning: """
      Both ends want a fresh Diffie-Hellman exchange for the child SA, in different groups. In \
      IKEv2 the first child needs none, so that the tunnel works until its first rekey.
      """,
    shows: """
      Quick mode with KE refused by NO_PROPOSAL_CHOSEN; in IKEv2 CREATE_CHILD_SA refused by \
      NO_PROPOSAL_CHOSEN or INVALID_KE_PAYLOAD about a child lifetime after the start.
      """,
    remedy: Remedy(
      "Set the same PFS group at both ends.",
      asa: "crypto map MAP SEQ set pfs group14", ios: "crypto map MAP SEQ, set pfs group14"),
    lookAlikes: ["phase2_proposal_mismatch", "lifetime_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = ChildRefusal(tunnel, scene) else { return nil }
  let exchange = problem.refusal.exchange
  if problem.reason == "pfs-group-mismatch" {
    let group = problem.child?.pfsGroup ?? exchange.offered.first?.group
    return childAnswer(
      .certain,
      "it wants another PFS group than \(group?.id ?? "the one offered")", problem, tunnel,
      citing: [.pfs])
  }
  if exchange.type == .quick, problem.refusal.says(.invalidKE),
    exchange.keyExchange[exchange.startedBy] != nil
  {
    let group = exchange.offered.first?.group
    return childAnswer(
      .certain, "it does not take PFS group \(group?.id ?? "unknown")", problem, tunnel,
      citing: [.pfs])
  }
  guard exchange.type == .createChildSA, !problem.refusal.isHidden else { return nil }
  let offered = exchange.keyExchange[exchange.startedBy]?.group
  if problem.refusal.says(.invalidKE), let notify = problem.refusal.notify,
    let wanted = groupWanted(notify), !retried(with: wanted, after: exchange, tunnel)
  {
    return childAnswer(
      .certain,
      "it wants PFS group \(wanted.id), and \(offered?.id ?? "none") was offered; the first child "
        + "needed no PFS, so this shows at the first rekey", problem, tunnel, citing: [.pfs])
  }
  guard problem.refusal.says(.noProposalChosen), problem.policy == nil,
    tunnel.ike.children.contains(where: { $0.state != .refused && $0.exchange?.type == .ikeAuth })
  else { return nil }
  return childAnswer(
    .likely,
    "the same transforms were accepted in IKE_AUTH, which carries no key exchange, so PFS "
      + "(\(offered?.id ?? "none") offered) is what differs", problem, tunnel, citing: [.pfs])
}

/// A later request uses the group that was asked for.
private func retried(
  with group: DiffieHellmanGroup, after exchange: Exchange, _ tunnel: TunnelFacts
) -> Bool {
  tunnel.exchanges(.createChildSA).contains {
    $0.index > exchange.index && $0.keyExchange[$0.startedBy]?.group == group
  }
}
