import Tracking

extension Cause {
  /// The pre-shared keys differ.
  static let pskMismatch = Cause(
    id: "psk_mismatch", family: .authentication, severity: .error,
    title: "The pre-shared keys differ",
    meaning: """
      The two ends were given different pre-shared keys for each other. A common trap is a key \
      that belongs to another entry: the address the peer is seen from (behind NAT, or the default \
      tunnel-group) decides which key is used. Trailing blanks and quotes count.
      """,
    shows: """
      IKEv1 main mode: message 5 cannot be read by the responder, which complains in clear or in a \
      message the initiator cannot read; MM5 is repeated. ASA: state MM_WAIT_MSG6 or MM_WAIT_MSG5, \
      "Received encrypted packet with no matching SA, dropping", "Error: Unable to remove \
      PeerTblEntry". IOS: "failed its sanity check or is malformed", "retransmitting phase 1 MM_KEY_EXCH". strongSwan: "invalid HASH_V1 payload \
      length, decryption failed?". Aggressive mode: the hash in message 2 or 3 does not verify. \
      IKEv2: AUTHENTICATION_FAILED; strongSwan: "tried 1 shared key … but MAC mismatched".
      """,
    remedy: Remedy(
      """
      Type the same key at both ends, and check that the entry it stands in is the one for the \
      address the peer comes from.
      """,
      asa:
        "tunnel-group ADDRESS ipsec-attributes, ikev1 pre-shared-key KEY (or ikev2 remote-authentication and local-authentication pre-shared-key KEY); more system:running-config shows it",
      ios: "crypto isakmp key KEY address ADDRESS, or the crypto ikev2 keyring"),
    lookAlikes: [
      "udp4500_filtered", "ip_fragments_lost", "phase1_id_mismatch", "authentication_failed",
    ],
    explains: [
      "authentication_failed", "malformed_message", "udp4500_filtered", "phase1_id_mismatch",
    ],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let failure = tunnel.authenticationFailure(scene) else { return nil }
  switch failure.keys {
  case .differ(let why): return answer(.certain, why, failure, tunnel)
  case .seemToDiffer(let why):
    return answer(.likely, why, failure, tunnel).needing(.psk, .ikeKeys)
  case .agree, .unknown: return nil
  }
}

private func answer(
  _ certainty: Certainty, _ why: String, _ failure: AuthenticationFailure, _ tunnel: TunnelFacts
) -> Answer {
  let label = failure.proof?.label ?? "the proof of identity"
  let verb = certainty == .certain ? "differ" : "most likely differ"
  var text =
    "The pre-shared keys of \(tunnel.address(.initiator)) and \(tunnel.address(.responder)) "
    + "\(verb): \(label) was not accepted, and \(why)."
  if tunnel.ike.mode == .main { text += " An ASA waits in MM_WAIT_MSG6 or MM_WAIT_MSG5 meanwhile." }
  if let name = failure.refusal?.notifyName { text += " The refusal says \(name)." }
  let port = failure.proof?.destination.port ?? 500
  let answered = failure.refusal != nil
  return Answer(certainty, text, side: .both, evidence: failure.evidence)
    .rulingOut(
      RuledOut(
        "udp4500_filtered",
        answered ? "the peer answers on port \(port)" : "the negotiation never moved to port 4500"),
      RuledOut(
        "ip_fragments_lost",
        "\(label) is \(failure.proof?.wireByteCount ?? 0) bytes long and went in one packet"),
      certainty == .certain
        ? RuledOut("phase1_id_mismatch", "the key itself does not verify") : nil
    )
    .citing(tunnel.lines(.preSharedKey))
}
