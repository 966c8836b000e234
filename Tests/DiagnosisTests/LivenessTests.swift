import Bytes
import Diagnosis
import Registries
import Testing
import Timeline

@testable import ISAKMP
@testable import Tracking

@Suite("Causes in the life of a tunnel")
struct LivenessTests {
  private func up(
    _ version: IKEVersion = .v1, ordinal: Int = 0, at time: Double = 0,
    initiator: String = "192.0.2.1",
    responder: String = "198.51.100.2"
  ) -> TunnelBuilder {
    let tunnel = TunnelBuilder(
      version, initiator: initiator, responder: responder, ordinal: ordinal, at: time,
      frame: 1 + ordinal * 50)
    let type: ExchangeType = version == .v1 ? .main : .ikeSAInit
    tunnel.say(type, 1, .initiator)
    tunnel.say(type, 2, .responder)
    tunnel.establish()
    return tunnel
  }

  @Test("a request inside the tunnel repeated without an answer")
  func dead() {
    let tunnel = up(.v2)
    tunnel.say(.informationalV2, 1, .initiator, id: 2, .closed, copies: 3)
    #expect(loud(tunnel.input()) == ["peer_dead"])
    tunnel.say(.informationalV2, 2, .responder, id: 2, .closed)
    tunnel.exchange(.informationalV2, 2).state = .complete
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("IKEv1 probes without an answer, and probes that alternate")
  func deadV1() {
    let tunnel = up()
    for id: UInt32 in 1...3 {
      tunnel.say(.informational, 1, .initiator, id: id, bytes: 92, .closed, after: 2)
    }
    #expect(loud(tunnel.input()) == ["peer_dead"])
    tunnel.say(.informational, 1, .responder, id: 9, bytes: 92, .closed)
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("R-U-THERE to a peer that never announced it")
  func withoutDPD() {
    let tunnel = up()
    for _ in 0..<3 { tunnel.notify(36136, from: .initiator, isProtected: true) }
    #expect(loud(tunnel.input()) == ["dpd_not_supported"])
    let announced = VendorID.identified(by: dpd)
    tunnel.ike.vendors = [(from: .responder, id: dpd, meaning: announced)]
    #expect(loud(tunnel.input()) == ["peer_dead"])
  }

  private let dpd: [UInt8] = [
    0xaf, 0xca, 0xd7, 0x13, 0x68, 0xa1, 0xf1, 0xc9, 0x6b, 0x86, 0x96, 0xfc, 0x77, 0x57, 0x01, 0x00,
  ]

  @Test("a child deleted long before its time; with the IKE SA it is a teardown")
  func lifetime() {
    let tunnel = up()
    let child = tunnel.child()
    child.lifetimeSeconds = 3600
    child.deletedAt = Sighting(
      capture: 0, frame: 40,
      time: Timestamp(nanoseconds: child.first.time.nanoseconds + 10_000_000_000))
    child.deletedBy = .responder
    child.state = .deleted
    #expect(loud(tunnel.input()) == ["lifetime_mismatch"])
    tunnel.ike.deletedAt = child.deletedAt
    tunnel.ike.state = .deleted
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("a rekey of both ends within a round trip, and one after the other")
  func collision() {
    let tunnel = up(.v2)
    tunnel.child()
    tunnel.say(.createChildSA, 1, .initiator, id: 2, .closed)
    tunnel.say(.createChildSA, 1, .responder, id: 0, .closed)
    tunnel.say(.createChildSA, 2, .responder, id: 2, .closed)
    tunnel.say(.createChildSA, 2, .initiator, id: 0, .closed)
    for exchange in tunnel.exchanges(.createChildSA) { exchange.state = .complete }
    #expect(loud(tunnel.input()) == ["rekey_collision"])

    let orderly = up(.v2)
    orderly.child()
    orderly.say(.createChildSA, 1, .initiator, id: 2, .closed)
    orderly.say(.createChildSA, 2, .responder, id: 2, .closed)
    orderly.say(.createChildSA, 1, .responder, id: 0, .closed, after: 30)
    orderly.say(.createChildSA, 2, .initiator, id: 0, .closed)
    for exchange in orderly.exchanges(.createChildSA) { exchange.state = .complete }
    #expect(loud(orderly.input()).isEmpty)
  }

  @Test("two negotiations that cross are a note")
  func crossing() {
    let one = up(.v2)
    let other = up(.v2, ordinal: 1, at: 0.05, initiator: "198.51.100.2", responder: "192.0.2.1")
    #expect(causes(TunnelBuilder.input([one, other])) == ["crossing_initiation"])
  }

  @Test("a child that outlives its IKE SA")
  func outlives() {
    let tunnel = up()
    let child = tunnel.child(packets: (4, 4))
    tunnel.ike.deletedAt = tunnel.next()
    tunnel.ike.state = .deleted
    guard let flow = child.flowToResponder, let back = child.flowToInitiator else { return }
    #expect(loud(tunnel.input()).isEmpty)
    tunnel.packet(flow, 5, after: 30)
    tunnel.packet(back, 5)
    #expect(loud(tunnel.input()) == ["phase1_gone_phase2_lives"])
  }

  @Test("QM2 repeated while ESP flows, and healed by QM3")
  func lastMessage() {
    let tunnel = up()
    tunnel.say(.quick, 1, .initiator, id: 5, .closed)
    tunnel.say(.quick, 2, .responder, id: 5, .closed, copies: 3)
    tunnel.child(tunnel.exchange(.quick, 5), packets: (5, 0))
    #expect(loud(tunnel.input()) == ["last_message_lost"])

    let healed = up()
    healed.say(.quick, 1, .initiator, id: 5, .closed)
    healed.say(.quick, 2, .responder, id: 5, .closed, copies: 2)
    healed.say(.quick, 3, .initiator, id: 5, .closed)
    healed.exchange(.quick, 5).state = .complete
    healed.child(healed.exchange(.quick, 5))
    #expect(loud(healed.input()).isEmpty)
  }

  @Test("three short tunnels in a row, deleted each time; one is no loop")
  func loop() {
    let tunnels = (0..<3).map { up(ordinal: $0, at: Double($0) * 30) }
    for tunnel in tunnels {
      tunnel.ike.deletedAt = tunnel.next(after: 5)
      tunnel.ike.deletedBy = .responder
      tunnel.ike.state = .deleted
    }
    #expect(loud(TunnelBuilder.input(tunnels)) == ["delete_loop"])
    #expect(loud(TunnelBuilder.input([tunnels[0]])).isEmpty)
  }

  @Test("a complaint about message IDs")
  func messageID() {
    let tunnel = up(.v2)
    tunnel.notify(9, from: .responder, isProtected: true)
    #expect(loud(tunnel.input()) == ["message_id_desync"])
  }

  @Test("a message that breaks its format; one that the capture cut does not")
  func malformed() {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    let exchange = tunnel.exchange(.ikeSAInit)
    exchange.messages[0].malformed = WireError(
      .truncated, layer: "SA", offset: 40, needed: 8, available: 2,
      boundedBy: "the message length")
    #expect(loud(tunnel.input()) == ["malformed_message"])
    exchange.messages[0].missing = 20
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("what the capture does not hold is said")
  func incomplete() throws {
    let tunnel = up()
    tunnel.ike.sawFirstMessage = false
    var input = tunnel.input()
    input.captures[0].dropped = 3
    let found = try #require(finding("capture_incomplete", input))
    #expect(found.explanation.contains("dropped 3 frames"))
    #expect(loud(input).isEmpty)
  }
}

extension TunnelBuilder {
  func exchanges(_ type: ExchangeType) -> [Exchange] { ike.exchanges.filter { $0.type == type } }
}
