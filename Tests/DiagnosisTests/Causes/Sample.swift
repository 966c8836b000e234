import Analysis
import Capture
import CiscoConfig
import Diagnosis
import Foundation
import Keys
import TestSupport
import Testing
import Timeline

/// A capture made for a test, and what the user gives beside it.
struct Made {
  var wire: Wire
  /// Rows of `ike_sas` and `child_sas` of a key file.
  var ikeKeys: [String] = []
  var childKeys: [String] = []
  /// Configurations as text.
  var configurations: [String] = []
  var isAudit = false

  init(
    _ wire: Wire, ikeKeys: [String] = [], childKeys: [String] = [], configurations: [String] = [],
    isAudit: Bool = false
  ) {
    self.wire = wire
    self.ikeKeys = ikeKeys
    self.childKeys = childKeys
    self.configurations = configurations
    self.isAudit = isAudit
  }

  /// Everything that the analysis says of it.
  func analysed() throws -> TimelineRecords {
    var options = AnalysisOptions()
    options.keys = keys
    options.configurations = try configurations.enumerated().map { index, text in
      try CryptoConfiguration(
        parsing: Array(text.utf8), path: "device\(index + 1).cfg", dialect: nil)
    }
    options.diagnosis.isAudit = isAudit
    return try analysedCapture(wire.pcap, options)
  }

  private var keys: KeyMaterial {
    guard !ikeKeys.isEmpty || !childKeys.isEmpty else { return KeyMaterial() }
    let text =
      "{\"ike_sas\":[\(ikeKeys.joined(separator: ","))],"
      + "\"child_sas\":[\(childKeys.joined(separator: ","))]}"
    let keys = KeyFileReader.read(Array(text.utf8), file: "keys.json")
    #expect(keys.problems.isEmpty, "\(keys.problems)")
    return keys
  }
}

/// A capture for a cause: one of the project's own, or one that is made on the spot.
enum Sample: Sendable {
  /// `NAME.pcap` in the project's captures, with its keys and configuration where they are wanted.
  case own(String, keys: Bool, config: Bool)
  case made(@Sendable () -> Made)

  static func capture(_ name: String, keys: Bool = false, config: Bool = false) -> Sample {
    .own(name, keys: keys, config: config)
  }

  func analysed() throws -> TimelineRecords {
    switch self {
    case .made(let make): return try make().analysed()
    case .own(let name, let keys, let config):
      let base = SharedMaterial.captures.appending(path: name).path
      var options = AnalysisOptions()
      if keys {
        options.keys = KeyFileReader.read(try bytes(base + ".keys.json"), file: "keys.json")
      }
      if config {
        let path = try #require(
          [".asa.cfg", ".ios.cfg"].map { base + $0 }.first {
            FileManager.default.fileExists(atPath: $0)
          })
        options.configurations = [
          try CryptoConfiguration(parsing: try bytes(path), path: "device.cfg", dialect: nil)
        ]
      }
      return try analysedCapture(try bytes(base + ".pcap"), options)
    }
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }
}

/// Analyses a capture file's bytes.
func analysedCapture(_ pcap: [UInt8], _ options: AnalysisOptions) throws -> TimelineRecords {
  let file = FileManager.default.temporaryDirectory
    .appending(path: "ikescope-cause-\(UUID().uuidString).pcap")
  try Data(pcap).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let sink = TimelineKeeper()
  try Analyzer(options: options, sink: sink).run(openCaptures([file.path]))
  return sink.timeline
}

/// Keeps the records that an analysis delivers in the end.
final class TimelineKeeper: TimelineSink {
  private(set) var timeline = TimelineRecords()

  func event(_ event: EventRecord) {}
  func tunnelChanged(_ tunnel: TunnelRecord) {}
  func finished(_ timeline: TimelineRecords) { self.timeline = timeline }
}

extension TimelineRecords {
  /// Causes of errors and warnings, most important first.
  var loud: [String] { findings.filter { $0.severity != "info" }.map(\.cause) }
}
