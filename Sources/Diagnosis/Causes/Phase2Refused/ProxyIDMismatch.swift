import Timeline
import Tracking

extension Cause {
  /// The selectors asked for are in no permit of the peer.
  static let proxyIDMismatch = Cause(
    id: "proxy_id_mismatch", family: .phase2Refused, severity: .error,
    title: "The proxy identities (crypto ACLs) do not match",
    meaning: """
      The networks one end asks a child SA for are not inside one permit of the other end's crypto \
      ACL: other networks, or wider ones. On a Cisco the ACLs have to be mirror images; only the \
      end with the narrower entry can bring the tunnel up.
      """,
    shows: """
      INVALID-ID-INFORMATION (18) in answer to quick mode, TS_UNACCEPTABLE (38) in IKEv2. ASA: "QM \
      FSM error", "Rejecting IPSec tunnel: no matching crypto map entry for remote proxy", \
      "Removing peer from correlator table failed, no match!". IOS: \
      "proxy identities not supported", "IPSec policy invalidated proposal with error 32". \
      strongSwan: "traffic selectors … inacceptable".
      """,
    remedy: Remedy(
      "Make the crypto ACLs of the two ends mirror images of each other.",
      asa:
        "access-list ACL extended permit ip LOCAL MASK REMOTE MASK, crypto map MAP SEQ match address ACL",
      ios:
        "ip access-list extended ACL, permit ip LOCAL WILDCARD REMOTE WILDCARD; match address ACL"
    ),
    lookAlikes: ["phase2_proposal_mismatch"],
    explains: ["phase2_refused", "phase2_proposal_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let problem = ChildRefusal(tunnel, scene) else { return nil }
  let byNotify = problem.refusal.says(.selectorsRefused)
  let reasons = ["proxy-not-permitted", "no-entry", "peer-mismatch"]
  let byVerdict =
    problem.reason.map(reasons.contains) ?? false && !problem.refusal.says(.noProposalChosen)
  guard byNotify || byVerdict else { return nil }
  let who = tunnel.address(problem.refusal.by)
  var text =
    "\(who) has no permit for the networks that \(tunnel.address(problem.refusal.by.peer)) asks for"
    + (problem.selectors.map { ", \($0)" } ?? "")
  let famous = tunnel.isV1 ? " (\"QM FSM error\")" : ""
  text += problem.refusal.notifyName.map { ": it refuses with \($0)\(famous)." } ?? "."
  if let verdict = problem.verdict, !verdict.sentence.isEmpty, byVerdict {
    text += " \(verdict.sentence)"
  } else if problem.verdict?.verdict == "accept", let path = problem.policy?.name {
    text += " \(path) would permit them: it is not the configuration in force."
  }
  let lines = problem.lines(.accessList)
  let remedy = problem.mirrored.map {
    "Permit \($0) at \(who), or correct what \(tunnel.address(problem.refusal.by.peer)) asks for."
  }
  var answer = Answer(.certain, text, side: .both, evidence: problem.evidence(), remedy: remedy)
  answer.networks = problem.networks
  return
    answer
    .rulingOut(
      byNotify
        ? RuledOut("phase2_proposal_mismatch", "the refusal is about identities, not the proposal")
        : nil,
      RuledOut("psk_mismatch", "phase 1 was completed")
    )
    .citing(lines)
    .needing(problem.policy == nil ? .peerConfig : .ikeKeys)
}
