import Bytes
import Testing

@testable import Tracking

@Suite("Pairs of hosts without IKE")
struct HostPairsTests {
  private func flow(_ ordinal: Int, from: UInt32, to: UInt32, packets: Int) -> SecurityFlow {
    let sighting = Sighting(
      capture: 0, frame: ordinal + 1, time: Timestamp(nanoseconds: Int64(ordinal)))
    let key = SecurityFlowKey(
      destination: IPAddress(ipv4: to), spi: UInt32(ordinal), ipProtocol: 50)
    let flow = SecurityFlow(
      ordinal: ordinal, key: key, source: IPAddress(ipv4: from), ports: (0, 0),
      encapsulation: .none, at: sighting)
    flow.counters.packets = packets
    return flow
  }

  @Test("hold the flows of both ways, and come in the order of their first flows")
  func bothWays() {
    let ends: [(UInt32, UInt32)] = [(9, 2), (1, 3), (2, 9), (3, 1)]
    let pairs = HostPairs(
      ends.enumerated().map { flow($0, from: $1.0, to: $1.1, packets: 1) })
    #expect(pairs.count == 2)
    #expect(pairs.busiest(10).map { $0.flows.map(\.ordinal) } == [[0, 2], [1, 3]])
  }

  @Test("are shown by how many packets they carry when there are too many")
  func busiest() {
    let pairs = HostPairs(
      (0..<3000).map { ordinal in
        let isReal = ordinal % 1000 == 500
        return flow(
          ordinal, from: UInt32(ordinal), to: 0xffff_0000, packets: isReal ? 20 + ordinal : 1)
      })
    #expect(pairs.count == 3000)
    #expect(pairs.busiest(4).map { $0.flows.map(\.ordinal) } == [[0], [500], [1500], [2500]])
  }

  @Test("are all told apart where there are many")
  func many() {
    let pairs = HostPairs(
      (0..<50_000).map {
        flow($0, from: UInt32($0 % 25_000), to: 0xffff_0000, packets: 1)
      })
    #expect(pairs.count == 25_000)
    let all = pairs.busiest(.max)
    #expect(all.count == 25_000 && all.allSatisfy { $0.flows.count == 2 })
  }
}
