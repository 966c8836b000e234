package import Timeline

/// Writes the answer of `explain`: the question, the verdict, and how it was reached, step by step,
/// each with the field values compared, the rule and the configuration line.
package struct VerdictText {
  private let canvas: Canvas
  private let options: TextOptions
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
    self.options = options
    self.path = path
    self.showsAllACEs = showsAllACEs
  }

  /// A question and the answer to it.
  ///
  /// - Parameter asks: What is asked, where the question has another form than a flow.
  package func write(
    kind: String = "QUESTION", question: String, asks: String? = nil, _ verdict: PolicyVerdictRecord
  ) {
    if StepText.shortened(path) != path { canvas.field("CONFIG", path, indent: 0, .dim) }
    canvas.field(kind, question, indent: 0)
    if let asks { canvas.field("ASKS", asks, indent: 0) }
    write(verdict)
  }

  /// The answer alone.
  func write(_ verdict: PolicyVerdictRecord) {
    head(verdict)
    let steps = StepText(
      canvas: canvas, path: path, showsAllACEs: showsAllACEs, showsLines: options.isVerbose)
    steps.write(verdict.trace)
    if verdict.tried.count > 1 {
      canvas.field("TRIED", verdict.tried.map(\.description).joined(separator: "; "), indent: 0)
    }
    for why in verdict.why { canvas.field("WHY", why, indent: 0) }
    if let nearest = verdict.nearest { labelled("NEAREST MISS", nearest) }
    if let wouldWork = verdict.wouldWork { labelled("WOULD WORK", "with \(wouldWork).") }
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

  /// A text under a label that is wider than the labels' column.
  private func labelled(_ label: String, _ text: String) {
    canvas.paragraph([Piece("\(label)  ", .dim)], text, hang: Canvas.labelColumns)
  }

  private func head(_ verdict: PolicyVerdictRecord) {
    let place = placeText(verdict, path: StepText.shortened(path))
    let reason = verdict.reason.isEmpty ? "" : "(\(verdict.reason))"
    let lead = [
      Piece(padded("VERDICT", to: Canvas.labelColumns), .dim),
      Piece("\(verdict.verdict)  ", role(ofVerdict: verdict.verdict)),
    ]
    let grounds = [reason, place].filter { !$0.isEmpty }.joined(separator: "  ")
    canvas.paragraph(lead, grounds, hang: Canvas.labelColumns)
    if !verdict.sentence.isEmpty { canvas.field("", verdict.sentence, indent: 0) }
    if let text = agreementText(verdict) { canvas.field("", text, indent: 0) }
    if let ace = verdict.ace {
      canvas.field("ACE", "\(StepText.shortened(path)):\(ace.line)  \(ace.text)", indent: 0)
    }
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
