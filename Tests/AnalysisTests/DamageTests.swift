import Capture
import Foundation
import Keys
import TestSupport
import Testing
import Timeline

/// Every cut and many random changes of every capture go through the whole analysis: it must end,
/// in time, whatever it is given. `make soak` tries all cuts and 100,000 changes of each.
@Suite("Damaged captures")
struct DamageTests {
  /// The longest that one small capture may take; a hang is longer.
  private static let longest = Duration.seconds(2)

  @Test("a capture cut anywhere is analysed as far as it goes", arguments: LabelledCapture.own)
  func cuts(capture: LabelledCapture) throws {
    let bytes = try [UInt8](Data(contentsOf: capture.url("pcap")))
    let keys = try capture.has("keys.json") ? capture.keys() : KeyMaterial()
    var frames = 0
    for count in cutsTried(bytes.count) {
      let source: any FrameSource
      do {
        source = try openCapture(bytes: Array(bytes[..<count]))
      } catch {
        #expect(count < 24, "only a cut file header keeps a capture from being opened: \(error)")
        continue
      }
      let got = try inTime { try Analysed(source, keys: keys) }
      let read = got.timeline.captures.first?.frames ?? 0
      #expect(read >= frames, "a longer prefix holds no fewer frames")
      frames = read
    }
  }

  @Test("a frame cut anywhere by the snap length is analysed", arguments: LabelledCapture.own)
  func snaps(capture: LabelledCapture) throws {
    let whole = try CaptureBytes(capture.path)
    let keys = try capture.has("keys.json") ? capture.keys() : KeyMaterial()
    for snap in stride(from: 0, to: 700, by: 41) {
      var cut = whole
      for index in cut.records.indices {
        cut.records[index].bytes = Array(cut.records[index].bytes.prefix(snap))
      }
      let got = try inTime { try Analysed(cut.source, keys: keys) }
      #expect(got.timeline.captures.first?.frames == whole.records.count)
    }
  }

  @Test("random damage does no harm", arguments: LabelledCapture.own)
  func mutations(capture: LabelledCapture) throws {
    let bytes = try [UInt8](Data(contentsOf: capture.url("pcap")))
    let keys = try capture.has("keys.json") ? capture.keys() : KeyMaterial()
    var random = SeededGenerator(seed: UInt64(bytes.count))
    for _ in 0..<50 {
      let damaged = damaged(bytes, &random)
      guard let source = try? openCapture(bytes: damaged) else { continue }
      _ = try inTime { try Analysed(source, keys: keys) }
    }
  }

  @Test("random damage to the payloads alone does no harm", arguments: LabelledCapture.own)
  func payloadMutations(capture: LabelledCapture) throws {
    let whole = try CaptureBytes(capture.path)
    let keys = try capture.has("keys.json") ? capture.keys() : KeyMaterial()
    var random = SeededGenerator(seed: UInt64(whole.records.count))
    for _ in 0..<50 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        damaged.damage(&random)
      }
      _ = try inTime { try Analysed(damaged.source, keys: keys) }
    }
  }

  @Test("damaged captures that are read as one do no harm", arguments: 1...8 as ClosedRange<UInt64>)
  func merged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for _ in 0..<10 {
      let count = Int.random(in: 2...5, using: &random)
      let chosen = LabelledCapture.own.shuffled(using: &random).prefix(count)
      let paths = try chosen.enumerated().map { index, capture in
        let bytes = try [UInt8](Data(contentsOf: capture.url("pcap")))
        let file = folder.appending(path: "\(index).pcap")
        try Data(damaged(bytes, &random)).write(to: file)
        return file.path
      }
      let got = try inTime { try Analysed(openCaptures(paths), keys: chosen[0].keys()) }
      #expect(got.timeline.captures.count == count)
    }
  }

  private func cutsTried(_ count: Int) -> [Int] {
    // A prime, so that the cuts fall on every place of a record's header sooner or later.
    let step = max(1, count / 60) | 1
    return Array(0..<min(64, count)) + Array(stride(from: 64, through: count, by: step))
  }

  private func inTime(_ analyse: () throws -> Analysed) rethrows -> Analysed {
    let clock = ContinuousClock()
    let start = clock.now
    let got = try analyse()
    let taken = clock.now - start
    #expect(taken < Self.longest, "took \(taken)")
    return got
  }
}
