package import Timeline

/// While capturing, in a terminal: the state of each tunnel in a line of its own, redrawn when it
/// changes; in a pipe: a line whenever a state changes. At the end the whole report.
package final class LiveStatus: TimelineSink {
  private let target: OutputTarget
  private let report: TextReport
  private let canvas: Canvas
  private let redraws: Bool
  private var states: [String: State] = [:]
  private var order: [String] = []
  private var drawn = 0
  private var drawnAt: ContinuousClock.Instant?

  /// What a tunnel's line says.
  private struct State {
    var peers = ""
    var state = "begun"
    var last = ""
    var messages = 0
    var children: [String: String] = [:]
    var findings: [String] = []
  }

  /// Kinds of events that are told in a line of their own.
  private static let notes: Set<EventKind> = [
    .note, .interfaceDown, .interfaceUp, .interfaceGone, .framesDropped,
  ]

  /// Tunnels shown at most; those that something happened to last stay.
  private static let most = 12

  /// A status to `target`, the report at the end laid out by `options`.
  package init(target: OutputTarget, options: TextOptions) {
    self.target = target
    report = TextReport(target: target, options: options)
    canvas = Canvas(target: target, width: options.width, usesColor: options.usesColor)
    redraws = target.isTerminal
  }

  package func event(_ event: EventRecord) {
    // Findings are told here while they come, and by the report once they are final.
    if event.kind != .finding, event.kind != .findingWithdrawn { report.event(event) }
    if Self.notes.contains(event.kind) { write(note: event.summary) }
    guard let tunnel = event.tunnel else { return }
    let isStateChange = note(event, tunnel)
    if redraws {
      redraw(force: isStateChange)
    } else if isStateChange {
      writeLine(tunnel)
      target.flush()
    }
  }

  package func tunnelChanged(_ tunnel: TunnelRecord) {}

  package func tunnelForgotten(_ id: String) {
    report.tunnelForgotten(id)
    guard states.removeValue(forKey: id) != nil else { return }
    order.removeAll { $0 == id }
  }

  package func finished(_ timeline: TimelineRecords) {
    erase()
    if !redraws, !order.isEmpty { canvas.blank() }
    report.finished(timeline)
  }

  /// Takes an event in; true when it changed a state and not only a count.
  private func note(_ event: EventRecord, _ tunnel: String) -> Bool {
    var state = states[tunnel] ?? State()
    let isNew = states[tunnel] == nil
    switch event.kind {
    case .message:
      state.messages += 1
      state.last = event.summary
      if state.peers.isEmpty { state.peers = "\(event.from ?? "?") → \(event.to ?? "?")" }
    case .ikeState:
      state.state = event.summary
    case .childState:
      // Of a tunnel that is rekeyed for days only the living are counted.
      let isOver = event.summary == "deleted" || event.summary == "rekeyed"
      state.children[event.childSA ?? ""] = isOver ? nil : event.summary
    case .finding:
      state.findings.removeAll { $0 == event.summary }
      state.findings.append(event.summary)
    case .findingWithdrawn:
      state.findings.removeAll { $0 == event.summary }
    default:
      return false
    }
    states[tunnel] = state
    order.removeAll { $0 == tunnel }
    order.append(tunnel)
    if order.count > Self.most { states[order.removeFirst()] = nil }
    return isNew || event.kind != .message
  }

  /// A line of its own, above those of the tunnels.
  private func write(note: String) {
    erase()
    canvas.paragraph([], note)
    if redraws { redraw(force: true) } else { target.flush() }
  }

  private func writeLine(_ id: String) {
    guard let state = states[id] else { return }
    var text = "\(id)  \(padded(state.state, to: 11))  \(state.peers)"
    let up = state.children.values.count { $0 == "established" }
    let failed = state.children.values.count { $0 == "failed" }
    if up > 0 { text += "  \(counted(up, "child SA")) up" }
    if failed > 0 { text += "  \(counted(failed, "child SA")) failed" }
    if let finding = state.findings.first { text += "  \(finding)" }
    text += "  \(state.messages)× \(state.last)"
    canvas.line(Piece(cut(terminalSafe(text), to: canvas.width - 1)))
  }

  /// Draws all lines anew, messages alone not more often than ten times a second.
  private func redraw(force: Bool) {
    let now = ContinuousClock.now
    if !force, let drawnAt, now - drawnAt < .milliseconds(100) { return }
    drawnAt = now
    erase()
    for id in order { writeLine(id) }
    drawn = order.count
    target.flush()
  }

  /// Takes the lines drawn before off the screen (ECMA-48: cursor up, erase below).
  private func erase() {
    guard redraws, drawn > 0 else { return }
    target.write("\u{1b}[\(drawn)A\u{1b}[J")
    drawn = 0
  }
}
