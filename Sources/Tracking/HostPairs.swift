import Bytes

/// Two hosts that exchange ESP or AH without any IKE in the capture.
package struct HostPair {
  /// Their flows, in the order of first packets.
  package internal(set) var flows: [SecurityFlow]
}

/// All such pairs. Random SPIs between random hosts make as many as there are flows, so that a pair takes
/// no more than a few bytes until it is known to be one of those that are shown.
struct HostPairs {
  private var flows: [SecurityFlow] = []
  /// The number of each flow's pair.
  private var numbers: [Int32] = []
  /// The first flow of each pair, and the packets of all of its flows.
  private var leaders: [Int32] = []
  private var packets: [Int] = []
  /// The first pair with a hash, and of a pair the next one with the same.
  private var byHash: [Int: Int32] = [:]
  private var alike: [Int32: Int32] = [:]

  private struct Key: Hashable {
    private let low: IPAddress
    private let high: IPAddress

    init(_ flow: SecurityFlow) {
      let (one, other) = (flow.source, flow.key.destination)
      (low, high) = one < other ? (one, other) : (other, one)
    }
  }

  /// - Parameter flows: As many as come at most: growing takes room for the old and the new at once.
  init(of flows: Int) { byHash.reserveCapacity(flows) }

  /// How many pairs there are.
  var count: Int { leaders.count }

  /// Takes a flow; flows come in the order of their first packets.
  mutating func add(_ flow: SecurityFlow) {
    flows.append(flow)
    let number = number(of: Key(flow))
    packets[Int(number)] += flow.packets
    numbers.append(number)
  }

  /// The number of the pair of the flow that was added last.
  private mutating func number(of key: Key) -> Int32 {
    let hash = key.hashValue
    guard var number = byHash[hash] else {
      let new = newNumber()
      byHash[hash] = new
      return new
    }
    while Key(flows[Int(leaders[Int(number)])]) != key {
      guard let next = alike[number] else {
        let new = newNumber()
        alike[number] = new
        return new
      }
      number = next
    }
    return number
  }

  private mutating func newNumber() -> Int32 {
    leaders.append(Int32(truncatingIfNeeded: flows.count - 1))
    packets.append(0)
    return Int32(truncatingIfNeeded: leaders.count - 1)
  }

  /// As many pairs as are shown, in the order of their first flows: the busiest, since random SPIs must
  /// not bury a real flow.
  func busiest(_ limit: Int) -> [HostPair] {
    var shown = Array(leaders.indices)
    if count > limit {
      shown.sort { (packets[$1], $0) < (packets[$0], $1) }
      shown = shown.prefix(limit).sorted()
    }
    var places = [Int32](repeating: -1, count: count)
    for (place, number) in shown.enumerated() { places[number] = Int32(truncatingIfNeeded: place) }
    var pairs = Array(repeating: HostPair(flows: []), count: shown.count)
    for (flow, number) in zip(flows, numbers) where places[Int(number)] >= 0 {
      pairs[Int(places[Int(number)])].flows.append(flow)
    }
    return pairs
  }
}
