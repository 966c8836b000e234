import TestSupport

extension CauseRow {
  static let dataPlane: [CauseRow] = [
    CauseRow("esp_one_way", .made { traffic(back: 0) }, not: .made { traffic(back: 8) }),
    CauseRow(
      "esp_unknown_spi", .made { strangeSPI(isNegotiated: false) },
      not: .made { strangeSPI(isNegotiated: true) }),
    CauseRow(
      "peer_lost_sa", .made(invalidSPI), not: .made { traffic(back: 0) }, but: "esp_one_way"),
    CauseRow(
      "stale_spi_used", .made { afterDelete(late: 20) }, not: .made { afterDelete(late: 0.2) }),
    CauseRow(
      "esp_replayed", .capture("ikev1-esp-replay"), not: .made(everythingTwice),
      but: "capture_duplicate"),
    CauseRow(
      "capture_duplicate", .made(everythingTwice), not: .capture("ikev1-esp-replay"),
      but: "esp_replayed"),
    CauseRow(
      "esp_out_of_order", .made { overtaken(by: 100) }, not: .made { overtaken(by: 5) }),
    CauseRow(
      "esp_sequence_reused", .made(twoSenders), not: .capture("ikev1-esp-replay"),
      but: "esp_replayed"),
    CauseRow(
      "esp_sequence_exhausted", .made { nearTheEnd(esn: false) },
      not: .made { nearTheEnd(esn: true) }),
    CauseRow("tunnel_idle", .made { idle(for: 90) }, not: .made { idle(for: 3) }),
  ]

  static let integrity: [CauseRow] = [
    CauseRow(
      "esp_integrity_failure", .capture("ikev1-esp-bit-flipped", keys: true),
      not: .made { opened(.wrongKey) }, but: "key_material_wrong"),
    CauseRow(
      "key_material_wrong", .made { opened(.wrongKey) },
      not: .capture("ikev1-esp-bit-flipped", keys: true), but: "esp_integrity_failure"),
    CauseRow(
      "esn_mismatch", .made { opened(.extendedNumbers) }, not: .made { opened(.none) }),
    CauseRow(
      "truncation_mismatch", .made { opened(.shortValue) }, not: .made { opened(.none) }),
    CauseRow(
      "inner_outside_selectors", .made { opened(.otherNetwork) }, not: .made { opened(.none) }),
  ]
}

private func traffic(back: Int) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  for round in 0..<8 {
    tunnel.esp(.initiator, 0xc0de_0002, after: 0.5)
    if round < back { tunnel.esp(.responder, 0xc0de_0001, after: 0.02) }
  }
  return Made(tunnel.wire)
}

/// ESP with another SPI than the ones agreed on, in a capture of which everything can be read.
private func strangeSPI(isNegotiated: Bool) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  for _ in 0..<6 {
    tunnel.esp(.initiator, isNegotiated ? 0xc0de_0002 : 0x0bad_0001, after: 0.3)
    tunnel.esp(.responder, 0xc0de_0001, after: 0.02)
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

private func invalidSPI() -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  for round in 0..<5 {
    tunnel.esp(.initiator, 0xc0de_0002, after: 1)
    tunnel.notify(
      .responder, 11, protocolID: 3, spi: [0xc0, 0xde, 0, 2], id: 0x7700_0010 + UInt32(round))
  }
  return Made(tunnel.wire)
}

/// A child is deleted, and its old SPI goes on for some seconds.
private func afterDelete(late: Double) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  tunnel.quick(id: 0x5100_0002, mine: 0xc0de_0011, theirs: 0xc0de_0012)
  tunnel.delete(.responder, id: 0x7200_0001, spis: [0xc0de_0002])
  tunnel.esp(.initiator, 0xc0de_0002, after: late)
  tunnel.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// A mirror of both ports of a switch.
func everythingTwice() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic(10)
  tunnel.probe(.initiator, id: 2)
  tunnel.wire.duplicateAll()
  return Made(tunnel.wire)
}

/// One packet comes after so many that were sent later.
private func overtaken(by count: Int) -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  for number in 1...300 where number != 150 {
    tunnel.esp(.initiator, 0xc0de_0002, sequence: UInt32(number), after: 0.002)
    tunnel.esp(.responder, 0xc0de_0001, sequence: UInt32(number), after: 0.002)
    if number == 150 + count {
      tunnel.esp(.initiator, 0xc0de_0002, sequence: 150, after: 0.001)
    }
  }
  return Made(tunnel.wire)
}

/// After a failover a second unit begins to count at the beginning of the same SA.
private func twoSenders() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic(20)
  for number in 1...6 {
    tunnel.esp(
      .initiator, 0xc0de_0002, sequence: UInt32(number), sealed: noise(104, seed: 4242),
      after: 0.2)
    tunnel.esp(.responder, 0xc0de_0001, after: 0.02)
  }
  return Made(tunnel.wire)
}

/// Numbers close to 2^32, with or without extended ones agreed on.
private func nearTheEnd(esn: Bool) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  var request = tunnel.authRequest()
  request[2] = GatewaysV2.childSA(spi: 0xc0de_0001, esn: esn)
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, request,
    tunnel.authAnswer(child: GatewaysV2.childSA(spi: 0xc0de_0002, esn: esn)))
  for number: UInt32 in [1, 0x7000_0000, 0xe000_0000, 0xffff_ff00, 0xffff_ff01] {
    tunnel.esp(.initiator, 0xc0de_0002, sequence: number, after: 0.5)
    tunnel.esp(.responder, 0xc0de_0001, after: 0.02)
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// A tunnel that comes up, and nothing but liveness checks for some time.
private func idle(for seconds: Double) -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.probe(.initiator, id: 2, after: seconds / 2)
  tunnel.probe(.responder, id: 0, after: seconds / 2)
  return Made(tunnel.wire)
}

/// What is wrong with packets whose keys are given.
private enum Fault: Sendable {
  case none, wrongKey, extendedNumbers, shortValue, otherNetwork
}

private func opened(_ fault: Fault) -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  var there = ChildKeys(spi: 0xc0de_0002)
  let back = ChildKeys(spi: 0xc0de_0001)
  if fault == .extendedNumbers { there.hasExtendedNumbers = true }
  if fault == .shortValue { there.integrityBytes = 12 }
  let source = fault == .otherNetwork ? "10.7.0.5" : "10.1.0.5"
  for _ in 0..<6 {
    tunnel.tunnel(.initiator, there, source, "10.2.0.9")
    tunnel.tunnel(.responder, back, "10.2.0.9", "10.1.0.5", after: 0.01)
  }
  return Made(
    tunnel.wire, ikeKeys: [tunnel.keys],
    childKeys: [
      there.row(
        from: tunnel.initiator.address, to: tunnel.responder.address, wrong: fault == .wrongKey),
      back.row(from: tunnel.responder.address, to: tunnel.initiator.address),
    ])
}
