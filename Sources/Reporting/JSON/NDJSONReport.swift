package import Timeline

/// Writes the timeline as one JSON object a line, each with a member `record` that says what it is.
///
/// Events are written as they become known; `capture`, `configuration`, `tunnel`, `childSA` (with
/// its `tunnel`), `flow`, `finding` and `eviction` follow when they are final.
package final class NDJSONReport: TimelineSink {
  private let target: OutputTarget
  private let flushesEachLine: Bool
  private var json = JSONWriter()
  private var isBegun = false

  /// A report to `target`.
  ///
  /// - Parameters:
  ///   - target: Where the lines go.
  ///   - flushesEachLine: True when a reader waits for each line (live).
  package init(target: OutputTarget, flushesEachLine: Bool = false) {
    self.target = target
    self.flushesEachLine = flushesEachLine
  }

  package func event(_ event: EventRecord) {
    begin()
    line("event", event)
  }

  package func tunnelChanged(_ tunnel: TunnelRecord) {}

  package func finished(_ timeline: TimelineRecords) {
    begin()
    for capture in timeline.captures { line("capture", capture) }
    for configuration in timeline.configurations { line("configuration", configuration) }
    for tunnel in timeline.tunnels {
      line("tunnel", tunnel)
      for child in tunnel.childSAs { line("childSA", child, tunnel: tunnel.id) }
    }
    for flow in timeline.flows { line("flow", flow) }
    for finding in timeline.findings { line("finding", finding) }
    if let summary = timeline.summary { write("summary", summary) }
    for eviction in timeline.evictions { write("eviction", eviction) }
    target.flush()
  }

  private func begin() {
    guard !isBegun else { return }
    isBegun = true
    json.removeAll()
    json.beginObject()
    json.member("record", "timeline")
    json.member("schema", Generator.schema)
    json.key("generator")
    Generator.write(to: &json)
    json.endObject()
    endLine()
  }

  /// Writes a record's own object with `record` (and `tunnel`) as its first members.
  private func line(_ name: String, _ record: some JSONRecord, tunnel: String? = nil) {
    json.removeAll()
    record.write(to: &json)
    target.write("{\"record\":\"\(name)\",")
    if let tunnel { target.write("\"tunnel\":\"\(tunnel)\",") }
    target.write(json.bytes.dropFirst())
    target.write("\n")
    if flushesEachLine { target.flush() }
  }

  /// Writes a record that is one sentence.
  private func write(_ name: String, _ text: String) {
    json.removeAll()
    json.beginObject()
    json.member("record", name)
    json.member("text", text)
    json.endObject()
    endLine()
  }

  private func endLine() {
    target.write(json.bytes)
    target.write("\n")
    if flushesEachLine { target.flush() }
  }
}
