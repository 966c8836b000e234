import Bytes
import TestSupport
import Testing

@testable import Capture

@Suite("Hostile captures")
struct HostileCaptureTests {
  /// A capture with one of everything.
  static func samplePcapng() -> [UInt8] {
    var capture = CaptureBuilder()
    capture.sectionHeader(options: [(4, Array("comment".utf8))])
    capture.interface(options: [(9, [9]), (14, capture.number(5))])
    capture.enhancedPacket(Array(0..<90), options: [(1, Array("comment".utf8))])
    capture.block(10, [1, 2, 3, 4, 5])
    capture.enhancedPacket(Array(0..<40))
    capture.statistics(dropped: 4, systemDropped: 2)
    capture.sectionHeader()
    capture.interface(linkType: 113)
    capture.enhancedPacket(Array(0..<60))
    return capture.bytes
  }

  static func samplePcap() -> [UInt8] {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    for number: UInt8 in 0..<8 { capture.pcapRecord(Array(0..<(10 + number * 9))) }
    return capture.bytes
  }

  /// Reads to the end; a capture that is refused is as good as one that is read.
  static func readToTheEnd(_ bytes: [UInt8], step: Int = .max) {
    guard let read = try? ReadCapture(bytes, step: step) else { return }
    #expect(read.frames.count == read.summary.frames)
    #expect(read.frames.reduce(0) { $0 + $1.bytes.count } == read.summary.bytes)
    #expect(read.summary.frames * 12 <= bytes.count)
  }

  @Test("Every prefix is read or refused", arguments: [samplePcap(), samplePcapng()])
  func prefixes(capture: [UInt8]) {
    for length in 0...capture.count {
      Self.readToTheEnd(Array(capture.prefix(length)))
    }
  }

  @Test("Random changes are read or refused", arguments: [samplePcap(), samplePcapng()])
  func mutations(capture: [UInt8]) {
    var generator = SeededGenerator(seed: UInt64(capture.count))
    for _ in 0..<2000 {
      var mutated = capture
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<mutated.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: mutated[place] = .random(in: 0...255, using: &generator)
        case 1: mutated[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
        case 2: mutated.remove(at: place)
        default: mutated.insert(.random(in: 0...255, using: &generator), at: place)
        }
      }
      Self.readToTheEnd(mutated, step: Int.random(in: 1...300, using: &generator))
    }
  }

  @Test(
    "Every lie in every 32-bit field is read or refused",
    arguments: [UInt32(0), 1, 0x7fff_ffff, .max])
  func fieldLies(value: UInt32) {
    for capture in [Self.samplePcap(), Self.samplePcapng()] {
      for place in 0..<(capture.count - 4) {
        var lie = capture
        for byte in 0..<4 { lie[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
        Self.readToTheEnd(lie)
      }
    }
  }
}
