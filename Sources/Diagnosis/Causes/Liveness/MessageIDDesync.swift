import ISAKMP
import Registries
import Tracking

extension Cause {
  /// Message IDs are out of step.
  static let messageIDDesync = Cause(
    id: "message_id_desync", family: .liveness, severity: .error,
    title: "The message IDs are out of step",
    meaning: """
      IKEv2 counts its requests, and the two ends do not agree on the count: a failover without \
      synchronised state, or a peer that lost part of it.
      """,
    shows: "INVALID_MESSAGE_ID (9), a gap in the numbers, or a number used twice.",
    remedy: Remedy(
      "Synchronise IKE state of the redundant pair (RFC 6311), or clear the IKE SA.",
      asa: "clear crypto ikev2 sa ADDRESS", ios: "clear crypto ikev2 sa remote ADDRESS"),
    lookAlikes: ["peer_dead"], explains: ["peer_dead"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isV1 else { return nil }
  if let notify = tunnel.notifies(.invalidMessageID).first {
    return Answer(
      .certain,
      "\(tunnel.address(notify.from)) complains about a message ID: INVALID_MESSAGE_ID (9).",
      side: .both, evidence: [Evidence(notify.sighting, "INVALID_MESSAGE_ID (9)")])
  }
  return reused(tunnel)
}

/// One message ID with two different requests of the same exchange and end.
private func reused(_ tunnel: TunnelFacts) -> Answer? {
  for exchange in tunnel.ike.exchanges where exchange.type != .ikeSAInit {
    // Nearly every exchange has one.
    guard exchange.messages.count(passing: { !$0.isResponse }) >= 2 else { continue }
    let requests = exchange.messages.filter {
      !$0.isResponse && $0.copyOf == nil && $0.pieces.count < 2 && $0.malformed == nil
    }
    guard requests.count >= 2, requests[0].byteCount != requests[1].byteCount,
      requests.allSatisfy({ $0.header.nextPayload == 46 })
    else { continue }
    return Answer(
      .likely,
      "\(tunnel.address(requests[0].from)) uses message ID \(exchange.messageID) for two different "
        + "requests.",
      side: Side(requests[0].from),
      evidence: requests.map { Evidence($0.sighting, $0.label) })
  }
  return nil
}
