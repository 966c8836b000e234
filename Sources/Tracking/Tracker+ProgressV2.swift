import Bytes
import ISAKMP
import Registries

extension Tracker {
  mutating func advanceV2(
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
    // With EAP the responder proves itself first; the SA stands with the last round's AUTH (RFC 7296
    // §2.16).
    if seen.innerTypes.contains(PayloadType.eapV2.rawValue) { return }
    established(sa, at: seen.sighting)
    if exchange.chosen != nil, let child = sa.children.first {
      askedInFirstRound(child, exchange)
      child.exchange = exchange
      readChildV2(exchange, seen, sa)
      deriveChildV2(child, exchange, sa)
      established(child, at: seen.sighting)
    } else if !errors.isEmpty {
      exchange.state = .refused
      refuseChildren(sa, at: seen.sighting)
    }
  }

  /// EAP puts rounds between the request that asks for the first child and the answer to it.
  private mutating func askedInFirstRound(_ child: ChildSA, _ exchange: Exchange) {
    guard exchange.offered.isEmpty, let first = child.exchange, first !== exchange else { return }
    exchange.offered = first.offered
    exchange.selectorsAsked = first.selectorsAsked
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
    child.answered = exchange.answered
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
    child.rekeys = sa.childrenWithInherited.first {
      $0 !== child && $0.spi(to: noted.from, in: sa) == spi
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

extension ChildSA {
  /// The SPI that an end of `sa` receives on. Who began that IKE SA need not have begun the one that
  /// the child came from.
  func spi(to role: Role, in sa: IKESA) -> UInt32? {
    var role = role
    if let own = ikeSA, own !== sa, own.initiator.address != sa.initiator.address,
      own.initiator.address == sa.responder.address
    {
      role = role.peer
    }
    return role == .initiator ? spiToInitiator : spiToResponder
  }
}

extension IKESA {
  /// Its children and, behind them, those of the IKE SAs that it replaced (RFC 7296 §2.8), as far
  /// back as anybody may ask.
  var childrenWithInherited: [ChildSA] {
    var all = children
    var ancestor = rekeys
    var generations = 0
    while let sa = ancestor, generations < 16 {
      all += sa.children
      ancestor = sa.rekeys
      generations += 1
    }
    return all
  }

  /// IKE_AUTH with EAP asks for the first child in its first round and gets it in its last.
  func negotiatingFirstChild(_ exchange: Exchange) -> ChildSA? {
    guard exchange.type == .ikeAuth else { return nil }
    return children.first { $0.state == .negotiating && $0.exchange?.type == .ikeAuth }
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
