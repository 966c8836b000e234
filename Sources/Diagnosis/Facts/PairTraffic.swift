import Bytes
import Tracking

/// ESP and AH between two addresses, both ways.
struct PairTraffic {
  /// Packets from the lower address to the higher, and back.
  private(set) var there = 0
  private(set) var back = 0
  private(set) var flows: [SecurityFlow] = []

  mutating func add(_ flow: SecurityFlow) {
    if flow.source < flow.key.destination {
      there += flow.packets
    } else {
      back += flow.packets
    }
    flows.append(flow)
  }

  /// Traffic by pairs of addresses.
  static func byPair(_ flows: [SecurityFlow]) -> [AddressPair: PairTraffic] {
    var pairs: [AddressPair: PairTraffic] = [:]
    for flow in flows where !flow.key.destination.isMulticast {
      pairs[AddressPair(flow.source, flow.key.destination), default: PairTraffic()].add(flow)
    }
    return pairs
  }
}
