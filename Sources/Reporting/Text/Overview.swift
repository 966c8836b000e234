import Timeline

/// Writes the answer first: how many tunnels, and a line for each with its outcome and cause.
struct Overview {
  let canvas: Canvas
  let timeline: TimelineRecords
  /// The findings of each tunnel, the answer first.
  let findings: [String: [FindingRecord]]
  /// Tunnels listed at most.
  let most: Int

  /// The overview.
  func write() {
    guard !timeline.tunnels.isEmpty else {
      canvas.line(Piece(nothingText, .strong))
      return
    }
    canvas.paragraph([], totalText, .strong)
    if let summary = timeline.summary { canvas.paragraph([Piece("  ")], summary) }
    for line in sharedCauses { canvas.paragraph([Piece("  ")], line) }
    canvas.blank()
    let shown = listed
    let columns = Columns(shown, width: canvas.width)
    for tunnel in shown { write(tunnel, columns) }
    if timeline.tunnels.count > shown.count {
      let text = "… \(timeline.tunnels.count - shown.count) more; --all lists every tunnel"
      canvas.line(Piece("  \(text)", .dim))
    }
  }

  /// The first finding that is more than a remark; a remark only where it is all there is to say
  /// of a tunnel that did not come up.
  func answer(_ tunnel: TunnelRecords.Outline) -> FindingRecord? {
    let found = findings[tunnel.id] ?? []
    if let finding = found.first(where: { $0.severity != "info" }) { return finding }
    return ["failed", "incomplete"].contains(tunnel.outcome) ? found.first : nil
  }

  private var listed: [TunnelRecord] {
    let outlines = timeline.tunnels.outlines
    guard outlines.count > most else { return Array(timeline.tunnels) }
    let ranks = outlines.map { rank($0) }
    return outlines.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.prefix(most)
      .map { timeline.tunnels[$0] }
  }

  /// What is in trouble comes first; then what came up, which a flood of attempts must not bury.
  private func rank(_ tunnel: TunnelRecords.Outline) -> Int {
    if isTroubled(tunnel) { return 0 }
    return tunnel.outcome == "incomplete" ? 2 : 1
  }

  private func isTroubled(_ tunnel: TunnelRecords.Outline) -> Bool {
    tunnel.outcome == "failed" || answer(tunnel).map { $0.severity != "info" } == true
  }

  private var nothingText: String {
    let frames = timeline.captures.reduce(0) { $0 + $1.frames }
    return frames == 0
      ? "No frames." : "No IKE, ESP or AH in \(counted(frames, "frame"))."
  }

  private var totalText: String {
    let outcomes = ["failed", "incomplete", "established", "deleted"].compactMap { outcome in
      let count = timeline.tunnels.outlines.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(count) \(outcome)"
    }
    let total = "\(counted(timeline.tunnels.count, "tunnel")): \(outcomes.joined(separator: ", "))"
    // An IKE SA that stands does not mean that traffic flows: a child may have been refused.
    let troubled = timeline.tunnels.outlines.count {
      !["failed", "incomplete"].contains($0.outcome) && answer($0)?.severity == "error"
    }
    let verb = troubled == 1 ? "has" : "have"
    return troubled == 0 ? total : "\(total); \(troubled) of these \(verb) an error"
  }

  /// What several tunnels fail of, the most frequent first, without what the summary names.
  private var sharedCauses: [String] {
    var tunnels: [String: Int] = [:]
    var titles: [String: String] = [:]
    for tunnel in timeline.tunnels.outlines {
      guard let finding = answer(tunnel), finding.severity != "info" else { continue }
      tunnels[finding.cause, default: 0] += 1
      titles[finding.cause] = finding.title
    }
    let failing = tunnels.values.reduce(0, +)
    let said = timeline.summary ?? ""
    return tunnels.filter { $0.value > 1 && !said.hasSuffix(": \(titles[$0.key] ?? "").") }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
      .map { "\($0.value) of \(failing) with the same cause: \($0.key)" }
  }

  private func write(_ tunnel: TunnelRecord, _ columns: Columns) {
    let lead = [
      Piece("  \(padded(tunnel.id, to: columns.id))  ", .strong),
      Piece(padded(tunnel.outcome, to: 11) + "  ", role(ofOutcome: tunnel.outcome)),
      Piece(padded(peersText(tunnel), to: columns.peers) + "  "),
      Piece(padded(shortMode(tunnel), to: columns.mode) + "  "),
    ]
    guard let cause = causePiece(tunnel) else {
      return canvas.line(lead[0], lead[1], lead[2], lead[3])
    }
    let used = lead.reduce(0) { $0 + displayWidth($1.text) }
    if used + displayWidth(cause.text) <= canvas.width {
      canvas.line(lead[0], lead[1], lead[2], lead[3], cause)
    } else {
      canvas.line(lead[0], lead[1], lead[2], lead[3])
      let indent = String(repeating: " ", count: columns.id + 4)
      canvas.paragraph([Piece("\(indent)└ ", .dim)], cause.text, cause.role)
    }
  }

  /// The first finding's title; where nothing was found, the children that failed.
  private func causePiece(_ tunnel: TunnelRecord) -> Piece? {
    if let finding = answer(tunnel.outline) {
      let color = finding.severity == "info" ? Role.dim : role(ofSeverity: finding.severity)
      return Piece(finding.title, color)
    }
    let failed = tunnel.childSAs.count { $0.outcome == "failed" }
    return failed == 0 ? nil : Piece("\(counted(failed, "child SA")) failed", .bad)
  }

  /// Widths of the columns, from what stands in them.
  private struct Columns {
    var id: Int
    var peers: Int
    var mode: Int

    init(_ tunnels: [TunnelRecord], width: Int) {
      id = tunnels.map { displayWidth($0.id) }.max() ?? 2
      peers = min(tunnels.map { displayWidth(peersText($0)) }.max() ?? 0, width)
      mode = tunnels.map { displayWidth(shortMode($0)) }.max() ?? 0
    }
  }
}
