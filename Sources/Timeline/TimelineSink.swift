/// Where the analysis delivers its records: a report being written, or a test that collects them.
///
/// Events come in the order of the wire as they become known, so that memory does not grow with
/// the capture; the other records come once, when they are final. Live, a tunnel's state is
/// delivered again whenever it changes.
package protocol TimelineSink: AnyObject {
  /// How much of events it has a use for: what nobody looks at is not made.
  var eventDetail: EventDetail { get }
  /// Something happened.
  func event(_ event: EventRecord)
  /// A tunnel's state changed and may change again (live only; a report at the end ignores it).
  func tunnelChanged(_ tunnel: TunnelRecord)
  /// A tunnel was forgotten to make room for others: it will not be among the final records.
  func tunnelForgotten(_ id: String)
  /// Everything is known: the final records.
  func finished(_ timeline: TimelineRecords)
}

/// How much of events somebody looks at.
@usableFromInline
package enum EventDetail: Comparable, Sendable {
  /// Nothing: none is delivered.
  case nothing
  /// What a line of a report shows: when, where, from whom to whom, and the summary.
  case lines
  /// Everything, the payloads of messages included.
  case everything
}

extension TimelineSink {
  package var eventDetail: EventDetail { .everything }
  package func tunnelForgotten(_ id: String) {}
}

/// The final records of an analysis.
package struct TimelineRecords {
  /// The captures, in the order given.
  package var captures: [CaptureRecord] = []
  /// The configurations, in the order given.
  package var configurations: [ConfigurationRecord] = []
  /// The tunnels, in the order of their first frames.
  package var tunnels: TunnelRecords = []
  /// Inner and clear flows, in the order of their first packets.
  package var flows: FlowRecords = []
  /// Findings, most important first.
  package var findings: [FindingRecord] = []
  /// One line for what many tunnels share: "25 of 50 peers of 198.51.100.2 fail, 9 with the same cause: …".
  package var summary: String?
  /// What a limit made the analysis forget: a sentence each, with the count.
  package var evictions: [String] = []

  package init() {}
}

/// Name and version of what wrote a timeline.
package enum Generator {
  /// The program's name.
  package static let name = "ikescope"
  /// The program's version.
  package static let version = "0.1.0"
  /// The identifier of the timeline's schema.
  package static let schema = "ikescope.timeline/1"
  /// The identifier of the schema of `check`.
  package static let checkSchema = "ikescope.check/1"

  /// Writes name and version as an object.
  package static func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("version", version)
    json.endObject()
  }
}
