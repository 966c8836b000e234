import ISAKMP
import Registries
import Tracking

extension Cause {
  /// The identity is not the one expected; the key is right.
  static let phase1IDMismatch = Cause(
    id: "phase1_id_mismatch", family: .authentication, severity: .error,
    title: "The identity is not the one expected",
    meaning: """
      The proof itself is right; the name it is for is not one the other end expects: another type \
      (address, FQDN, distinguished name), another value, or the private address of a peer behind \
      NAT.
      """,
    shows: """
      AUTHENTICATION_FAILED or INVALID_ID_INFORMATION although the key verifies. strongSwan: "no \
      matching peer config found", "IDir does not match". ASA: "Phase 1 ID mismatch", "Can't find a \
      valid tunnel group". IOS: "ID payload … does not match", "peer matches *none* of the \
      profiles".
      """,
    remedy: Remedy(
      "Make the identity that one end sends and the one the other expects equal in type and value.",
      asa:
        "crypto isakmp identity address | hostname | key-id NAME | auto; tunnel-group of that name",
      ios: "crypto isakmp identity, or in the profile identity local and match identity remote"),
    lookAlikes: ["psk_mismatch", "certificate_id_mismatch"],
    explains: ["authentication_failed"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let failure = tunnel.authenticationFailure(scene), let refusal = failure.refusal,
    !refusal.isHidden
  else { return nil }
  let saysIdentity = refusal.says(.selectorsRefused)
  var why: String?
  if case .agree(let reason) = failure.keys, tunnel.usesPreSharedKey != false { why = reason }
  guard saysIdentity || why != nil else { return nil }
  let sender = refusal.by.peer
  let sent = tunnel.claimed(sender)
  var text =
    "\(tunnel.address(refusal.by)) does not expect the identity of \(tunnel.address(sender)), "
    + "\(sent): it answers \(refusal.request.label) with \(refusal.notifyName ?? "a refusal")"
  text += why.map { ", although \($0)." } ?? "."
  if isPrivateAddress(tunnel, sender) {
    text += " Behind NAT an address is a poor identity: the peer sees another one."
  }
  return Answer(
    .certain, text, side: .both,
    evidence: failure.evidence
      + tunnel.ike.identities.filter { $0.from == sender }.map {
        Evidence($0.sighting, "identity \(identityText($0.identity))")
      }
  )
  .rulingOut(
    why.map { RuledOut("psk_mismatch", $0) },
    RuledOut("certificate_untrusted", "no certificate is involved")
  )
  .citing(tunnel.lines(.identity, .peer))
}

private func isPrivateAddress(_ tunnel: TunnelFacts, _ role: Role) -> Bool {
  guard let address = tunnel.ike.identity(of: role)?.address else { return false }
  return address != tunnel.ike.endpoint(role).address && tunnel.ike.nat.natted.contains(role)
}
