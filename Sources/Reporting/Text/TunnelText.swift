import Bytes
import Timeline

/// Writes one tunnel: its head, ladder, SAs and findings.
struct TunnelText {
  let canvas: Canvas
  let options: TextOptions
  let severalCaptures: Bool

  /// The tunnel with what was kept of its ladder.
  func write(_ tunnel: TunnelRecord, ladder: Ladder?, findings: [FindingRecord]) {
    head(tunnel)
    if let ladder, ladder.count > 0 || ladder.omitted > 0 {
      var text = LadderText(canvas: canvas, tunnel: tunnel, severalCaptures: severalCaptures)
      text.draw(ladder)
      canvas.blank()
    }
    sas(tunnel)
    for finding in findings {
      FindingText(
        canvas: canvas, severalCaptures: severalCaptures, verbose: options.isVerbose
      ).write(finding)
      canvas.blank()
    }
  }

  private func head(_ tunnel: TunnelRecord) {
    canvas.rule()
    let rekeys = tunnel.rekeys.map { ", replaces \($0)" } ?? ""
    canvas.paragraph(
      [
        Piece("\(tunnel.id)  ", .strong),
        Piece("\(tunnel.outcome)  ", role(ofOutcome: tunnel.outcome)),
      ], "\(peersText(tunnel))  \(modeText(tunnel))\(rekeys)", .strong, hang: 4)
    canvas.paragraph([Piece("    ")], factsText(tunnel), .dim)
  }

  private func factsText(_ tunnel: TunnelRecord) -> String {
    var parts: [String] = []
    if let start = tunnel.start { parts.append(momentText(start)) }
    if let start = tunnel.start, let end = tunnel.end {
      parts.append("\(secondsText(end.time.since(start.time))) s")
    }
    parts.append("frames \(tunnel.firstFrame)–\(tunnel.lastFrame)")
    if tunnel.messages > 0 {
      let repeated = tunnel.retransmissions > 0 ? " (\(tunnel.retransmissions) repeated)" : ""
      parts.append(counted(tunnel.messages, "IKE message") + repeated)
    }
    if let roundTrip = tunnel.roundTripMicroseconds {
      parts.append("round trip \(millisecondsText(microseconds: roundTrip))")
    }
    if tunnel.mode != "none" || tunnel.initiatorSPI != "" {
      parts.append("SPIs \(tunnel.initiatorSPI) \(tunnel.responderSPI)")
    }
    return parts.joined(separator: ", ")
  }

  private func sas(_ tunnel: TunnelRecord) {
    let text = ChildSAText(canvas: canvas, verbose: options.isVerbose)
    text.write(ikeSA: tunnel)
    let most = options.isVerbose || options.showsAll ? Int.max : 30
    for child in tunnel.childSAs.prefix(most) { text.write(child) }
    if tunnel.childSAs.count > most {
      let more = tunnel.childSAs.count - most
      canvas.line(Piece("  … \(counted(more, "child SA")) left out; --all shows them", .dim))
    }
    canvas.blank()
  }
}
