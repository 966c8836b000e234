import ISAKMP
import Registries
import Tracking

extension Cause {
  /// Only the Diffie-Hellman group is in the way.
  static let phase1GroupMismatch = Cause(
    id: "phase1_group_mismatch", family: .phase1Refused, severity: .error,
    title: "Phase 1: Diffie-Hellman group differs",
    meaning: """
      The two ends agree on everything for the IKE SA but the Diffie-Hellman group. Old defaults \
      (group 2 on an ASA, group 1 on IOS) are refused by many peers today.
      """,
    shows: """
      NO_PROPOSAL_CHOSEN in answer to the first message; in IKEv2 also INVALID_KE_PAYLOAD naming a \
      group that the initiator never offers. IOS: "Diffie-Hellman group offered does not match \
      policy!". strongSwan: "no acceptable proposal found", "peer didn't accept DH group …, it \
      requested …".
      """,
    remedy: Remedy(
      "Give both ends a policy with the same group, 14 or above.",
      asa: "crypto ikev1 policy NUMBER or crypto ikev2 policy NUMBER, group",
      ios: "crypto isakmp policy NUMBER or crypto ikev2 proposal, group"),
    lookAlikes: ["phase1_proposal_mismatch", "ke_group_retry"],
    explains: ["phase1_proposal_mismatch", "ke_group_retry"],
    rule: .tunnel { groupNeverOffered($0, $1) ?? answerFor(.group, $0, $1) })
}

/// INVALID_KE_PAYLOAD names a group, and no later message uses it.
private func groupNeverOffered(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished, let notify = tunnel.notifies(.invalidKE).last,
    !tunnel.isV1, let wanted = groupWanted(notify)
  else { return nil }
  let offered = tunnel.ike.offered.flatMap { $0.all(.group) }
  if offered.contains(where: { $0.id == wanted.rawValue }) {
    let used = tunnel.phase1.compactMap { $0.keyExchange[.initiator]?.group }
    let isLoop =
      used.last.map { $0 != wanted } ?? true && tunnel.notifies(.invalidKE).count > 1
    guard isLoop else { return nil }
  }
  let offers = offered.map(\.name)
  let text =
    "\(tunnel.address(.responder)) wants group \(wanted.rawValue) (\(wanted.id)), and "
    + "\(tunnel.address(.initiator)) "
    + (offers.isEmpty ? "never sends it." : "offers only \(list(offers)).")
  return Answer(
    .certain, text, side: .both,
    evidence: tunnel.notifies(.invalidKE).map {
      Evidence($0.sighting, "INVALID_KE_PAYLOAD (17) asks for \(wanted.id)")
    }
      + tunnel.phase1.flatMap(\.distinctMessages).filter { $0.from == .initiator }.map {
        Evidence($0.sighting, "\($0.label), KE of another group")
      }
  )
  .rulingOut(RuledOut("ke_group_retry", "no retry uses the group that was asked for"))
  .citing(tunnel.lines(.ikePolicy))
}

/// The group that INVALID_KE_PAYLOAD asks for: two bytes (RFC 7296 §1.3).
func groupWanted(_ notify: SeenNotify) -> DiffieHellmanGroup? {
  let data = notify.notify.data
  guard data.count == 2 else { return nil }
  return DiffieHellmanGroup(rawValue: UInt16(data[0]) << 8 | UInt16(data[1]))
}
