import Bytes
import CiscoConfig
import ISAKMP
import Policy
import Registries
import Timeline
import Tracking

/// Asks a configuration what it says of a tunnel that the capture shows.
struct PolicyQuestions {
  let given: GivenConfiguration
  let sa: IKESA
  /// The end that the configuration belongs to.
  let side: Role

  private var local: IPAddress { sa.endpoint(side).address }
  private var remote: IPAddress { sa.endpoint(side.peer).address }
  private var interface: String? { given.interface(for: local) }

  /// What it answers to phase 1's offer, were it the responder; nil where no offer was seen.
  func phase1() -> PolicyVerdictRecord? {
    guard !sa.offered.isEmpty else { return nil }
    let verdict: Verdict
    switch sa.version {
    case .v1: verdict = given.engine.answer(phase1Question())
    case .v2: verdict = given.engine.answer(initQuestion())
    }
    var record = PolicyVerdictRecord(verdict)
    record.observed = observed(verdict.outcome, happened: sa.chosen != nil, refused: isRefused)
    return record
  }

  private var isRefused: Bool {
    sa.exchanges.contains {
      $0.state == .refused && [.main, .aggressive, .base, .ikeSAInit].contains($0.type)
    }
  }

  private func phase1Question() -> Phase1Question {
    Phase1Question(
      interface: interface, peer: remote, isAggressive: sa.mode == .aggressive,
      offers: sa.offered.enumerated().map { index, suite in
        Phase1Question.Offer(
          priority: Int(suite.transformNumber ?? UInt8(clamping: index + 1)),
          encryption: suite.first(.encryption).map(PolicySpelling.cipher) ?? "",
          hash: suite.first(.hash).map { PolicySpelling.hash($0.name) } ?? "",
          authentication: PolicySpelling.authentication(suite),
          group: PolicySpelling.group(suite).map(String.init) ?? "",
          lifetime: suite.lifetimeSeconds)
      })
  }

  private func initQuestion() -> IKE2InitQuestion {
    let exchange = sa.exchanges.last { $0.type == .ikeSAInit }
    let group = exchange?.keyExchange[.initiator]?.group.map { Int($0.rawValue) }
    return IKE2InitQuestion(
      interface: interface, peer: remote, proposals: sa.offered.map(PolicySpelling.proposal),
      keGroup: group)
  }

  /// Which entry and ACE a child fits, as the peer would ask for it; nil where its selectors are
  /// hidden.
  func child(_ child: ChildSA) -> PolicyVerdictRecord? {
    let own = side == .initiator ? child.selectorsOfInitiator : child.selectorsOfResponder
    let other = side == .initiator ? child.selectorsOfResponder : child.selectorsOfInitiator
    guard !own.isEmpty, !other.isEmpty else { return nil }
    let verdict: Verdict?
    switch sa.version {
    case .v1: verdict = quickMode(child, own, other)
    case .v2: verdict = childRequest(child, own, other)
    }
    guard let verdict else { return nil }
    var record = PolicyVerdictRecord(verdict)
    record.observed = observed(
      verdict.outcome, happened: [.established, .deleted, .rekeyed].contains(child.state),
      refused: child.state == .refused)
    return record
  }

  private func quickMode(
    _ child: ChildSA, _ own: [SelectorRange], _ other: [SelectorRange]
  ) -> Verdict? {
    guard let first = own.first, let second = other.first, let local = range(first),
      let remote = range(second)
    else { return nil }
    let number = first.ipProtocol != 0 ? first.ipProtocol : second.ipProtocol
    var question = QuickModeQuestion(
      peer: self.remote,
      proxy: ProxyRequest(
        local: local, remote: remote, protocolNumber: number == 0 ? nil : number,
        localPort: port(first), remotePort: port(second)),
      offers: child.offered.map(PolicySpelling.transformSet),
      pfsGroup: child.pfsGroup.map { Int($0.rawValue) })
    question.interface = interface
    question.lifetimeSeconds = child.lifetimeSeconds
    question.lifetimeKilobytes = child.lifetimeKilobytes
    question.isTransport = child.isTunnelMode.map { !$0 }
    return given.engine.answer(question)
  }

  private func childRequest(
    _ child: ChildSA, _ own: [SelectorRange], _ other: [SelectorRange]
  ) -> Verdict? {
    let asked = asked(of: child) ?? (own, other)
    guard let first = asked.own.first, let second = asked.other.first else { return nil }
    var question = IKE2ChildQuestion(
      peer: remote, initiatorSelectors: asked.other.compactMap(range),
      responderSelectors: asked.own.compactMap(range),
      proposals: child.offered.map(PolicySpelling.proposal))
    let number = first.ipProtocol != 0 ? first.ipProtocol : second.ipProtocol
    question.interface = interface
    question.protocolNumber = number == 0 ? nil : number
    question.initiatorPort = port(second)
    question.responderPort = port(first)
    question.pfsGroup = child.pfsGroup.map { Int($0.rawValue) }
    question.isFirstChild = child.exchange?.type == .ikeAuth
    return given.engine.answer(question)
  }

  /// The selectors as they were asked for: a responder may have narrowed them.
  private func asked(
    of child: ChildSA
  ) -> (own: [SelectorRange], other: [SelectorRange])? {
    guard let exchange = child.exchange, let asked = exchange.selectorsAsked else { return nil }
    let starter = asked.initiator.compactMap(\.selectorRange)
    let answerer = asked.responder.compactMap(\.selectorRange)
    return exchange.startedBy == side ? (starter, answerer) : (answerer, starter)
  }

  private func range(_ selector: SelectorRange) -> AddressRange? {
    AddressRange(selector.addresses.lowerBound, selector.addresses.upperBound)
  }

  private func port(_ selector: SelectorRange) -> UInt16? {
    selector.ports.lowerBound == selector.ports.upperBound && selector.ports.lowerBound != 0
      ? selector.ports.lowerBound : nil
  }

  /// What was predicted beside what happened.
  private func observed(
    _ outcome: Verdict.Outcome, happened: Bool, refused: Bool
  ) -> String {
    let predictsSuccess: Bool
    switch outcome {
    case .accept, .protect: predictsSuccess = true
    case .refuse, .drop, .noResponse: predictsSuccess = false
    default: return "silent"
    }
    if happened { return predictsSuccess ? "agrees" : "contradicts" }
    if refused { return predictsSuccess ? "contradicts" : "agrees" }
    return "silent"
  }
}
