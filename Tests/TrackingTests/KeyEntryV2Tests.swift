import Bytes
import Crypto
import Keys
import TestSupport
import Testing

@testable import Tracking

@Suite("IKEv2 keys given at any level open what is beneath")
struct KeyEntryV2Tests {
  private static let origin = KeyOrigin(file: "keys", line: 1)
  private static let spis = (initiator: UInt64(0xaaaa_0001), responder: UInt64(0xbbbb_0001))
  private static let newSPIs = (initiator: UInt64(0xaaaa_0002), responder: UInt64(0xbbbb_0002))
  private static let nonces = (
    initiator: Array(repeating: UInt8(0x15), count: 32),
    responder: Array(repeating: UInt8(0x25), count: 32)
  )
  private static let laterNonces = (
    initiator: Array(repeating: UInt8(0x35), count: 32),
    responder: Array(repeating: UInt8(0x45), count: 32)
  )

  private static func row(
    _ spis: (initiator: UInt64, responder: UInt64), _ secrets: [IKESecret: Secret]
  ) -> IKESAKeys {
    var row = IKESAKeys(
      version: 2, initiatorSPI: spis.initiator, responderSPI: spis.responder, origin: origin)
    row.secrets = secrets
    return row
  }

  private static func ikeProposal(spi: UInt64? = nil) -> IKEBuilder.Payload {
    IKEBuilder.saV2([
      IKEBuilder.proposal(
        protocolID: 1, spi: spi.map { IKEBuilder.be64($0) } ?? [],
        [
          IKEBuilder.transformV2(type: 1, id: 12, keyBits: 128),
          IKEBuilder.transformV2(type: 2, id: 2), IKEBuilder.transformV2(type: 3, id: 2),
          IKEBuilder.transformV2(type: 4, id: 14),
        ])
    ])
  }

  private static func childProposal(spi: UInt32, group: Bool) -> IKEBuilder.Payload {
    IKEBuilder.saV2([
      IKEBuilder.proposal(
        protocolID: 3, spi: IKEBuilder.be32(spi),
        [
          IKEBuilder.transformV2(type: 1, id: 12, keyBits: 128),
          IKEBuilder.transformV2(type: 3, id: 2), IKEBuilder.transformV2(type: 5, id: 0),
        ] + (group ? [IKEBuilder.transformV2(type: 4, id: 14)] : []))
    ])
  }

  private static let selectors = [
    IKEBuilder.selectors(
      initiator: true, [IKEBuilder.selector([10, 1, 0, 0], [10, 1, 0, 255])]),
    IKEBuilder.selectors(
      initiator: false, [IKEBuilder.selector([10, 2, 0, 0], [10, 2, 0, 255])]),
  ]

  private func send(_ message: [UInt8], _ wire: Wire, fromAlice: Bool) {
    if fromAlice {
      wire.ike(message)
    } else {
      wire.ike(message, from: Wire.bob, to: Wire.alice)
    }
  }

  /// IKE_SA_INIT in clear.
  private func begin(_ wire: Wire, _ exchange: SealedExchange) {
    wire.ike(
      Messages.initRequest(
        spi: Self.spis.initiator,
        [
          Self.ikeProposal(),
          IKEBuilder.keyExchangeV2(group: 14, exchange.publicValues.initiator),
          IKEBuilder.Payload(40, Self.nonces.initiator),
        ]))
    wire.ike(
      Messages.initResponse(
        spi: Self.spis.initiator, responder: Self.spis.responder,
        [
          Self.ikeProposal(),
          IKEBuilder.keyExchangeV2(group: 14, exchange.publicValues.responder),
          IKEBuilder.Payload(40, Self.nonces.responder),
        ]), from: Wire.bob, to: Wire.alice)
  }

  /// IKE_AUTH with a first child.
  private func authenticate(
    _ wire: Wire, _ sealed: SealedV2, child: (initiator: UInt32, responder: UInt32)
  ) throws {
    for isRequest in [true, false] {
      let spi = isRequest ? child.initiator : child.responder
      let payloads =
        [
          IKEBuilder.identificationV2(
            initiator: isRequest, type: 1, [192, 0, 2, isRequest ? 1 : 2]),
          IKEBuilder.Payload(39, [2, 0, 0, 0] + Array(repeating: 0x5c, count: 20)),
          Self.childProposal(spi: spi, group: false),
        ] + Self.selectors
      let message = try sealed.sealed(
        payloads, exchange: 35, id: 1, fromInitiator: isRequest, isResponse: !isRequest)
      send(message, wire, fromAlice: isRequest)
    }
  }

  /// CREATE_CHILD_SA for a child, begun by the IKE SA's initiator.
  private func createChild(
    _ wire: Wire, _ sealed: SealedV2, id: UInt32, fromAlice: Bool,
    child: (initiator: UInt32, responder: UInt32), _ exchange: SealedExchange?,
    rekeying old: UInt32? = nil
  ) throws {
    for isRequest in [true, false] {
      let spi = isRequest ? child.initiator : child.responder
      var payloads = [
        Self.childProposal(spi: spi, group: exchange != nil),
        IKEBuilder.Payload(
          40, isRequest ? Self.laterNonces.initiator : Self.laterNonces.responder),
      ]
      if let old, isRequest {
        payloads.insert(
          IKEBuilder.notifyV2(16393, protocolID: 3, spi: IKEBuilder.be32(old)), at: 0)
      }
      if let values = exchange?.publicValues {
        payloads.append(
          IKEBuilder.keyExchangeV2(
            group: 14, isRequest ? values.initiator : values.responder))
      }
      let message = try sealed.sealed(
        payloads + Self.selectors, exchange: 36, id: id, fromInitiator: isRequest,
        isResponse: !isRequest)
      send(message, wire, fromAlice: fromAlice == isRequest)
    }
  }

  private func sendESP(
    _ wire: Wire, _ child: (initiator: UInt32, responder: UInt32),
    _ material: (toResponder: [UInt8], toInitiator: [UInt8]), fromAlice: Bool = true
  ) throws {
    let (alice, bob) = fromAlice ? (Wire.alice, Wire.bob) : (Wire.bob, Wire.alice)
    for number in 1...3 as ClosedRange<UInt32> {
      wire.esp(
        try sealedESP(
          spi: child.responder, sequence: number, keyMaterial: material.toResponder),
        from: alice, to: bob)
      wire.esp(
        try sealedESP(
          spi: child.initiator, sequence: number, keyMaterial: material.toInitiator),
        from: bob, to: alice)
    }
  }

  private func expectOpened(_ child: ChildSA?, _ isOpened: Bool = true) {
    for flow in [child?.flowToInitiator, child?.flowToResponder] {
      #expect(flow?.packets == 3)
      #expect(flow?.counters.integrityGood == (isOpened ? 3 : 0))
      #expect(flow?.counters.decrypted == (isOpened ? 3 : 0))
    }
  }

  /// What is given of the IKE SA.
  enum Entry: CaseIterable {
    case dhSecret, dhPrivate, skD, encryptionAlone
  }

  private func secrets(
    _ entry: Entry, _ exchange: SealedExchange, _ sealed: SealedV2
  ) -> [IKESecret: Secret] {
    switch entry {
    case .dhSecret: [.dhSecret: Secret(exchange.shared)]
    case .dhPrivate: [.dhPrivate: exchange.privateValue]
    case .skD:
      [
        .skD: Secret(sealed.skD), .skEi: Secret(sealed.skE.initiator),
        .skEr: Secret(sealed.skE.responder), .skAi: Secret(sealed.skA.initiator),
        .skAr: Secret(sealed.skA.responder),
      ]
    case .encryptionAlone:
      [
        .skD: Secret(sealed.skD), .skEi: Secret(sealed.skE.initiator),
        .skEr: Secret(sealed.skE.responder),
      ]
    }
  }

  @Test("the first child opens from any of the IKE SA's secrets", arguments: Entry.allCases)
  func firstChild(_ entry: Entry) throws {
    let exchange = try SealedExchange(seed: 3)
    let sealed = try SealedV2(spis: Self.spis, nonces: Self.nonces, dhSecret: exchange.shared)
    var keys = KeyMaterial()
    keys.add(Self.row(Self.spis, secrets(entry, exchange, sealed)))
    let wire = Wire(keys: keys)
    let child = (initiator: UInt32(0xc1), responder: UInt32(0xc2))
    begin(wire, exchange)
    try authenticate(wire, sealed, child: child)
    try sendESP(wire, child, sealed.keyMaterial(nonces: Self.nonces))
    let tunnel = try #require(wire.finish().first)
    #expect(tunnel.identities.count == 2)
    #expect(tunnel.misfits.isEmpty)
    expectOpened(tunnel.children.first)
  }

  @Test("an encryption key alone that does not fit opens nothing")
  func wrongEncryptionKey() throws {
    let exchange = try SealedExchange(seed: 3)
    let sealed = try SealedV2(spis: Self.spis, nonces: Self.nonces, dhSecret: exchange.shared)
    var keys = KeyMaterial()
    keys.add(
      Self.row(
        Self.spis,
        [
          .skEi: Secret(sealed.skE.responder), .skEr: Secret(sealed.skE.initiator),
        ]))
    let wire = Wire(keys: keys)
    begin(wire, exchange)
    try authenticate(wire, sealed, child: (0xc1, 0xc2))
    let tunnel = try #require(wire.finish().first)
    #expect(tunnel.identities.isEmpty)
    #expect(tunnel.misfits.count == 2)
  }

  @Test(
    "a child with PFS opens with a value of its own key exchange, and not without",
    arguments: [true, false])
  func perfectForwardSecrecy(isGiven: Bool) throws {
    let exchange = try SealedExchange(seed: 3)
    let own = try SealedExchange(seed: 77)
    let sealed = try SealedV2(spis: Self.spis, nonces: Self.nonces, dhSecret: exchange.shared)
    var keys = KeyMaterial()
    keys.add(Self.row(Self.spis, [.dhPrivate: exchange.privateValue]))
    if isGiven {
      keys.add(ExchangeSecret(spi: 0xd2, .private(own.privateValue), origin: Self.origin))
    }
    let wire = Wire(keys: keys)
    begin(wire, exchange)
    try authenticate(wire, sealed, child: (0xc1, 0xc2))
    let child = (initiator: UInt32(0xd1), responder: UInt32(0xd2))
    try createChild(wire, sealed, id: 2, fromAlice: true, child: child, own)
    try sendESP(
      wire, child, sealed.keyMaterial(nonces: Self.laterNonces, dhSecret: own.shared))
    let tunnel = try #require(wire.finish().first)
    #expect(tunnel.children.count == 2)
    expectOpened(tunnel.children.last, isGiven)
  }

  @Test("a tunnel that rekeys two thousand times keeps the keys of the children it keeps")
  func manyRekeys() throws {
    let exchange = try SealedExchange(seed: 3)
    let sealed = try SealedV2(spis: Self.spis, nonces: Self.nonces, dhSecret: exchange.shared)
    var keys = KeyMaterial()
    keys.add(Self.row(Self.spis, [.dhPrivate: exchange.privateValue]))
    var limits = TrackerLimits()
    limits.childrenPerTunnel = 16
    let wire = Wire(limits: limits, keys: keys)
    begin(wire, exchange)
    try authenticate(wire, sealed, child: (0x1000, 0x2000))
    let material = try sealed.keyMaterial(nonces: Self.laterNonces).toResponder
    let rounds: UInt32 = 2000
    for round in 1...rounds {
      try createChild(
        wire, sealed, id: round + 1, fromAlice: true,
        child: (initiator: 0x1000 + round, responder: 0x2000 + round), nil,
        rekeying: 0x1000 + round - 1)
      for number in 1...10 as ClosedRange<UInt32> {
        wire.esp(
          try sealedESP(spi: 0x2000 + round, sequence: number, keyMaterial: material))
      }
      wire.time.nanoseconds += 90_000_000_000
    }
    // One that was replaced two rekeys ago is drained; a packet that comes all the same is opened.
    wire.esp(try sealedESP(spi: 0x2000 + rounds - 2, sequence: 11, keyMaterial: material))
    let tunnel = try #require(wire.finish().first)
    #expect(tunnel.children.count == 16)
    for child in tunnel.children.suffix(8) {
      let flow = try #require(child.flowToResponder)
      let packets = flow.key.spi == 0x2000 + rounds - 2 ? 11 : 10
      #expect(flow.counters.decrypted == packets)
      #expect(flow.hasKeys)
      #expect(
        wire.tracker.keys.childSAs.contains { $0.spi.exact == flow.key.spi },
        "the export has the keys of what the report shows")
    }
    // Two directions each; those let go of leave a good many at a time.
    let held = wire.tracker.keys.childSAs.count
    #expect(held < 2 * 16 + 128)
    #expect(wire.tracker.evictions.keys == 2 * (Int(rounds) + 1) - held)
    let shelf = wire.tracker.openerLog.counts
    #expect(shelf.held < 8)
    #expect(shelf.gone > Int(rounds) - 8)
  }

  @Test(
    "an IKE SA that replaces another is linked to it and opens, and so does its child",
    arguments: [true, false])
  func rekeyedIKESA(fromAlice: Bool) throws {
    let exchange = try SealedExchange(seed: 3)
    let second = try SealedExchange(seed: 120)
    let sealed = try SealedV2(spis: Self.spis, nonces: Self.nonces, dhSecret: exchange.shared)
    let renewed = try SealedV2(
      spis: Self.newSPIs, nonces: Self.laterNonces, dhSecret: second.shared, oldSKD: sealed.skD)
    var keys = KeyMaterial()
    keys.add(Self.row(Self.spis, [.dhPrivate: exchange.privateValue]))
    keys.add(Self.row(Self.newSPIs, [.dhPrivate: second.privateValue]))
    let wire = Wire(keys: keys)
    begin(wire, exchange)
    try authenticate(wire, sealed, child: (0xc1, 0xc2))
    for isRequest in [true, false] {
      let isAlice = fromAlice == isRequest
      let values = second.publicValues
      let payloads = [
        Self.ikeProposal(spi: isRequest ? Self.newSPIs.initiator : Self.newSPIs.responder),
        IKEBuilder.Payload(
          40, isRequest ? Self.laterNonces.initiator : Self.laterNonces.responder),
        IKEBuilder.keyExchangeV2(group: 14, isRequest ? values.initiator : values.responder),
      ]
      let message = try sealed.sealed(
        payloads, exchange: 36, id: fromAlice ? 2 : 0, fromInitiator: isAlice,
        isResponse: !isRequest)
      send(message, wire, fromAlice: isAlice)
    }
    // The new SA's initiator is who began the rekey (§2.18); it renews the first child in turn.
    let child = (initiator: UInt32(0xe1), responder: UInt32(0xe2))
    try createChild(
      wire, renewed, id: 0, fromAlice: fromAlice, child: child, nil,
      rekeying: fromAlice ? 0xc1 : 0xc2)
    try sendESP(
      wire, child, renewed.keyMaterial(nonces: Self.laterNonces), fromAlice: fromAlice)
    // And deletes the one it replaced, under the new IKE SA.
    let farewell = try renewed.sealed(
      [
        IKEBuilder.deleteV2(
          protocolID: 3, size: 4, [IKEBuilder.be32(fromAlice ? 0xc1 : 0xc2)])
      ], exchange: 37, id: 1, fromInitiator: true, isResponse: false)
    send(farewell, wire, fromAlice: fromAlice)
    let tunnels = wire.finish()
    try #require(tunnels.count == 2)
    #expect(tunnels[1].rekeys === tunnels[0])
    #expect(tunnels[1].misfits.isEmpty)
    expectOpened(tunnels[1].children.first)
    let old = tunnels[0].children.first
    #expect(tunnels[1].children.first?.rekeys === old)
    #expect(old?.deletedAt != nil)
  }
}
