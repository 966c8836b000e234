import Timeline

/// Writes what was read: captures, configurations, what was odd about them, what was forgotten.
struct CaptureText {
  let canvas: Canvas
  let verbose: Bool

  /// All of it.
  func write(_ timeline: TimelineRecords) {
    for (index, capture) in timeline.captures.enumerated() {
      write(capture, number: timeline.captures.count > 1 ? index + 1 : nil)
    }
    for configuration in timeline.configurations { write(configuration) }
    for eviction in timeline.evictions {
      canvas.field("Left out", eviction, indent: 0, .caution)
    }
  }

  private func write(_ capture: CaptureRecord, number: Int?) {
    let compression = capture.compression == "none" ? "" : ", \(capture.compression)"
    var text = "\(capture.path): \(counted(capture.frames, "frame"))"
    text += countsText(capture.counts)
    text += ", \(byteCount(capture.bytes)), \(capture.format)\(compression)"
    if !capture.linkTypes.isEmpty { text += ", \(capture.linkTypes.joined(separator: ", "))" }
    if let first = capture.firstFrame { text += ", from \(momentText(first))" }
    canvas.field(number.map { "Capture \($0)" } ?? "Capture", text, indent: 0)
    if capture.truncated { note("the capture ends in the middle of a frame") }
    if capture.dropped > 0 {
      note(
        "\(counted(capture.dropped, "frame")) dropped while capturing: what is missing here may "
          + "have been on the wire")
    }
    for warning in capture.warnings { note(warning) }
  }

  private func countsText(_ counts: CaptureCounts) -> String {
    let parts = [
      (counts.ike, "IKE"), (counts.esp, "ESP"), (counts.ah, "AH"),
      (counts.natKeepalive, "NAT keepalive"), (counts.ipFragments, "IP fragments"),
      (counts.malformed, "malformed"), (counts.other, "other"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private func write(_ configuration: ConfigurationRecord) {
    let name = configuration.hostname.map { " of \($0)" } ?? ""
    var text = "\(configuration.path): \(configuration.dialect.uppercased())\(name)"
    if !configuration.localAddresses.isEmpty {
      text += ", addresses \(configuration.localAddresses.joined(separator: " "))"
    }
    canvas.field("Config", text, indent: 0)
    let most = verbose ? Int.max : 5
    for warning in configuration.warnings.prefix(most) {
      note("line \(warning.line): \(warning.message): \(warning.text)")
    }
    let more = configuration.warnings.count - most
    if more > 0 { note("\(counted(more, "more line")) with notes (--verbose)") }
  }

  private func note(_ text: String) {
    canvas.field("", "note: \(text)", indent: 0, .caution)
  }
}
