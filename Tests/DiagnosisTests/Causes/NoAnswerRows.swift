import TestSupport

extension CauseRow {
  static let noAnswer: [CauseRow] = [
    CauseRow(
      "peer_not_answering", .capture("ikev1-udp500-filtered"),
      not: .capture("ikev1-lossy-but-ok")),
    CauseRow(
      "peer_port_unreachable", .capture("ikev1-no-daemon"),
      not: .capture("ikev1-udp500-filtered"), but: "peer_not_answering"),
    CauseRow("replies_lost", .made(everyCopyAnswered), not: .made(repeatedOnce)),
    CauseRow(
      "reply_from_other_address", .made(answerFromLoopback), not: .made(silentMainMode),
      but: "peer_not_answering"),
    CauseRow(
      "no_config_for_peer",
      .made { refusedOffer(configuration: .ios(peer: "203.0.113.77")) },
      not: .made { refusedOffer(configuration: .ios(hash: "md5")) }, but: "phase1_hash_mismatch"),
    CauseRow(
      "ike_version_mismatch", .made(versionRefused), not: .made(silentMainMode),
      but: "peer_not_answering"),
    CauseRow(
      "aggressive_mode_refused", .made(aggressiveRefused), not: .made(aggressiveSilent),
      but: "peer_not_answering"),
  ]
}

private func everyCopyAnswered() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  tunnel.accept()
  for _ in 0..<3 {
    tunnel.offer(after: 4)
    tunnel.again(.responder, every: 0.02)
  }
  return Made(tunnel.wire)
}

/// A repetition that crossed its answer on the way.
private func repeatedOnce() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  tunnel.again(.initiator, every: 1)
  tunnel.accept()
  tunnel.again(.responder, every: 0.02)
  tunnel.exchangeKeys()
  tunnel.prove(.initiator)
  tunnel.prove(.responder)
  tunnel.quick()
  tunnel.traffic()
  return Made(tunnel.wire)
}

private func answerFromLoopback() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  for _ in 0..<3 {
    tunnel.responder.address = "198.51.100.77"
    tunnel.accept()
    tunnel.responder.address = "198.51.100.2"
    tunnel.again(.initiator, every: 4)
  }
  return Made(tunnel.wire)
}

private func silentMainMode() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  tunnel.again(.initiator, times: 3, every: 4)
  return Made(tunnel.wire)
}

private func versionRefused() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  tunnel.notify(.responder, 5, withResponderSPI: false)
  return Made(tunnel.wire)
}

private func aggressiveRefused() -> Made {
  let tunnel = GatewaysV1()
  tunnel.aggressiveOffer()
  tunnel.notify(.responder, 29, withResponderSPI: false)
  return Made(tunnel.wire)
}

private func aggressiveSilent() -> Made {
  let tunnel = GatewaysV1()
  tunnel.aggressiveOffer()
  tunnel.again(.initiator, times: 3, every: 4)
  return Made(tunnel.wire)
}
