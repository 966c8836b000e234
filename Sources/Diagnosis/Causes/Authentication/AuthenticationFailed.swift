import ISAKMP
import Registries
import Tracking

extension Cause {
  /// Authentication failed, and what is visible does not tell why.
  static let authenticationFailed = Cause(
    id: "authentication_failed", family: .authentication, severity: .error,
    title: "Authentication failed",
    meaning: """
      One end did not accept the other's proof of identity: a pre-shared key that differs, an \
      identity that no entry expects, or a certificate it does not trust. What can be seen does \
      not tell which.
      """,
    shows: """
      AUTHENTICATION_FAILED (24), or an encrypted answer of the length of a single notify. \
      strongSwan: "received AUTHENTICATION_FAILED notify error", "no matching peer config found".
      """,
    remedy: Remedy(
      """
      Compare the pre-shared keys, then the identities (type and value) that each end sends and \
      expects, then certificates. The refusing end's log names the reason; so does this report, \
      given the IKE keys.
      """,
      asa: "tunnel-group ADDRESS ipsec-attributes; crypto isakmp identity",
      ios: "crypto ikev2 profile: match identity remote, identity local, authentication, keyring"),
    lookAlikes: ["psk_mismatch", "phase1_id_mismatch", "certificate_untrusted"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let failure = tunnel.authenticationFailure(scene), let refusal = failure.refusal else {
    return nil
  }
  let who = tunnel.address(refusal.by)
  let whose = tunnel.address(refusal.by.peer)
  var text: String
  if let name = refusal.notifyName {
    text =
      "\(who) does not accept the identity of \(whose): it answers \(refusal.request.label) "
      + "with \(name)."
  } else {
    let answer =
      tunnel.isV1
      ? "an encrypted informational message instead of its own proof"
      : "an encrypted message that is too short for success"
    text =
      "\(who) answers \(refusal.request.label) with \(answer): most likely "
      + "AUTHENTICATION_FAILED."
  }
  let certificates = tunnel.usesPreSharedKey == false
  switch failure.keys {
  case .agree(let why) where !certificates:
    text +=
      " It is not the pre-shared key: \(why). What remains: the identity that is sent or expected."
  case .agree, .unknown:
    text +=
      certificates
      ? " What remains: a certificate that is not trusted, not valid, or not for the identity."
      : " What remains: a pre-shared key that differs, or an identity that is not expected."
  default: break
  }
  let answer = Answer(
    refusal.isHidden ? .likely : .certain, text, side: .both, evidence: failure.evidence
  )
  .rulingOut(
    RuledOut("udp4500_filtered", "the peer answers on port \(refusal.request.destination.port)"),
    RuledOut("ip_fragments_lost", "\(refusal.request.label) arrived and was answered")
  )
  .citing(tunnel.lines(.preSharedKey, .identity))
  return refusal.isHidden ? answer.needing(.ikeKeys, .peerConfig) : answer.needing(.psk, .config)
}
