import Foundation
import Keys
import TestSupport
import Testing
import Timeline

@testable import Capture

/// Every cut and many random changes of every capture go through the whole analysis: it must end,
/// in time, whatever it is given. `IKESCOPE_SOAK=1` (`make soak`) tries far more of them.
@Suite("Damaged captures")
struct DamageTests {
  private static let isSoaking = ProcessInfo.processInfo.environment["IKESCOPE_SOAK"] != nil
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
        source = try MemoryFile.source(Array(bytes[..<count]))
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
    let step = Self.isSoaking ? 1 : 41
    for snap in stride(from: 0, to: 700, by: step) {
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
    for _ in 0..<(Self.isSoaking ? 100_000 : 50) {
      let damaged = mutated(bytes, &random)
      guard let source = try? MemoryFile.source(damaged) else { continue }
      _ = try inTime { try Analysed(source, keys: keys) }
    }
  }

  @Test("random damage to the payloads alone does no harm", arguments: LabelledCapture.own)
  func payloadMutations(capture: LabelledCapture) throws {
    let whole = try CaptureBytes(capture.path)
    let keys = try capture.has("keys.json") ? capture.keys() : KeyMaterial()
    var random = SeededGenerator(seed: UInt64(whole.records.count))
    for _ in 0..<(Self.isSoaking ? 100_000 : 50) {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        damage(&damaged, &random)
      }
      _ = try inTime { try Analysed(damaged.source, keys: keys) }
    }
  }

  private func cutsTried(_ count: Int) -> [Int] {
    if Self.isSoaking { return Array(0...count) }
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

  /// A few changes of the kinds that break parsers: bits, lengths, extremes, repeats and holes.
  private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) where bytes.count > 64 {
      let place = Int.random(in: 24..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...64, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: for index in place..<end { bytes[index] = .random(in: 0...255, using: &random) }
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  /// A change behind the Ethernet and IP headers of one frame, so that it reaches what is above.
  private func damage(_ capture: inout CaptureBytes, _ random: inout SeededGenerator) {
    guard !capture.records.isEmpty else { return }
    let frame = Int.random(in: capture.records.indices, using: &random)
    let count = capture.records[frame].bytes.count
    guard count > 50 else { return }
    let place = Int.random(in: 42..<count, using: &random)
    capture.records[frame].bytes[place] =
      Bool.random(using: &random)
      ? .random(in: 0...255, using: &random)
      : [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
    if Int.random(in: 0..<8, using: &random) == 0 {
      capture.records.swapAt(frame, Int.random(in: capture.records.indices, using: &random))
    }
    if Int.random(in: 0..<8, using: &random) == 0 { capture.records.append(capture.records[frame]) }
  }
}
