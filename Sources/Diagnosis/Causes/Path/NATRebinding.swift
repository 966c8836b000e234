import Tracking

extension Cause {
  /// The peer's address or port changes inside an SA.
  static let natRebinding = Cause(
    id: "nat_rebinding", family: .path, severity: .warning,
    title: "The NAT gave the peer a new address or port",
    meaning: """
      The mapping of the NAT expired and the peer's packets come from another port or address. \
      Devices that do not follow it send their answers to the old one, where nobody is.
      """,
    shows: "The same SA from another source port or address, without MOBIKE.",
    remedy: Remedy(
      "Send NAT keepalives more often than the NAT's UDP timeout, 20 s as a rule.",
      asa: "crypto isakmp nat-traversal 20", ios: "crypto isakmp nat keepalive 20"),
    lookAlikes: ["mobike_update"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let up = tunnel.ike.establishedAt, tunnel.notifies(.addressUpdate).isEmpty,
    let move = moves(tunnel).first, up.isBefore(move.at)
  else { return nil }
  // With MOBIKE announced by both ends, or nothing to read, a new address is most likely its work.
  let mayMove = tunnel.notifies(.mobike).count >= 2 || !tunnel.isV1 && !tunnel.isOpened
  if mayMove, move.from.address != move.to.address { return nil }
  guard tunnel.ike.nat.natted.contains(move.role) || move.from.address == move.to.address else {
    return nil
  }
  let follows = tunnel.messages.contains {
    $0.from == move.role.peer && $0.destination == move.to && move.at.isBefore($0.sighting)
  }
  let text =
    "The \(move.role.name) changed from \(move.from) to \(move.to) in \(scene.frame(move.at)), "
    + "inside the SA and without MOBIKE: its NAT gave it a new mapping"
    + (follows ? ", and the other end follows it there." : ".")
  var answer = Answer(
    .likely, text, side: .path,
    evidence: moves(tunnel).map { Evidence($0.at, "now from \($0.to)") }
  )
  .rulingOut(
    tunnel.isV1
      ? RuledOut("mobike_update", "IKEv1 has no MOBIKE")
      : RuledOut("mobike_update", "no UPDATE_SA_ADDRESSES was sent"))
  // Whoever is answered at its new place has lost nothing (RFC 7296 §2.23).
  if follows { answer.severity = .info }
  return answer
}

private typealias Move = (role: Role, from: Endpoint, to: Endpoint, at: Sighting)

/// Where an end's messages to the same port of its peer come from another place than before; the
/// step from IKE's own port to that of NAT traversal has another destination and is no move.
private func moves(_ tunnel: TunnelFacts) -> [Move] {
  struct Path: Hashable {
    var role: Role
    var port: UInt16
  }
  var known: [Path: Endpoint] = [:]
  var found: [Move] = []
  // The way each end sent its last message: hardly one comes otherwise.
  var last = (initiator: MessagePath?.none, responder: MessagePath?.none)
  let all = tunnel.messages
  let messages = all.span
  for index in messages.indices where messages[index].copyOf == nil {
    let way = messages[index].path
    let role = messages[index].from
    if role == .initiator {
      if way === last.initiator { continue }
      last.initiator = way
    } else {
      if way === last.responder { continue }
      last.responder = way
    }
    let path = Path(role: role, port: way.destination.port)
    if let before = known[path], before != way.source, !isFloat(before, way.source) {
      found.append((role, before, way.source, messages[index].sighting))
    }
    known[path] = way.source
  }
  return found
}

private func isFloat(_ from: Endpoint, _ to: Endpoint) -> Bool {
  let ports: Set<UInt16> = [500, 4500]
  return from.address == to.address && ports.contains(from.port) && ports.contains(to.port)
}
