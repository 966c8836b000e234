import Tracking

extension Cause {
  /// ESP with an SPI that was never negotiated.
  static let espUnknownSPI = Cause(
    id: "esp_unknown_spi", family: .dataPlane, severity: .warning,
    title: "ESP with an SPI that nobody negotiated",
    meaning: """
      Packets carry an SPI that none of the negotiations between these two ends, which are all in \
      the capture and readable, has agreed on: one end still uses an SA of earlier days.
      """,
    shows: """
      An SPI that is in no quick mode or IKE_AUTH, or an INVALID_SPI notify. ASA: "Received ESP \
      packet … with invalid SPI". IOS: "%CRYPTO-4-RECVD_PKT_INV_SPI".
      """,
    remedy: Remedy(
      "Clear the SAs of this peer at both ends, and enable dead peer detection.",
      asa: "clear crypto ipsec sa peer ADDRESS; isakmp keepalive threshold 10 retry 2",
      ios: "crypto isakmp invalid-spi-recovery; crypto isakmp keepalive 10 periodic"),
    lookAlikes: ["peer_lost_sa"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  // A child that it was put to by its addresses alone is a guess.
  guard flow.child == nil || flow.child?.link == .addresses, flow.packets >= 2 else { return nil }
  let tunnels = scene.tunnels(between: flow.source, flow.key.destination).filter {
    $0.isEstablished
  }
  // Only where everything that was negotiated could be read, and before the flow began.
  guard let first = tunnels.first, first.ike.sawFirstMessage,
    first.ike.first.isBefore(flow.first),
    tunnels.allSatisfy({ tunnel in
      let negotiated = tunnel.ike.children.filter { $0.link != .addresses }
      return tunnel.isOpened && !negotiated.isEmpty
        && negotiated.allSatisfy {
          $0.state == .refused || $0.spiToInitiator != nil && $0.spiToResponder != nil
        }
    })
  else { return nil }
  let known = tunnels.flatMap(\.ike.children).flatMap { [$0.spiToInitiator, $0.spiToResponder] }
  guard !known.contains(flow.key.spi) else { return nil }
  var answer = Answer(
    .likely,
    "\(flow.source) sends ESP with SPI \(spiText(flow)) to \(flow.key.destination) "
      + "(\(count(flow.packets, "packet")) from \(scene.frame(flow.first))); none of the "
      + "negotiations between them agreed on that SPI.",
    side: .both,
    evidence: [Evidence(flow.first, "unknown SPI"), Evidence(flow.last, "unknown SPI")])
  answer.tunnel = first
  return answer
}
