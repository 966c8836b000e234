import Bytes
import CiscoConfig

/// Lets two configurations ask each other everything they would ask on the wire.
struct PairNegotiation {
  private let own: PolicyEngine
  private let peer: PolicyEngine

  init(_ own: PolicyEngine, _ peer: PolicyEngine) {
    self.own = own
    self.peer = peer
  }

  func report() -> PairReport {
    var report = PairReport()
    report.peerAddress = Self.address(of: peer, namedBy: own)
    report.ownAddress = Self.address(of: own, namedBy: peer)
    if report.peerAddress == nil {
      report.notes.append(
        "No entry of \(own.title) names an address of \(peer.title) as its peer.")
    }
    report.phase1 = phase1(report)
    report.key = key(report)
    report.children =
      children(
        from: own, to: peer, .own, report.ownAddress, report.peerAddress, report.versions(.own))
      + children(
        from: peer, to: own, .peer, report.peerAddress, report.ownAddress, report.versions(.peer))
    noteInitiators(&report)
    return report
  }

  /// The address of one end that the other's entries name; else the one its map is bound to.
  private static func address(of end: PolicyEngine, namedBy other: PolicyEngine) -> IPAddress? {
    let named = other.boundMaps.flatMap(\.entries).flatMap(\.settings.peers)
      .compactMap(\.value.address)
    if let address = named.first(where: { address in
      end.configuration.interfaces.contains { $0.has(address) }
    }) {
      return address
    }
    let bound = end.configuration.interfaces.first { end.map(onInterface: $0.reference) != nil }
    return bound.flatMap { end.localAddress(onInterface: $0.reference) }
  }

  // MARK: Phase 1

  private func phase1(_ report: PairReport) -> [PairReport.Phase1] {
    var result: [PairReport.Phase1] = []
    for (initiator, from, to, address) in [
      (PairReport.Initiator.own, own, peer, report.ownAddress),
      (.peer, peer, own, report.peerAddress),
    ] {
      let interface = to.boundMaps.first?.map.interfaces.first?.value
      if !from.configuration.ikev1Policies.isEmpty {
        let question = Phase1Question(
          interface: interface, peer: address, offers: from.phase1Offers)
        result.append(
          PairReport.Phase1(initiator: initiator, ikeVersion: 1, verdict: to.answer(question)))
      }
      if !from.configuration.ikev2Policies.isEmpty || !from.configuration.ikev2Proposals.isEmpty {
        let offers = from.ike2Offers
        let question = IKE2InitQuestion(
          interface: interface, peer: address, proposals: offers,
          keGroup: offers.first?.groups.first)
        result.append(
          PairReport.Phase1(initiator: initiator, ikeVersion: 2, verdict: to.answer(question)))
      }
    }
    return result
  }

  /// The two keys compared; the secrets themselves never leave here.
  private func key(_ report: PairReport) -> Verdict? {
    guard let ownAddress = report.ownAddress, let peerAddress = report.peerAddress else {
      return nil
    }
    guard case .found(let left, _, _) = own.key(for: peerAddress),
      case .found(let right, _, _) = peer.key(for: ownAddress)
    else { return nil }
    return PolicyEngine.compareKeys(left, right)
  }

  // MARK: Phase 2

  private func children(
    from: PolicyEngine, to: PolicyEngine, _ initiator: PairReport.Initiator, _ source: IPAddress?,
    _ target: IPAddress?, _ versions: Set<Int>
  ) -> [PairReport.Child] {
    guard let source, let target else { return [] }
    var result: [PairReport.Child] = []
    for set in from.boundMaps {
      for entry in set.entries
      where !entry.isDynamic && entry.settings.peers.contains(where: { $0.value.address == target })
      {
        for offer in from.initiatorOffers(
          map: entry.map, sequence: entry.sequence, limit: Self.most)
        where result.count < Self.most {
          // What cannot come up needs no children; where nothing comes up, all are asked.
          let isV2 = !offer.proposals.isEmpty && versions.contains(2)
          let isV1 = !offer.transformSets.isEmpty || offer.proposals.isEmpty
          if isV1, versions.contains(1) || !isV2 {
            result.append(child(offer, quickMode(offer, to, source), 1, to, initiator, source))
          }
          if !offer.proposals.isEmpty, isV2 || !versions.contains(1) {
            result.append(child(offer, childSA(offer, to, source), 2, to, initiator, source))
          }
        }
      }
    }
    return result
  }

  /// Questions that are put at most; the largest maps have thousands of elements.
  private static let most = 500

  private func quickMode(
    _ offer: InitiatorOffer, _ to: PolicyEngine, _ source: IPAddress
  ) -> Verdict {
    var question = QuickModeQuestion(
      peer: source, proxy: offer.proxy.reversed, offers: offer.transformSets.map(\.transforms),
      pfsGroup: offer.pfsGroup)
    question.lifetimeSeconds = offer.lifetimeSeconds
    question.lifetimeKilobytes = offer.lifetimeKilobytes
    return to.answer(question)
  }

  private func childSA(
    _ offer: InitiatorOffer, _ to: PolicyEngine, _ source: IPAddress
  ) -> Verdict {
    let request = offer.proxy.reversed
    var question = IKE2ChildQuestion(
      peer: source, initiatorSelectors: [request.remote], responderSelectors: [request.local],
      proposals: offer.proposals.map(\.proposal))
    question.protocolNumber = request.protocolNumber
    question.initiatorPort = request.remotePort
    question.responderPort = request.localPort
    return to.answer(question)
  }

  private func child(
    _ offer: InitiatorOffer, _ verdict: Verdict, _ version: Int, _ to: PolicyEngine,
    _ initiator: PairReport.Initiator, _ source: IPAddress
  ) -> PairReport.Child {
    let mirror = Self.mirror(of: offer.proxy.reversed, in: to, peer: source)
    return PairReport.Child(
      initiator: initiator, ikeVersion: version, map: offer.map, sequence: offer.sequence,
      ace: offer.ace, proxy: offer.proxy, mirror: mirror, verdict: verdict,
      sentence: sentence(offer, mirror, verdict))
  }

  /// How a request stands to the nearest element of the entries that name the peer.
  private static func mirror(
    of request: ProxyRequest, in engine: PolicyEngine, peer: IPAddress
  ) -> PairReport.Mirror {
    var best = PairReport.Mirror.none
    for entry in engine.boundMaps.flatMap(\.entries) where entry.mayServe(.address(peer)) {
      if entry.isDynamic, entry.settings.accessList == nil { best = .subset }
      for ace in entry.list?.entries ?? [] where ace.isPermit && ace.isActive {
        let found = PairReport.Mirror(ProxyComparison.relation(of: request, to: ace))
        if found.rank < best.rank { best = found }
      }
    }
    return best
  }

  private func sentence(
    _ offer: InitiatorOffer, _ mirror: PairReport.Mirror, _ verdict: Verdict
  ) -> String {
    let what =
      "ACE \(offer.ace.index) at line \(offer.ace.line) asks for \(offer.proxy.local.selector) - "
      + "\(offer.proxy.remote.selector), \(mirror.rawValue)"
    switch verdict.outcome {
    case .accept:
      let seconds = verdict.lifetimeSeconds.map { ", lifetime \($0) s" } ?? ""
      let set = (verdict.transformSet ?? verdict.proposal).map { " with \($0)" } ?? ""
      return "\(what): accepted\(set)\(seconds)."
    case .cannotTell: return "\(what): cannot tell. \(verdict.sentence)"
    default: return "\(what): refused, \(verdict.reason?.explanation ?? verdict.outcome.rawValue)."
    }
  }

  private func noteInitiators(_ report: inout PairReport) {
    for phase1 in report.phase1
    where phase1.verdict.outcome == .refuse || phase1.verdict.outcome == .noResponse {
      let (asker, other) = phase1.initiator == .own ? (own, peer) : (peer, own)
      report.notes.append(
        "IKEv\(phase1.ikeVersion) cannot come up when \(asker.title) asks \(other.title).")
    }
    guard !report.children.isEmpty else { return }
    let ownCan = report.canInitiate(.own)
    let peerCan = report.canInitiate(.peer)
    let note =
      switch (ownCan, peerCan) {
      case (true, true): "Either end can begin."
      case (true, false): "Only \(own.title) can begin every SA it has an element for."
      case (false, true): "Only \(peer.title) can begin every SA it has an element for."
      case (false, false): "Neither end can begin every SA it has an element for."
      }
    report.notes.append(note)
  }
}

extension PolicyEngine {
  /// The device's name, else the file's.
  fileprivate var title: String {
    printable(configuration.hostname?.value ?? configuration.path)
  }
}

extension ProxyRequest {
  /// The same traffic seen from the other end.
  package var reversed: ProxyRequest {
    ProxyRequest(
      local: remote, remote: local, protocolNumber: protocolNumber, localPort: remotePort,
      remotePort: localPort)
  }
}

extension PairReport.Mirror {
  fileprivate init(_ relation: Step.Relation) {
    self =
      switch relation {
      case .same: .mirror
      case .narrower, .inside, .greaterOrEqual: .subset
      case .wider: .superset
      case .overlaps, .unknown: .overlap
      case .less, .disjoint, .differs, .outside: .none
      }
  }

  /// The nearer to a mirror image, the lower.
  fileprivate var rank: Int {
    switch self {
    case .mirror: 0
    case .subset: 1
    case .superset: 2
    case .overlap: 3
    case .none: 4
    }
  }
}
