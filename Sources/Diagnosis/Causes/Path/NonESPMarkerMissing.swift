import Bytes
import Tracking

extension Cause {
  /// IKE on 4500 without its marker, or ESP with SPI 0.
  static let nonESPMarkerMissing = Cause(
    id: "non_esp_marker_missing", family: .path, severity: .error,
    title: "IKE on UDP 4500 without its marker",
    meaning: """
      On UDP 4500 an IKE message begins with four zero bytes that tell it from ESP (RFC 3948). A \
      sender, or an application gateway on the way, leaves them out or sends ESP with SPI 0, and \
      the receiver takes one for the other.
      """,
    shows: "An ISAKMP header at the very start of a UDP 4500 payload.",
    remedy: Remedy(
      "Update the sender's firmware, and switch off IPsec pass-through (ALG) on routers on the path.",
      asa: "no inspect ipsec-pass-thru", ios: "no ip nat service esp/ipsec helpers"),
    lookAlikes: ["malformed_message"], explains: ["udp4500_filtered", "peer_not_answering"],
    rule: .scene(find))
}

private func find(_ scene: Scene) -> [Answer] {
  var answers: [Answer] = []
  for tunnel in scene.tunnels {
    guard hasUnmarked(tunnel.ike) else { continue }
    let unmarked = tunnel.messages.passing(isUnmarked)
    guard let first = unmarked.first else { continue }
    var answer = Answer(
      .certain,
      "\(tunnel.address(first.from)) sends \(first.label) to UDP 4500 without the non-ESP marker "
        + "(\(scene.frame(first.sighting))): the receiver takes it for ESP.",
      side: Side(first.from),
      evidence: unmarked.prefix(8).map { Evidence($0.sighting, "\($0.label) without its marker") })
    answer.tunnel = tunnel
    answers.append(answer)
  }
  return answers + zeroSPI(scene)
}

private func isUnmarked(_ message: borrowing SeenMessage) -> Bool { isUnmarked(message.path) }

private func isUnmarked(_ way: MessagePath) -> Bool {
  way.transport == .udp && way.destination.port == 4500 && way.source.port == 4500
}

/// Looks at a way again only where neither of the last two messages came it.
private func hasUnmarked(_ ike: IKESA) -> Bool {
  var last: (MessagePath?, MessagePath?) = (nil, nil)
  for exchange in ike.exchanges {
    let all = exchange.messages
    let messages = all.span
    for index in messages.indices {
      let way = messages[index].path
      if way === last.0 || way === last.1 { continue }
      if isUnmarked(way) { return true }
      last = (way, last.0)
    }
  }
  return false
}

/// ESP with SPI 0: on UDP 4500 a receiver takes it for IKE, elsewhere it belongs to no SA.
private func zeroSPI(_ scene: Scene) -> [Answer] {
  let strays =
    scene.input.strayZeroSPIs.map { ($0.source.description, $0.destination, $0.sighting) }
    + scene.input.securityFlows.filter { $0.key.spi == 0 && $0.key.ipProtocol == 50 }.map {
      ($0.source.description, Endpoint($0.key.destination, port: 0), $0.first)
    }
  guard let first = strays.first else { return [] }
  let where_ = first.1.port == 0 ? "\(first.1.address)" : "\(first.1)"
  var answer = Answer(
    .certain,
    "\(first.0) sends ESP with SPI 0 to \(where_) (\(scene.frame(first.2))), which no sender may: "
      + (first.1.port == 0
        ? "the receiver drops it."
        : "the receiver takes it for an IKE message that it cannot read."),
    side: .local, evidence: strays.prefix(8).map { Evidence($0.2, "SPI 0") })
  answer.tunnel = scene.tunnels.first { tunnel in
    [tunnel.ike.initiator.address, tunnel.ike.responder.address].contains(first.1.address)
  }
  return [answer]
}
