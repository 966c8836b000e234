import Bytes
import ISAKMP

/// One direction of a child SA, by the SPI its receiver chose.
struct ChildDirection {
  weak var child: ChildSA?
  var receiver: Role
}

extension Tracker {
  /// A child's SPIs were read: flows that carry them belong to it, those to come as well.
  mutating func spisKnown(of child: ChildSA) {
    for (spi, receiver) in [
      (child.spiToInitiator, Role.initiator), (child.spiToResponder, Role.responder),
    ] {
      guard let spi, let sa = child.ikeSA else { continue }
      var directions = childDirections[spi] ?? []
      if !directions.contains(where: { $0.child === child && $0.receiver == receiver }) {
        directions.removeAll { $0.child == nil }
        guard directions.count < 16 else { continue }
        directions.append(ChildDirection(child: child, receiver: receiver))
        childDirections[spi] = directions
      }
      for ipProtocol in [UInt8(50), 51] {
        let key = SecurityFlowKey(
          destination: sa.endpoint(receiver).address, spi: spi, ipProtocol: ipProtocol)
        if let flow = securityFlowTable.find(key), flow.child == nil {
          attach(flow, to: child, receiver: receiver)
        }
      }
    }
    if childDirections.count > childDirectionsTidiedAt {
      childDirections = childDirections.filter { $0.value.contains { $0.child != nil } }
      childDirectionsTidiedAt = max(8192, 2 * childDirections.count)
    }
  }

  /// A flow begins: the child that negotiated its SPI, if one did.
  mutating func link(_ flow: SecurityFlow) {
    guard let directions = childDirections[flow.key.spi] else { return }
    for direction in directions.reversed() {
      guard let child = direction.child, let sa = child.ikeSA else { continue }
      let receiver = sa.endpoint(direction.receiver).address
      let sender = sa.endpoint(direction.receiver.peer).address
      if flow.key.destination == receiver || flow.source == sender {
        attach(flow, to: child, receiver: direction.receiver)
        return
      }
    }
  }

  private mutating func attach(_ flow: SecurityFlow, to child: ChildSA, receiver: Role) {
    flow.child = child
    if receiver == .initiator {
      child.flowToInitiator = child.flowToInitiator ?? flow
    } else {
      child.flowToResponder = child.flowToResponder ?? flow
    }
  }

  /// At the end: flows whose SPI no opened exchange has named go to a tunnel between the same two
  /// hosts, marked as a guess by addresses; those between hosts without IKE come back as pairs.
  package mutating func linkByAddresses() -> [HostPair] {
    var ofTunnels: [Int: [SecurityFlow]] = [:]
    var others: [SecurityFlow] = []
    for flow in securityFlows where flow.child == nil {
      if flow.isOfForgottenChild {
        flowsLeftOut += 1
        continue
      }
      if let sa = likelyTunnel(of: flow) {
        ofTunnels[sa.ordinal, default: []].append(flow)
      } else {
        others.append(flow)
      }
    }
    for (ordinal, flows) in ofTunnels {
      if let sa = ikeSAs.withOrdinal(ordinal) { linkByAddresses(flows, to: sa) }
    }
    let pairs = HostPairs(others)
    pairsLeftOut = max(0, pairs.count - limits.pairs)
    return pairs.busiest(limits.pairs)
  }

  /// The flows of a tunnel that nothing but addresses links to it; of very many, as after a day of
  /// rekeys, the first and the last.
  private mutating func linkByAddresses(_ flows: [SecurityFlow], to sa: IKESA) {
    let room = 2 * max(1, limits.childrenPerTunnel - sa.children.count)
    let begin = room / 4
    for (position, flow) in flows.enumerated() {
      guard flows.count <= room || position < begin || position >= flows.count - (room - begin)
      else {
        flowsLeftOut += 1
        continue
      }
      let receiver: Role =
        flow.key.destination == sa.responder.address
          || flow.key.destination == sa.firstResponder.address ? .responder : .initiator
      let child = likelyChild(of: flow, receiver, sa)
      attach(flow, to: child, receiver: receiver)
      child.last = max(child.last, flow.last)
    }
  }

  /// Makes room among the children of an IKE SA: the first and the last stay.
  mutating func forgetOldChild(of sa: IKESA) {
    guard sa.children.count > limits.childrenPerTunnel else { return }
    let child = sa.children.remove(at: limits.childrenPerTunnel / 4)
    letGoOfKeys(of: child, sa)
    for flow in child.flows { flow.isOfForgottenChild = true }
    if let exchange = child.exchange { exchange.children.removeAll { $0 === child } }
    childrenNotKept += 1
  }

  /// The tunnel that was up last when a flow began; failing that, the last that began before it,
  /// or the first between the two hosts.
  private mutating func likelyTunnel(of flow: SecurityFlow) -> IKESA? {
    let candidates = peers.all(flow.source, flow.key.destination)
    let before = candidates.filter { $0.first.time <= flow.first.time }
    let up = before.filter {
      $0.state == .established || $0.state == .deleted && $0.establishedAt != nil
    }
    return up.last ?? before.last { $0.state != .failed }
      ?? candidates.first { $0.state == .established } ?? candidates.first { $0.mode == .none }
  }

  private mutating func likelyChild(of flow: SecurityFlow, _ receiver: Role, _ sa: IKESA) -> ChildSA
  {
    func isFree(_ child: ChildSA) -> Bool {
      guard child.state != .refused else { return false }
      return receiver == .initiator
        ? child.flowToInitiator == nil && child.spiToInitiator == nil
        : child.flowToResponder == nil && child.spiToResponder == nil
    }
    let free = sa.children.filter(isFree)
    if let child = free.last(where: { $0.first.time <= flow.first.time }) ?? free.first {
      return child
    }
    let child = ChildSA(ordinal: sa.childrenBegun, ikeSA: sa, at: flow.first)
    sa.childrenBegun += 1
    child.state = .established
    sa.children.append(child)
    return child
  }
}

extension Sighting: Comparable {
  /// By time, then by capture and frame.
  @usableFromInline
  package static func < (left: Sighting, right: Sighting) -> Bool {
    (left.time, left.place) < (right.time, right.place)
  }
}
