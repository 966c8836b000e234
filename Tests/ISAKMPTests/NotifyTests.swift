import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

@Suite("Notifies")
struct NotifyTests {
  private func notify(_ payload: IKEBuilder.Payload) throws -> Notify {
    let version: UInt8 = payload.type == 11 ? 1 : 2
    guard
      case .notify(let notify) = single(version: version, exchange: version == 1 ? 5 : 37, payload)
        .payload?.body
    else {
      throw WireError(
        .invalid("no N"), layer: "test", offset: 0, needed: 0, available: 0, boundedBy: "")
    }
    return notify
  }

  @Test("of IKEv1 have domain, protocol, SPI, type and data")
  func version1() throws {
    let read = try notify(
      IKEBuilder.notifyV1(36136, spi: filler(16), [0, 0, 0, 42]))
    #expect(read.domain == .ipsec)
    #expect(read.protocolID == .isakmp)
    #expect(read.spi == filler(16))
    #expect(read.typeV1 == .dpdRUThere)
    #expect(read.typeV2 == nil)
    #expect(read.meaning == .sequence(42))
    #expect(read.id == "dpd-r-u-there")
    #expect(!read.isError)
  }

  @Test("of IKEv2 have protocol, SPI, type and data")
  func version2() throws {
    let read = try notify(IKEBuilder.notifyV2(16393, protocolID: 3, spi: [1, 2, 3, 4]))
    #expect(read.typeV2 == .rekeySA)
    #expect(read.protocolID == .esp)
    #expect(read.spi == [1, 2, 3, 4])
    #expect(read.data.isEmpty)
    #expect(read.domain == nil)
  }

  @Test(
    "of IKEv2 say what their data means",
    arguments: [
      (17, [0, 19], .group(.ecp256)), (16388, filler(20), .natHash(filler(20))),
      (16397, [192, 0, 2, 1], .address(IPAddress(ipv4: 0xc000_0201))),
      (16385, [0, 0, 0, 5], .windowSize(5)), (16403, [0, 0, 0x0e, 0x10], .seconds(3600)),
      (16431, [0, 2, 0, 5], .hashAlgorithms([.sha256, .identity])),
      (16387, [0x12, 0x34, 2], .ipcomp(cpi: 0x1234, transform: 2)),
      (1, [200], .payloadType(200)), (9, [0, 0, 0, 7], .messageID(7)),
      (11, [1, 2, 3, 4], .spi(0x0102_0304)),
      (
        16422, [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3],
        .messageIDSync(nonce: 1, expectedSend: 2, expectedReceive: 3)
      ),
      (16390, filler(8), .token(filler(8))),
      (12345, [0x80, 0, 0x35, 0xe9], .windowsError(0x800035e9)),
      (
        16407, [1, 4, 192, 0, 2, 9, 7, 7],
        .redirect(.address(IPAddress(ipv4: 0xc000_0209)), nonce: [7, 7])
      ),
      (16407, [3, 2, 0x67, 0x77], .redirect(.name([0x67, 0x77]), nonce: [])),
      (16408, [9, 1, 5], .redirect(.other(type: 9, [5]), nonce: [])),
      (55506, [0x12, 0x34], .port(0x1234)),
    ] as [(UInt16, [UInt8], NotifyMeaning)])
  func meanings(type: UInt16, data: [UInt8], meaning: NotifyMeaning) throws {
    #expect(try notify(IKEBuilder.notifyV2(type, data)).meaning == meaning)
  }

  @Test(
    "whose data has not the form keep it as bytes",
    arguments: [17, 16385, 16387, 16397, 16403, 16407, 16422, 16431, 1, 9, 11, 12345] as [UInt16])
  func wrongForm(type: UInt16) throws {
    let read = try notify(IKEBuilder.notifyV2(type, [1, 250, 3, 4, 5]))
    #expect(read.meaning == nil)
    #expect(read.data == [1, 250, 3, 4, 5])
    #expect(try notify(IKEBuilder.notifyV2(type)).data.isEmpty)
  }

  @Test("of IKEv1 say what their data means")
  func meaningsV1() throws {
    let lifetime =
      IKEBuilder.attribute(1, 1) + IKEBuilder.attribute(2, bytes: [0, 0, 0x0e, 0x10])
      + IKEBuilder.attribute(1, 2) + IKEBuilder.attribute(2, bytes: [0, 0x46, 0x50, 0])
    #expect(
      try notify(IKEBuilder.notifyV1(24576, protocolID: 3, spi: filler(4), lifetime)).meaning
        == .lifetime(seconds: 3600, kilobytes: 4_608_000))
    #expect(
      try notify(IKEBuilder.notifyV1(24577, [0, 0, 0, 1])).meaning == .replayDetection(true))
    #expect(
      try notify(IKEBuilder.notifyV1(40501, [10, 0, 0, 1])).meaning
        == .address(IPAddress(ipv4: 0x0a00_0001)))
    #expect(
      try notify(IKEBuilder.notifyV1(14, Array("no match".utf8))).meaning == .text("no match"))
    #expect(try notify(IKEBuilder.notifyV1(14, [1, 2, 3])).meaning == nil)
  }

  @Test("with an SPI that reaches beyond the payload are malformed")
  func cutSPI() {
    let (message, _) = single(version: 2, exchange: 37, .init(41, [3, 16, 0x40, 0, 1, 2]))
    #expect(message?.malformed?.layer == "payload 1 (N)")
    #expect(message?.malformed?.needed == 16)
    #expect(message?.malformed?.available == 2)
  }

  @Test("stand in ladders by their short names, errors by their whole names")
  func notation() throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 34,
      [
        IKEBuilder.saV2([IKEBuilder.proposal(protocolID: 1, [])]),
        IKEBuilder.keyExchangeV2(group: 14, filler(8)), .init(40, filler(32)),
        IKEBuilder.notifyV2(16388, filler(20)), IKEBuilder.notifyV2(16389, filler(20)),
        IKEBuilder.notifyV2(14), IKEBuilder.notifyV2(16430), IKEBuilder.notifyV2(60000),
      ])
    #expect(
      parsed(bytes)?.notation()
        == "[ SA KE No N(NATD_S_IP) N(NATD_D_IP) N(NO_PROPOSAL_CHOSEN) N(FRAG_SUP) N(60000) ]")
  }

  @Test("inside an opened SK stand in its braces")
  func openedNotation() throws {
    let inside = IKEBuilder.chain([
      IKEBuilder.identificationV2(initiator: true, type: 1, [10, 0, 0, 1]),
      .init(39, [2, 0, 0, 0] + filler(20)), IKEBuilder.notifyV2(16384),
      IKEBuilder.selectors(initiator: true, []), IKEBuilder.selectors(initiator: false, []),
    ])
    let message = try #require(
      parsed(
        IKEBuilder.message(
          version: 2, exchange: 35, [IKEBuilder.encrypted(firstInside: 35, filler(80))])))
    let list = opened(inside, first: 35, version: .v2, exchange: .ikeAuth)
    #expect(
      message.notation(opened: list.payloads) == "[ SK { IDi AUTH N(INIT_CONTACT) TSi TSr } ]")
    #expect(message.notation(opened: []) == "[ SK { } ]")
    let main = try #require(
      parsed(IKEBuilder.raw(version: 1, first: 5, exchange: 2, flags: 1, body: filler(64))))
    let body = IKEBuilder.chain([
      IKEBuilder.identificationV1(type: 1, [10, 0, 0, 1]), .init(8, filler(20)),
    ])
    let opened1 = opened(body, first: 5, version: .v1, exchange: .main)
    #expect(main.notation(opened: opened1.payloads) == "[ ID HASH ]")
  }
}
