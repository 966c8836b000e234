import TestSupport

extension CauseRow {
  static let liveness: [CauseRow] = [
    CauseRow(
      "peer_dead", .capture("ikev2-dpd-peer-dies"), not: .made(invalidIKESPI), but: "peer_lost_sa"),
    CauseRow(
      "dpd_not_supported", .made { probes(announced: false) },
      not: .made { probes(announced: true) }, but: "peer_dead"),
    CauseRow(
      "lifetime_mismatch", .made(deletedEarly), not: .made { rekeyedV1(inTime: true) }),
    CauseRow(
      "rekey_collision", .made(bothRekey), not: .made(oneAfterTheOther)),
    CauseRow(
      "crossing_initiation", .capture("ikev2-crossing-initiation"), not: .made(bothRekey),
      but: "rekey_collision"),
    CauseRow(
      "phase1_gone_phase2_lives", .made { childOutlives(newPhase1: false) },
      not: .made { childOutlives(newPhase1: true) }),
    CauseRow(
      "last_message_lost", .made { thirdLost(heals: false) }, not: .made { thirdLost(heals: true) }),
    CauseRow("delete_loop", .made { deleted(times: 3) }, not: .made { deleted(times: 1) }),
    CauseRow(
      "message_id_desync", .made(wrongMessageID), not: .capture("ikev2-dpd-peer-dies"),
      but: "peer_dead"),
  ]
}

/// The peer has restarted: it answers a probe with INVALID_IKE_SPI in clear (RFC 7296 §2.21.4).
private func invalidIKESPI() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  for _ in 0..<3 {
    tunnel.say(.initiator, GatewaysV2.ExchangeNumber.informational, id: 2, [], after: 3)
    tunnel.send(
      .responder,
      tunnel.message(
        .responder, GatewaysV2.ExchangeNumber.informational, id: 2, response: true,
        [IKEBuilder.notifyV2(4)]))
  }
  return Made(tunnel.wire)
}

/// R-U-THERE without answers, to a peer that announced RFC 3706 or did not.
private func probes(announced: Bool) -> Made {
  let tunnel = GatewaysV1()
  if !announced { tunnel.vendors[.responder] = [GatewaysV1.Vendor.natTraversal] }
  tunnel.establish()
  tunnel.traffic()
  for number in 1...4 {
    tunnel.deadPeer(.initiator, number: UInt32(number), id: 0x7300_0000 + UInt32(number))
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// The responder deletes the child after exactly two minutes, of an hour agreed on.
private func deletedEarly() -> Made {
  let tunnel = GatewaysV1()
  tunnel.phase1()
  let begin = tunnel.wire.clock + 0.05
  tunnel.quick()
  tunnel.traffic()
  tunnel.delete(
    .responder, id: 0x7200_0001, spis: [0xc0de_0002], after: begin + 120 - tunnel.wire.clock)
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// An orderly rekey of a child, and the delete of the old one.
func rekeyedV1(inTime: Bool) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  tunnel.quick(
    id: 0x5100_0002, mine: 0xc0de_0011, theirs: 0xc0de_0012, after: inTime ? 3300 : 120)
  tunnel.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  tunnel.delete(.initiator, id: 0x7200_0001, spis: [0xc0de_0001], after: 1)
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// Both ends ask for a rekey of the same child before they see the other's request.
func bothRekey() -> Made {
  typealias Number = GatewaysV2.ExchangeNumber
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  let mine = tunnel.rekeyRequest(old: 0xc0de_0001, new: 0xc0de_0011)
  let theirs = tunnel.rekeyRequest(old: 0xc0de_0002, new: 0xc0de_0022, seed: 23)
  tunnel.say(.initiator, Number.createChild, id: 2, mine, after: 60)
  tunnel.say(.responder, Number.createChild, id: 0, theirs, after: 0.01)
  tunnel.say(
    .responder, Number.createChild, id: 2, response: true, tunnel.rekeyAnswer(new: 0xc0de_0012),
    after: 0.03)
  tunnel.say(
    .initiator, Number.createChild, id: 0, response: true,
    tunnel.rekeyAnswer(new: 0xc0de_0021, seed: 24), after: 0.01)
  tunnel.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

private func oneAfterTheOther() -> Made {
  typealias Number = GatewaysV2.ExchangeNumber
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  tunnel.exchange(
    .initiator, Number.createChild, id: 2,
    tunnel.rekeyRequest(old: 0xc0de_0001, new: 0xc0de_0011),
    tunnel.rekeyAnswer(new: 0xc0de_0012), after: 60)
  tunnel.delete(.initiator, id: 3, spis: [0xc0de_0001], answer: [0xc0de_0002])
  tunnel.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  tunnel.exchange(
    .responder, Number.createChild, id: 0,
    tunnel.rekeyRequest(old: 0xc0de_0012, new: 0xc0de_0022, seed: 25),
    tunnel.rekeyAnswer(new: 0xc0de_0021, seed: 26), after: 60)
  tunnel.delete(.responder, id: 1, spis: [0xc0de_0012], answer: [0xc0de_0011])
  tunnel.traffic(toResponder: 0xc0de_0022, toInitiator: 0xc0de_0021)
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// The ISAKMP SA is deleted and its child goes on, with a new phase 1 or without.
private func childOutlives(newPhase1: Bool) -> Made {
  let wire = Wire()
  let tunnel = GatewaysV1(wire)
  tunnel.establish()
  tunnel.traffic()
  if newPhase1 { GatewaysV1(wire, number: 2).phase1() }
  tunnel.delete(.responder, id: 0x7200_0001)
  for _ in 0..<6 { tunnel.traffic(2, every: 10) }
  return Made(wire, ikeKeys: [tunnel.keys])
}

/// Quick mode's third message never reaches the responder, or comes late.
private func thirdLost(heals: Bool) -> Made {
  let tunnel = GatewaysV1()
  tunnel.phase1()
  tunnel.quick(steps: heals ? 2 : 3)
  tunnel.again(.responder, times: heals ? 2 : 4, every: 2)
  if heals {
    tunnel.send(
      .initiator,
      tunnel.sealed2(
        GatewaysV1.ExchangeNumber.quick, id: 0x5100_0001,
        [IKEBuilder.Payload(8, noise(32, seed: 44))], hashed: false))
    tunnel.traffic()
  } else {
    for _ in 0..<5 { tunnel.esp(.initiator, 0xc0de_0002, after: 1) }
  }
  return Made(tunnel.wire)
}

/// Tunnels that come up and are deleted within seconds.
private func deleted(times: Int) -> Made {
  let wire = Wire()
  var keys: [String] = []
  for round in 0..<times {
    let tunnel = GatewaysV2(wire, number: UInt64(round + 1))
    let spi = 0xc0de_0001 + UInt32(round) * 256
    tunnel.establish(toInitiator: spi, toResponder: spi + 1)
    tunnel.traffic(4, toResponder: spi + 1, toInitiator: spi)
    tunnel.delete(.responder, id: 0, after: 4)
    wire.clock += 20
    keys.append(tunnel.keys)
  }
  return Made(wire, ikeKeys: keys)
}

private func wrongMessageID() -> Made {
  typealias Number = GatewaysV2.ExchangeNumber
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  tunnel.say(.initiator, Number.informational, id: 9, [], after: 10)
  tunnel.exchange(
    .responder, Number.informational, id: 0, [IKEBuilder.notifyV2(9, [0, 0, 0, 9])], [])
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}
