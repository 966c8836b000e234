import Bytes
import CiscoConfig

/// One request at one entry, stage by stage.
struct Phase2Trial {
  enum Result {
    case accepted
    case failed(ReasonCode)
    /// What decides is not in the file.
    case open(String)
  }

  let engine: PolicyEngine
  let entry: CompiledEntry
  private(set) var verdict = Verdict(.accept)
  private(set) var steps: [Step] = []

  init(engine: PolicyEngine, entry: CompiledEntry) {
    self.engine = engine
    self.entry = entry
    engine.fill(&verdict, from: entry)
  }

  mutating func run(_ question: QuickModeQuestion) -> Result {
    var isOpen: String?
    for stage in [
      peer(question.peer), proxies(question.proxy), transforms(question), pfs(question.pfsGroup),
    ] {
      switch stage {
      case .accepted: continue
      case .failed: return stage
      case .open(let condition): isOpen = isOpen ?? condition
      }
    }
    lifetimes(question)
    verdict.peer = "\(question.peer)"
    verdict.saScope = SAScope(
      source: question.proxy.local.selector, destination: question.proxy.remote.selector,
      protocol: question.proxy.protocolNumber.map { "\(ProtocolName($0))" } ?? "ip",
      sourcePort: question.proxy.localPort.map { .one($0) },
      destinationPort: question.proxy.remotePort.map { .one($0) })
    verdict.sentence =
      "The request is accepted by crypto map \(entry.name)"
      + (verdict.transformSet.map { " with transform set \($0)" } ?? "") + "."
    return isOpen.map { .open($0) } ?? .accepted
  }

  func step(_ result: Result) -> Step {
    let outcome: Step.Result
    let what: String
    switch result {
    case .accepted: (outcome, what) = (.match, "accepts")
    case .failed(let stage): (outcome, what) = (.noMatch, stage.rawValue)
    case .open(let condition): (outcome, what) = (.noMatch, "cannot tell: \(condition)")
    }
    return Step(
      "\(entry.name): \(what)", outcome, label: "entry \(entry.sequence)", at: entry.citedLine,
      steps: steps)
  }

  // MARK: Stages

  mutating func peer(_ peer: IPAddress) -> Result {
    let peers = entry.settings.peers
    let wanted = peers.isEmpty ? "any" : peers.map { $0.value.description }.joined(separator: ", ")
    let isNamed = peers.contains { $0.value.address == peer }
    // Of a dynamic entry the peer counts only where one is set (A-DY-01, I-DY-10).
    let fits = isNamed || entry.isDynamic && peers.isEmpty
    let hasName = peers.contains { $0.value.address == nil }
    let relation: Step.Relation = fits ? .same : hasName ? .unknown : .differs
    steps.append(
      Step(
        wanted, fits ? .match : .noMatch, label: "peer", at: peers.first.map { CitedLine($0.line) },
        rule: "A-NEG-01", fields: [Step.Field("peer", wanted: wanted, got: "\(peer)", relation)]))
    if fits { return .accepted }
    return hasName
      ? .open("entry \(entry.name) names its peer by a host name, which may be \(peer)")
      : .failed(.peerMismatch)
  }

  mutating func proxies(_ request: ProxyRequest) -> Result {
    guard let name = entry.settings.accessList?.value else {
      guard entry.isDynamic else { return .failed(.proxyNotPermitted) }
      steps.append(
        Step("no match address: any is accepted", .match, label: "proxies", rule: "A-DY-07"))
      verdict.use("A-DY-07")
      return .accepted
    }
    guard let list = entry.list else {
      steps.append(
        Step(
          "access list \(name) is missing or empty", .stop, label: "proxies", at: entry.citedLine,
          rule: "X-ACL-11"))
      return .failed(.proxyNotPermitted)
    }
    let comparison = ProxyComparison(
      request, list.entries[...], in: name, ignoringDenies: engine.dialect == .asa)
    steps.append(contentsOf: comparison.steps)
    verdict.use("A-NEG-02")
    switch comparison.outcome {
    case .inside(let index):
      verdict.ace = list.entries[index].reference
      verdict.use("I-MIR-03")
      return .accepted
    case .outside:
      if comparison.isWider {
        steps.append(
          Step(
            "the request is wider than what the list permits (superset, case 4)", .noMatch,
            rule: "I-MIR-04"))
      }
      return .failed(.proxyNotPermitted)
    case .unknown:
      return .open("access list \(name) names objects that the configuration does not tell")
    }
  }

  /// The first own set, in the order listed, that some offer equals: the list's order is the
  /// priority (A-CM-18; A:1304-1307 "myset1 (first priority) or myset2").
  mutating func transforms(_ question: QuickModeQuestion) -> Result {
    for name in entry.settings.transformSets?.value ?? [] {
      guard let set = engine.configuration.transformSets[name] else { continue }
      let own = Set(set.transforms.map { Spelling.transform($0.name) })
      let modeFits = fits(set.mode?.value ?? .tunnel, question.isTransport)
      for offer in question.offers {
        let offered = Set(offer.map { Spelling.transform($0) })
        let isSame = own == offered && modeFits
        var fields = [
          Step.Field(
            "transforms", wanted: own.sorted().joined(separator: " "),
            got: offered.sorted().joined(separator: " "), own == offered ? .same : .differs)
        ]
        if !modeFits {
          let isTransport = question.isTransport == true
          fields.append(
            Step.Field(
              "mode", wanted: isTransport ? "tunnel" : "transport",
              got: isTransport ? "transport" : "tunnel", .differs))
        }
        steps.append(
          Step(
            name, isSame ? .match : .noMatch, label: "transform", at: CitedLine(set.line),
            rule: "A-TS-01", fields: fields))
        guard isSame else { continue }
        verdict.transformSet = name
        verdict.chosen = set.transforms.map {
          Verdict.Algorithm(kind: $0.role.rawValue, name: $0.name)
        }
        return .accepted
      }
    }
    return .failed(.transformMismatch)
  }

  /// A set in tunnel mode takes tunnel mode only; one in transport mode takes either, unless it
  /// requires transport.
  private func fits(_ own: EncapsulationMode, _ isTransport: Bool?) -> Bool {
    switch (own, isTransport) {
    case (_, nil), (.transport, _): true
    case (.tunnel, .some(let isTransport)): !isTransport
    case (.transportRequired, .some(let isTransport)): isTransport
    }
  }

  mutating func pfs(_ offered: Int?) -> Result {
    guard let own = entry.settings.pfs else { return .accepted }
    let wanted = engine.pfsGroups(own.value)
    let text = wanted.acceptable.map { "group\($0)" }.joined(separator: " or ")
    let got = offered.map { "group\($0)" } ?? "none"
    let fits = offered.map { wanted.acceptable.contains($0) } ?? false
    steps.append(
      Step(
        own.line.text, fits ? .match : .noMatch, label: "PFS", at: CitedLine(own.line),
        rule: "A-PFS-01",
        fields: [Step.Field("pfs", wanted: text, got: got, fits ? .same : .differs)]))
    verdict.use("A-PFS-01")
    if offered == nil { return .failed(.pfsMissing) }
    guard fits else { return .failed(.pfsGroupMismatch) }
    return wanted.isCertain
      ? .accepted
      : .open("a bare \"set pfs\" means \(text), by the release, which the file does not tell")
  }

  private mutating func lifetimes(_ question: QuickModeQuestion) {
    let own = engine.lifetimes(of: entry.settings)
    verdict.lifetimeSeconds = question.lifetimeSeconds.map { min($0, own.seconds) } ?? own.seconds
    let kilobytes = [question.lifetimeKilobytes, own.kilobytes].compactMap { $0 }
    verdict.lifetimeKilobytes = kilobytes.min()
    verdict.use("A-LT-03")
  }
}

extension PolicyEngine {
  /// The groups that satisfy `set pfs`, and whether it is certain which of them does.
  ///
  /// A bare `set pfs` is group1 or group2 to a responder on IOS (X-IOS-04); on an ASA group2 until
  /// 9.12 and group14 since (X-ASA-09).
  func pfsGroups(_ pfs: PerfectForwardSecrecy) -> (acceptable: [Int], isCertain: Bool) {
    if let group = pfs.group { return ([group], true) }
    if dialect == .ios { return ([1, 2], true) }
    guard let version = configuration.version else { return ([2, 14], false) }
    return ([version.isAtLeast(9, 13) ? 14 : 2], true)
  }

  /// The group that an initiator offers for `set pfs`.
  func initiatorPFSGroup(_ pfs: PerfectForwardSecrecy) -> Int {
    let groups = pfsGroups(pfs)
    return groups.isCertain || dialect == .ios ? groups.acceptable.first ?? 2 : 14
  }
}
