import Bytes
import Tracking

/// Traffic by pairs of addresses, each gathered when somebody asks for it: of very many flows most are
/// between addresses that nobody asks for, and what is kept of those is a few bytes.
struct TrafficByPair {
  private let flows: [SecurityFlow]
  /// Half a hash of each flow's pair (upper half) and the flow's index, in order.
  private let order: [UInt64]
  private var gathered: [AddressPair: PairTraffic] = [:]

  init(_ flows: [SecurityFlow]) {
    self.flows = flows
    var order: [UInt64] = []
    order.reserveCapacity(flows.count)
    for (index, flow) in flows.enumerated() {
      if let pair = Self.pair(flow) { order.append(Self.start(of: pair) | UInt64(index)) }
    }
    order.sort()
    self.order = order
  }

  /// The traffic of a pair, its flows in the order of their first packets; nil where there is none.
  subscript(pair: AddressPair) -> PairTraffic? {
    mutating get {
      if let known = gathered[pair] { return known }
      var traffic = PairTraffic()
      let start = Self.start(of: pair)
      var place = order.partition(before: start)
      while place < order.count, order[place] >> 32 == start >> 32 {
        let flow = flows[Int(order[place] & 0xffff_ffff)]
        if Self.pair(flow) == pair { traffic.add(flow) }
        place += 1
      }
      guard !traffic.flows.isEmpty else { return nil }
      gathered[pair] = traffic
      return traffic
    }
  }

  private static func start(of pair: AddressPair) -> UInt64 {
    UInt64(truncatingIfNeeded: pair.hashValue) << 32
  }

  /// Nil for a flow to a group.
  private static func pair(_ flow: SecurityFlow) -> AddressPair? {
    flow.key.destination.isMulticast ? nil : AddressPair(flow.source, flow.key.destination)
  }
}

extension [UInt64] {
  /// In an array in order, where the first element is that is not below a value.
  fileprivate func partition(before value: UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
