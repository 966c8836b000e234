import Bytes
import ISAKMP
import Registries

extension Tracker {
  mutating func advanceV1(_ exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) {
    switch exchange.type {
    case .main where seen.step == 6, .aggressive where seen.step == 3, .base where seen.step == 4:
      exchange.state = .complete
      established(sa, at: seen.sighting)
    case .main, .aggressive, .base:
      if exchange.state == .refused, seen.from == .responder, seen.step > 1 {
        exchange.state = .waiting
        if sa.state == .failed { sa.state = .negotiating }
      }
    case .quick: advanceQuickMode(exchange, seen, sa)
    case .informational: exchange.state = .oneWay
    default: if exchange.messages.count > 1 { exchange.state = .complete }
    }
  }

  private mutating func advanceQuickMode(_ exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) {
    // Nobody begins phase 2 before phase 1 is done.
    established(sa, at: seen.sighting)
    let child = exchange.children.first ?? newChild(of: exchange, seen, sa)
    child.last = seen.sighting
    readChildV1(child, exchange, sa)
    if seen.step == 2 { deriveChildV1(child, exchange, sa) }
    guard seen.step >= 3, exchange.state != .refused else { return }
    exchange.state = .complete
    established(child, at: seen.sighting)
  }

  mutating func newChild(of exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) -> ChildSA {
    let child = ChildSA(ordinal: sa.childrenBegun, ikeSA: sa, at: seen.sighting)
    sa.childrenBegun += 1
    child.exchange = exchange
    exchange.children.append(child)
    sa.children.append(child)
    forgetOldChild(of: sa)
    tell(.childChanged(child), at: seen.sighting)
    return child
  }

  private mutating func readChildV1(_ child: ChildSA, _ exchange: Exchange, _ sa: IKESA) {
    child.offered = exchange.offered
    child.answered = exchange.answered
    let suite = exchange.chosen ?? exchange.offered.first
    if let suite {
      child.protocolID = suite.protocolID
      child.isTunnelMode = suite.encapsulation.map(\.isTunnel)
      child.lifetimeSeconds = suite.lifetimeSeconds
      child.lifetimeKilobytes = suite.lifetimeKilobytes
      child.pfsGroup = exchange.keyExchange.isEmpty ? nil : suite.group
    }
    let proxies =
      exchange.answeredProxyIdentities.count == 2
      ? exchange.answeredProxyIdentities : exchange.proxyIdentities
    let byStarter = exchange.startedBy == .initiator
    if proxies.count == 2 {
      child.selectorsOfInitiator = proxies[byStarter ? 0 : 1].selectorRange.map { [$0] } ?? []
      child.selectorsOfResponder = proxies[byStarter ? 1 : 0].selectorRange.map { [$0] } ?? []
    } else if suite != nil {
      // Without identities the two hosts themselves are meant (RFC 2409 §5.5).
      child.selectorsOfInitiator = [
        SelectorRange(addresses: sa.initiator.address...sa.initiator.address)
      ]
      child.selectorsOfResponder = [
        SelectorRange(addresses: sa.responder.address...sa.responder.address)
      ]
    }
    let starterSPI = exchange.offered.first { $0.protocolID == child.protocolID }?.childSPI
    let answererSPI = exchange.chosen?.childSPI
    child.spiToInitiator = byStarter ? starterSPI : answererSPI
    child.spiToResponder = byStarter ? answererSPI : starterSPI
    if starterSPI != nil, answererSPI != nil {
      child.link = .exchange
      spisKnown(of: child)
    }
    noteRekey(child, sa)
  }

  /// IKEv1 has no word for a rekey: a new child for the same selectors is one.
  private mutating func noteRekey(_ child: ChildSA, _ sa: IKESA) {
    guard child.rekeys == nil, !child.selectorsOfInitiator.isEmpty else { return }
    for sa in peers.recent(sa.initiator.address, sa.responder.address).reversed() {
      let older = sa.children.last {
        $0 !== child && $0.state == .established
          && ($0.selectorsOfInitiator == child.selectorsOfInitiator
            && $0.selectorsOfResponder == child.selectorsOfResponder
            || $0.selectorsOfInitiator == child.selectorsOfResponder
              && $0.selectorsOfResponder == child.selectorsOfInitiator)
      }
      guard let older else { continue }
      child.rekeys = older
      return
    }
  }
}

extension Identification {
  /// A proxy identity as a selector; nil where it has no addresses.
  package var selectorRange: SelectorRange? {
    range.map {
      SelectorRange(
        addresses: $0, ipProtocol: ipProtocol, ports: port == 0 ? 0...65535 : port...port)
    }
  }
}
