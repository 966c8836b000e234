import Bytes
import Registries
import TestSupport
import Testing

@testable import Tracking

@Suite("Floods")
struct FloodTests {
  @Test("a hundred thousand attempts by nobody leave the real tunnel in peace", arguments: [1, 2])
  func halfOpen(version: Int) throws {
    let wire = Wire()
    var random = SeededGenerator(seed: 5)
    let template =
      version == 2 ? Messages.initRequest() : Messages.main([Messages.saV1], responder: 0)
    for step in 0..<100_000 {
      var message = template
      for index in 0..<8 { message[index] = .random(in: 1...255, using: &random) }
      let address = UInt32.random(in: 0x0b00_0000...0xdf00_0000, using: &random)
      wire.ike(message, from: IPAddress(ipv4: address).description)
      if step == 50_000 {
        if version == 2 { Messages.negotiateV2(wire) } else { Messages.negotiateV1(wire) }
      }
    }
    let tunnels = wire.finish()
    let real = tunnels.filter { $0.state == .established }
    #expect(real.count == 1)
    #expect(real.first?.initiatorSPI == Messages.initiatorSPI)
    #expect(real.first?.exchanges.count == 2)
    #expect(tunnels.count <= TrackerLimits().halfOpen + 1)
    #expect(wire.tracker.evictions.halfOpenTunnels == 100_001 - tunnels.count)
  }

  @Test("an attempt that is being repeated outlives those that came once")
  func repeated() throws {
    var limits = TrackerLimits()
    limits.halfOpen = 100
    let wire = Wire(limits: limits)
    var random = SeededGenerator(seed: 9)
    for step in 0..<5000 {
      if step % 40 == 0 { wire.ike(Messages.initRequest()) }
      var message = Messages.initRequest()
      for index in 0..<8 { message[index] = .random(in: 1...255, using: &random) }
      wire.ike(message, from: "198.51.100.\(step % 250)")
    }
    let real = wire.finish().first { $0.initiatorSPI == Messages.initiatorSPI }
    #expect(real?.messageCount == 125)
  }

  @Test("ESP with random SPIs does not push out a flow that lives")
  func randomSPIs() throws {
    var limits = TrackerLimits()
    limits.securityFlows = 1000
    let wire = Wire(limits: limits)
    var random = SeededGenerator(seed: 13)
    for sequence in 1...10 { wire.esp(spi: 0x77777, sequence: UInt32(sequence)) }
    for step in 0..<20_000 {
      wire.esp(spi: .random(in: 0x100000...UInt32.max, using: &random), sequence: 1)
      if step % 1000 == 0 { wire.esp(spi: 0x77777, sequence: UInt32(11 + step / 1000)) }
    }
    let flow = wire.tracker.securityFlows.first { $0.key.spi == 0x77777 }
    #expect(flow?.packets == 30)
    #expect(flow?.lost == 0)
    #expect(wire.tracker.securityFlows.count == 1000)
    #expect(wire.tracker.evictions.securityFlows == 19_001)
  }

  @Test("fragments announced and never sent stay within their room")
  func fragments() {
    let wire = Wire()
    Messages.negotiateV2(wire)
    for id in 2..<20_000 as Range<UInt32> {
      wire.ike(
        IKEBuilder.message(
          version: 2, initiatorSPI: Messages.initiatorSPI, responderSPI: Messages.responderSPI,
          exchange: 36, flags: 8, messageID: id,
          [IKEBuilder.encryptedFragment(1, of: 9, firstInside: 33, [1, 2, 3, 4])]))
    }
    #expect(wire.tracker.fragments.groups.count <= TrackerLimits().fragmentGroups)
    #expect(wire.finish().first?.state == .established)
    #expect(wire.tracker.evictions.fragmentGroups > 19_000)
  }

  @Test("what is forgotten is gone: nothing keeps itself alive")
  func noCycles() throws {
    var wire: Wire? = Wire()
    Messages.negotiateV1(try #require(wire))
    try #require(wire).esp(spi: 0x1234, sequence: 1)
    _ = wire?.finish()
    _ = wire?.tracker.linkByAddresses()
    weak let tunnel = wire?.tracker.tunnels.first
    weak let exchange = tunnel?.exchanges.last
    weak let child = tunnel?.children.first
    weak let flow = child?.flowToResponder
    try #require(tunnel != nil && exchange != nil && child != nil && flow != nil)
    wire = nil
    #expect(tunnel == nil)
    #expect(exchange == nil)
    #expect(child == nil)
    #expect(flow == nil)
  }

  @Test("one tunnel that never stops talking is counted on, and kept bounded")
  func endless() throws {
    let wire = Wire()
    Messages.negotiateV2(wire)
    for id in 2..<6000 as Range<UInt32> {
      wire.ike(Messages.encrypted(exchange: 37, flags: 8, id: id, count: 52))
      wire.ike(
        Messages.encrypted(exchange: 37, flags: 0x20, id: id, count: 52), from: Wire.bob,
        to: Wire.alice)
    }
    let sa = try #require(wire.finish().first)
    #expect(sa.messageCount == 4 + 2 * 5998)
    #expect(sa.exchanges.count <= 512)
    #expect(sa.exchanges.prefix(2).map(\.type) == [.ikeSAInit, .ikeAuth])
  }
}
