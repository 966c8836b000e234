import Bytes
import Crypto
import Keys
import Registries
import TestSupport
import Testing

@testable import Tracking

@Suite("Keys given at any level open what is beneath")
struct KeyEntryTests {
  private static let origin = KeyOrigin(file: "keys", line: 1)
  private static let spis = (initiator: UInt32(0xa1a1_a1a1), responder: UInt32(0xb2b2_b2b2))

  /// Which value of the first exchange is given.
  enum Entry: CaseIterable {
    case dhSecret, privateOfInitiator, privateOfResponder
  }

  private func rowV1(_ entry: Entry, _ sealed: SealedV1) -> IKESAKeys {
    var row = IKESAKeys(
      version: 1, initiatorSPI: SealedV1.cookies.initiator,
      responderSPI: SealedV1.cookies.responder, origin: Self.origin)
    switch entry {
    case .dhSecret: row[.dhSecret] = Secret(sealed.dhSecret)
    case .privateOfInitiator: row[.dhPrivate] = sealed.privateValues.initiator
    case .privateOfResponder: row[.dhPrivate] = sealed.privateValues.responder
    }
    return row
  }

  private func sendESP(_ wire: Wire, _ toResponder: [UInt8], _ toInitiator: [UInt8]) throws {
    for number in 1...3 as ClosedRange<UInt32> {
      wire.esp(
        try sealedESP(spi: Self.spis.responder, sequence: number, keyMaterial: toResponder))
      wire.esp(
        try sealedESP(spi: Self.spis.initiator, sequence: number, keyMaterial: toInitiator),
        from: Wire.bob, to: Wire.alice)
    }
  }

  private func expectOpened(_ child: ChildSA?, _ isOpened: Bool = true) {
    for flow in [child?.flowToInitiator, child?.flowToResponder] {
      #expect(flow?.packets == 3)
      #expect(flow?.counters.integrityGood == (isOpened ? 3 : 0))
      #expect(flow?.counters.decrypted == (isOpened ? 3 : 0))
    }
  }

  @Test(
    "IKEv1: pre-shared key and a Diffie-Hellman value open phase 1, phase 2 and ESP",
    arguments: Entry.allCases)
  func phase1(_ entry: Entry) throws {
    var sealed = try SealedV1()
    var keys = KeyMaterial()
    keys.add(rowV1(entry, sealed))
    keys.add(
      PreSharedKey(
        local: nil, remote: nil, value: .known(Secret(SealedV1.preSharedKey.utf8)),
        origin: Self.origin))
    let wire = Wire(keys: keys)
    try sealed.negotiate(wire, spis: Self.spis, id: 0xdead_beef)
    try sendESP(
      wire, sealed.keyMaterial(spi: Self.spis.responder),
      sealed.keyMaterial(spi: Self.spis.initiator))
    let tunnel = try #require(wire.finish().first)
    #expect(tunnel.exchanges.flatMap(\.messages).allSatisfy { $0.opening != .closed })
    #expect(tunnel.identities.count == 2)
    let quick = try #require(tunnel.exchanges.last)
    #expect(quick.hashVerified == [1: true, 2: true, 3: true])
    expectOpened(tunnel.children.first)
  }

  @Test("IKEv1: another pre-shared key opens nothing, and is said not to fit")
  func wrongPreSharedKey() throws {
    var sealed = try SealedV1()
    var keys = KeyMaterial()
    keys.add(rowV1(.dhSecret, sealed))
    keys.add(
      PreSharedKey(
        local: nil, remote: nil, value: .known(Secret("wrong".utf8)), origin: Self.origin))
    let wire = Wire(keys: keys)
    try sealed.negotiate(wire, spis: Self.spis, id: 7)
    let tunnel = try #require(wire.finish().first)
    #expect(tunnel.identities.isEmpty)
    #expect(tunnel.misfits.count >= 2)
  }

  /// What is given of a child's own key exchange.
  enum ChildEntry: CaseIterable {
    case shared, privateOfChild, privateOfSA, nothing
  }

  private func give(
    _ entry: ChildEntry, _ exchange: SealedExchange, _ row: IKESAKeys, to keys: inout KeyMaterial
  ) {
    switch entry {
    case .shared:
      keys.add(
        ExchangeSecret(
          spi: Self.spis.initiator, .shared(Secret(exchange.shared)), origin: Self.origin))
    case .privateOfChild:
      keys.add(
        ExchangeSecret(
          spi: Self.spis.responder, .private(exchange.privateValue), origin: Self.origin))
    case .privateOfSA:
      var second = row
      second.secrets = [.dhPrivate: exchange.privateValue]
      keys.add(second)
    case .nothing: break
    }
  }

  @Test(
    "IKEv1 with PFS: the child opens with a value of its own key exchange, and not without",
    arguments: ChildEntry.allCases)
  func perfectForwardSecrecyV1(_ entry: ChildEntry) throws {
    var sealed = try SealedV1()
    let exchange = try SealedExchange(seed: 90)
    let row = rowV1(.privateOfInitiator, sealed)
    var keys = KeyMaterial()
    keys.add(row)
    keys.add(
      PreSharedKey(
        local: nil, remote: nil, value: .known(Secret(SealedV1.preSharedKey.utf8)),
        origin: Self.origin))
    give(entry, exchange, row, to: &keys)
    let wire = Wire(keys: keys)
    try sealed.negotiate(
      wire, spis: Self.spis, id: 0x0bad_cafe, childKE: exchange.publicValues)
    try sendESP(
      wire, sealed.keyMaterial(spi: Self.spis.responder, dhSecret: exchange.shared),
      sealed.keyMaterial(spi: Self.spis.initiator, dhSecret: exchange.shared))
    let child = try #require(wire.finish().first?.children.first)
    #expect(child.pfsGroup?.id == "modp2048")
    expectOpened(child, entry != .nothing)
  }
}
