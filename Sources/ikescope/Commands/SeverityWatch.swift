import Timeline

/// Passes records on and remembers the worst finding, for `--fail-on`.
final class SeverityWatch: TimelineSink {
  private let sink: any TimelineSink
  private var severities: Set<String> = []

  init(_ sink: any TimelineSink) {
    self.sink = sink
  }

  var eventDetail: EventDetail { sink.eventDetail }

  func event(_ event: EventRecord) {
    sink.event(event)
  }

  func tunnelChanged(_ tunnel: TunnelRecord) {
    sink.tunnelChanged(tunnel)
  }

  func tunnelForgotten(_ id: String) {
    sink.tunnelForgotten(id)
  }

  func finished(_ timeline: TimelineRecords) {
    severities = Set(timeline.findings.map(\.severity))
    sink.finished(timeline)
  }

  /// True when a finding of that severity or worse was made.
  func reaches(_ threshold: FailThreshold) -> Bool {
    threshold.isReached(by: severities)
  }
}

extension FailThreshold {
  /// True when one of the severities is as bad as this or worse.
  func isReached(by severities: Set<String>) -> Bool {
    switch self {
    case .never: false
    case .error: severities.contains("error")
    case .warning: severities.contains("error") || severities.contains("warning")
    }
  }
}
