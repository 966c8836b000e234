package import Timeline

/// While capturing, in a terminal: the state of each tunnel in a line of its own, redrawn when it
/// changes; in a pipe: a line whenever a state changes. At the end the whole report.
package final class LiveStatus: TimelineSink {
  private let target: OutputTarget
  private let report: TextReport
  private let canvas: Canvas
  private let redraws: Bool
  private var lines: [String: String] = [:]
  private var order: [String] = []
  private var drawn = 0

  /// Tunnels shown at most; those that changed last stay.
  private static let most = 12

  /// A status to `target`, the report at the end laid out by `options`.
  package init(target: OutputTarget, options: TextOptions) {
    self.target = target
    report = TextReport(target: target, options: options)
    canvas = Canvas(target: target, width: options.width, usesColor: options.usesColor)
    redraws = target.isTerminal
  }

  package func event(_ event: EventRecord) {
    report.event(event)
  }

  package func tunnelChanged(_ tunnel: TunnelRecord) {
    let text = cut(lineText(tunnel), to: canvas.width - 1)
    guard lines[tunnel.id] != text else { return }
    erase()
    if !redraws { canvas.line(Piece(text)) }
    order.removeAll { $0 == tunnel.id }
    order.append(tunnel.id)
    if order.count > Self.most { lines[order.removeFirst()] = nil }
    lines[tunnel.id] = text
    draw()
    target.flush()
  }

  package func finished(_ timeline: TimelineRecords) {
    erase()
    report.finished(timeline)
  }

  private func lineText(_ tunnel: TunnelRecord) -> String {
    let packets = tunnel.childSAs.reduce(0) { count, child in
      count + (child.traffic.toInitiator?.packets ?? 0) + (child.traffic.toResponder?.packets ?? 0)
    }
    let children = tunnel.childSAs.count { $0.outcome == "established" }
    var text = "\(tunnel.id)  \(padded(tunnel.outcome, to: 11))  \(peersText(tunnel))  "
    text += "\(shortMode(tunnel))  \(counted(tunnel.messages, "message"))"
    if children > 0 { text += "  \(counted(children, "child SA"))" }
    if packets > 0 { text += "  \(counted(packets, "ESP packet"))" }
    return text
  }

  private func draw() {
    guard redraws else { return }
    for id in order { if let text = lines[id] { canvas.line(Piece(text)) } }
    drawn = order.count
  }

  /// Takes the lines drawn before off the screen (ECMA-48: cursor up, erase below).
  private func erase() {
    guard redraws, drawn > 0 else { return }
    target.write("\u{1b}[\(drawn)A\u{1b}[J")
    drawn = 0
  }
}
