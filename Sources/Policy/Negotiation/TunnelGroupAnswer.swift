import Bytes
import CiscoConfig

extension PolicyEngine {
  /// The tunnel group a peer with a certificate comes to (A-TG-02): certificate rules, then the
  /// OU of its subject, then its phase 1 identity, then its address, then the default group.
  package func answer(_ question: TunnelGroupQuestion) -> Verdict {
    var steps: [Step] = []
    for method in TunnelGroupMap.Method.allCases where isEnabled(method) {
      let (group, step) = select(method, question)
      steps.append(step)
      if let group { return chosen(group, steps, "A-TG-02") }
    }
    if let fallback = configuration.tunnelGroupMap.defaultGroup {
      let exists = configuration.tunnelGroups[fallback.value] != nil
      steps.append(
        Step(
          "default group \(fallback.value)" + (exists ? "" : " is not defined"),
          exists ? .match : .noMatch, at: CitedLine(fallback.line), rule: "A-TG-03"))
      if exists { return chosen(fallback.value, steps, "A-TG-03") }
    }
    var verdict = Verdict(.refuse, .noKeyOrTunnelGroup)
    verdict.trace = steps
    verdict.rules = ["A-TG-02", "A-TG-03"]
    verdict.sentence = "No tunnel group is named for the peer; the platform's defaults remain."
    return verdict
  }

  private func chosen(_ group: String, _ steps: [Step], _ rule: String) -> Verdict {
    var verdict = Verdict(.accept)
    verdict.tunnelGroup = group
    verdict.trace = steps
    verdict.rules = ["A-TG-02"]
    verdict.use(rule)
    verdict.sentence = "The peer comes to tunnel group \(printable(group))."
    return verdict
  }

  /// What the configuration says; where it says nothing of any method, all but the rules are on.
  private func isEnabled(_ method: TunnelGroupMap.Method) -> Bool {
    if let setting = configuration.tunnelGroupMap.methods[method] { return setting.value }
    let isAnyEnabled = configuration.tunnelGroupMap.methods.values.contains { $0.value }
    return !isAnyEnabled && method != .rules
  }

  private func select(
    _ method: TunnelGroupMap.Method, _ question: TunnelGroupQuestion
  ) -> (String?, Step) {
    switch method {
    case .rules: return selectByRules(question.certificate)
    case .organizationalUnit:
      return named(question.certificate?.subject["ou"]?.first, "OU of the subject", method)
    case .ikeID: return named(question.ikeIdentity, "phase 1 identity", method)
    case .peerIP: return named(question.peer.map { "\($0)" }, "peer's address", method)
    }
  }

  private func named(
    _ name: String?, _ what: String, _ method: TunnelGroupMap.Method
  ) -> (String?, Step) {
    let line = configuration.tunnelGroupMap.methods[method].map { CitedLine($0.line) }
    guard let name else {
      return (nil, Step("\(what): none", .noMatch, at: line, rule: "A-TG-02"))
    }
    let exists = configuration.tunnelGroups[name] != nil
    let step = Step(
      "\(what) \(printable(name))" + (exists ? "" : ": no such tunnel group"),
      exists ? .match : .noMatch, at: line, rule: "A-TG-02")
    return (exists ? name : nil, step)
  }

  /// The first rule, by ascending index, of which all criteria hold and that is associated with a
  /// group (A-TG-04, A-TG-05).
  private func selectByRules(
    _ certificate: TunnelGroupQuestion.Certificate?
  ) -> (String?, Step) {
    var steps: [Step] = []
    let associations = configuration.tunnelGroupMap.associations.sorted { $0.index < $1.index }
    for association in certificate == nil ? [] : associations {
      guard
        let rule = configuration.certificateRules.first(where: {
          $0.mapName == association.mapName && $0.index == association.index
        }), let certificate
      else { continue }
      let fields = rule.criteria.map { $0.value.field(certificate) }
      let holds = !fields.isEmpty && fields.allSatisfy(\.equal)
      let exists = configuration.tunnelGroups[association.group] != nil
      steps.append(
        Step(
          "rule \(rule.index), group \(association.group)", holds ? .match : .noMatch,
          at: CitedLine(rule.line), rule: "A-TG-04", fields: fields))
      if holds, exists {
        return (
          association.group, Step("certificate rules", .match, rule: "A-TG-05", steps: steps)
        )
      }
    }
    return (nil, Step("certificate rules", .noMatch, rule: "A-TG-05", steps: steps))
  }
}

extension CertificateCriterion {
  /// The criterion compared with a certificate's names, without regard to case.
  func field(_ certificate: TunnelGroupQuestion.Certificate) -> Step.Field {
    let name = "\(field.rawValue) \(attribute ?? "") \(comparison.rawValue)"
    let values = values(of: certificate)
    let got = values.isEmpty ? "none" : values.joined(separator: ", ")
    guard field == .subject || field == .issuer else {
      return Step.Field(name, wanted: value, got: "unknown", .unknown)
    }
    let holds = holds(values)
    return Step.Field(name, wanted: value, got: got, holds ? .same : .differs)
  }

  private func values(of certificate: TunnelGroupQuestion.Certificate) -> [String] {
    let names = field == .issuer ? certificate.issuer : certificate.subject
    if let attribute { return names[attribute.lowercased()] ?? [] }
    let whole = names.sorted { $0.key < $1.key }
      .flatMap { key, values in values.map { "\(key)=\($0)" } }
    return [whole.joined(separator: ",")]
  }

  private func holds(_ values: [String]) -> Bool {
    let wanted = value.lowercased()
    let values = values.map { $0.lowercased() }
    return switch comparison {
    case .equal: values.contains(wanted)
    case .notEqual: !values.contains(wanted)
    case .contains: values.contains { $0.containsText(wanted) }
    case .containsNot: !values.contains { $0.containsText(wanted) }
    }
  }
}

extension String {
  /// True when the other text stands somewhere in this one.
  fileprivate func containsText(_ other: String) -> Bool {
    let own = Array(utf8)
    let wanted = Array(other.utf8)
    guard wanted.count <= own.count else { return false }
    return (0...(own.count - wanted.count)).contains { start in
      own[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }
}
