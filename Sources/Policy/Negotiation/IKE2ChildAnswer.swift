import Bytes
import CiscoConfig

extension PolicyEngine {
  /// What a child SA request gets here as responder: peer, selectors, ESP proposals, PFS.
  ///
  /// RFC 7296 §2.9 lets a responder narrow selectors that are too wide; Cisco's crypto maps are
  /// known to refuse them (XB-18), so `refuse` is predicted and narrowing kept as a candidate.
  package func answer(_ question: IKE2ChildQuestion) -> Verdict {
    var tried: [Attempt] = []
    var steps: [Step] = []
    var furthest = ReasonCode.noEntry
    var furthestEntry: CompiledEntry?
    var open: [Verdict.Candidate] = []
    var narrowed: (entry: CompiledEntry, scope: SAScope)?
    let sets = responderSets(question.interface, peer: question.peer)
    for entry in Phase2Search.order(sets) {
      var trial = IKE2ChildTrial(engine: self, entry: entry)
      let failure = trial.run(question)
      steps.append(trial.step(failure))
      if let condition = trial.open, failure == nil {
        open.append(trial.candidate(condition))
        continue
      }
      guard let failure else {
        var verdict = trial.verdict
        if !open.isEmpty {
          verdict = Self.undecided(open + [trial.candidate("no earlier entry accepts")])
        }
        verdict.tried = tried
        verdict.trace = steps
        verdict.interface = question.interface
        return verdict
      }
      if narrowed == nil { narrowed = trial.narrowed.map { (entry, $0) } }
      tried.append(
        .entry(sequence: entry.sequence, dynamicSequence: entry.dynamic?.sequence, stage: failure))
      if failure.isFurther(than: furthest) { (furthest, furthestEntry) = (failure, entry) }
    }
    if !open.isEmpty {
      var verdict = Self.undecided(open)
      (verdict.tried, verdict.trace, verdict.interface) = (tried, steps, question.interface)
      return verdict
    }
    var verdict = Verdict(.refuse, furthest)
    verdict.detail.wouldWork = repair(
      furthest, at: furthestEntry,
      RefusedRequest(
        peer: question.peer, proxy: question.firstPair, offered: question.offeredText))
    verdict.notify = furthest.ike2Notify
    verdict.tried = tried
    verdict.trace = steps
    verdict.interface = question.interface
    verdict.rules = ["A-NEG-02", "X-IKE-06"]
    verdict.sentence = "The child SA is refused: \(furthest.explanation)."
    if furthest == .proxyNotPermitted, let (entry, scope) = narrowed {
      verdict.detail.narrowed = scope
      verdict.detail.candidates = [
        Verdict.Candidate(
          outcome: .refuse, reason: .proxyNotPermitted, map: nil, sequence: nil, ace: nil,
          condition: "the device refuses selectors wider than its ACL (the likelier)"),
        Verdict.Candidate(
          outcome: .accept, reason: nil, map: entry.map, sequence: entry.sequence, ace: nil,
          condition: "the device narrows them to \(scope.source) - \(scope.destination)"),
      ]
      verdict.use("I-MIR-04")
    }
    return verdict
  }

  /// What decides is not in the file.
  private static func undecided(_ open: [Verdict.Candidate]) -> Verdict {
    var verdict = Verdict(.cannotTell)
    verdict.detail.candidates = open
    verdict.rules = ["A-NEG-02"]
    verdict.sentence =
      "Cannot tell what the request gets: " + open.map(\.condition).joined(separator: "; ") + "."
    return verdict
  }

  /// Whether the ESP algorithms of a request fit one entry (X-ASA-02).
  package func answer(_ question: IKE2ChildProposalQuestion) -> Verdict {
    let sets = question.map.flatMap { maps[$0] }.map { [$0] } ?? Array(maps.values)
    let ordered = sets.sorted { $0.map.name < $1.map.name }
    guard
      let entry = ordered.lazy.flatMap(\.entries).first(where: { $0.sequence == question.sequence })
    else {
      var verdict = Verdict(.refuse, .noEntry)
      verdict.notify = 38
      verdict.sentence = "There is no entry \(question.sequence)."
      return verdict
    }
    var trial = IKE2ChildTrial(engine: self, entry: entry)
    let failure = trial.proposals(question.proposals)
    var verdict = trial.verdict
    if let failure {
      verdict.outcome = .refuse
      verdict.reason = failure
      verdict.notify = failure.ike2Notify
      verdict.tried = [
        .entry(
          sequence: entry.sequence, dynamicSequence: entry.dynamic?.sequence, stage: failure)
      ]
      verdict.sentence = "The proposal is refused: \(failure.explanation)."
    } else {
      verdict.sentence = "The proposal is accepted by \(verdict.proposal ?? "")."
    }
    verdict.trace = [trial.step(failure)]
    verdict.use("X-ASA-02")
    return verdict
  }
}

extension ReasonCode {
  /// The notify of an IKEv2 refusal at this stage (rules §7).
  var ike2Notify: Int {
    switch self {
    case .noEntry, .peerMismatch, .proxyNotPermitted: 38
    case .pfsGroupMismatch: 17
    default: 14
    }
  }
}

/// One child SA request at one entry.
struct IKE2ChildTrial {
  let engine: PolicyEngine
  let entry: CompiledEntry
  private(set) var verdict = Verdict(.accept)
  private(set) var narrowed: SAScope?
  /// What would have to be known, where the file does not tell whether the entry fits.
  private(set) var open: String?
  private var steps: [Step] = []

  init(engine: PolicyEngine, entry: CompiledEntry) {
    self.engine = engine
    self.entry = entry
    engine.fill(&verdict, from: entry)
  }

  func step(_ failure: ReasonCode?) -> Step {
    Step(
      "\(entry.name): \(failure?.rawValue ?? "accepts")", failure == nil ? .match : .noMatch,
      label: "entry \(entry.sequence)", at: entry.citedLine, steps: steps)
  }

  /// The stage at which the request fails; nil where the entry accepts.
  mutating func run(_ question: IKE2ChildQuestion) -> ReasonCode? {
    var trial = Phase2Trial(engine: engine, entry: entry)
    switch trial.peer(question.peer) {
    case .failed(let stage):
      steps += trial.steps
      return stage
    case .open(let condition): open = condition
    case .accepted: break
    }
    steps += trial.steps
    if let stage = selectors(question) { return stage }
    if !question.proposals.isEmpty, let stage = proposals(question.proposals) { return stage }
    // The first child SA is made without a KE payload: PFS cannot show there (S-TRAP-17).
    if !question.isFirstChild {
      let before = trial.steps.count
      let result = trial.pfs(question.pfsGroup)
      steps += trial.steps.dropFirst(before)
      if case .failed(let stage) = result { return stage }
      if case .open(let condition) = result { open = open ?? condition }
    }
    let lifetimes = engine.lifetimes(of: entry.settings)
    verdict.lifetimeSeconds = lifetimes.seconds
    verdict.lifetimeKilobytes = lifetimes.kilobytes
    verdict.sentence = "The child SA is accepted by crypto map \(entry.name)."
    return nil
  }

  /// One pair of the selectors must lie wholly in a permit element.
  private mutating func selectors(_ question: IKE2ChildQuestion) -> ReasonCode? {
    var failure: ReasonCode? = .proxyNotPermitted
    for local in question.responderSelectors {
      for remote in question.initiatorSelectors where local.isIPv6 == remote.isIPv6 {
        let request = ProxyRequest(
          local: local, remote: remote, protocolNumber: question.protocolNumber,
          localPort: question.responderPort, remotePort: question.initiatorPort)
        var trial = Phase2Trial(engine: engine, entry: entry)
        let result = trial.proxies(request)
        steps += trial.steps
        if case .failed = result {
          narrowed = narrowed ?? Self.intersection(request, entry.list)
        } else if failure != nil {
          if case .open(let condition) = result { open = open ?? condition }
          failure = nil
          verdict.ace = trial.verdict.ace
          verdict.rules = trial.verdict.rules
          verdict.saScope = SAScope(
            source: local.selector, destination: remote.selector,
            protocol: question.protocolNumber.map { "\(ProtocolName($0))" } ?? "ip",
            sourcePort: question.responderPort.map(PortScope.one),
            destinationPort: question.initiatorPort.map(PortScope.one))
        }
      }
    }
    return failure
  }

  /// What a permit element and a request have in common.
  static func intersection(_ request: ProxyRequest, _ list: CompiledACL?) -> SAScope? {
    for element in list?.entries ?? [] where element.isPermit && element.isActive {
      for source in element.sources {
        for destination in element.destinations {
          guard let local = source.range?.intersection(request.local),
            let remote = destination.range?.intersection(request.remote)
          else { continue }
          return SAScope(
            source: local.selector, destination: remote.selector,
            protocol: element.services.first?.protocolText ?? "ip", sourcePort: nil,
            destinationPort: nil)
        }
      }
    }
    return nil
  }

  /// A common transform of each type with one of the entry's proposals; on IOS a transform set
  /// stands for the single algorithms of its ESP part.
  mutating func proposals(_ offers: [IKE2Proposal]) -> ReasonCode? {
    for own in ownProposals {
      for offer in offers {
        let (chosen, differs) = own.lists.intersect(offer.withoutKeyExchange)
        steps.append(
          Step(
            own.name, differs.isEmpty ? .match : .noMatch, label: "proposal",
            at: own.lists.line, rule: "X-ASA-02",
            fields: own.lists.fields(offer.withoutKeyExchange, differs)))
        guard differs.isEmpty else { continue }
        verdict.chosen = chosen
        if engine.dialect == .asa {
          verdict.proposal = own.name
        } else {
          verdict.transformSet = own.name
        }
        return nil
      }
    }
    return .transformMismatch
  }

  private var ownProposals: [(name: String, lists: IKE2Lists)] {
    let configuration = engine.configuration
    if engine.dialect == .asa {
      return (entry.settings.ipsecProposals?.value ?? []).compactMap { name in
        guard let proposal = configuration.ipsecProposals[name] else { return nil }
        var lists = IKEv2Proposal(name: name, line: proposal.line)
        lists.encryption = proposal.encryption
        lists.integrity = proposal.integrity
        return (name, IKE2Lists(lists, number: 0))
      }
    }
    return (entry.settings.transformSets?.value ?? []).compactMap { name in
      guard let set = configuration.transformSets[name] else { return nil }
      var lists = IKEv2Proposal(name: name, line: set.line)
      lists.encryption = set.transforms.filter { $0.role == .espEncryption }.map(\.algorithm)
      lists.integrity = set.transforms.filter { $0.role == .espAuthentication }.map(\.algorithm)
      return (name, IKE2Lists(lists, number: 0))
    }
  }
}

extension IKE2ChildTrial {
  /// The entry as one that may accept.
  func candidate(_ condition: String) -> Verdict.Candidate {
    Verdict.Candidate(
      outcome: .accept, reason: nil, map: entry.map, sequence: entry.sequence, ace: nil,
      condition: condition)
  }
}

extension IKE2ChildQuestion {
  /// The first pair of selectors of one family, as seen from the responder.
  fileprivate var firstPair: ProxyRequest? {
    for local in responderSelectors {
      guard let remote = initiatorSelectors.first(where: { $0.isIPv6 == local.isIPv6 }) else {
        continue
      }
      return ProxyRequest(
        local: local, remote: remote, protocolNumber: protocolNumber, localPort: responderPort,
        remotePort: initiatorPort)
    }
    return nil
  }

  fileprivate var offeredText: String {
    proposals.map { ($0.encryption + $0.integrity).joined(separator: " ") }
      .joined(separator: " or ")
  }
}

extension IKE2Proposal {
  /// The lists that a child SA negotiates without PFS.
  fileprivate var withoutKeyExchange: IKE2Proposal {
    IKE2Proposal(number: number, encryption: encryption, integrity: integrity)
  }
}

extension AddressRange {
  /// The addresses in both; nil where there are none.
  func intersection(_ other: AddressRange) -> AddressRange? {
    guard overlaps(other) else { return nil }
    return AddressRange(Swift.max(first, other.first), Swift.min(last, other.last))
  }
}
