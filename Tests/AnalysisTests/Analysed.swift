import Analysis
import Capture
import CiscoConfig
import Foundation
import Keys
import Reporting
import Timeline
import Tracking

/// Keeps everything that an analysis delivers.
final class CollectingSink: TimelineSink {
  private(set) var events: [EventRecord] = []
  private(set) var timeline = TimelineRecords()

  func event(_ event: EventRecord) { events.append(event) }
  func tunnelChanged(_ tunnel: TunnelRecord) {}
  func finished(_ timeline: TimelineRecords) { self.timeline = timeline }
}

/// The result of a whole analysis.
struct Analysed {
  var events: [EventRecord]
  var timeline: TimelineRecords

  /// Analyses what a source gives.
  init(
    _ source: any FrameSource, keys: KeyMaterial = KeyMaterial(),
    configurations: [CryptoConfiguration] = [], limits: TrackerLimits = TrackerLimits(),
    verbose: Bool = false
  ) throws {
    var options = AnalysisOptions()
    options.keys = keys
    options.configurations = configurations
    options.limits = limits
    options.verbose = verbose
    let sink = CollectingSink()
    try Analyzer(options: options, sink: sink).run(source)
    events = sink.events
    timeline = sink.timeline
  }

  /// Analyses capture files.
  init(
    _ paths: [String], keys: KeyMaterial = KeyMaterial(),
    configurations: [CryptoConfiguration] = [], filter: String? = nil
  ) throws {
    try self.init(
      openCaptures(paths, filter: filter), keys: keys, configurations: configurations)
  }

  /// What the frames of the first capture hold.
  var counts: CaptureCounts { timeline.captures.first?.counts ?? CaptureCounts() }

  /// The child SAs of all tunnels.
  var childSAs: [ChildSARecord] { timeline.tunnels.flatMap(\.childSAs) }

  /// What was seen of an SPI.
  func traffic(spi: String) -> TrafficRecord? {
    for child in childSAs {
      if child.spis.toInitiator == spi { return child.traffic.toInitiator }
      if child.spis.toResponder == spi { return child.traffic.toResponder }
    }
    return nil
  }
}

/// The document that `analyze --format json` would write, with paths below the checkout's top.
func document(_ paths: [String], keys: KeyMaterial, root: String) throws -> String {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "ikescope-analysis-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  let target = try OutputTarget(file: path)
  var options = AnalysisOptions()
  options.keys = keys
  try Analyzer(options: options, sink: JSONReport(target: target)).run(openCaptures(paths))
  try target.finish()
  return try String(contentsOfFile: path, encoding: .utf8)
    .replacingOccurrences(of: root + "/", with: "")
    .replacingOccurrences(of: #""version":"\#(Generator.version)""#, with: #""version":"""#)
}
