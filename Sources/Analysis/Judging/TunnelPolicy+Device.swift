import Bytes
import CiscoConfig
import Diagnosis
import ISAKMP
import Policy
import Registries
import Timeline
import Tracking

extension Device {
  /// What this device's configuration says of a tunnel; nil when the device is none of its ends.
  func policy(of ike: IKESA) -> TunnelPolicy? {
    guard let side = role(in: ike) else { return nil }
    let peer = (side == .initiator ? ike.firstResponder : ike.firstInitiator).address
    let entry = entry(for: peer)
    var policy = TunnelPolicy(
      path: configuration.path, dialect: configuration.dialect.rawValue, side: side)
    policy.phase1 = side == .responder ? phase1(ike, peer) : ownPhase1(ike)
    for child in ike.children {
      policy.children[child.ordinal] =
        verdict(on: child, side: side, peer) ?? ownVerdict(on: child, side: side, peer)
        ?? hiddenVerdict(on: child, peer)
    }
    policy.knowsPeer = entry != nil || hasDynamicEntry || hasKey(for: peer)
    policy.versions = versions
    policy.lines = PolicyLines(device: self, peer: peer, entry: entry, verdict: policy.phase1).lines
    policy.childLifetimeSeconds =
      entry?.lifetimeSeconds?.value ?? configuration.settings.lifetimeSeconds?.value
    policy.ikeLifetimesSeconds = configuration.ikev1Policies.map {
      $0.values(for: configuration.dialect).lifetime
    }
    policy.childSuites = entry.map { acceptedSuites($0, ike.version) } ?? []
    policy.requiresPFS = entry.map { $0.pfs != nil }
    policy.names = names(for: peer, entry, policy.phase1)
    return policy
  }

  /// What this configuration calls the things that a remedy for a tunnel with a peer speaks of.
  private func names(
    for peer: IPAddress, _ entry: CryptoMapEntry?, _ phase1: PolicyVerdictRecord?
  ) -> ConfigurationNames {
    var names = ConfigurationNames()
    let map = configuration.cryptoMaps.first { map in
      map.entries.contains { $0.line == entry?.line }
    }
    names.map = map?.name ?? configuration.cryptoMaps.first?.name
    names.sequence = entry?.sequence
    names.accessList = entry?.accessList?.value
    names.transformSet =
      entry?.ipsecProposals?.value.first ?? entry?.transformSets?.value.first
    names.interface = cryptoInterface
    names.policy = phase1?.ikePolicy?.number ?? nearestPolicy(phase1)
    let group = configuration.tunnelGroups["\(peer)"]
    names.tunnelGroup = group?.name
    names.trustpoint = entry?.trustpoint?.value ?? group?.ikev1Trustpoint?.value
    names.peer = "\(peer)"
    return names
  }

  /// The policy that came nearest to an offer that none took; the only one where there is one.
  private func nearestPolicy(_ verdict: PolicyVerdictRecord?) -> Int? {
    let tried = verdict?.tried.compactMap { attempt -> (own: Int, differs: Int)? in
      guard case .policy(_, let own, let differs) = attempt else { return nil }
      return (own, differs.count)
    }
    if let nearest = tried?.min(by: { $0.differs < $1.differs }) { return nearest.own }
    let own = configuration.ikev1Policies.map(\.priority)
    return own.count == 1 ? own.first : nil
  }

  private func hasKey(for peer: IPAddress) -> Bool {
    if configuration.tunnelGroups["\(peer)"] != nil { return true }
    if case .none = engine.key(for: peer) { return !configuration.ikev2Keyrings.isEmpty }
    return true
  }

  /// An ASA names the interfaces that each version listens on; IOS listens wherever a map is.
  private var versions: Set<Int> {
    guard configuration.dialect == .asa else { return [] }
    var versions: Set<Int> = []
    if !configuration.settings.ikev1Interfaces.isEmpty { versions.insert(1) }
    if !configuration.settings.ikev2Interfaces.isEmpty { versions.insert(2) }
    return versions
  }

  // MARK: - Phase 1

  private func phase1(_ ike: IKESA, _ peer: IPAddress) -> PolicyVerdictRecord? {
    guard !ike.offered.isEmpty else { return nil }
    if ike.version == .v2 {
      let group = ike.exchanges.first { $0.type == .ikeSAInit }?.keyExchange[.initiator]?.group
      return PolicyVerdictRecord(
        engine.answer(
          IKE2InitQuestion(
            interface: cryptoInterface, peer: peer,
            proposals: ike.offered.map(ConfigurationWords.proposal),
            keGroup: group.map { Int($0.rawValue) })))
    }
    let offers = ike.offered.enumerated().map { ConfigurationWords.offer($1, $0 + 1) }
    return PolicyVerdictRecord(
      engine.answer(
        Phase1Question(
          interface: cryptoInterface, peer: peer, isAggressive: ike.mode == .aggressive,
          offers: offers)))
  }

  // MARK: - Child SAs

  /// What this device would answer to a child SA that its peer asks for; nil when it was this
  /// device that asked, or when the request could not be read.
  private func verdict(
    on child: ChildSA, side: Role, _ peer: IPAddress
  ) -> PolicyVerdictRecord? {
    guard let exchange = child.exchange, exchange.startedBy != side, !child.offered.isEmpty,
      let local = ranges(child, side).first, let remote = ranges(child, side.peer).first
    else { return nil }
    if exchange.version == .v1 {
      return PolicyVerdictRecord(
        engine.answer(quickMode(child, exchange, side, peer, local, remote)))
    }
    return PolicyVerdictRecord(
      engine.answer(childRequest(child, exchange, peer, local, remote)))
  }

  private func childRequest(
    _ child: ChildSA, _ exchange: Exchange, _ peer: IPAddress, _ local: AddressRange,
    _ remote: AddressRange
  ) -> IKE2ChildQuestion {
    let asked = exchange.selectorsAsked
    var question = IKE2ChildQuestion(
      peer: peer, initiatorSelectors: ranges(asked?.initiator) ?? [remote],
      responderSelectors: ranges(asked?.responder) ?? [local],
      proposals: child.offered.map(ConfigurationWords.proposal))
    question.interface = cryptoInterface
    question.isFirstChild = exchange.type == .ikeAuth
    question.pfsGroup = exchange.keyExchange[exchange.startedBy]?.group.map { Int($0.rawValue) }
    if let asked {
      let all = asked.initiator + asked.responder
      question.protocolNumber = Self.only(all.map(\.ipProtocol)).flatMap { $0 == 0 ? nil : $0 }
      question.initiatorPort = Self.only(asked.initiator.map(\.ports)).flatMap(Self.single)
      question.responderPort = Self.only(asked.responder.map(\.ports)).flatMap(Self.single)
    }
    return question
  }

  /// The value that all have; nil where they differ.
  private static func only<Value: Equatable>(_ values: [Value]) -> Value? {
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  private func quickMode(
    _ child: ChildSA, _ exchange: Exchange, _ side: Role, _ peer: IPAddress,
    _ local: AddressRange, _ remote: AddressRange
  ) -> QuickModeQuestion {
    let hasKE = exchange.keyExchange[exchange.startedBy] != nil
    let mine = selectors(child, side).first
    let theirs = selectors(child, side.peer).first
    var proxy = ProxyRequest(local: local, remote: remote)
    proxy.protocolNumber = mine.flatMap { $0.ipProtocol == 0 ? nil : $0.ipProtocol }
    proxy.localPort = mine.flatMap(singlePort)
    proxy.remotePort = theirs.flatMap(singlePort)
    var question = QuickModeQuestion(
      peer: peer, proxy: proxy, offers: child.offered.map(transforms),
      pfsGroup: hasKE ? child.offered.first?.group.map { Int($0.rawValue) } : nil)
    question.interface = cryptoInterface
    question.lifetimeSeconds = child.offered.first?.lifetimeSeconds
    question.lifetimeKilobytes = child.offered.first?.lifetimeKilobytes
    question.isTransport = child.offered.first?.encapsulation?.isTransport
    return question
  }

  private func singlePort(_ selector: SelectorRange) -> UInt16? { Self.single(selector.ports) }

  /// The port, where there is one; 0 stands for any (RFC 2407 §4.6.2).
  static func single(_ ports: ClosedRange<UInt16>) -> UInt16? {
    ports.lowerBound == ports.upperBound && ports.lowerBound != 0 ? ports.lowerBound : nil
  }

  func transforms(_ suite: Suite) -> [String] {
    suite.all(.encryption).prefix(1).map(ConfigurationWords.espCipher)
      + suite.all(.integrity).prefix(1).compactMap(ConfigurationWords.espIntegrity)
  }

  func selectors(_ child: ChildSA, _ role: Role) -> [SelectorRange] {
    role == .initiator ? child.selectorsOfInitiator : child.selectorsOfResponder
  }

  private func ranges(_ child: ChildSA, _ role: Role) -> [AddressRange] {
    selectors(child, role).compactMap { range($0.addresses) }
  }

  private func ranges(_ selectors: [TrafficSelector]?) -> [AddressRange]? {
    selectors.map { list in list.compactMap { $0.range.flatMap(range) } }
  }

  func range(_ addresses: ClosedRange<IPAddress>) -> AddressRange? {
    AddressRange(addresses.lowerBound, addresses.upperBound)
  }

  // MARK: - What is accepted

  /// What an entry accepts for a child SA, in the timeline's names.
  private func acceptedSuites(_ entry: CryptoMapEntry, _ version: IKEVersion) -> [AcceptedSuite] {
    let proposals =
      entry.ipsecProposals?.value.compactMap { configuration.ipsecProposals[$0] } ?? []
    if version == .v2, !proposals.isEmpty {
      return proposals.map { proposal in
        AcceptedSuite(
          name: proposal.name,
          encryption: proposal.encryption.map(ConfigurationWords.timelineCipher),
          integrity: proposal.integrity.map(ConfigurationWords.timelineIntegrity)
            .filter { $0 != "null" })
      }
    }
    return (entry.transformSets?.value ?? []).compactMap { configuration.transformSets[$0] }.map {
      set in
      AcceptedSuite(
        name: set.name,
        encryption: set.transforms.filter { $0.role == .espEncryption }.map {
          ConfigurationWords.timelineCipher($0.algorithm)
        },
        integrity: set.transforms.filter { $0.role == .espAuthentication }.map {
          ConfigurationWords.timelineIntegrity($0.algorithm)
        })
    }
  }
}

extension TrafficSelector {
  /// The ports; those that are OPAQUE (first 65535, last 0) count as any.
  var ports: ClosedRange<UInt16> { startPort <= endPort ? startPort...endPort : 0...65535 }
}
