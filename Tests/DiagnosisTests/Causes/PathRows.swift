import TestSupport

extension CauseRow {
  static let path: [CauseRow] = [
    CauseRow(
      "udp4500_filtered", .capture("ikev1-nat-udp4500-filtered"),
      not: .capture("ikev1-main-psk-mismatch"), but: "psk_mismatch"),
    CauseRow(
      "nat_t_not_negotiated", .made { behindNAT(encapsulated: false) },
      not: .made { behindNAT(encapsulated: true) }),
    CauseRow(
      "nat_rebinding", .made { portChanges(follows: false) }, not: .made { moved(withKeys: true) },
      but: "mobike_update"),
    CauseRow(
      "nat_keepalive_missing", .made { quietBehindNAT(keepalives: false) },
      not: .made { quietBehindNAT(keepalives: true) }, but: "esp_one_way"),
    CauseRow(
      "mobike_update", .made { moved(withKeys: true) },
      not: .made { portChanges(follows: false) }, but: "nat_rebinding"),
    CauseRow(
      "ip_fragments_lost", .made { largeMessage(fragments: [0]) },
      not: .made { largeMessage(fragments: nil) }),
    CauseRow(
      "ike_fragment_lost", .made { ikeFragments(only: [1, 3]) },
      not: .made { ikeFragments(only: [1, 2, 3]) }),
    CauseRow(
      "pmtu_black_hole", .made { tooBig(then: 1460) }, not: .made { tooBig(then: 1200) }),
    CauseRow(
      "esp_fragmented", .made { fragmentedESP(times: 6) }, not: .made { fragmentedESP(times: 0) }),
    CauseRow(
      "non_esp_marker_missing", .made { markerless(.ike) }, not: .made { markerless(.none) }),
  ]
}

/// NAT detection finds the initiator behind a NAT: with UDP encapsulation, or bare all the same.
private func behindNAT(encapsulated: Bool) -> Made {
  let tunnel = GatewaysV1()
  tunnel.believed[.initiator] = Host("10.9.9.9")
  tunnel.phase1(natPort: encapsulated ? 61_001 : nil)
  tunnel.quick(mode: encapsulated ? 3 : 1)
  tunnel.traffic()
  return Made(tunnel.wire)
}

/// Inside an established SA the initiator's packets come from another port of its NAT; the responder
/// follows, or goes on to send to the old one.
func portChanges(follows: Bool) -> Made {
  let tunnel = GatewaysV1()
  tunnel.believed[.initiator] = Host("10.9.9.9")
  tunnel.establish(natPort: 61_001)
  tunnel.traffic()
  tunnel.deadPeer(.initiator, number: 1, id: 0x7100_0001)
  tunnel.deadPeer(.responder, 36137, number: 1, id: 0x7100_0002, after: 0.05)
  for number: UInt32 in 2...4 {
    tunnel.initiator.port = 61_777
    tunnel.deadPeer(.initiator, number: number, id: 0x7100_0000 + number * 2, after: 60)
    if !follows { tunnel.initiator.port = 61_001 }
    tunnel.deadPeer(
      .responder, 36137, number: number, id: 0x7100_0001 + number * 2, after: 0.05)
  }
  if follows { tunnel.traffic() }
  return Made(tunnel.wire)
}

/// MOBIKE: the initiator goes on from another address (RFC 4555 §3.5).
func moved(withKeys: Bool) -> Made {
  let tunnel = GatewaysV2()
  tunnel.believed[.initiator] = Host("10.9.9.9")
  tunnel.establish(natPort: 4500, authExtra: [IKEBuilder.notifyV2(16396)])
  tunnel.traffic()
  tunnel.initiator = Host("203.0.113.9", 4500)
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.informational, id: 2,
    [IKEBuilder.notifyV2(16400)] + tunnel.natDetection(.initiator, withResponderSPI: true),
    tunnel.natDetection(.responder, withResponderSPI: true), after: 30)
  tunnel.traffic()
  return Made(tunnel.wire, ikeKeys: withKeys ? [tunnel.keys] : [])
}

/// The end behind the NAT falls silent for minutes while packets to it go on.
private func quietBehindNAT(keepalives: Bool) -> Made {
  let tunnel = GatewaysV1()
  tunnel.believed[.initiator] = Host("10.9.9.9")
  tunnel.establish(natPort: 61_001)
  tunnel.traffic(8)
  for round in 0..<12 {
    if keepalives, round % 4 == 0 { tunnel.keepalive(.initiator, after: 1) }
    tunnel.esp(.responder, 0xc0de_0001, after: 5)
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// MM5 with a certificate in IP fragments, of which the capture point sees some.
private func largeMessage(fragments: Set<Int>?) -> Made {
  let tunnel = GatewaysV1()
  let transform = GatewaysV1.transform(authentication: 3)
  tunnel.offer([transform])
  tunnel.accept(transform)
  tunnel.exchangeKeys()
  let proof = [
    IKEBuilder.identificationV1(type: 2, Array("branch.example".utf8)),
    IKEBuilder.Payload(6, [4] + CertificateBuilder().der + noise(900, seed: 83)),
    IKEBuilder.Payload(9, noise(256, seed: 84)),
  ]
  let fifth = tunnel.sealed1(GatewaysV1.ExchangeNumber.main, proof)
  tunnel.sendFragmented(.initiator, fifth, only: fragments)
  guard fragments == nil else {
    for _ in 0..<3 { tunnel.sendFragmented(.initiator, fifth, only: fragments, after: 3) }
    return Made(tunnel.wire)
  }
  tunnel.prove(.responder)
  tunnel.quick()
  tunnel.traffic()
  return Made(tunnel.wire)
}

/// IKE_AUTH in three SKF fragments, of which the capture point sees some; sent four times where
/// they are not all there.
private func ikeFragments(only kept: Set<Int>) -> Made {
  typealias Number = GatewaysV2.ExchangeNumber
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let request = tunnel.authRequest(extra: [IKEBuilder.Payload(37, [4] + noise(900, seed: 85))])
  let pieces = tunnel.fragments(.initiator, Number.auth, id: 1, request, size: 400)
  for round in 0..<(kept.count == pieces.count ? 1 : 4) {
    for (index, piece) in pieces.enumerated() where kept.contains(index + 1) {
      tunnel.send(.initiator, piece, after: index == 0 && round > 0 ? 3 : 0.001)
    }
  }
  if kept.count == pieces.count {
    tunnel.say(.responder, Number.auth, id: 1, response: true, tunnel.authAnswer())
    tunnel.traffic()
  }
  return Made(tunnel.wire)
}

/// A router says that the next link takes 1400 bytes: the sender heeds it, or has to be told again.
private func tooBig(then length: Int) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic(4)
  let spi: UInt32 = 0xc0de_0002
  for round in 0..<6 {
    let size = round == 0 ? 1460 : length
    tunnel.esp(.initiator, spi, length: size, after: 1)
    if size > 1380 {
      let quoted = tunnel.packet(.initiator, 50, PacketBuilder.esp(spi, 0, noise(40, seed: 86)))
      tunnel.icmp(
        quoting: quoted, to: .initiator, type: 3, code: 4, word: 1400, from: "203.0.113.1")
    }
    tunnel.esp(.responder, 0xc0de_0001, after: 0.02)
  }
  return Made(tunnel.wire)
}

/// ESP larger than the link, in IP fragments.
private func fragmentedESP(times: Int) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic(6)
  for round in 0..<times {
    let esp = PacketBuilder.esp(
      0xc0de_0002, 100 + UInt32(round), noise(1600, seed: UInt64(round)))
    let fragments = PacketBuilder.ipv4Fragments(
      tunnel.initiator.address, tunnel.responder.address, 50, esp,
      identification: 9000 + UInt16(round), size: 1400)
    for fragment in fragments { tunnel.wire.send(fragment, after: 0.01) }
    tunnel.esp(.responder, 0xc0de_0001, after: 0.05)
  }
  return Made(tunnel.wire)
}

/// What goes wrong with the four zero bytes on UDP 4500.
enum Marker: Sendable {
  case none
  /// IKE is sent without them.
  case ike
  /// ESP is sent with an SPI of 0.
  case zeroSPI
}

func markerless(_ fault: Marker) -> Made {
  let tunnel = GatewaysV1()
  tunnel.believed[.initiator] = Host("10.9.9.9")
  if fault == .ike {
    tunnel.offer()
    tunnel.accept()
    tunnel.exchangeKeys()
    tunnel.float()
    tunnel.forgetsMarker = true
    tunnel.prove(.initiator)
    tunnel.again(.initiator, times: 3, every: 3)
    return Made(tunnel.wire)
  }
  tunnel.establish(natPort: 61_001)
  tunnel.traffic()
  if fault == .zeroSPI {
    for number in 1...3 {
      tunnel.udp(
        .initiator, PacketBuilder.esp(0, UInt32(number), noise(104, seed: 87)), after: 0.5)
    }
  }
  return Made(tunnel.wire)
}
