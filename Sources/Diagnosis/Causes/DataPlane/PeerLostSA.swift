import Bytes
import ISAKMP
import Registries
import Tracking

extension Cause {
  /// A peer answers INVALID_SPI, or starts over while the other goes on.
  static let peerLostSA = Cause(
    id: "peer_lost_sa", family: .dataPlane, severity: .error, title: "The peer has lost the SA",
    meaning: """
      One end does not know the SA any more (a restart, a failover, a cleared SA) and the other \
      goes on using it: a black hole until it expires.
      """,
    shows: """
      INVALID_SPI (11) or INVALID_IKE_SPI (4) in answer, or a new first message from one end while \
      the other still sends ESP with old SPIs. IOS: "IPsec packet has invalid SPI", \
      "%CRYPTO-4-RECVD_PKT_INV_SPI".
      """,
    remedy: Remedy(
      "Enable dead peer detection at both ends, and clear the stale SA now.",
      asa:
        "tunnel-group ADDRESS ipsec-attributes, isakmp keepalive threshold 10 retry 2; clear crypto ipsec sa peer ADDRESS",
      ios: "crypto isakmp keepalive 10 periodic; crypto isakmp invalid-spi-recovery"),
    lookAlikes: ["peer_dead"], explains: ["esp_unknown_spi", "esp_one_way", "peer_dead"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let told = tunnel.notifies(.invalidSPI, .unknownIKESA).first {
    tunnel.isEstablished || $0.says(.invalidSPI)
  }
  if let notify = told {
    let of = notify.says(.invalidSPI) ? "an ESP packet" : "an IKE message"
    return Answer(
      notify.isProtected || tunnel.isEstablished ? .certain : .likely,
      "\(tunnel.address(notify.from)) answers \(of) with \(notify.notify.name) "
        + "(\(notify.notify.type)): it no longer has the SA that "
        + "\(tunnel.address(notify.from.peer)) uses.",
      side: Side(notify.from), evidence: [Evidence(notify.sighting, notify.notify.name)]
    )
    .rulingOut(RuledOut("peer_dead", "it answers"))
    .citing(tunnel.lines(.keepalive))
  }
  return startedOver(tunnel, scene)
}

/// The peer begins anew, and the other end's ESP goes on with SPIs of before for some time.
private func startedOver(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isEstablished, tunnel.ike.deletedAt == nil else { return nil }
  for child in tunnel.ike.children where child.state == .established && child.rekeyedBy == nil {
    for flow in child.flows {
      let owner = flow.key.destination
      let restart = scene.siblings(of: tunnel).first {
        $0.ike.firstInitiator.address == owner && child.first.isBefore($0.ike.first)
          && $0.ike.rekeys == nil && $0.ike.sawFirstMessage
          && flow.last.time.since($0.ike.first.time) > 5_000_000_000
      }
      guard let restart, let other = child.flows.first(where: { $0 !== flow }),
        other.last.isBefore(restart.ike.first)
      else { continue }
      return Answer(
        .likely,
        "\(owner) began a new negotiation in \(scene.frame(restart.ike.first)) and sends nothing "
          + "on the old SAs any more, while \(flow.source) goes on with SPI \(spiText(flow)): "
          + "\(owner) has most likely lost them.",
        side: Side(owner == tunnel.ike.responder.address ? .responder : .initiator),
        evidence: [
          Evidence(restart.ike.first, "a new negotiation"), Evidence(flow.last, "the old SPI"),
        ]
      )
      .citing(tunnel.lines(.keepalive))
    }
  }
  return nil
}
