import Bytes
import ISAKMP
import Registries

extension Tracker {
  /// Moves an exchange, its IKE SA and its children on after a message.
  mutating func advance(
    _ exchange: Exchange, after seen: SeenMessage, _ isOpened: Bool, _ sa: IKESA
  ) {
    switch exchange.version {
    case .v1: advanceV1(exchange, seen, sa)
    case .v2: advanceV2(exchange, seen, isOpened, sa)
    }
  }

  // MARK: - IKEv1

  private mutating func advanceV1(_ exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) {
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

  private mutating func newChild(of exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) -> ChildSA
  {
    let child = ChildSA(ordinal: sa.childrenBegun, ikeSA: sa, at: seen.sighting)
    sa.childrenBegun += 1
    child.exchange = exchange
    exchange.children.append(child)
    sa.children.append(child)
    if sa.children.count > 1024 { sa.children.remove(at: 64) }
    tell(.childChanged(child), at: seen.sighting)
    return child
  }

  private mutating func readChildV1(_ child: ChildSA, _ exchange: Exchange, _ sa: IKESA) {
    child.offered = exchange.offered
    child.chosen = exchange.chosen
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
    let older = peers.all(sa.initiator.address, sa.responder.address).flatMap(\.children).last {
      $0 !== child && $0.state == .established
        && ($0.selectorsOfInitiator == child.selectorsOfInitiator
          && $0.selectorsOfResponder == child.selectorsOfResponder
          || $0.selectorsOfInitiator == child.selectorsOfResponder
            && $0.selectorsOfResponder == child.selectorsOfInitiator)
    }
    child.rekeys = older
  }

  // MARK: - IKEv2

  private mutating func advanceV2(
    _ exchange: Exchange, _ seen: SeenMessage, _ isOpened: Bool, _ sa: IKESA
  ) {
    guard seen.isResponse else {
      if exchange.type == .createChildSA || exchange.type == .ikeAuth {
        readChildV2(exchange, seen, sa)
      }
      return
    }
    switch exchange.type {
    case .ikeSAInit: advanceInit(exchange, seen, sa)
    case .ikeAuth: advanceAuth(exchange, seen, isOpened, sa)
    case .createChildSA: advanceCreateChild(exchange, seen, isOpened, sa)
    case .informationalV2:
      exchange.state = .complete
      if sa.deletedAt != nil, sa.state == .established { sa.state = .deleted }
    default: exchange.state = .complete
    }
  }

  private mutating func advanceInit(_ exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) {
    if exchange.chosen != nil {
      exchange.state = .complete
      if sa.state == .failed { sa.state = .negotiating }
      rememberInit(exchange, sa)
      return
    }
    let errors = exchange.notifies.filter {
      $0.sighting == seen.sighting && $0.notify.isError
        && $0.notify.typeV2 != .invalidKEPayload
    }
    guard !errors.isEmpty else { return }
    exchange.state = .refused
    if sa.state == .negotiating { sa.state = .failed }
  }

  private mutating func advanceAuth(
    _ exchange: Exchange, _ seen: SeenMessage, _ isOpened: Bool, _ sa: IKESA
  ) {
    exchange.state = .complete
    guard isOpened else {
      guessAuth(exchange, seen, sa)
      return
    }
    let hasAuth = seen.innerTypes.contains(PayloadType.authV2.rawValue)
    let errors = exchange.notifies.filter { $0.sighting == seen.sighting && $0.notify.isError }
    if !hasAuth {
      guard !errors.isEmpty else { return }
      exchange.state = .refused
      if sa.state == .negotiating { sa.state = .failed }
      refuseChildren(sa, at: seen.sighting)
      return
    }
    established(sa, at: seen.sighting)
    if exchange.chosen != nil, let child = sa.children.first {
      child.exchange = exchange
      readChildV2(exchange, seen, sa)
      deriveChildV2(child, exchange, sa)
      established(child, at: seen.sighting)
    } else if !errors.isEmpty {
      exchange.state = .refused
      refuseChildren(sa, at: seen.sighting)
    }
  }

  /// Without keys the length of the answer tells success from refusal: proof, SA and selectors do
  /// not fit where one notify does.
  private mutating func guessAuth(_ exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) {
    guard MessageShape.innerBytes(of: seen, sa.chosen) >= MessageShape.smallestAuthAnswer else {
      return
    }
    established(sa, at: seen.sighting)
    let child = sa.children.first ?? newChild(of: exchange, seen, sa)
    established(child, at: seen.sighting)
  }

  private mutating func advanceCreateChild(
    _ exchange: Exchange, _ seen: SeenMessage, _ isOpened: Bool, _ sa: IKESA
  ) {
    established(sa, at: seen.sighting)
    exchange.state = .complete
    guard isOpened else { return }
    if exchange.chosen == nil {
      exchange.state = .refused
      for child in exchange.children where child.state == .negotiating {
        child.state = .refused
        tell(.childChanged(child), at: seen.sighting)
      }
      return
    }
    if exchange.chosen?.protocolID == .isakmp {
      ikeSARekeyed(exchange, sa)
      return
    }
    readChildV2(exchange, seen, sa)
    guard let child = exchange.children.first else { return }
    deriveChildV2(child, exchange, sa)
    established(child, at: seen.sighting)
    if let old = child.rekeys, old.state == .established {
      old.state = .rekeyed
      old.rekeyedBy = seen.sighting
      for flow in old.flows { ended(flow, at: seen.sighting) }
    }
  }

  private mutating func refuseChildren(_ sa: IKESA, at sighting: Sighting) {
    for child in sa.children where child.state == .negotiating {
      child.state = .refused
      tell(.childChanged(child), at: sighting)
    }
  }

  /// Reads what an exchange that was opened says of its child.
  private mutating func readChildV2(_ exchange: Exchange, _ seen: SeenMessage, _ sa: IKESA) {
    guard let offered = exchange.offered.first, offered.protocolID != .isakmp else { return }
    let child =
      exchange.children.first ?? sa.negotiatingFirstChild(exchange)
      ?? newChild(of: exchange, seen, sa)
    if exchange.children.isEmpty { exchange.children.append(child) }
    child.last = seen.sighting
    child.offered = exchange.offered
    child.chosen = exchange.chosen
    let suite = exchange.chosen ?? offered
    child.protocolID = suite.protocolID
    child.pfsGroup =
      exchange.keyExchange[.initiator]?.group ?? exchange.keyExchange[.responder]?.group
    if exchange.type == .ikeAuth { child.pfsGroup = nil }
    child.isTunnelMode = !exchange.notifies.contains {
      $0.notify.typeV2 == .useTransportMode
        && (exchange.chosen == nil || $0.from != exchange.startedBy)
    }
    let byStarter = exchange.startedBy == .initiator
    if let selectors = exchange.selectorsAnswered ?? exchange.selectorsAsked {
      let first = selectors.initiator.compactMap(\.selectorRange)
      let second = selectors.responder.compactMap(\.selectorRange)
      child.selectorsOfInitiator = byStarter ? first : second
      child.selectorsOfResponder = byStarter ? second : first
    }
    let starterSPI =
      exchange.offered.first { $0.proposalNumber == suite.proposalNumber }?.childSPI
      ?? offered.childSPI
    let answererSPI = exchange.chosen?.childSPI
    child.spiToInitiator = byStarter ? starterSPI : answererSPI
    child.spiToResponder = byStarter ? answererSPI : starterSPI
    if starterSPI != nil, answererSPI != nil {
      child.link = .exchange
      spisKnown(of: child)
    }
    noteRekeyV2(child, exchange, sa)
  }

  /// N(REKEY_SA) names the SPI that its sender receives on (RFC 7296 §1.3.3).
  private mutating func noteRekeyV2(_ child: ChildSA, _ exchange: Exchange, _ sa: IKESA) {
    guard child.rekeys == nil,
      let noted = exchange.notifies.first(where: { $0.notify.typeV2 == .rekeySA }),
      noted.notify.spi.count == 4
    else { return }
    let spi = noted.notify.spi.reduce(0) { $0 << 8 | UInt32($1) }
    child.rekeys = sa.children.first {
      $0 !== child && (noted.from == .initiator ? $0.spiToInitiator : $0.spiToResponder) == spi
    }
  }

  private mutating func ikeSARekeyed(_ exchange: Exchange, _ sa: IKESA) {
    guard let mine = exchange.offered.first?.ikeSPI, let theirs = exchange.chosen?.ikeSPI else {
      return
    }
    rekeyedTo[RekeyedSPIs(initiator: mine, responder: theirs)] = RekeyOrigin(
      sa: sa, exchange: exchange)
    if rekeyedTo.count > 4096 { rekeyedTo = rekeyedTo.filter { $0.value.sa != nil } }
  }

  // MARK: - States

  private mutating func established(_ sa: IKESA, at sighting: Sighting) {
    guard sa.state == .negotiating || sa.state == .failed else { return }
    sa.state = .established
    sa.establishedAt = sa.establishedAt ?? sighting
  }

  private mutating func established(_ child: ChildSA, at sighting: Sighting) {
    guard child.state == .negotiating || child.state == .refused else { return }
    child.state = .established
    child.last = sighting
    tell(.childChanged(child), at: sighting)
  }
}

/// The SPIs of an IKE SA that a CREATE_CHILD_SA exchange agreed on.
struct RekeyedSPIs: Hashable {
  var initiator: UInt64
  var responder: UInt64
}

/// Where a rekeyed IKE SA comes from.
struct RekeyOrigin {
  weak var sa: IKESA?
  var exchange: Exchange
}

extension IKESA {
  /// IKE_AUTH with EAP asks for the first child in its first round and gets it in its last.
  func negotiatingFirstChild(_ exchange: Exchange) -> ChildSA? {
    guard exchange.type == .ikeAuth else { return nil }
    return children.first { $0.state == .negotiating && $0.exchange?.type == .ikeAuth }
  }
}

extension Suite {
  /// The SPI of an ESP or AH proposal; nil where none of four bytes was sent.
  var childSPI: UInt32? {
    spi.count == 4 ? spi.reduce(0) { $0 << 8 | UInt32($1) } : nil
  }

  /// The SPI of an IKE proposal in CREATE_CHILD_SA; nil where none of eight bytes was sent.
  var ikeSPI: UInt64? {
    spi.count == 8 ? spi.reduce(0) { $0 << 8 | UInt64($1) } : nil
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

extension TrafficSelector {
  /// A traffic selector as a range; nil where it has no addresses.
  package var selectorRange: SelectorRange? {
    range.map {
      SelectorRange(
        addresses: $0, ipProtocol: ipProtocol,
        ports: startPort <= endPort ? startPort...endPort : 0...65535)
    }
  }
}
