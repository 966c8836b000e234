import Bytes
import CiscoConfig

/// The plain evaluation of a packet against a map set, entry by entry and element by element, as
/// rules §0.1, §0.2 and §0.4 tell it; it writes the trace as it goes.
struct FlowEvaluation {
  let engine: PolicyEngine
  let set: CompiledMap
  /// The packet as it is on the wire.
  let packet: Packet
  /// The packet as the elements see it: reversed when it comes in.
  let selected: Packet
  let known: FlowCircumstances
  let active: Set<String>?
  let tracing: TraceLevel

  private(set) var trail: [Verdict.TrailStep] = []
  private(set) var steps: [Step] = []
  private(set) var notes: [String] = []
  private(set) var rules: [String] = []
  /// Elements of which it could not be told whether they match, by entry.
  private(set) var undecided: [(entry: Int, element: Int)] = []

  /// How much of a list goes into the trace.
  enum TraceLevel { case none, short, all }

  init(
    _ engine: PolicyEngine, _ set: CompiledMap, _ packet: Packet, _ known: FlowCircumstances,
    active: Set<String>?, tracing: TraceLevel
  ) {
    self.engine = engine
    self.set = set
    self.packet = packet
    selected = known.direction == .out ? packet : packet.reversed
    self.known = known
    self.active = active
    self.tracing = tracing
  }

  /// The decision of the entries from `start` on.
  mutating func decide(from start: Int = 0) -> FlowDecision {
    // A dynamic entry without an ACL claims the flow of an SA made through it, unless a later
    // entry claims it by an ACL.
    var claim: Int?
    for index in set.entries.indices.dropFirst(start) {
      switch visit(set.entries[index], at: index) {
      case .decided(let decision): return decision
      case .next: continue
      case .claims: claim = claim ?? index
      }
    }
    if let claim {
      use("I-DY-03")
      conclude(
        "the SA that was made through \(set.entries[claim].name) carries the packet", .match,
        "I-DY-03")
      return FlowDecision(.protect, entry: claim)
    }
    let rule = engine.dialect == .asa ? "A-CM-15" : "I-ACL-06"
    use(rule)
    let fate = known.direction == .out ? "routed clear" : "passed on as clear text"
    conclude("end of set: no permit matched, \(fate)", .stop, rule)
    return FlowDecision(.bypass, .noPermitMatched)
  }

  private enum Visit {
    case decided(FlowDecision)
    case next
    case claims
  }

  private mutating func visit(_ entry: CompiledEntry, at index: Int) -> Visit {
    switch entry.selection {
    case .list:
      return tryList(entry, at: index)
    case .nothing:
      note(entry, .noACL, "no match address: the entry selects nothing by itself", "I-DY-07")
      return known.saExists && known.direction == .out ? .claims : .next
    case .legacy:
      note(entry, .none, "tagged cisco: legacy encryption, no IPsec", "M-17")
      return .next
    case .incompleteSkips:
      note(entry, .incomplete, "the entry lacks its peer or its ACL and is not in force", "A-CM-22")
      return .next
    case .incompleteStops:
      let fate = known.direction == .out ? ": everything not matched before is dropped" : ""
      note(entry, .incomplete, "the entry lacks its peer or its ACL\(fate)", "A-CM-22")
      guard known.direction == .out else { return .next }
      return .decided(FlowDecision(.drop, .incompleteMap, entry: index))
    case .missingListSkips:
      note(entry, .missingACL, "the access list that is named is missing or empty", "X-ACL-11")
      return .next
    case .missingListStops:
      note(entry, .missingACL, "the access list that is named is missing or empty", "I-DY-08")
      guard known.direction == .out else { return .next }
      return .decided(FlowDecision(.drop, .aclMissingOrEmpty, entry: index))
    case .keyServer(let list):
      return tryKeyServer(entry, list, at: index)
    }
  }

  private mutating func tryList(_ entry: CompiledEntry, at index: Int) -> Visit {
    let result = ListEvaluation(entry.countedACEs, selected, active: active)
    undecided += result.undecided.map { (index, $0) }
    describeAsleep(entry, result.asleep)
    switch result.outcome {
    case .permit(let element):
      leave(entry, element, .permit)
      let (outcome, reason, rule) = engine.decision(permittedBy: entry, packet, known)
      record(entry, result, followed: permitted(entry, element, outcome, reason, rule))
      use(rule)
      if known.direction == .out { use("A-ACL-08") }
      return .decided(FlowDecision(outcome, reason, entry: index, element: element))
    case .deny(let element):
      leave(entry, element, .deny)
      record(entry, result, followed: denied(entry, element))
      use(engine.dialect == .asa ? "A-CM-12" : "I-ACL-04")
      return .next
    case .none:
      leave(entry, nil, .none)
      record(entry, result)
      return .next
    }
  }

  /// A member of a group VPN: its own list can only exempt; what is protected comes from the key
  /// server.
  private mutating func tryKeyServer(
    _ entry: CompiledEntry, _ list: CompiledACL?, at index: Int
  ) -> Visit {
    if let list {
      let result = ListEvaluation(list.entries[...], selected, active: active)
      record(entry, result)
      if case .deny(let element) = result.outcome {
        leave(entry, element, .deny)
        return .next
      }
    }
    use("X-IOS-02")
    return .decided(FlowDecision(.cannotTell, entry: index))
  }

  // MARK: Trace

  private mutating func use(_ rule: String) {
    if tracing != .none, !rules.contains(rule) { rules.append(rule) }
  }

  private mutating func leave(
    _ entry: CompiledEntry, _ element: Int?, _ outcome: Verdict.TrailOutcome
  ) {
    guard tracing != .none else { return }
    trail.append(
      Verdict.TrailStep(
        sequence: entry.sequence, dynamicSequence: entry.dynamic?.sequence,
        ace: element.flatMap { entry.list?.entries[$0].position }, outcome: outcome))
  }

  private mutating func note(
    _ entry: CompiledEntry, _ outcome: Verdict.TrailOutcome, _ what: String, _ rule: String
  ) {
    leave(entry, nil, outcome)
    use(rule)
    guard tracing != .none else { return }
    steps.append(
      Step(
        "\(entry.name): \(what)", .skip, label: "entry \(entry.sequence)", at: entry.citedLine,
        rule: rule))
  }

  /// What became of the packet after the last entry that was tried.
  private mutating func conclude(_ what: String, _ result: Step.Result, _ rule: String) {
    guard tracing != .none else { return }
    steps.append(Step(what, result, label: "end", rule: rule))
  }

  /// What a permit element leads to: the scope of the SA, or why the packet is dropped nonetheless.
  private func permitted(
    _ entry: CompiledEntry, _ index: Int, _ outcome: Verdict.Outcome, _ reason: ReasonCode?,
    _ rule: String
  ) -> Step? {
    guard tracing != .none, let ace = entry.list?.entries[index] else { return nil }
    guard outcome == .protect else {
      return reason.map { Step("\($0.explanation): dropped", .stop, rule: rule) }
    }
    if entry.settings.isPerHost?.value == true {
      return Step(
        "scope of the SA: \(selected.source) ↔ \(selected.destination) (per host)", .match,
        rule: "I-CM-12")
    }
    guard let scope = ace.element(for: selected)?.scope(near: selected) else { return nil }
    let ends = "\(scope.source) ↔ \(scope.destination)"
    let count = ace.elementCount
    return count > 1
      ? Step(
        "scope of the SA: \(ends), one of \(count) that the groups make", .match, rule: "X-ACL-02")
      : Step("scope of the SA: \(ends) (the ACE, not the packet)", .match, rule: "A-ACL-08")
  }

  /// What a deny element leads to: the rest of the list is passed over.
  private func denied(_ entry: CompiledEntry, _ index: Int) -> Step? {
    guard tracing != .none else { return nil }
    let behind = entry.countedACEs.endIndex - 1 - index
    let skipped = behind == 1 ? "1 ACE skipped" : "\(behind) ACEs skipped"
    return Step(
      "deny here means \"not by entry \(entry.sequence)\": \(skipped), on to the next entry", .skip,
      rule: engine.dialect == .asa ? "A-CM-12" : "I-ACL-04")
  }

  private mutating func record(
    _ entry: CompiledEntry, _ result: ListEvaluation, followed: Step? = nil
  ) {
    guard tracing != .none, let list = entry.list else { return }
    let describer = ListTrace(selected, active: active, keepsAll: tracing == .all)
    let rule =
      switch result.outcome {
      case .permit: "A-CM-11"
      case .deny: engine.dialect == .asa ? "A-CM-12" : "I-ACL-04"
      case .none: "A-CM-15"
      }
    let matched = result.outcome != .none
    steps.append(
      Step(
        "\(entry.name) match address \(list.name)", matched ? .match : .noMatch,
        label: "entry \(entry.sequence)", at: entry.citedLine, rule: rule,
        steps: describer.steps(of: entry.countedACEs, in: list.name, result)
          + [followed].compactMap { $0 }))
  }

  private mutating func describeAsleep(_ entry: CompiledEntry, _ elements: [Int]) {
    guard tracing != .none, let list = entry.list else { return }
    for index in elements {
      let element = list.entries[index]
      let why =
        element.isActive
        ? "time-range \(element.timeRange ?? "") is not active" : "is inactive"
      notes.append(
        "ACE \(element.position) of \(list.name) would match but \(why) "
          + "(line \(element.line.line))")
      use(element.isActive ? "X-ACL-06" : "X-ACL-07")
    }
  }
}

extension CompiledEntry {
  /// The line to cite: of the dynamic entry where there is one.
  var citedLine: CitedLine { dynamic?.line ?? line }
}
