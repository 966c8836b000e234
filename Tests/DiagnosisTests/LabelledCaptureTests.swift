import Analysis
import Capture
import CiscoConfig
import Diagnosis
import Foundation
import Keys
import TestSupport
import Testing
import Timeline

/// What a truth file says of a capture, or of one of its peers.
private struct Truth: Decodable {
  struct Shows: Decodable { var frames: [Int] }

  var root_cause: String
  var also_right: [String]?
  var undecidable_without: [String]?
  var right_when_undecidable: [String]?
  var shows_in: Shows?
  var peers: [Truth]?
  var initiator: End?

  /// An address, or in a capture of one tunnel a description of the end.
  enum End: Decodable {
    case address(String)
    case other

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      self = (try? value.decode(String.self)).map(End.address) ?? .other
    }
  }

  private static let aliases = [
    "phase1_cipher_mismatch": "phase1_encryption_mismatch",
    "phase2_cipher_mismatch": "phase2_encryption_mismatch",
    "phase1_integrity_mismatch": "phase1_hash_mismatch",
  ]

  var cause: String { Self.aliases[root_cause] ?? root_cause }

  /// True when the causes found are what may be said with what was given.
  func accepts(_ causes: [String], given: Set<String>) -> Bool {
    var right = Set([cause] + (also_right ?? []))
    let isHidden = (undecidable_without ?? []).contains { need in
      given.isDisjoint(with: need.split(separator: "|").map(String.init))
    }
    if isHidden { right.formUnion(right_when_undecidable ?? []) }
    if cause == "none" { return causes.allSatisfy(right.contains) }
    let first = causes.first ?? "none"
    if right.contains(first) { return true }
    let family = Catalogue.cause(first)?.family
    return family != nil && family == Catalogue.cause(cause)?.family
      && (isHidden || !given.contains("keys"))
  }

  /// Does a finding count? Errors and warnings do; a note only where a note is the answer.
  func counts(_ finding: FindingRecord) -> Bool {
    let quiet: Set<String> = [
      "deprecated_algorithm", "weak_choice", "capture_incomplete", "capture_duplicate",
      "tunnel_idle", "key_material_wrong",
    ]
    if finding.severity != "info" { return !quiet.contains(finding.cause) }
    return finding.cause == root_cause && Catalogue.cause(root_cause)?.severity == .info
  }
}

@Suite("Labelled captures")
struct LabelledCaptureTests {
  /// `NAME` without its endings, of every capture with a truth file.
  private static let captures: [String] = {
    let named = ProcessInfo.processInfo.environment["IKESCOPE_CAPTURES"] ?? ""
    let folders =
      [SharedMaterial.captures, SharedMaterial.folder("captures/lab")].compactMap { $0 }
      + named.split(separator: ":").map { URL(filePath: String($0)) }
    let files = folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).map {
        folder.appending(path: $0).path
      }
    }
    return files.filter { $0.hasSuffix(".truth.json") }.map { String($0.dropLast(11)) }.sorted()
  }()

  @Test(
    "are diagnosed as their makers know, with and without keys and configuration",
    .enabled(if: !captures.isEmpty, "there are no labelled captures"),
    arguments: [[], ["keys"], ["config"], ["keys", "config"]] as [Set<String>])
  func causes(given: Set<String>) throws {
    for base in Self.captures {
      let truth = try JSONDecoder().decode(
        Truth.self, from: Data(contentsOf: URL(filePath: base + ".truth.json")))
      let (timeline, used) = try analysed(base, given)
      let name = URL(filePath: base).lastPathComponent
      for peer in truth.peers ?? [truth] {
        let found = findings(timeline, of: peer).filter(peer.counts)
        #expect(
          peer.accepts(found.map(\.cause), given: used),
          "\(name): \(peer.cause), not \(found.map(\.cause))")
        guard let first = found.first, peer.cause != "none", let shows = peer.shows_in else {
          continue
        }
        #expect(
          !Set(first.evidence.map(\.frame)).isDisjoint(with: shows.frames),
          "\(name): evidence of \(first.cause)")
      }
    }
  }

  /// All findings, or those of one peer's tunnels.
  private func findings(_ timeline: TimelineRecords, of truth: Truth) -> [FindingRecord] {
    guard case .address(let address)? = truth.initiator else { return timeline.findings }
    let tunnels = timeline.tunnels.filter {
      $0.initiator.address == address || $0.responder.address == address
    }.map(\.id)
    return timeline.findings.filter { $0.tunnel.map(tunnels.contains) ?? false }
  }

  private func analysed(
    _ base: String, _ given: Set<String>
  ) throws -> (timeline: TimelineRecords, used: Set<String>) {
    var options = AnalysisOptions()
    var used: Set<String> = []
    if given.contains("keys") {
      options.keys = KeyFileReader.read(try bytes(base + ".keys.json"), file: "keys.json")
      used.insert("keys")
    }
    let configuration = [".asa.cfg", ".ios.cfg"].map { base + $0 }.first {
      FileManager.default.fileExists(atPath: $0)
    }
    if given.contains("config"), let configuration {
      let parsed = try CryptoConfiguration(
        parsing: try bytes(configuration), path: "device.cfg", dialect: nil)
      options.configurations = [parsed]
      used.insert("config")
    }
    let sink = TimelineCollector()
    try Analyzer(options: options, sink: sink).run(openCaptures([base + ".pcap"]))
    return (sink.timeline, used)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }
}

private final class TimelineCollector: TimelineSink {
  private(set) var timeline = TimelineRecords()

  func event(_ event: EventRecord) {}
  func tunnelChanged(_ tunnel: TunnelRecord) {}
  func finished(_ timeline: TimelineRecords) { self.timeline = timeline }
}
