import Timeline

/// A sink for an analysis of which no report is wanted.
final class Nowhere: TimelineSink {
  var eventDetail: EventDetail { .nothing }
  func event(_ event: EventRecord) {}
  func tunnelChanged(_ tunnel: TunnelRecord) {}
  func finished(_ timeline: TimelineRecords) {}
}
