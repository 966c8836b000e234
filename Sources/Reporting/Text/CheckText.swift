package import Timeline

/// Writes the answer of `check`: what is wrong with a configuration, and what two would make of
/// each other.
package struct CheckText {
  private let canvas: Canvas
  private let target: OutputTarget
  private let options: TextOptions

  /// An answer to `target`.
  package init(target: OutputTarget, options: TextOptions) {
    canvas = Canvas(target: target, width: options.width, usesColor: options.usesColor)
    self.target = target
    self.options = options
  }

  /// The whole answer.
  package func write(_ check: CheckRecord) {
    canvas.paragraph([], totalText(check), .strong)
    canvas.blank()
    for finding in check.findings { write(finding) }
    for note in check.notes { canvas.paragraph([], note, .strong) }
    if !check.notes.isEmpty { canvas.blank() }
    for negotiation in check.negotiations { write(negotiation) }
    for configuration in check.configurations { write(configuration) }
  }

  private func totalText(_ check: CheckRecord) -> String {
    let refused = check.negotiations.count { $0.verdict.verdict == "refuse" }
    let pair =
      refused == 0
      ? nil : "\(refused) of \(counted(check.negotiations.count, "negotiation")) refused"
    guard !check.findings.isEmpty else { return pair ?? "Nothing found wrong." }
    let parts = ["error", "warning", "info"].compactMap { severity in
      let count = check.findings.count { $0.severity == severity }
      return count == 0 ? nil : counted(count, severity, plural: severity == "info" ? "info" : nil)
    }
    return (parts + [pair].compactMap { $0 }).joined(separator: ", ")
  }

  private func write(_ finding: CheckFindingRecord) {
    let lead = "\(finding.severity.uppercased())  "
    canvas.paragraph([Piece(lead, role(ofSeverity: finding.severity))], finding.sentence, hang: 4)
    for line in finding.config.prefix(options.isVerbose ? Int.max : 8) {
      canvas.paragraph(
        [Piece("    ")], "\(StepText.shortened(line.path)):\(line.line)  \(line.text)", .accent,
        hang: 6)
    }
    let more = finding.config.count - 8
    if more > 0, !options.isVerbose {
      canvas.line(Piece("    and \(counted(more, "more line"))", .dim))
    }
    if !finding.remedy.isEmpty { canvas.field("Change", finding.remedy, indent: 4) }
    let rules = ([finding.code] + finding.rules).joined(separator: " ")
    canvas.line(Piece("    [\(rules)]", .dim))
    canvas.blank()
  }

  /// What is refused or undecided with how that came about; what is accepted in short.
  private func write(_ negotiation: NegotiationRecord) {
    let verdict = negotiation.verdict
    let who = "\(negotiation.initiator) asks \(negotiation.responder)"
    guard verdict.verdict != "accept" || options.isVerbose else {
      canvas.paragraph(
        [Piece("ACCEPTED  ", .good)], "\(negotiation.subject): \(who)", hang: 4)
      canvas.paragraph([Piece("    ")], verdict.sentence, .dim)
      canvas.blank()
      return
    }
    VerdictText(target: target, options: options, path: negotiation.responder).write(
      question: "\(negotiation.subject): \(who)", verdict)
  }

  private func write(_ configuration: ConfigurationRecord) {
    let name = configuration.hostname.map { " of \($0)" } ?? ""
    let text = "\(configuration.path): \(configuration.dialect.uppercased())\(name)"
    canvas.field("Config", text, indent: 0)
    let most = options.isVerbose ? Int.max : 10
    for warning in configuration.warnings.prefix(most) {
      canvas.field(
        "", "line \(warning.line): \(warning.message): \(warning.text)", indent: 0, .caution)
    }
    let more = configuration.warnings.count - most
    if more > 0 {
      canvas.field("", "\(counted(more, "more line")) with notes (--verbose)", indent: 0, .dim)
    }
  }
}
