import Bytes
import Testing

@testable import Diagnosis
@testable import Tracking

@Suite("Traffic between two addresses")
struct TrafficByPairTests {
  private func flow(_ ordinal: Int, from: UInt32, to: UInt32, packets: UInt32) -> SecurityFlow {
    let sighting = Sighting(
      capture: 0, frame: ordinal + 1, time: Timestamp(nanoseconds: Int64(ordinal)))
    let source = IPAddress(ipv4: from)
    let flow = SecurityFlow(
      ordinal: ordinal,
      key: SecurityFlowKey(destination: IPAddress(ipv4: to), spi: 1, ipProtocol: 50),
      source: source, ports: (0, 0), encapsulation: .none, at: sighting)
    for number in 0..<packets {
      _ = flow.counters.packetArrived(
        SecurityFlow.Packet(
          sequence: number + 1, length: 100, source: source, ports: (0, 0), mark: number,
          isFragmented: false, sighting: sighting), replayWindow: 64)
    }
    return flow
  }

  @Test("is found from either end, counted by direction, its flows in order, groups left out")
  func directions() {
    let flows = [
      flow(0, from: 5, to: 3, packets: 4), flow(1, from: 7, to: 3, packets: 1),
      flow(2, from: 3, to: 5, packets: 2), flow(3, from: 5, to: 3, packets: 1),
      flow(4, from: 5, to: 0xe000_0001, packets: 9),
    ]
    var traffic = TrafficByPair(flows)
    for (one, other) in [(3, 5), (5, 3), (3, 5)] as [(UInt32, UInt32)] {
      let found = traffic[AddressPair(IPAddress(ipv4: one), IPAddress(ipv4: other))]
      #expect(found?.there == 2 && found?.back == 5)
      #expect(found?.flows.map(\.ordinal) == [0, 2, 3])
    }
    #expect(traffic[AddressPair(IPAddress(ipv4: 5), IPAddress(ipv4: 7))] == nil)
    #expect(traffic[AddressPair(IPAddress(ipv4: 5), IPAddress(ipv4: 0xe000_0001))] == nil)
  }

  @Test("of any of very many pairs is its own")
  func many() {
    let flows = (0..<20_000).map { flow($0, from: UInt32($0 / 2 + 10), to: 1, packets: 1) }
    var traffic = TrafficByPair(flows)
    for pair in stride(from: 0, to: 10_000, by: 7) {
      let found = traffic[AddressPair(IPAddress(ipv4: 1), IPAddress(ipv4: UInt32(pair + 10)))]
      #expect(found?.flows.map(\.ordinal) == [2 * pair, 2 * pair + 1])
    }
  }
}
