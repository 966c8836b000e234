import Bytes
import Timeline

/// Draws a tunnel's ladder: frame, time since its first message, arrow, message.
struct LadderText {
  private let canvas: Canvas
  private let tunnel: TunnelRecord
  private let showsCapture: Bool
  private let start: Timestamp?
  private var frameColumns = 5
  private var timeColumns = 8
  private var lastFrame = 0

  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - tunnel: The tunnel.
  ///   - severalCaptures: True when a frame number alone would not say where to look.
  init(canvas: Canvas, tunnel: TunnelRecord, severalCaptures: Bool) {
    self.canvas = canvas
    self.tunnel = tunnel
    showsCapture = severalCaptures
    start = tunnel.start?.time
  }

  /// Draws all that was kept.
  mutating func draw(_ ladder: Ladder) {
    let first = ladder.head
    let last = ladder.lastLines
    let all = first + last
    frameColumns = all.map { frameText($0).utf8.count }.max() ?? 5
    timeColumns = all.map { timeText($0).utf8.count }.max() ?? 8
    frameColumns = max(frameColumns, 5)
    timeColumns = max(timeColumns, 8)
    heading()
    for line in first { draw(line) }
    if ladder.omitted > 0 {
      let text = "… \(counted(ladder.omitted, "line")) left out (--format ndjson has them all)"
      canvas.line(Piece(String(repeating: " ", count: indent) + text, .dim))
    }
    for line in last { draw(line) }
  }

  private var indent: Int { frameColumns + timeColumns + 6 }

  private func heading() {
    let frame = paddedLeft("frame", to: frameColumns + 2)
    let time = paddedLeft("seconds", to: timeColumns + 2)
    let ends = "→ from \(tunnel.initiator.address)  ← from \(tunnel.responder.address)"
    canvas.paragraph([Piece("\(frame)\(time)  ", .dim)], ends, .dim)
  }

  private mutating func draw(_ line: LadderLine) {
    // What a message brought about stands under it, without saying again when.
    let isSame = !line.isMessage && line.frame == lastFrame
    let frame = paddedLeft(isSame ? "" : frameText(line), to: frameColumns + 2)
    let time = paddedLeft(isSame ? "" : timeText(line), to: timeColumns + 2)
    lastFrame = line.frame
    let arrow = line.isMessage ? arrow(line) : "·"
    let lead = [Piece("\(frame)\(time)  ", .dim), Piece("\(arrow) ", .accent)]
    canvas.paragraph(lead, summaryText(line) + copiesText(line), line.isMessage ? .plain : .dim)
    if let malformed = line.malformed {
      canvas.paragraph(
        [Piece(String(repeating: " ", count: indent), .plain)], "malformed: \(malformed)", .bad)
    }
    for payload in line.details { draw(payload: payload) }
  }

  /// A payload's type and below it its fields.
  private func draw(payload: String) {
    let parts = payload.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let columns = indent + (index == 0 ? 0 : 2)
      let lead = String(repeating: " ", count: columns)
      canvas.paragraph([Piece(lead)], String(part), index == 0 ? .accent : .dim, hang: columns + 2)
    }
  }

  /// The message, its closing bracket never alone on a line.
  private func summaryText(_ line: LadderLine) -> String {
    let summary = line.summary.text
    guard summary.utf8.suffix(2).elementsEqual(" ]".utf8) else { return summary }
    return summary[..<summary.utf8.index(summary.endIndex, offsetBy: -2)] + "\(Canvas.joiner)]"
  }

  private func frameText(_ line: LadderLine) -> String {
    showsCapture ? "\(line.capture + 1):\(line.frame)" : "\(line.frame)"
  }

  private func timeText(_ line: LadderLine) -> String {
    guard let time = line.time, let start else { return "" }
    return secondsText(time.since(start))
  }

  private func copiesText(_ line: LadderLine) -> String {
    guard line.copies > 0 else { return "" }
    var text = "×\(line.copies + 1), last in frame \(line.lastCopyFrame)"
    if let last = line.lastCopyTime, let start { text += " at \(secondsText(last.since(start)))" }
    return "  " + String(text.map { $0 == " " ? Canvas.joiner : $0 })
  }

  /// Which way a message goes: by the address, and by the port where both ends share one.
  private func arrow(_ line: LadderLine) -> String {
    let initiator = tunnel.initiator.address
    let responder = tunnel.responder.address
    if initiator == responder {
      return portText(line.from) == "\(tunnel.initiator.port)" ? "→" : "←"
    }
    if hostText(line.from) == initiator || hostText(line.to) == responder { return "→" }
    if hostText(line.from) == responder || hostText(line.to) == initiator { return "←" }
    return "?"
  }
}

/// The address of `192.0.2.1:500` or `[2001:db8::1]:500`.
private func hostText(_ end: String) -> Substring {
  let bytes = end.utf8
  if bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")) {
    return end[bytes.index(after: bytes.startIndex)..<close]
  }
  let mark = UInt8(ascii: ":")
  guard let colon = bytes.lastIndex(of: mark), !bytes[..<colon].contains(mark) else {
    return end[...]
  }
  return end[..<colon]
}

private func portText(_ end: String) -> Substring {
  guard let colon = end.utf8.lastIndex(of: UInt8(ascii: ":")) else { return "" }
  return end[end.utf8.index(after: colon)...]
}
