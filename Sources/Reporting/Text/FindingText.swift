import Timeline

/// Writes a finding: what, where, why, whose line, what to change, what it is not.
struct FindingText {
  let canvas: Canvas
  let severalCaptures: Bool
  /// True to give a remark's evidence and remedy too.
  let verbose: Bool

  /// One finding; of a remark what it says, and no more unless asked.
  func write(_ finding: FindingRecord) {
    let lead = [
      Piece("  \(finding.severity.uppercased())  ", role(ofSeverity: finding.severity)),
      Piece(finding.title, .strong),
    ]
    let mark = "  [\(finding.cause), \(finding.certainty)]"
    let used = lead.reduce(0) { $0 + displayWidth($1.text) }
    if used + displayWidth(mark) <= canvas.width {
      canvas.line(lead[0], lead[1], Piece(mark, .dim))
    } else {
      canvas.paragraph([lead[0]], finding.title, .strong)
      canvas.line(Piece("  \(mark)", .dim))
    }
    if !finding.explanation.isEmpty {
      canvas.paragraph([Piece("    ")], finding.explanation)
    }
    guard finding.severity != "info" || verbose else { return }
    evidence(finding.evidence)
    config(finding.config)
    if !finding.remedy.isEmpty { canvas.field("Change", finding.remedy, indent: 4) }
    for (index, other) in finding.ruledOut.enumerated() {
      canvas.field(index == 0 ? "Not" : "", "\(other.cause): \(other.because)", indent: 4, .dim)
    }
    if !finding.needs.isEmpty {
      let needs = finding.needs.map(needText).joined(separator: "; ")
      canvas.field("Would help", needs, indent: 4)
    }
  }

  private func evidence(_ evidence: [EvidenceRecord]) {
    let most = 6
    for (index, item) in evidence.prefix(most).enumerated() {
      let capture = severalCaptures ? "\(item.capture + 1):" : ""
      let what = item.what.isEmpty ? "" : ": \(item.what)"
      canvas.field(index == 0 ? "Shown by" : "", "frame \(capture)\(item.frame)\(what)", indent: 4)
    }
    if evidence.count > most {
      canvas.field("", "and \(counted(evidence.count - most, "more frame"))", indent: 4, .dim)
    }
  }

  private func config(_ lines: [ConfigLineRecord]) {
    let most = 8
    for (index, line) in lines.prefix(most).enumerated() {
      canvas.field(
        index == 0 ? "Config" : "", "\(line.path):\(line.line)  \(line.text)", indent: 4, .accent)
    }
    if lines.count > most {
      canvas.field("", "and \(counted(lines.count - most, "more line"))", indent: 4, .dim)
    }
  }
}
