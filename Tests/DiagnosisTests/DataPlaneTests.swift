import Bytes
import Diagnosis
import Registries
import Testing
import Timeline

@testable import ISAKMP
@testable import Tracking

@Suite("Causes in the data plane")
struct DataPlaneTests {
  private func up() -> TunnelBuilder {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.say(.main, 2, .responder)
    tunnel.establish()
    return tunnel
  }

  @Test("ESP one way only, and both ways")
  func oneWay() throws {
    let tunnel = up()
    tunnel.child(packets: (6, 0))
    let found = try #require(finding("esp_one_way", tunnel.input()))
    #expect(found.side == "responder")
    let sound = up()
    sound.child(packets: (6, 6))
    #expect(loud(sound.input()).isEmpty)
  }

  @Test("packet for packet until one end falls silent; a one-way stream at the end is none")
  func fallsSilent() {
    let tunnel = up()
    let child = tunnel.child(packets: (6, 6))
    guard let flow = child.flowToResponder else { return }
    for number in 7..<13 { tunnel.packet(flow, UInt32(number)) }
    #expect(loud(tunnel.input()) == ["esp_one_way"])

    let stream = up()
    let other = stream.child(packets: (40, 3))
    guard let sending = other.flowToResponder else { return }
    for number in 41..<60 { stream.packet(sending, UInt32(number)) }
    #expect(loud(stream.input()).isEmpty)
  }

  @Test("an SPI that none of the readable negotiations agreed on")
  func unknownSPI() {
    let tunnel = up()
    tunnel.child(packets: (4, 4))
    let stray = tunnel.flow(.responder, nil, spi: 0xdead_beef)
    tunnel.packet(stray, 1)
    tunnel.packet(stray, 2)
    tunnel.add(stray)
    #expect(loud(tunnel.input()).isEmpty, "what was negotiated was not read")
    tunnel.ike.isOpened = true
    #expect(loud(tunnel.input()) == ["esp_unknown_spi"])
  }

  @Test("INVALID-SPI says that the peer has lost the SA")
  func lostSA() {
    let tunnel = up()
    tunnel.child(packets: (6, 0))
    tunnel.notify(11, from: .responder)
    #expect(loud(tunnel.input()) == ["peer_lost_sa"])
  }

  @Test("the old SPI after the delete; the last packets in flight are none")
  func stale() {
    let tunnel = up()
    let child = tunnel.child(packets: (4, 4))
    child.deletedAt = tunnel.next()
    child.state = .deleted
    guard let flow = child.flowToResponder else { return }
    tunnel.packet(flow, 5)
    #expect(loud(tunnel.input()).isEmpty)
    tunnel.packet(flow, 6, after: 8)
    #expect(loud(tunnel.input()) == ["stale_spi_used"])
  }

  private func repeated(
    same: Bool, after seconds: Double, destination: String = "198.51.100.2"
  ) -> TunnelBuilder {
    let tunnel = up()
    let child = tunnel.child(packets: (4, 4))
    guard let flow = child.flowToResponder else { return tunnel }
    tunnel.packet(flow, 5, mark: 42)
    tunnel.packet(flow, 5, mark: same ? 42 : 43, after: seconds)
    return tunnel
  }

  @Test("the same packet later is a replay, at once a doubled capture")
  func replay() {
    #expect(loud(repeated(same: true, after: 1).input()) == ["esp_replayed"])
    #expect(causes(repeated(same: true, after: 0.0001).input()) == ["capture_duplicate"])
  }

  @Test("the same number with other bytes has two senders")
  func reused() {
    #expect(loud(repeated(same: false, after: 1).input()) == ["esp_sequence_reused"])
  }

  @Test("a number far behind is outside the window; neighbours that change places are not")
  func outOfOrder() {
    let tunnel = up()
    let child = tunnel.child(packets: (1, 1))
    guard let flow = child.flowToResponder, let back = child.flowToInitiator else { return }
    for number in 2..<200 where number != 100 {
      tunnel.packet(flow, UInt32(number), after: 0.001)
      tunnel.packet(back, UInt32(number), after: 0.001)
    }
    tunnel.packet(flow, 201)
    tunnel.packet(flow, 200)
    #expect(loud(tunnel.input()).isEmpty)
    tunnel.packet(flow, 100)
    #expect(loud(tunnel.input()) == ["esp_out_of_order"])
  }

  @Test("numbers close to 2^32 without ESN")
  func exhausted() {
    let tunnel = up()
    let child = tunnel.child(packets: (1, 1))
    guard let flow = child.flowToResponder else { return }
    for number: UInt32 in [0x7000_0000, 0xe000_0000] { tunnel.packet(flow, number) }
    tunnel.packet(flow, 0xffff_fff0)
    #expect(loud(tunnel.input()) == ["esp_sequence_exhausted"])
    var esn = TunnelBuilder.esp()
    esn.algorithms.append(SuiteAlgorithm(role: .esn, name: "esn", id: 1))
    child.chosen = esn
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("damage on some packets, keys that fit none, and values made otherwise")
  func integrity() {
    let tunnel = up()
    let child = tunnel.child(packets: (6, 6))
    guard let flow = child.flowToResponder else { return }
    let place = flow.last
    flow.counters.integrityBad = 2
    flow.counters.badSightings = [place]
    flow.counters.integrityGood = 4
    #expect(loud(tunnel.input()) == ["esp_integrity_failure"])
    flow.counters.integrityGood = 0
    #expect(loud(tunnel.input()) == ["key_material_wrong"])
    flow.counters.verifiedOtherwise = [(how: "esn", sighting: place)]
    #expect(loud(tunnel.input()) == ["esn_mismatch"])
    flow.counters.verifiedOtherwise = [(how: "truncation", sighting: place)]
    #expect(loud(tunnel.input()) == ["truncation_mismatch"])
  }

  @Test("an inner header outside the selectors")
  func outside() throws {
    let tunnel = up()
    let child = tunnel.child()
    guard let flow = child.flowToResponder else { return }
    flow.counters.outsideSelectors = [(inner: "tcp 10.9.9.9 to 10.2.0.1", sighting: flow.last)]
    let found = try #require(finding("inner_outside_selectors", tunnel.input()))
    #expect(found.explanation.contains("10.9.9.9") && found.explanation.contains("10.1.0.0/24"))
    #expect(found.childSA == "t1.c1")
  }

  @Test("a tunnel without traffic is idle after a while")
  func idle() {
    let tunnel = up()
    tunnel.child(packets: nil)
    #expect(causes(tunnel.input(until: 5)).isEmpty)
    #expect(causes(tunnel.input(until: 120)) == ["tunnel_idle"])
  }
}
