import Bytes
import Registries
import TestSupport
import Testing

@testable import Tracking

/// Whole captures, message by message, as devices send them.
@Suite("Negotiations")
struct NegotiationTests {
  @Test("IKEv2 that succeeds is one tunnel with one child")
  func wholeV2() throws {
    let wire = Wire()
    Messages.negotiateV2(wire)
    let sa = try #require(wire.finish().first)
    #expect(wire.tracker.tunnels.count == 1)
    #expect(sa.state == .established)
    #expect(sa.mode == .ikev2)
    #expect(sa.exchanges.map(\.type) == [.ikeSAInit, .ikeAuth])
    #expect(sa.exchanges.map(\.state) == [.complete, .complete])
    #expect(sa.children.map(\.state) == [.established])
    #expect(sa.retransmissions == 0)
    #expect(sa.exchanges[0].roundTrip == 1_000_000)
  }

  @Test("IKEv1 that succeeds is told message by message")
  func wholeV1() throws {
    let wire = Wire()
    Messages.negotiateV1(wire)
    let sa = try #require(wire.finish().first)
    #expect(sa.state == .established)
    #expect(sa.mode == .main)
    #expect(
      sa.exchanges.flatMap(\.messages).map(\.label)
        == ["MM1", "MM2", "MM3", "MM4", "MM5", "MM6", "QM1", "QM2", "QM3"])
    #expect(sa.children.map(\.state) == [.established])
  }

  @Test("a cookie is asked for and given: one exchange, one tunnel")
  func cookie() throws {
    let wire = Wire()
    let cookie = IKEBuilder.notifyV2(16390, Array(repeating: 1, count: 20))
    wire.ike(Messages.initRequest())
    wire.ike(
      Messages.initResponse(responder: 0, [cookie]), from: Wire.bob, to: Wire.alice)
    wire.ike(
      Messages.initRequest([cookie, Messages.saV2, Messages.keyV2(), Messages.nonceV2]))
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    let tunnels = wire.finish()
    #expect(tunnels.count == 1)
    let exchange = try #require(tunnels.first?.exchanges.first)
    #expect(exchange.messages.count == 4)
    #expect(exchange.messages.filter { $0.copyOf != nil }.isEmpty)
    #expect(exchange.messages.map(\.responseTo) == [nil, 0, nil, 2])
    #expect(tunnels.first?.state == .negotiating)
    #expect(exchange.state == .complete)
  }

  @Test("another group is asked for and given: the attempt goes on")
  func invalidKE() throws {
    let wire = Wire()
    let wrongGroup = IKEBuilder.notifyV2(17, [0, 19])
    wire.ike(Messages.initRequest())
    wire.ike(
      Messages.initResponse(responder: 0, [wrongGroup]), from: Wire.bob, to: Wire.alice)
    #expect(wire.tracker.tunnels.first?.state == .negotiating)
    wire.ike(Messages.initRequest([Messages.saV2, Messages.keyV2(19), Messages.nonceV2]))
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    let tunnels = wire.finish()
    #expect(tunnels.count == 1)
    #expect(tunnels.first?.exchanges.first?.state == .complete)
    #expect(tunnels.first?.exchanges.first?.messages.map(\.responseTo) == [nil, 0, nil, 2])
  }

  @Test("a refusal fails the attempt")
  func refused() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(
      Messages.initResponse([IKEBuilder.notifyV2(14)]), from: Wire.bob, to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(sa.state == .failed)
    #expect(sa.exchanges.first?.state == .refused)
  }

  @Test("a short answer to IKE_AUTH is no success")
  func shortAnswer() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    wire.ike(Messages.encrypted(exchange: 35, flags: 8, id: 1))
    wire.ike(
      Messages.encrypted(exchange: 35, flags: 0x20, id: 1, count: 48, first: 41), from: Wire.bob,
      to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(sa.state == .negotiating)
    #expect(sa.children.isEmpty)
  }

  @Test("two ends that begin at once make two tunnels, each with its own initiator")
  func crossing() {
    let wire = Wire()
    let (mine, theirs) = (UInt64(0xaaaa), UInt64(0xbbbb))
    wire.ike(Messages.initRequest(spi: mine))
    wire.ike(Messages.initRequest(spi: theirs), from: Wire.bob, to: Wire.alice)
    wire.ike(
      Messages.initResponse(spi: mine, responder: 0xcccc), from: Wire.bob, to: Wire.alice)
    wire.ike(Messages.initResponse(spi: theirs, responder: 0xdddd))
    let tunnels = wire.finish()
    #expect(tunnels.map(\.initiator.address.description) == [Wire.alice, Wire.bob])
    #expect(tunnels.map(\.responderSPI) == [0xcccc, 0xdddd])
  }

  @Test("the same bytes again are a copy, other bytes with the same numbers are not")
  func copies() throws {
    let wire = Wire()
    Messages.negotiateV2(wire)
    wire.ike(Messages.encrypted(exchange: 35, flags: 8, id: 1))
    wire.ike(
      Messages.encrypted(exchange: 35, flags: 0x20, id: 1, first: 36), from: Wire.bob,
      to: Wire.alice)
    wire.ike(Messages.encrypted(exchange: 35, flags: 8, id: 1, fill: 0x77))
    let sa = try #require(wire.finish().first)
    #expect(sa.retransmissions == 2)
    #expect(sa.exchanges[1].messages.map(\.copyOf) == [nil, nil, 0, 1, nil])
    #expect(sa.exchanges[1].messages[3].responseTo == 0)
  }

  @Test("an unanswered request repeated is one message and its copies")
  func unanswered() throws {
    let wire = Wire()
    for _ in 0..<5 { wire.ike(Messages.initRequest()) }
    let sa = try #require(wire.finish().first)
    #expect(sa.messageCount == 5)
    #expect(sa.retransmissions == 4)
    #expect(sa.state == .negotiating)
    #expect(sa.exchanges.first?.distinctMessages.count == 1)
    #expect(sa.exchanges.first?.copies(of: 0) == 4)
  }

  @Test("both ends' requests of one message ID are two exchanges")
  func bothAsk() throws {
    let wire = Wire()
    Messages.negotiateV2(wire)
    wire.ike(Messages.encrypted(exchange: 37, flags: 8, id: 0, count: 52))
    wire.ike(
      Messages.encrypted(exchange: 37, flags: 0x28, id: 0, count: 52, fill: 1))
    wire.ike(
      Messages.encrypted(exchange: 37, flags: 0, id: 0, count: 52, fill: 2), from: Wire.bob,
      to: Wire.alice)
    let sa = try #require(wire.finish().first)
    let informational = sa.exchanges.filter { $0.type == .informationalV2 }
    #expect(informational.count == 2)
    #expect(Set(informational.map(\.startedBy)) == [.initiator, .responder])
  }

  @Test("a delete in clear ends an IKEv1 SA")
  func deleted() throws {
    let wire = Wire()
    Messages.negotiateV1(wire)
    let spis = IKEBuilder.be64(Messages.initiatorSPI) + IKEBuilder.be64(Messages.responderSPI)
    wire.ike(
      IKEBuilder.message(
        version: 1, initiatorSPI: Messages.initiatorSPI, responderSPI: Messages.responderSPI,
        exchange: 5, messageID: 99, [IKEBuilder.deleteV1(protocolID: 1, size: 16, [spis])]),
      from: Wire.bob, to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(sa.state == .deleted)
    #expect(sa.deletedBy == .responder)
    #expect(sa.deletes.count == 1)
  }

  @Test("a capture that starts in the middle has a tunnel all the same")
  func fromTheMiddle() throws {
    let wire = Wire()
    wire.ike(
      Messages.encrypted(exchange: 37, flags: 0x20, id: 7, count: 52), from: Wire.bob,
      to: Wire.alice)
    wire.ike(Messages.encrypted(exchange: 36, flags: 8, id: 8))
    wire.esp(spi: 0x1000, sequence: 500)
    let sa = try #require(wire.finish().first)
    #expect(wire.tracker.tunnels.count == 1)
    #expect(sa.mode == .none)
    #expect(!sa.sawFirstMessage)
    // IKEv2's flag tells who began, although the first message was not seen.
    #expect(sa.initiator.address.description == Wire.alice)
    #expect(sa.exchanges.map(\.startedBy) == [.initiator, .initiator])
  }

  @Test("quick mode seen alone means that phase 1 was done before")
  func quickModeAlone() throws {
    let wire = Wire()
    wire.ike(Messages.encryptedV1(exchange: 32, id: 5, count: 160))
    wire.ike(
      Messages.encryptedV1(exchange: 32, id: 5, count: 160, fill: 1), from: Wire.bob,
      to: Wire.alice)
    wire.ike(Messages.encryptedV1(exchange: 32, id: 5, count: 32, fill: 2))
    let sa = try #require(wire.finish().first)
    #expect(sa.state == .established)
    #expect(sa.exchanges.first?.messages.map(\.label) == ["QM1", "QM2", "QM3"])
    #expect(sa.children.map(\.state) == [.established])
  }

  @Test("a refusal in an IKEv1 informational exchange refuses what waits")
  func refusedV1() throws {
    let wire = Wire()
    wire.ike(Messages.main([Messages.saV1], responder: 0))
    wire.ike(
      IKEBuilder.message(
        version: 1, initiatorSPI: Messages.initiatorSPI, responderSPI: Messages.responderSPI,
        exchange: 5, messageID: 3, [IKEBuilder.notifyV1(14)]), from: Wire.bob, to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(wire.tracker.tunnels.count == 1)
    #expect(sa.state == .failed)
    #expect(sa.exchanges.first?.state == .refused)
  }
}
