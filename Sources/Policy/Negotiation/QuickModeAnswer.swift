import Bytes
import CiscoConfig

extension PolicyEngine {
  /// What a quick mode request gets here as responder (rules §0.6).
  package func answer(_ question: QuickModeQuestion) -> Verdict {
    var search = Phase2Search(engine: self)
    let sets = responderSets(question.interface, peer: question.peer)
    for entry in Phase2Search.order(sets) {
      if search.tryEntry(entry, question) { break }
    }
    var verdict = search.verdict
    if verdict.outcome == .refuse, !verdict.tried.isEmpty,
      !sets.flatMap(\.entries).contains(where: \.isDynamic)
    {
      verdict.trace.append(
        Step("no dynamic entry in the set", .skip, label: "dynamic", rule: "A-NEG-05"))
    }
    verdict.interface = question.interface
    verdict.rules = ["A-NEG-05"] + verdict.rules
    for set in sets {
      verdict.add(findings: findings.filter { $0.concerns(set.map.name) }.map(\.code))
    }
    return verdict
  }

  /// The sets a request may meet: of the interface where it is named, else of all.
  func responderSets(_ interface: String?, peer: IPAddress) -> [CompiledMap] {
    if let interface { return map(onInterface: interface).map { [$0] } ?? [] }
    return boundMaps
  }
}

/// The responder's search through map entries: peer, proxies, transform set, PFS.
struct Phase2Search {
  let engine: PolicyEngine
  private var tried: [Attempt] = []
  private var steps: [Step] = []
  private var accepted: Verdict?
  /// Entries of which it cannot be told whether they would accept.
  private var open: [Verdict.Candidate] = []
  private var furthest: ReasonCode = .noEntry
  /// The entry that came furthest, the first among equals.
  private var furthestEntry: CompiledEntry?
  private var lastRequest: QuickModeQuestion?

  init(engine: PolicyEngine) {
    self.engine = engine
  }

  /// Static entries by sequence, then the dynamic ones (A-NEG-05, M-33).
  static func order(_ sets: [CompiledMap]) -> [CompiledEntry] {
    let entries = sets.flatMap(\.entries).filter { $0.kind != .manual && $0.kind != .cisco }
    return entries.filter { !$0.isDynamic } + entries.filter(\.isDynamic)
  }

  /// Tries one entry; true when it accepts.
  mutating func tryEntry(_ entry: CompiledEntry, _ question: QuickModeQuestion) -> Bool {
    lastRequest = question
    if entry.settings.connectionType?.value == .originateOnly {
      steps.append(
        Step(
          "\(entry.name) is originate-only and never answers", .skip,
          label: "entry \(entry.sequence)", at: entry.citedLine, rule: "X-ASA-06"))
      return false
    }
    var trial = Phase2Trial(engine: engine, entry: entry)
    let result = trial.run(question)
    steps.append(trial.step(result))
    switch result {
    case .accepted:
      accepted = trial.verdict
      return true
    case .failed(let stage):
      fail(entry, at: stage)
      return false
    case .open(let condition):
      open.append(
        Verdict.Candidate(
          outcome: .accept, reason: nil, map: entry.map, sequence: entry.sequence, ace: nil,
          condition: condition))
      return false
    }
  }

  private mutating func fail(_ entry: CompiledEntry, at stage: ReasonCode) {
    tried.append(
      .entry(sequence: entry.sequence, dynamicSequence: entry.dynamic?.sequence, stage: stage))
    if stage.isFurther(than: furthest) { (furthest, furthestEntry) = (stage, entry) }
  }

  /// The entry that accepts where none of the open ones does.
  private static func candidate(_ verdict: Verdict) -> Verdict.Candidate {
    Verdict.Candidate(
      outcome: .accept, reason: nil, map: verdict.map, sequence: verdict.sequence,
      ace: verdict.ace?.index, condition: "no earlier entry accepts")
  }

  var verdict: Verdict {
    var verdict: Verdict
    if !open.isEmpty {
      verdict = Verdict(.cannotTell)
      verdict.detail.candidates = open + [accepted].compactMap { $0 }.map(Self.candidate)
      verdict.sentence =
        "Cannot tell what the request gets: " + open.map(\.condition).joined(separator: "; ") + "."
    } else if let accepted {
      verdict = accepted
    } else {
      verdict = Verdict(.refuse, furthest)
      verdict.notify = furthest == .proxyNotPermitted ? 18 : 14
      verdict.detail.nearest = tried.min { $0.differingFields < $1.differingFields }
      verdict.sentence = "The request is refused: \(furthest.explanation)."
      if let lastRequest {
        let offers = lastRequest.offers.map { $0.map(Spelling.transform).joined(separator: " ") }
        verdict.detail.wouldWork = engine.repair(
          furthest, at: furthestEntry,
          PolicyEngine.RefusedRequest(
            peer: lastRequest.peer, proxy: lastRequest.proxy,
            offered: offers.joined(separator: " or ")))
      }
    }
    verdict.tried = tried
    verdict.trace = steps
    return verdict
  }
}
