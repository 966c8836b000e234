import TestSupport

extension CauseRow {
  static let notices: [CauseRow] = [
    CauseRow(
      "malformed_message", .made { brokenOffer(snapLength: nil) },
      not: .made { brokenOffer(snapLength: 120) }, but: "capture_incomplete"),
    CauseRow("scan_no_negotiation", .made { probe(port: 40_000) }, not: .made { probe(port: 500) }),
    CauseRow(
      "capture_incomplete", .made { startsLate(cutting: 4) }, not: .made { startsLate(cutting: 0) }),
  ]
}

/// A transform claims more bytes than its proposal has; or the capture is what cut the message.
private func brokenOffer(snapLength: Int?) -> Made {
  let tunnel = GatewaysV1()
  guard snapLength == nil else {
    let message = tunnel.message(
      GatewaysV1.ExchangeNumber.main, withResponderSPI: false,
      [
        IKEBuilder.saV1([
          IKEBuilder.proposal(protocolID: 1, [GatewaysV1.transform(), GatewaysV1.transform()])
        ])
      ])
    tunnel.wire.send(
      tunnel.packet(.initiator, 17, PacketBuilder.udp(500, 500, message)), snapLength: snapLength)
    tunnel.accept()
    tunnel.exchangeKeys()
    tunnel.prove(.initiator)
    tunnel.prove(.responder)
    tunnel.quick()
    tunnel.traffic()
    return Made(tunnel.wire)
  }
  var sa = IKEBuilder.saV1([IKEBuilder.proposal(protocolID: 1, [GatewaysV1.transform()])])
  // The transform's length: behind DOI, situation, the proposal's header and its four bytes.
  sa.body[18] = 0x7f
  let message = tunnel.message(
    GatewaysV1.ExchangeNumber.main, withResponderSPI: false, [sa])
  tunnel.send(.initiator, message)
  tunnel.again(.initiator, every: 4)
  tunnel.notify(.responder, 16, withResponderSPI: false)
  return Made(tunnel.wire)
}

/// Eight proposals without a vendor identifier, answered and never gone on with; from IKE's own port
/// with a vendor identifier it is a gateway that the responder takes.
private func probe(port: UInt16) -> Made {
  let tunnel = GatewaysV1()
  tunnel.initiator.port = port
  var transforms: [[UInt8]] = []
  for hash: UInt16 in [1, 2, 4, 5] {
    transforms.append(GatewaysV1.transform(keyBits: 128, hash: hash, group: 2))
    transforms.append(GatewaysV1.transform(keyBits: 256, hash: hash))
  }
  if port != 500 { tunnel.vendors = [:] }
  tunnel.offer(transforms)
  if port != 500 {
    tunnel.notify(.responder, 14, withResponderSPI: false)
    return Made(tunnel.wire)
  }
  tunnel.accept()
  tunnel.exchangeKeys()
  tunnel.prove(.initiator)
  tunnel.prove(.responder)
  tunnel.quick()
  tunnel.traffic()
  return Made(tunnel.wire)
}

/// A capture that misses the first messages of a tunnel.
private func startsLate(cutting count: Int) -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  tunnel.probe(.initiator, id: 2)
  tunnel.wire.remove { number, _ in number <= count }
  return Made(tunnel.wire)
}
