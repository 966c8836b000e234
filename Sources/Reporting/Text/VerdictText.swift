package import Timeline

/// Writes the answer of `explain`: the question, the verdict, and how it was reached, step by step,
/// each with the field values compared, the rule and the configuration line.
package struct VerdictText {
  private let canvas: Canvas
  private let path: String
  private let showsAllACEs: Bool

  /// - Parameters:
  ///   - target: Where to write.
  ///   - options: How it looks.
  ///   - path: The configuration that was asked, as lines are cited.
  ///   - showsAllACEs: True to leave no step out of a long list.
  package init(
    target: OutputTarget, options: TextOptions, path: String, showsAllACEs: Bool = false
  ) {
    canvas = Canvas(target: target, width: options.width, usesColor: options.usesColor)
    self.path = path
    self.showsAllACEs = showsAllACEs
  }

  /// A question and the answer to it.
  package func write(question: String, _ verdict: PolicyVerdictRecord) {
    canvas.field("QUESTION", question, indent: 0)
    write(verdict)
  }

  /// The answer alone.
  func write(_ verdict: PolicyVerdictRecord) {
    head(verdict)
    for (index, step) in verdict.trace.enumerated() {
      write(step, number: index + 1, indent: 2)
    }
    for attempt in verdict.tried { canvas.field("TRIED", attempt.description, indent: 0) }
    if let nearest = verdict.nearest { canvas.field("NEAREST", nearest, indent: 0) }
    for candidate in verdict.candidates { canvas.field("CANDIDATE", candidate, indent: 0) }
    for note in verdict.notes { canvas.field("NOTE", note, indent: 0) }
    if !verdict.findings.isEmpty {
      canvas.field("FINDINGS", verdict.findings.joined(separator: " "), indent: 0, .caution)
    }
    if !verdict.rules.isEmpty {
      canvas.field("RULES", verdict.rules.joined(separator: " "), indent: 0, .dim)
    }
    canvas.blank()
  }

  private func head(_ verdict: PolicyVerdictRecord) {
    let place = placeText(verdict, path: path)
    let reason = verdict.reason.isEmpty ? "" : "(\(verdict.reason))"
    let lead = [
      Piece(padded("VERDICT", to: Canvas.labelColumns), .dim),
      Piece("\(verdict.verdict)  ", role(ofVerdict: verdict.verdict)),
    ]
    let grounds = [reason, place].filter { !$0.isEmpty }.joined(separator: "  ")
    canvas.paragraph(lead, grounds, hang: Canvas.labelColumns)
    if !verdict.sentence.isEmpty { canvas.field("", verdict.sentence, indent: 0) }
    if let text = agreementText(verdict) { canvas.field("", text, indent: 0) }
    if let ace = verdict.ace { canvas.field("ACE", "\(path):\(ace.line)  \(ace.text)", indent: 0) }
    if let scope = verdict.saScope { canvas.field("SA COVERS", scopeText(scope), indent: 0) }
  }

  private func agreementText(_ verdict: PolicyVerdictRecord) -> String? {
    var parts: [String] = []
    if let peer = verdict.peer { parts.append("peer \(peer)") }
    if let name = verdict.transformSet { parts.append("transform set \(name)") }
    if let name = verdict.proposal { parts.append("proposal \(name)") }
    if let chosen = verdict.chosen, !chosen.isEmpty {
      parts.append(chosen.map { "\($0.kind) \($0.name)" }.joined(separator: " "))
    }
    if let seconds = verdict.lifetimeSeconds { parts.append("lifetime \(seconds) s") }
    if let kilobytes = verdict.lifetimeKilobytes { parts.append("\(kilobytes) kB") }
    if let notify = verdict.notify { parts.append("notify \(notify)") }
    if verdict.negotiates == true { parts.append("the device starts IKE") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func write(_ step: StepRecord, number: Int?, indent: Int) {
    let mark = number.map { "\($0) " } ?? ""
    let lead = String(repeating: " ", count: indent) + mark
    let result = " → \(step.result)"
    let rule = step.rule.map { "  [\($0)]" } ?? ""
    canvas.paragraph([Piece(lead, .dim)], step.what + result + rule, role(ofResult: step.result))
    let inner = indent + 4
    let blank = String(repeating: " ", count: inner)
    if let config = step.config {
      canvas.paragraph([Piece(blank)], "\(path):\(config.line)  \(config.text)", .accent)
    }
    if !step.fields.isEmpty {
      let fields = step.fields.map(fieldText).joined(separator: "   ")
      canvas.paragraph([Piece(blank)], fields, .plain, hang: inner + 2)
    }
    write(step.steps, indent: inner)
  }

  /// Steps within a step: of a long list the first, those that matched or stopped, the nearest
  /// miss and the last, unless all are asked for.
  private func write(_ steps: [StepRecord], indent: Int) {
    let shown = showsAllACEs || steps.count <= 6 ? Set(steps.indices) : telling(steps)
    var skipped = 0
    func tellSkipped() {
      guard skipped > 0 else { return }
      let lead = String(repeating: " ", count: indent)
      canvas.line(
        Piece("\(lead)… \(counted(skipped, "step")) that did not match (--all-aces)", .dim))
      skipped = 0
    }
    for (index, step) in steps.enumerated() {
      if shown.contains(index) {
        tellSkipped()
        write(step, number: nil, indent: indent)
      } else {
        skipped += 1
      }
    }
    tellSkipped()
  }

  private func telling(_ steps: [StepRecord]) -> Set<Int> {
    var shown: Set<Int> = [0, steps.count - 1]
    for (index, step) in steps.enumerated() where step.result != "no-match" && shown.count < 40 {
      shown.insert(index)
    }
    let missed = steps.indices.filter {
      steps[$0].result == "no-match" && !steps[$0].fields.isEmpty
    }
    let nearest = missed.min { differences(steps[$0]) < differences(steps[$1]) }
    if let nearest { shown.insert(nearest) }
    return shown
  }

  private func differences(_ step: StepRecord) -> Int {
    step.fields.count { !$0.equal }
  }

  private func fieldText(_ field: FieldRecord) -> String {
    let relation = field.relation ?? (field.equal ? "=" : "≠")
    return "\(field.name) \(field.got) \(relation) \(field.wanted)"
  }
}

/// What an SA covers: `10.0.0.0/24 ↔ 10.1.0.0/24 tcp, destination port 443`.
private func scopeText(_ scope: SAScopeRecord) -> String {
  var text = "\(scope.source ?? "any") ↔ \(scope.destination ?? "any")"
  if let name = scope.protocol { text += " \(name)" }
  if let port = scope.sourcePort { text += ", source port \(port)" }
  if let port = scope.destinationPort { text += ", destination port \(port)" }
  return text
}

/// How a verdict is coloured.
private func role(ofVerdict verdict: String) -> Role {
  switch verdict {
  case "protect", "accept": .good
  case "drop", "refuse", "no-response": .bad
  default: .caution
  }
}

/// How a step's result is coloured.
private func role(ofResult result: String) -> Role {
  switch result {
  case "match": .good
  case "stop": .caution
  default: .plain
  }
}
