import Bytes
import ISAKMP
import Registries
import Tracking

extension Cause {
  /// Both ends rekey at once.
  static let rekeyCollision = Cause(
    id: "rekey_collision", family: .liveness, severity: .warning,
    title: "Both ends rekeyed at once",
    meaning: """
      Both ends began to replace the same SA within a round trip: they have equal lifetimes \
      without jitter. Sound peers sort it out; others keep duplicates or lose the SA.
      """,
    shows: "Two requests crossing each other, duplicates, TEMPORARY_FAILURE or CHILD_SA_NOT_FOUND.",
    remedy: Remedy(
      "Let one end expire earlier than the other.",
      asa: "crypto map MAP SEQ set security-association lifetime seconds 3500 at one end",
      ios: "crypto map MAP SEQ, set security-association lifetime seconds 3500 at one end"),
    lookAlikes: ["lifetime_mismatch", "crossing_initiation"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isEstablished else { return nil }
  let refused = tunnel.notifies(.temporaryFailure, .childNotFound).first
  let type: ExchangeType = tunnel.isV1 ? .quick : .createChildSA
  let requests = tunnel.exchanges(type).compactMap { exchange in
    exchange.messages.first.map { (exchange, $0) }
  }
  for (exchange, request) in requests where request.from == .initiator {
    let answered = exchange.messages.first { $0.from == .responder }?.sighting
    let crossing = requests.first { other, first in
      first.from == .responder && isRekey(other, tunnel) && isRekey(exchange, tunnel)
        && sameSize(first, request)
        && (answered.map { first.sighting.isBefore($0) && request.sighting.isBefore($0) } ?? false)
        && first.sighting.time.since(request.sighting.time) > -2_000_000_000
        && (other.messages.first { $0.from == .initiator }.map {
          request.sighting.isBefore($0.sighting)
        } ?? true)
    }
    guard let crossing else { continue }
    return Answer(
      refused == nil ? .likely : .certain,
      "Both ends began to rekey within one round trip (\(scene.frame(request.sighting)) and "
        + "\(scene.frame(crossing.1.sighting)))"
        + (refused.map { "; \($0.notify.name) came back" } ?? "") + ".",
      side: .both,
      evidence: [
        Evidence(request.sighting, "rekey by the initiator"),
        Evidence(crossing.1.sighting, "rekey by the responder"),
      ] + (refused.map { [Evidence($0.sighting, $0.notify.name)] } ?? [])
    )
    .rulingOut(RuledOut("crossing_initiation", "the tunnel was up already"))
    .citing(tunnel.lines(.lifetime))
  }
  guard let refused else { return nil }
  var answer = Answer(
    .likely,
    "\(tunnel.address(refused.from)) answers a rekey with \(refused.notify.name): both ends were at "
      + "it at once.", side: .both, evidence: [Evidence(refused.sighting, refused.notify.name)])
  // Told to wait, and done at the next try: sound peers sort it out so.
  if tunnel.ike.children.contains(where: { refused.sighting.isBefore($0.first) && $0.chosen != nil }
  ) {
    answer.severity = .info
  }
  return answer
}

/// Replaces something: it is not the first child.
private func isRekey(_ exchange: Exchange, _ tunnel: TunnelFacts) -> Bool {
  if exchange.children.contains(where: { $0.rekeys != nil }) { return true }
  if exchange.notifies.contains(where: { $0.notify.typeV2 == .rekeySA }) { return true }
  // Nothing was read: at least something to replace must be there.
  let isRead = exchange.messages.first?.opening == .opened
  return !isRead
    && tunnel.ike.children.contains {
      $0.exchange !== exchange
        && $0.first.isBefore(exchange.messages.first?.sighting ?? $0.first)
        && $0.state != .refused
    }
}

private func sameSize(_ one: SeenMessage, _ other: SeenMessage) -> Bool {
  abs(one.wireByteCount - other.wireByteCount) <= 64
}
