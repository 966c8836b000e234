import ISAKMP
import Registries
import Timeline
import Tracking

extension Cause {
  /// One end wants PFS, the other offers none.
  static let pfsRequiredNotOffered = Cause(
    id: "pfs_required_not_offered", family: .phase2Refused, severity: .error,
    title: "PFS is required and not offered",
    meaning: """
      One end wants a fresh Diffie-Hellman exchange for every child SA (perfect forward secrecy) \
      and the other does not send one. In IKEv2 it hides until the first rekey, because IKE_AUTH \
      carries no key exchange.
      """,
    shows: """
      Quick mode without a KE payload refused by NO_PROPOSAL_CHOSEN. ASA: "PFS required but not \
      negotiated" style messages, "All IPSec SA proposals found unacceptable!". WatchGuard: \
      "Received proposal without PFS, but required".
      """,
    remedy: Remedy(
      "Set the same PFS group at both ends, or none at either.",
      asa: "crypto map MAP SEQ set pfs group14", ios: "crypto map MAP SEQ, set pfs group14"),
    lookAlikes: ["phase2_proposal_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = ChildRefusal(tunnel, scene), problem.refusal.exchange.type != .ikeAuth,
    !problem.refusal.says(.selectorsRefused, .singlePair)
  else { return nil }
  if problem.reason == "pfs-missing" {
    return childAnswer(
      .certain, "it requires PFS (set pfs), and no key exchange was offered", problem, tunnel,
      citing: [.pfs], remedy: remedy(problem, tunnel))
  }
  // INVALID-KEY-INFORMATION speaks of the key exchange (RFC 2408 §3.14.1).
  let hasKE = problem.refusal.exchange.keyExchange[problem.refusal.request.from] != nil
  if problem.refusal.exchange.type == .quick, problem.refusal.says(.invalidKE), !hasKE,
    problem.refusal.request.opening == .opened
  {
    return childAnswer(
      .certain, "it requires PFS, and QM1 holds no KE payload", problem, tunnel, citing: [.pfs])
  }
  guard let policy = problem.policy, policy.requiresPFS == true, problem.reason == nil,
    problem.difference.isEmpty, problem.verdict == nil || problem.verdict?.verdict == "refuse"
  else { return nil }
  let shape = KEShape(problem.refusal.request, problem.refusal.exchange, tunnel.ike)
  guard shape.isAbsent, let sentence = shape.sentence(problem.refusal.request.label) else {
    return nil
  }
  return childAnswer(
    shape == .known(false) ? .certain : .likely,
    "its configuration requires PFS, and \(sentence)", problem, tunnel, citing: [.pfs],
    remedy: remedy(problem, tunnel))
}

/// The group of the line that requires PFS, for the other end.
private func remedy(_ problem: ChildRefusal, _ tunnel: TunnelFacts) -> String? {
  let line = problem.policy?.lines[.pfs]?.first?.text ?? ""
  guard let group = line.split(separator: " ").last, group.hasPrefix("group") else { return nil }
  return "Set pfs \(group) at \(tunnel.address(problem.refusal.by.peer)) as well."
}
