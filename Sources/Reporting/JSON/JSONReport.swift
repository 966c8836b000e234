package import Timeline

/// Writes the timeline as one JSON document.
///
/// Events come first in the document and are written as they come, one a line, so that memory does
/// not grow with the capture; what is known only at the end follows them.
package final class JSONReport: TimelineSink {
  private let target: OutputTarget
  private var json = JSONWriter()
  private var events = 0

  /// A report to `target`, begun with the first event.
  package init(target: OutputTarget) {
    self.target = target
  }

  package func event(_ event: EventRecord) {
    if events == 0 { begin() }
    json.removeAll()
    event.write(to: &json)
    target.write(events == 0 ? "\n" : ",\n")
    target.write(json.bytes)
    events += 1
  }

  package func tunnelChanged(_ tunnel: TunnelRecord) {}

  package func finished(_ timeline: TimelineRecords) {
    if events == 0 { begin() }
    target.write(events == 0 ? "]" : "\n]")
    list("captures", timeline.captures)
    list("configurations", timeline.configurations)
    list("tunnels", timeline.tunnels)
    list("flows", timeline.flows)
    list("findings", timeline.findings)
    json.removeAll()
    if let summary = timeline.summary { json.member("summary", summary) }
    json.member("evictions", timeline.evictions)
    target.write(",\n")
    target.write(json.bytes)
    target.write("}\n")
  }

  private func begin() {
    json.removeAll()
    json.beginObject()
    json.member("schema", Generator.schema)
    json.key("generator")
    Generator.write(to: &json)
    json.key("events")
    json.beginArray()
    target.write(json.bytes)
  }

  /// Writes a member whose value is an array, an element a line: one record in memory as text at a
  /// time.
  private func list(_ name: StaticString, _ records: some Collection<some JSONRecord>) {
    json.removeAll()
    json.key(name)
    json.beginArray()
    target.write(",\n")
    target.write(json.bytes)
    for (index, record) in records.enumerated() {
      json.removeAll()
      record.write(to: &json)
      target.write(index == 0 ? "\n" : ",\n")
      target.write(json.bytes)
    }
    target.write(records.isEmpty ? "]" : "\n]")
  }
}
