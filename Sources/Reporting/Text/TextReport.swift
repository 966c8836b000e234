package import Timeline

/// How a text report looks.
package struct TextOptions: Hashable, Sendable {
  /// Columns.
  package var width = 80
  /// Colour.
  package var usesColor = false
  /// Every payload, vendor identifier and trace.
  package var isVerbose = false
  /// Every tunnel and flow, however many.
  package var showsAll = false

  package init() {}
}

/// Writes the timeline for a person: first the answer, then for each tunnel its ladder, SAs and
/// findings, then the flows, then what was read.
package final class TextReport: TimelineSink {
  private let target: OutputTarget
  private let options: TextOptions
  private let canvas: Canvas
  private var store: LadderStore

  /// A report to `target`.
  package init(target: OutputTarget, options: TextOptions) {
    self.target = target
    self.options = options
    canvas = Canvas(target: target, width: options.width, usesColor: options.usesColor)
    store = LadderStore(keepsDetails: options.isVerbose)
  }

  package var eventDetail: EventDetail { options.isVerbose ? .everything : .lines }

  package func event(_ event: EventRecord) {
    store.add(event)
  }

  package func tunnelChanged(_ tunnel: TunnelRecord) {}

  package func tunnelForgotten(_ id: String) { store.forget(id) }

  package func finished(_ timeline: TimelineRecords) {
    let findings = findingsByTunnel(timeline)
    let overview = Overview(
      canvas: canvas, timeline: timeline, findings: findings,
      most: options.showsAll ? Int.max : 200)
    overview.write()
    canvas.blank()
    write(tunnels: timeline, findings)
    writeUnattached(timeline)
    FlowText(canvas: canvas, most: options.showsAll ? Int.max : 40).write(timeline.flows)
    CaptureText(canvas: canvas, verbose: options.isVerbose).write(timeline)
    target.flush()
  }

  private func findingsByTunnel(_ timeline: TimelineRecords) -> [String: [FindingRecord]] {
    var findings: [String: [FindingRecord]] = [:]
    for finding in timeline.findings {
      if let tunnel = finding.tunnel { findings[tunnel, default: []].append(finding) }
    }
    return findings
  }

  /// Tunnels that are shown in full: all of a few; of many those with something to say.
  private func write(tunnels timeline: TimelineRecords, _ findings: [String: [FindingRecord]]) {
    let few = 20
    let most = 50
    let outlines = timeline.tunnels.outlines
    var shown = Array(outlines.indices)
    if shown.count > few, !options.showsAll {
      // Some that came up in the midst of a flood of attempts are what the user came for.
      let up = outlines.count { $0.outcome == "established" || $0.outcome == "deleted" }
      shown = shown.filter { position in
        let tunnel = outlines[position]
        return tunnel.outcome == "failed" || up <= few && tunnel.outcome != "incomplete"
          || findings[tunnel.id]?.contains { $0.severity != "info" } == true
      }
      shown = Array(shown.prefix(most))
    }
    for position in shown where canvas.isOpen {
      let tunnel = timeline.tunnels[position]
      TunnelText(
        canvas: canvas, options: options, severalCaptures: timeline.captures.count > 1
      ).write(tunnel, ladder: store.ladders[tunnel.id], findings: findings[tunnel.id] ?? [])
    }
    let rest = timeline.tunnels.count - shown.count
    if rest > 0 {
      canvas.line(
        Piece("Details of \(counted(rest, "tunnel")) are left out; --all shows them.", .dim))
      canvas.blank()
    }
  }

  /// Findings that belong to no tunnel.
  private func writeUnattached(_ timeline: TimelineRecords) {
    let known = Set(timeline.tunnels.outlines.map(\.id))
    let findings = timeline.findings.filter { finding in
      finding.tunnel.map { !known.contains($0) } ?? true
    }
    guard !findings.isEmpty else { return }
    canvas.line(Piece("Beside the tunnels", .strong))
    for finding in findings {
      FindingText(
        canvas: canvas, severalCaptures: timeline.captures.count > 1, verbose: options.isVerbose
      ).write(finding)
    }
    canvas.blank()
  }
}
