import Bytes

/// Two hosts that exchange ESP or AH without any IKE in the capture.
package struct HostPair {
  /// Their flows, in the order of first packets.
  package internal(set) var flows: [SecurityFlow]
}

/// All such pairs. Random SPIs between random hosts make as many as there are flows, so that a pair takes
/// no more than a few bytes until it is known to be one of those that are shown.
struct HostPairs {
  private let flows: [SecurityFlow]
  /// Of each flow, the first flow of its pair.
  private var leaders: [Int32]
  private var pairs: [Pair] = []

  private struct Pair {
    /// Its first flow.
    var leader: Int32
    /// Packets of all of its flows.
    var packets: Int
  }

  private struct Key: Hashable {
    private let low: IPAddress
    private let high: IPAddress

    init(_ flow: SecurityFlow) {
      let (one, other) = (flow.source, flow.key.destination)
      (low, high) = one < other ? (one, other) : (other, one)
    }
  }

  /// - Parameter flows: In the order of their first packets.
  init(_ flows: [SecurityFlow]) {
    self.flows = flows
    leaders = Array(repeating: -1, count: flows.count)
    // Half a hash of each flow's pair (upper half) and the flow's index: flows of a pair stand side by
    // side then, in their order, rarely with those of another pair among them.
    var order = flows.indices.map { index in
      UInt64(truncatingIfNeeded: Key(flows[index]).hashValue) << 32 | UInt64(index)
    }
    order.sort()
    var start = 0
    while start < order.count {
      let half = order[start] >> 32
      let end = order[start...].firstIndex { $0 >> 32 != half } ?? order.count
      gather(order[start..<end].map { Int($0 & 0xffff_ffff) })
      start = end
    }
  }

  /// Tells apart the pairs of some flows, hardly ever more than one.
  private mutating func gather(_ indices: [Int]) {
    let known = pairs.count
    for index in indices {
      let key = Key(flows[index])
      let pair = pairs.indices[known...].first { Key(flows[Int(pairs[$0].leader)]) == key }
      let number = pair ?? pairs.count
      if pair == nil { pairs.append(Pair(leader: Int32(truncatingIfNeeded: index), packets: 0)) }
      pairs[number].packets += flows[index].packets
      leaders[index] = pairs[number].leader
    }
  }

  /// How many pairs there are.
  var count: Int { pairs.count }

  /// As many pairs as are shown, in the order of their first flows: the busiest, since random SPIs must
  /// not bury a real flow.
  consuming func busiest(_ limit: Int) -> [HostPair] {
    var shown = pairs
    pairs = []
    if shown.count > limit {
      shown.sort { ($1.packets, $0.leader) < ($0.packets, $1.leader) }
      shown.removeLast(shown.count - limit)
    }
    shown.sort { $0.leader < $1.leader }
    var places = [Int32](repeating: -1, count: flows.count)
    for (place, pair) in shown.enumerated() {
      places[Int(pair.leader)] = Int32(truncatingIfNeeded: place)
    }
    var found = Array(repeating: HostPair(flows: []), count: shown.count)
    for (index, leader) in leaders.enumerated() {
      let place = Int(places[Int(leader)])
      if place >= 0 { found[place].flows.append(flows[index]) }
    }
    return found
  }
}
