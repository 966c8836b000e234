import ISAKMP
import Registries
import Tracking

extension Cause {
  /// One end waits for XAUTH, the other for quick mode.
  static let xauthNotExpected = Cause(
    id: "xauth_not_expected", family: .authentication, severity: .error,
    title: "XAUTH is asked of a peer that does not know it",
    meaning: """
      After phase 1 the responder asks for a user as it would of a remote-access client, and the \
      initiator, a gateway, begins with quick mode. Both wait for ever.
      """,
    shows: """
      A transaction exchange begun by one end and a quick mode begun by the other, neither \
      answered. IOS: state CONF_XAUTH, "sending CONF_XAUTH".
      """,
    remedy: Remedy(
      "Tell the responder that this peer is a gateway.",
      asa: "tunnel-group ADDRESS type ipsec-l2l",
      ios: "crypto isakmp key KEY address ADDRESS no-xauth"),
    lookAlikes: ["xauth_failed"], explains: ["phase2_refused", "peer_dead", "xauth_failed"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isV1, tunnel.isEstablished,
    let transaction = tunnel.exchanges(.transaction).first(where: { isUnanswered($0) }),
    let quick = tunnel.exchanges(.quick).first(where: {
      $0.startedBy != transaction.startedBy && isUnanswered($0)
    }), let stall = Stall(quick), stall.isOver(at: scene.now)
  else { return nil }
  let text =
    "\(tunnel.address(transaction.startedBy)) asks for XAUTH after phase 1, and "
    + "\(tunnel.address(quick.startedBy)) begins quick mode instead; neither answers the other."
  return Answer(
    .likely, text, side: Side(transaction.startedBy),
    evidence: (transaction.messages + quick.messages).map { Evidence($0.sighting, $0.label) }
  )
  .rulingOut(RuledOut("xauth_failed", "the transaction was never answered"))
  .citing(tunnel.lines(.preSharedKey, .peer))
}

private func isUnanswered(_ exchange: Exchange) -> Bool {
  Set(exchange.messages.map(\.from)).count == 1
}
