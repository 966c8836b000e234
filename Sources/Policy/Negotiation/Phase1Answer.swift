import CiscoConfig

extension PolicyEngine {
  /// What an IKEv1 phase 1 offer gets here as responder (rules §0.5).
  package func answer(_ question: Phase1Question) -> Verdict {
    if let silence = silence(question.interface, version: 1) { return silence }
    if question.isAggressive, let line = configuration.settings.isAggressiveModeDisabled,
      line.value
    {
      return aggressiveModeRefused(line.line)
    }
    var search = Phase1Search(dialect: dialect, policies: phase1Policies)
    search.run(question.offers)
    var verdict = search.verdict
    verdict.interface = question.interface
    verdict.add(findings: findings.filter { $0.code == .noISAKMPPolicy }.map(\.code))
    return verdict
  }

  /// Own policies, or what IOS has where none is written.
  private var phase1Policies: [Phase1Search.Policy] {
    let own = configuration.ikev1Policies.map { policy in
      Phase1Search.Policy(
        priority: policy.priority, values: policy.values(for: dialect),
        line: CitedLine(policy.line))
    }
    guard own.isEmpty, dialect == .ios else { return own }
    let line = SourceLine(number: 0, text: "Default protection suite")
    let suite = IKEv1Policy(priority: 65535, line: line)
    return [
      Phase1Search.Policy(
        priority: 65535, values: suite.values(for: dialect), line: CitedLine(line))
    ]
  }

  private func aggressiveModeRefused(_ line: SourceLine) -> Verdict {
    var verdict = Verdict(.refuse, .aggressiveModeDisabled)
    verdict.trace = [
      Step("disabled", .stop, label: "aggressive", at: CitedLine(line), rule: "A-AM-01")
    ]
    verdict.use("A-AM-01")
    verdict.use("A-AM-03")
    verdict.sentence = "The offer is refused: aggressive mode is disabled."
    return verdict
  }

  /// `no-response` where IKE does not listen; an ASA must be told to, IOS listens with the map.
  func silence(_ interface: String?, version: Int) -> Verdict? {
    let listening =
      version == 1
      ? configuration.settings.ikev1Interfaces : configuration.settings.ikev2Interfaces
    let isOff = configuration.settings.isIKEEnabled?.value == false
    if dialect == .ios {
      guard isOff else { return nil }
    } else if let interface {
      let names = [interface, configuration.interface(interface)?.reference]
        .compactMap { $0?.lowercased() }
      if listening.contains(where: { names.contains($0.value.lowercased()) }) { return nil }
    } else if !listening.isEmpty {
      return nil
    }
    var verdict = Verdict(.noResponse, .isakmpNotEnabledOnInterface)
    verdict.interface = interface
    let place = interface.map { " on \($0)" } ?? ""
    verdict.sentence = "No answer: IKEv\(version) is not enabled\(place)."
    verdict.trace = [
      Step("does not listen\(place)", .stop, label: "IKEv\(version)", rule: "A-IKE-13")
    ]
    verdict.use("A-IKE-13")
    verdict.add(findings: [.ikeNotEnabled])
    return verdict
  }
}

/// The responder's search: own policies in priority order, for each the offer's transforms in the
/// order offered (A-IKE-07, S-TRAP-04).
struct Phase1Search {
  struct Policy {
    let priority: Int
    let values: IKEv1Policy.Values
    let line: CitedLine
  }

  let dialect: Dialect
  let policies: [Policy]
  private(set) var tried: [Attempt] = []
  private(set) var steps: [Step] = []
  private var found: (policy: Policy, offer: Phase1Question.Offer)?

  init(dialect: Dialect, policies: [Policy]) {
    self.dialect = dialect
    self.policies = policies
  }

  mutating func run(_ offers: [Phase1Question.Offer]) {
    for policy in policies {
      for offer in offers {
        let fields = Self.compare(policy.values, offer)
        let differs = fields.filter { !$0.equal }.map(\.name)
        steps.append(
          Step(
            "offer \(offer.priority) against policy \(policy.priority)",
            differs.isEmpty ? .match : .noMatch, label: "policy \(policy.priority)",
            at: policy.line, rule: "A-IKE-08", fields: fields))
        guard !differs.isEmpty else {
          found = (policy, offer)
          return
        }
        tried.append(.policy(offered: offer.priority, own: policy.priority, differs: differs))
      }
    }
  }

  /// Each field of an own policy and of an offered transform.
  static func compare(
    _ own: IKEv1Policy.Values, _ offer: Phase1Question.Offer
  ) -> [Step.Field] {
    func field(_ name: String, _ own: String, _ offered: String) -> Step.Field {
      Step.Field(name, wanted: own, got: offered, own == offered ? .same : .differs)
    }
    let group = Spelling.group(offer.group).map { "\($0)" } ?? offer.group
    let lifetime: Step.Field
    // 0 stands for no limit.
    if let offered = offer.lifetime {
      let fits = own.lifetime == 0 ? offered == 0 : offered == 0 || UInt64(own.lifetime) <= offered
      lifetime = Step.Field(
        "lifetime", wanted: "\(own.lifetime)", got: "\(offered)",
        fits ? (offered == UInt64(own.lifetime) ? .same : .greaterOrEqual) : .less)
    } else {
      lifetime = Step.Field("lifetime", wanted: "\(own.lifetime)", got: "none", .greaterOrEqual)
    }
    return [
      field(
        "encryption", Spelling.cipher(own.encryption.spelling), Spelling.cipher(offer.encryption)),
      field("hash", Spelling.hash(own.hash.spelling), Spelling.hash(offer.hash)),
      field(
        "authentication", Spelling.authentication(own.authentication),
        Spelling.authentication(offer.authentication)),
      field("group", "\(own.group)", group),
      lifetime,
    ]
  }

  /// The failure with the fewest differing fields, the first among equals.
  var nearest: Attempt? {
    tried.min { left, right in left.differingFields < right.differingFields }
  }

  var verdict: Verdict {
    var verdict = Verdict(found == nil ? .refuse : .accept)
    verdict.tried = tried
    verdict.trace = steps
    verdict.rules = ["A-IKE-07", "A-IKE-08"]
    if let (policy, offer) = found {
      fill(&verdict, policy, offer)
    } else {
      verdict.reason = .noAcceptableISAKMPPolicy
      verdict.notify = 14
      verdict.detail.nearest = nearest
      verdict.use(policies.isEmpty ? "A-IKE-11" : "A-IKE-09")
      verdict.sentence = refusal
      verdict.detail.wouldWork = repair
      if case .policy(_, _, ["lifetime"]) = nearest {
        verdict.detail.notes.append(
          "Only the lifetime is in the way: an own lifetime that is longer than the offered one is "
            + "no match by the documentation; many releases accept it and use the shorter.")
        verdict.use("M-26")
      }
    }
    return verdict
  }

  private func fill(
    _ verdict: inout Verdict, _ policy: Policy, _ offer: Phase1Question.Offer
  ) {
    verdict.ikePolicy = Verdict.IKEPolicyReference(
      number: policy.priority, line: policy.line.line)
    verdict.offeredPriority = offer.priority
    let own = UInt64(clamping: policy.values.lifetime)
    let candidates = [own == 0 ? nil : own, offer.lifetime].compactMap { $0 }
    verdict.lifetimeSeconds = candidates.min()
    verdict.chosen = Self.compare(policy.values, offer).dropLast().map {
      Verdict.Algorithm(kind: $0.name, name: $0.wanted)
    }
    verdict.sentence =
      "Offer \(offer.priority) is accepted by policy \(policy.priority)"
      + (verdict.lifetimeSeconds.map { ", lifetime \($0) s." } ?? ".")
  }

  private var refusal: String {
    guard case .policy(let offered, let own, let differs) = nearest else {
      return "The offer is refused: no ISAKMP policy is configured."
    }
    return "The offer is refused. Offer \(offered) came nearest to policy \(own): "
      + "\(differs.joined(separator: ", ")) \(differs.count == 1 ? "differs" : "differ")."
  }
}

extension Attempt {
  /// The number of fields that differ; entries count by how far they did not come.
  var differingFields: Int {
    switch self {
    case .policy(_, _, let differs): differs.count
    case .entry(_, _, let stage): 5 - (stage.stage ?? 0)
    }
  }
}
