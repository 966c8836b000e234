import Timeline

/// Writes the steps of an evaluation in the order in which they were made: on the left what was
/// looked at and what came of it, on the right the configuration line and the rule.
struct StepText {
  let canvas: Canvas
  /// The configuration, as lines are cited.
  let path: String
  /// True to leave no step out of a long list.
  let showsAllACEs: Bool
  /// True to show the text of every line that is cited.
  let showsLines: Bool

  /// Columns of a step's label.
  private static let labelColumns = 11

  init(canvas: Canvas, path: String, showsAllACEs: Bool, showsLines: Bool) {
    self.canvas = canvas
    self.path = Self.shortened(path)
    self.showsAllACEs = showsAllACEs
    self.showsLines = showsLines
  }

  /// The last part of a long path: steps cite it on every line.
  static func shortened(_ path: String) -> String {
    guard path.utf8.count > 24, let name = path.split(separator: "/").last else { return path }
    return name.utf8.count < path.utf8.count ? String(name) : path
  }

  /// The steps, numbered.
  func write(_ steps: [StepRecord]) {
    for (index, step) in steps.enumerated() { write(step, number: index + 1, indent: 2) }
  }

  private func write(_ step: StepRecord, number: Int?, indent: Int) {
    let mark = String(repeating: " ", count: indent) + (number.map { "\($0) " } ?? "")
    let columns = Self.labelColumns - (number == nil ? 0 : 2)
    let label = padded(step.label, to: columns)
    let hang = min(displayWidth(mark + label), canvas.width / 2)
    canvas.paragraph(
      [
        Piece(mark, .dim),
        Piece(label + (label.hasSuffix(" ") || label.isEmpty ? "" : " "), .strong),
      ],
      step.what + outcome(step), role(ofResult: step.result), hang: hang, beside: citation(step))
    let blank = [Piece(String(repeating: " ", count: hang))]
    if showsLines, let config = step.config, !step.what.contains(config.text) {
      canvas.paragraph(blank, config.text, .accent)
    }
    if !step.fields.isEmpty {
      let fields = step.fields.map(fieldText).joined(separator: "   ")
      canvas.paragraph(blank, fields, .plain, hang: hang)
    }
    write(step.steps, indent: indent + 4)
  }

  /// What came of a comparison; other steps say it themselves.
  private func outcome(_ step: StepRecord) -> String {
    guard !step.fields.isEmpty else { return "" }
    return step.result == "match" ? "  →\(joiner)MATCH" : "  →\(joiner)no\(joiner)match"
  }

  /// `fw.cfg:22 [A-AP-01]`.
  private func citation(_ step: StepRecord) -> String {
    // What the platform has by default stands on no line.
    let line = step.config.map { $0.line > 0 ? "\(path):\($0.line)" : "by default" }
    return [line, step.rule.map { "[\($0)]" }].compactMap { $0 }.joined(separator: " ")
  }

  /// A field in which a packet or an offer fits in short; one in which it does not in full.
  private func fieldText(_ field: FieldRecord) -> String {
    let relation = (field.relation ?? (field.equal ? "=" : "≠")).replacing(" ", with: joiner)
    let got = field.got.replacing(" ", with: joiner)
    let name = "\(Self.short[field.name] ?? field.name)\(joiner)"
    if field.equal, field.relation == "=" { return "\(name)\(got)\(joiner)=" }
    return "\(name)\(got)\(joiner)\(relation) \(field.wanted)"
  }

  private var joiner: String { String(Canvas.joiner) }

  /// Names of fields as they are printed.
  private static let short = ["source": "src", "destination": "dst"]

  // MARK: - Long lists

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
}

/// How a step's result is coloured.
private func role(ofResult result: String) -> Role {
  switch result {
  case "match": .good
  case "stop": .caution
  default: .plain
  }
}
