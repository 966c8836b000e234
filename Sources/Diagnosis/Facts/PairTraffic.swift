import Bytes
import Tracking

/// ESP and AH between two addresses, both ways.
struct PairTraffic {
  /// Packets from one end to the other, and back: by pairs of addresses from the lower one, of a
  /// tunnel from its initiator.
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

  /// The two together, this one with its ends changed where it is `turned`.
  func adding(_ other: PairTraffic?, turned: Bool) -> PairTraffic {
    var sum = self
    if turned { (sum.there, sum.back) = (back, there) }
    guard let other else { return sum }
    sum.there += other.there
    sum.back += other.back
    sum.flows += other.flows
    return sum
  }
}
