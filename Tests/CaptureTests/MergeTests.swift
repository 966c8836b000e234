import Bytes
import Foundation
import TestSupport
import Testing

@testable import Capture

@Suite("Several captures in time order")
struct MergeTests {
  /// Runs `body` with the paths of files, one for each list of frame times.
  static func withCaptures<Result>(
    _ times: [[UInt32]], _ body: ([String]) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (index, times) in times.enumerated() {
      var capture = CaptureBuilder()
      capture.pcapHeader()
      for time in times {
        capture.pcapRecord([UInt8(index & 255), UInt8(time & 255)], seconds: time)
      }
      let url = folder.appending(path: "\(index).pcap")
      try Data(capture.bytes).write(to: url)
      paths.append(url.path)
    }
    return try body(paths)
  }

  struct MergedFrame: Hashable {
    var capture: Int
    var number: Int
    var seconds: Int64
  }

  static func read(_ source: any FrameSource) throws -> [MergedFrame] {
    var frames: [MergedFrame] = []
    while let batch = try source.nextBatch() {
      #expect(!batch.frames.isEmpty)
      for frame in batch.frames {
        let bytes = Array(batch.bytes[frame.range])
        let seconds = frame.time.nanoseconds / 1_000_000_000
        #expect(bytes == [UInt8(frame.capture & 255), UInt8(seconds & 255)])
        frames.append(
          MergedFrame(capture: frame.capture, number: frame.number, seconds: seconds))
      }
    }
    return frames
  }

  @Test("Frames alternate as their times do; equal times go by the order of the captures")
  func interleaved() throws {
    let merged = try Self.withCaptures([[10, 20, 30], [], [5, 20, 40]]) { paths in
      try Self.read(openCaptures(paths))
    }
    #expect(merged.map(\.seconds) == [5, 10, 20, 20, 30, 40])
    #expect(merged.map(\.capture) == [2, 0, 0, 2, 0, 2])
    #expect(merged.map(\.number) == [1, 1, 2, 2, 3, 3])
  }

  @Test("Random captures come out as a stable sort of all frames", arguments: 1...8)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let times: [[UInt32]] = (0..<Int.random(in: 2...9, using: &generator)).map { _ in
      let start = UInt32.random(in: 0..<2000, using: &generator)
      let count = Int.random(in: 0...300, using: &generator)
      let span = UInt32.random(in: 1...3000, using: &generator)
      return (0..<count).map { _ in start + .random(in: 0..<span, using: &generator) }.sorted()
    }
    let expected = times.enumerated().flatMap { capture, times in
      times.enumerated().map {
        MergedFrame(capture: capture, number: $0.offset + 1, seconds: Int64($0.element))
      }
    }.sorted { ($0.seconds, $0.capture, $0.number) < ($1.seconds, $1.capture, $1.number) }
    let merged = try Self.withCaptures(times) { try Self.read(openCaptures($0)) }
    #expect(merged == expected)
  }

  @Test("The files of a ring, given in any order, pass their batches through whole")
  func ring() throws {
    let times: [[UInt32]] = [Array(200..<300), Array(0..<100), Array(100..<200)]
    try Self.withCaptures(times) { paths in
      let source = try openCaptures(paths)
      #expect(source.captures.map(\.frames) == [0, 0, 0])
      var order: [Int] = []
      while let batch = try source.nextBatch() {
        #expect(batch.frames.count == 100)
        order.append(batch.frames[0].capture)
      }
      #expect(order == [1, 2, 0])
      #expect(source.captures.map(\.frames) == [100, 100, 100])
      #expect(source.captures.map(\.index) == [0, 1, 2])
    }
  }

  @Test("A capture whose clock steps back keeps its own order and loses no frame")
  func clockStepsBack() throws {
    let merged = try Self.withCaptures([[10, 5, 30], [7, 20]]) { try Self.read(openCaptures($0)) }
    #expect(merged.filter { $0.capture == 0 }.map(\.number) == [1, 2, 3])
    #expect(merged.filter { $0.capture == 1 }.map(\.number) == [1, 2])
  }

  @Test("Many files need few descriptors at a time")
  func manyFiles() throws {
    let times = (0..<300).map { [UInt32($0 * 10), UInt32($0 * 10 + 9)] }
    try Self.withCaptures(times) { paths in
      let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      let source = try openCaptures(paths)
      var most = 0
      var frames = 0
      while let batch = try source.nextBatch() {
        frames += batch.frames.count
        most = max(
          most, try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count)
      }
      #expect(frames == 600)
      #expect(most - before < 60)
    }
  }

  @Test("A file that went away before its turn is told of, and the others are read")
  func fileGone() throws {
    try Self.withCaptures([[1], [2], [3]]) { paths in
      let source = try openCaptures(paths)
      try FileManager.default.removeItem(atPath: paths[1])
      #expect(try Self.read(source).map(\.capture) == [0, 2])
      #expect(source.captures[1].warnings.count == 1)
    }
  }

  @Test("A filter applies to every capture, numbers and order stay")
  func filtered() throws {
    let merged = try Self.withCaptures([[1, 3, 5], [2, 4, 6]]) {
      try Self.read(openCaptures($0, filter: "ether[1] >= 4"))
    }
    #expect(merged.map(\.seconds) == [4, 5, 6])
    #expect(merged.map(\.number) == [2, 3, 3])
  }
}
