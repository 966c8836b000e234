import Capture
import Foundation
import Keys
import Reporting
import TestSupport
import Testing
import Timeline

@testable import Analysis

/// Captures with keys are damaged and analysed by one thread and by two: what is opened ahead must make
/// no difference, whatever the packets are.
@Suite("Damaged captures opened by two threads")
struct DamagedAheadTests {
  private static let captures = LabelledCapture.own.filter { $0.has("keys.json") }

  @Test("one thread and two say the same of a damaged capture", arguments: captures)
  func mutations(capture: LabelledCapture) throws {
    let whole = try CaptureBytes(capture.path)
    let keys = try capture.keys()
    var random = SeededGenerator(seed: UInt64(whole.records.count) &* 31)
    for round in 0..<12 {
      var damaged = whole
      for _ in 0..<(round == 0 ? 0 : Int.random(in: 1...6, using: &random)) {
        damaged.damage(&random)
      }
      let alone = try report(damaged, keys, jobs: 1, lends: round % 2 == 1)
      let together = try report(damaged, keys, jobs: 2, lends: round % 2 == 1)
      #expect(together.json == alone.json)
      #expect(together.clear == alone.clear)
    }
  }

  @Test("one thread and two say the same of a damaged file", arguments: captures)
  func files(capture: LabelledCapture) throws {
    let bytes = try [UInt8](Data(contentsOf: capture.url("pcap")))
    let keys = try capture.keys()
    var random = SeededGenerator(seed: UInt64(bytes.count) &* 31)
    for _ in 0..<8 {
      let damaged = damaged(bytes, &random)
      guard let first = try? openCapture(bytes: damaged) else { continue }
      let second = try openCapture(bytes: damaged)
      let alone = try report(first, keys, jobs: 1, lends: false)
      let together = try report(second, keys, jobs: 2, lends: false)
      #expect(together.json == alone.json)
    }
  }

  private func report(
    _ capture: CaptureBytes, _ keys: KeyMaterial, jobs: Int, lends: Bool
  ) throws -> (json: String, clear: [String]) {
    try report(capture.source, keys, jobs: jobs, lends: lends)
  }

  /// The document that `analyze --format json` would write, and what `decrypt` would.
  private func report(
    _ source: any FrameSource, _ keys: KeyMaterial, jobs: Int, lends: Bool
  ) throws -> (json: String, clear: [String]) {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "ikescope-ahead-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let target = try OutputTarget(file: path)
    var clear: [String] = []
    var options = AnalysisOptions()
    options.keys = keys
    options.jobs = jobs
    options.framesHandedOver = 1
    if lends { options.opened = { clear.append("\($0.time) \($0.comment) \($0.bytes)") } }
    try Analyzer(options: options, sink: JSONReport(target: target)).run(SmallBatches(source))
    try target.finish()
    return (try String(contentsOfFile: path, encoding: .utf8), clear)
  }
}

/// The frames of a source, a few a batch, so that a small capture has many.
private final class SmallBatches: FrameSource {
  private let source: any FrameSource
  private var bytes: [UInt8] = []
  private var rest: ArraySlice<Frame> = []

  init(_ source: any FrameSource) { self.source = source }

  var captures: [CaptureSummary] { source.captures }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    if rest.isEmpty {
      guard let batch = try source.nextBatch() else { return nil }
      (bytes, rest) = (batch.bytes, batch.frames[...])
    }
    let frames = Array(rest.prefix(3))
    rest = rest.dropFirst(3)
    return FrameBatch(bytes: bytes, frames: frames)
  }
}
