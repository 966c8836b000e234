import Diagnosis
import TestSupport
import Testing
import Timeline

/// A capture that is odd, and a tunnel that is well.
struct Oddity: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var make: @Sendable () -> Made

  init(_ name: String, _ make: @escaping @Sendable () -> Made) {
    testDescription = name
    self.make = make
  }
}

@Suite("Silence where all is well")
struct HealthyTests {
  private typealias Number = GatewaysV2.ExchangeNumber

  private static let oddities: [Oddity] = [
    Oddity("the capture starts between MM3 and MM4", startsInPhase1),
    Oddity("the capture starts in the middle of an IKEv2 tunnel", startsInTheMiddle),
    Oddity("only the initiator's direction was captured", { oneDirection(of: "192.0.2.1") }),
    Oddity("only the responder's direction was captured", { oneDirection(of: "198.51.100.2") }),
    Oddity("a mirror port shows every packet twice", everythingTwice),
    Oddity("the responder has the initiator's old SPI in a new SA", cookiesReused),
    Oddity("a long idle tunnel with IKEv1 dead peer detection", idleV1),
    Oddity("a long idle tunnel with IKEv2 liveness checks", idleV2),
    Oddity("the NAT gives the initiator another port, and the responder follows") {
      portChanges(follows: true)
    },
    Oddity("MOBIKE moves the initiator, without keys", { moved(withKeys: false) }),
    Oddity("EAP with many rounds, without keys", { eap(succeeds: true, withKeys: false) }),
    Oddity("EAP with many rounds, with keys", { eap(succeeds: true, withKeys: true) }),
    Oddity("COOKIE, then INVALID_KE_PAYLOAD, then success", cookieThenGroup),
    Oddity("IKE_INTERMEDIATE with a large second key exchange", intermediate),
    Oddity("a delete and at once a new tunnel", deletedAndBack),
    Oddity("the capture ends in the middle of a negotiation", endsEarly),
    Oddity("several children in one IKE SA", severalChildren),
    Oddity("a request for everything that is narrowed", narrowedFromEverything),
    Oddity("IKE in TCP", inTCP),
    Oddity("a lost packet here and there, each repeated once", lossy),
    Oddity("a rekey without keys to read it", { rekeyedV1Hidden() }),
    Oddity("a teardown by both ends at once", bothDelete),
    Oddity("a peer that is slow to answer", slow),
    Oddity("TEMPORARY_FAILURE, and the rekey at the next try", temporaryFailure),
  ]

  @Test("no error and no warning", arguments: oddities)
  func silent(oddity: Oddity) throws {
    let timeline = try oddity.make().analysed()
    #expect(timeline.loud.isEmpty)
    #expect(!timeline.tunnels.isEmpty)
  }

  @Test("simultaneous rekey with both SAs kept is at most a warning")
  func simultaneousRekey() throws {
    let timeline = try bothRekey().analysed()
    #expect(timeline.loud == ["rekey_collision"])
    #expect(timeline.findings.first?.severity == "warning")
  }
}

private typealias Number = GatewaysV2.ExchangeNumber

private func startsInPhase1() -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  tunnel.wire.remove { number, _ in number <= 3 }
  return Made(tunnel.wire)
}

private func startsInTheMiddle() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.wire.remove { _, _ in true }
  tunnel.traffic()
  tunnel.probe(.responder, id: 7)
  tunnel.exchange(
    .responder, Number.createChild, id: 8,
    tunnel.rekeyRequest(old: 0xc0de_0002, new: 0xc0de_0012),
    tunnel.rekeyAnswer(new: 0xc0de_0011))
  tunnel.delete(.responder, id: 9, spis: [0xc0de_0002], answer: [0xc0de_0001])
  tunnel.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  return Made(tunnel.wire)
}

private func oneDirection(of address: String) -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic(20)
  tunnel.probe(.initiator, id: 2)
  tunnel.probe(.responder, id: 0)
  let source = address.split(separator: ".").compactMap { UInt8($0) }
  tunnel.wire.remove { _, frame in Array(frame.bytes[26..<30]) != source }
  return Made(tunnel.wire)
}

/// A restarted responder and an initiator that begins its new SA with the SPI of the old one.
private func cookiesReused() -> Made {
  let wire = Wire()
  let tunnel = GatewaysV1(wire)
  tunnel.establish()
  tunnel.traffic()
  tunnel.delete(.initiator, id: 0x7200_0001)
  let again = GatewaysV1(wire)
  wire.clock += 40
  again.phase1()
  again.quick(id: 0x5100_0009, mine: 0xc0de_0011, theirs: 0xc0de_0012)
  again.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  return Made(wire)
}

private func idleV1() -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  for number: UInt32 in 1...40 {
    tunnel.deadPeer(.initiator, number: number, id: 0x7300_0000 + number * 2, after: 30)
    tunnel.deadPeer(
      .responder, 36137, number: number, id: 0x7300_0001 + number * 2, after: 0.03)
  }
  return Made(tunnel.wire)
}

private func idleV2() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  for number: UInt32 in 0..<40 {
    tunnel.probe(.initiator, id: 2 + number, after: 20)
    tunnel.probe(.responder, id: number, after: 10)
  }
  return Made(tunnel.wire)
}

private func cookieThenGroup() -> Made {
  let tunnel = GatewaysV2()
  let cookie = noise(16, seed: 90)
  let proposal = IKEBuilder.proposal(
    protocolID: 1,
    [
      IKEBuilder.transformV2(type: 1, id: 12, keyBits: 128),
      IKEBuilder.transformV2(type: 3, id: 12), IKEBuilder.transformV2(type: 2, id: 5),
      IKEBuilder.transformV2(type: 4, id: 19), IKEBuilder.transformV2(type: 4, id: 14),
    ])
  let carried = IKEBuilder.notifyV2(16390, cookie)
  tunnel.initRequest(group: 19, proposals: [proposal])
  tunnel.initNotify(16390, cookie)
  tunnel.initRequest(group: 19, proposals: [proposal], extra: [carried])
  tunnel.initNotify(17, [0, 14])
  tunnel.initRequest(group: 14, proposals: [proposal], extra: [carried])
  tunnel.initResponse()
  tunnel.exchange(.initiator, Number.auth, id: 1, tunnel.authRequest(), tunnel.authAnswer())
  tunnel.traffic()
  return Made(tunnel.wire)
}

/// RFC 9242 and RFC 9370: a second key exchange in fragments before IKE_AUTH.
private func intermediate() -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let ke = [IKEBuilder.keyExchangeV2(group: 36, noise(1184, seed: 91))]
  for piece in tunnel.fragments(.initiator, Number.intermediate, id: 1, ke, size: 500) {
    tunnel.send(.initiator, piece)
  }
  let answer = [IKEBuilder.keyExchangeV2(group: 36, noise(1088, seed: 92))]
  for piece in tunnel.fragments(
    .responder, Number.intermediate, id: 1, response: true, answer, size: 500)
  {
    tunnel.send(.responder, piece)
  }
  tunnel.exchange(.initiator, Number.auth, id: 2, tunnel.authRequest(), tunnel.authAnswer())
  tunnel.traffic()
  return Made(tunnel.wire)
}

private func deletedAndBack() -> Made {
  let wire = Wire()
  let first = GatewaysV2(wire)
  first.establish()
  first.traffic()
  first.delete(.initiator, id: 2)
  let second = GatewaysV2(wire, number: 2)
  second.establish(toInitiator: 0xc0de_0101, toResponder: 0xc0de_0102)
  second.traffic(toResponder: 0xc0de_0102, toInitiator: 0xc0de_0101)
  return Made(wire, ikeKeys: [first.keys, second.keys])
}

private func endsEarly() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  tunnel.accept()
  tunnel.exchangeKeys()
  tunnel.prove(.initiator)
  return Made(tunnel.wire)
}

private func severalChildren() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  for index: UInt8 in 1...3 {
    let spi = 0xc0de_0100 + UInt32(index) * 16
    let selectors = GatewaysV2.selectors([10, 1, index], [10, 2, index])
    tunnel.exchange(
      .initiator, Number.createChild, id: 1 + UInt32(index),
      [GatewaysV2.childSA(spi: spi), GatewaysV2.nonce(UInt64(index) + 100)] + selectors,
      [GatewaysV2.childSA(spi: spi + 1), GatewaysV2.nonce(UInt64(index) + 200)] + selectors)
    tunnel.traffic(toResponder: spi + 1, toInitiator: spi)
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

private func narrowedFromEverything() -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let everything = [true, false].map {
    IKEBuilder.selectors(
      initiator: $0, [IKEBuilder.selector([0, 0, 0, 0], [255, 255, 255, 255])])
  }
  tunnel.exchange(
    .initiator, Number.auth, id: 1, tunnel.authRequest(selectors: everything),
    tunnel.authAnswer())
  tunnel.traffic()
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// RFC 9329: the stream begins with "IKETCP", each record with its length; IKE behind four zeros.
private func inTCP() -> Made {
  let tunnel = GatewaysV2()
  let inner = GatewaysV2()
  inner.establish()
  inner.traffic(6)
  var sequences: [UInt8: UInt32] = [1: 1000, 2: 5000]
  func segment(_ fromInitiator: Bool, _ payload: [UInt8], flags: UInt8 = 0x18) {
    let (source, destination): (UInt16, UInt16) = fromInitiator ? (40_001, 4500) : (4500, 40_001)
    let key: UInt8 = fromInitiator ? 1 : 2
    let sequence = sequences[key] ?? 0
    sequences[key] = sequence &+ UInt32(payload.count) &+ (flags & 2 != 0 ? 1 : 0)
    tunnel.wire.send(
      tunnel.packet(
        fromInitiator ? .initiator : .responder, 6,
        PacketBuilder.tcp(source, destination, sequence: sequence, payload, flags: flags)))
  }
  segment(true, [], flags: 0x02)
  segment(false, [], flags: 0x12)
  segment(true, [], flags: 0x10)
  segment(true, Array("IKETCP".utf8))
  for frame in inner.wire.frames {
    let ip = Array(frame.bytes.dropFirst(14))
    let isESP = ip[9] == 50
    let record = isESP ? Array(ip.dropFirst(20)) : [0, 0, 0, 0] + ip.dropFirst(28)
    let length = IKEBuilder.be16(UInt16(record.count + 2))
    segment(Array(ip[12..<16]) == [192, 0, 2, 1], length + record)
  }
  return Made(tunnel.wire)
}

private func lossy() -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer()
  tunnel.again(.initiator)
  tunnel.accept()
  tunnel.exchangeKeys()
  tunnel.again(.initiator, every: 1)
  tunnel.again(.responder, every: 0.02)
  tunnel.prove(.initiator)
  tunnel.again(.initiator, every: 1)
  tunnel.prove(.responder)
  tunnel.quick(steps: 2)
  tunnel.again(.responder, every: 1)
  tunnel.send(
    .initiator,
    tunnel.sealed2(
      GatewaysV1.ExchangeNumber.quick, id: 0x5100_0001,
      [IKEBuilder.Payload(8, noise(32, seed: 44))], hashed: false))
  tunnel.traffic()
  for number: UInt32 in [8, 9, 12, 11, 15] {
    tunnel.esp(.initiator, 0xc0de_0002, sequence: number)
    tunnel.esp(.responder, 0xc0de_0001, sequence: number)
  }
  return Made(tunnel.wire)
}

private func rekeyedV1Hidden() -> Made {
  var made = rekeyedV1(inTime: true)
  made.ikeKeys = []
  return made
}

private func bothDelete() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  let delete = [IKEBuilder.deleteV2(protocolID: 1, size: 0, [])]
  tunnel.say(.initiator, Number.informational, id: 2, delete, after: 5)
  tunnel.say(.responder, Number.informational, id: 0, delete, after: 0.01)
  tunnel.say(.responder, Number.informational, id: 2, response: true, [])
  tunnel.say(.initiator, Number.informational, id: 0, response: true, [])
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// Every answer takes three seconds, and the initiator repeats itself meanwhile.
private func slow() -> Made {
  let tunnel = GatewaysV2()
  tunnel.initRequest()
  tunnel.again(.initiator, every: 1.5)
  tunnel.initResponse(after: 1.5)
  let request = tunnel.sealed(.initiator, Number.auth, id: 1, tunnel.authRequest())
  tunnel.send(.initiator, request)
  tunnel.again(.initiator, every: 1.5)
  tunnel.say(
    .responder, Number.auth, id: 1, response: true, tunnel.authAnswer(), after: 1.5)
  tunnel.again(.responder, every: 0.01)
  tunnel.traffic()
  return Made(tunnel.wire)
}

private func temporaryFailure() -> Made {
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  tunnel.exchange(
    .initiator, Number.createChild, id: 2,
    tunnel.rekeyRequest(old: 0xc0de_0001, new: 0xc0de_0011), [IKEBuilder.notifyV2(43)], after: 60)
  tunnel.exchange(
    .initiator, Number.createChild, id: 3,
    tunnel.rekeyRequest(old: 0xc0de_0001, new: 0xc0de_0021, seed: 27),
    tunnel.rekeyAnswer(new: 0xc0de_0022, seed: 28), after: 5)
  tunnel.delete(.initiator, id: 4, spis: [0xc0de_0001], answer: [0xc0de_0002])
  tunnel.traffic(toResponder: 0xc0de_0022, toInitiator: 0xc0de_0021)
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}
