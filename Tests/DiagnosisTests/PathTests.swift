import Bytes
import Diagnosis
import Registries
import Testing
import Timeline

@testable import Tracking

@Suite("Causes on the path")
struct PathTests {
  private func afterMM4(
    bytes: Int = 112, pieces: Int = 0, ports: UInt16 = 4500, fragmentTypes: [UInt8] = []
  ) -> TunnelBuilder {
    let tunnel = TunnelBuilder()
    for step in 1...4 { tunnel.say(.main, step, step % 2 == 1 ? .initiator : .responder) }
    tunnel.say(
      .main, 5, .initiator, bytes: bytes, .closed, copies: 3, ports: ports, pieces: pieces)
    let exchange = tunnel.exchange(.main)
    for index in exchange.messages.indices where exchange.messages[index].step == 5 {
      exchange.messages[index].payloadTypes = fragmentTypes
    }
    return tunnel
  }

  @Test("small messages on 4500 repeated without an answer")
  func filtered() throws {
    let found = try #require(finding("udp4500_filtered", afterMM4().input()))
    #expect(found.ruledOut.contains { $0.cause == "ip_fragments_lost" })
    #expect(found.side == "path")
  }

  @Test("a message in IP fragments repeated without an answer")
  func ipFragments() {
    #expect(loud(afterMM4(bytes: 1700, pieces: 2).input()) == ["ip_fragments_lost"])
  }

  @Test("a first fragment whose rest never came is no longer a guess of ports")
  func incomplete() throws {
    let tunnel = afterMM4()
    var input = tunnel.input()
    let place = tunnel.next()
    input.incompleteDatagrams = [
      IncompleteDatagramFacts(
        source: tunnel.ike.initiator.address, destination: tunnel.ike.responder.address,
        ipProtocol: 17, first: place, fragments: [place], hasFirstFragment: true)
    ]
    #expect(loud(input) == ["ip_fragments_lost"])
  }

  @Test("IKE's own fragments: numbers that never came, or all of them repeated")
  func ikeFragments() {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    let place = tunnel.next()
    tunnel.ike.incompleteFragments = [
      IncompleteMessage(
        first: place, last: place, from: .initiator, exchangeType: .ikeAuth, messageID: 1,
        numbers: [1, 3], total: 3, completedLater: false)
    ]
    #expect(loud(tunnel.input()) == ["ike_fragment_lost"])
    tunnel.ike.incompleteFragments[0].completedLater = true
    #expect(loud(tunnel.input()).isEmpty)

    let whole = afterMM4(bytes: 1700, pieces: 3, fragmentTypes: [132])
    #expect(loud(whole.input()) == ["udp4500_filtered"])
    let heard = afterMM4(bytes: 1700, pieces: 3, ports: 500, fragmentTypes: [132])
    #expect(loud(heard.input()) == ["ike_fragment_lost"])
  }

  private func up(_ version: IKEVersion = .v1) -> TunnelBuilder {
    let tunnel = TunnelBuilder(version)
    tunnel.say(version == .v1 ? .main : .ikeSAInit, 1, .initiator)
    tunnel.say(version == .v1 ? .main : .ikeSAInit, 2, .responder)
    tunnel.establish()
    return tunnel
  }

  @Test("NAT on the path and bare ESP; encapsulated ESP is as it should be")
  func natWithoutTraversal() {
    let bare = up()
    bare.ike.nat.natted = [.initiator]
    bare.child()
    #expect(loud(bare.input()) == ["nat_t_not_negotiated"])
    let sound = up()
    sound.ike.nat.natted = [.initiator]
    sound.child(encapsulation: .udp)
    #expect(loud(sound.input()).isEmpty)
  }

  @Test("another port inside the SA is a rebinding; the float to 4500 is not")
  func rebinding() {
    let tunnel = up()
    tunnel.ike.nat.natted = [.initiator]
    tunnel.say(.informational, 1, .initiator, id: 1, .closed, ports: 4500)
    #expect(loud(tunnel.input()).isEmpty)
    tunnel.say(.informational, 1, .initiator, id: 2, .closed, ports: 4500)
    let last = tunnel.exchange(.informational, 2)
    last.messages[0].source.port = 61234
    #expect(loud(tunnel.input()) == ["nat_rebinding"])
  }

  @Test("MOBIKE is a note")
  func mobike() {
    let tunnel = up(.v2)
    tunnel.notify(16400, from: .initiator, isProtected: true)
    #expect(causes(tunnel.input()) == ["mobike_update"])
  }

  @Test("silence behind NAT with traffic towards it, and keepalives instead")
  func keepalives() {
    let tunnel = up()
    tunnel.ike.nat.natted = [.initiator]
    let child = tunnel.child(packets: (4, 4), encapsulation: .udp)
    guard let toInitiator = child.flowToInitiator else { return }
    for number in 5..<17 { tunnel.packet(toInitiator, UInt32(number), after: 5) }
    #expect(loud(tunnel.input()).contains("nat_keepalive_missing"))
    let place = tunnel.next()
    tunnel.ike.keepalives = (count: 3, first: place, last: place)
    #expect(!loud(tunnel.input()).contains("nat_keepalive_missing"))
  }

  @Test("too big for the next link, and large packets go on")
  func blackHole() {
    let tunnel = up()
    let child = tunnel.child()
    func tooBig() -> SeenICMPError {
      SeenICMPError(
        sighting: tunnel.next(after: 2), reporter: IPAddress(ipv4: 9), type: 3, code: 4,
        isICMPv6: false, mtu: 1400, quotedFrom: .initiator, quotedProtocol: 50,
        quotedDestinationPort: 0)
    }
    tunnel.ike.icmpErrors = [tooBig()]
    #expect(loud(tunnel.input()).isEmpty)
    guard let flow = child.flowToResponder else { return }
    tunnel.packet(flow, 5, length: 1480)
    #expect(loud(tunnel.input()).isEmpty, "told once, a sender may heed it")
    tunnel.ike.icmpErrors.append(tooBig())
    tunnel.packet(flow, 6, length: 1480)
    #expect(loud(tunnel.input()) == ["pmtu_black_hole"])
  }

  @Test("ESP in fragments; a few among many are a note")
  func fragmentedESP() {
    let tunnel = up()
    let child = tunnel.child()
    guard let flow = child.flowToResponder else { return }
    tunnel.packet(flow, 5, fragmented: true)
    #expect(loud(tunnel.input()) == ["esp_fragmented"])
    for number in 6..<120 { tunnel.packet(flow, UInt32(number), after: 0.001) }
    guard let back = child.flowToInitiator else { return }
    for number in 5..<120 { tunnel.packet(back, UInt32(number), after: 0.001) }
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("IKE on 4500 without its marker, and with it")
  func marker() {
    let tunnel = up()
    tunnel.say(.informational, 1, .initiator, id: 1, .closed, ports: 4500)
    #expect(loud(tunnel.input()).isEmpty)
    tunnel.exchange(.informational, 1).messages[0].transport = .udp
    #expect(loud(tunnel.input()) == ["non_esp_marker_missing"])
  }

  @Test("ESP with SPI 0 that nobody can place")
  func zeroSPI() {
    let tunnel = up()
    var input = tunnel.input()
    input.strayZeroSPIs = [
      StrayZeroSPIFacts(
        source: tunnel.ike.initiator, destination: tunnel.ike.responder,
        sighting: tunnel.next())
    ]
    #expect(loud(input) == ["non_esp_marker_missing"])
  }
}
