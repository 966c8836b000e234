import Bytes
import Foundation
import TestSupport
import Testing

@testable import Capture

@Suite("Writing captures")
struct WriterTests {
  /// Runs `body` with a fresh folder's path.
  static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  static func frame(_ bytes: [UInt8], nanoseconds: Int64, original: Int? = nil) -> Frame {
    Frame(
      number: 1, capture: 0, time: Timestamp(nanoseconds: nanoseconds), linkType: .ethernet,
      offset: 0, capturedLength: bytes.count, originalLength: original ?? bytes.count)
  }

  @Test("What the pcap writer writes is read back as it was")
  func pcapRoundTrip() throws {
    try Self.withFolder { folder in
      let path = folder + "/trace.pcap"
      let writer = try PcapWriter(path: path, linkType: .ethernet, mode: .atomic)
      try writer.write(
        Self.frame([1, 2, 3], nanoseconds: 1_700_000_000_123_456_789), of: [1, 2, 3])
      try writer.write(
        Self.frame([4], nanoseconds: 1_700_000_001_000_000_001, original: 90), of: [4])
      #expect(!FileManager.default.fileExists(atPath: path))
      try writer.close()
      let read = try ReadCapture(openCaptures([path]))
      #expect(read.frames.map(\.bytes) == [[1, 2, 3], [4]])
      #expect(
        read.frames.map(\.time.nanoseconds) == [
          1_700_000_000_123_456_789, 1_700_000_001_000_000_001,
        ])
      #expect(read.frames.map(\.originalLength) == [3, 90])
      #expect(read.summary.timestampDigits == 9)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["trace.pcap"])
    }
  }

  @Test("What the pcapng writer writes is read back, comments and link types included")
  func pcapngRoundTrip() throws {
    try Self.withFolder { folder in
      let path = folder + "/clear.pcapng"
      let writer = try PcapngWriter(path: path, application: "ikescope test", mode: .direct)
      let comment = String(repeating: "é", count: 40_000)
      try writer.write(
        [1, 2, 3], time: Timestamp(nanoseconds: 5), linkType: .raw, comment: "inner of frame 7")
      try writer.write(
        [4, 5], time: Timestamp(nanoseconds: 6), linkType: .ethernet, originalLength: 9,
        comment: comment)
      try writer.write([6], time: Timestamp(nanoseconds: 7), linkType: .raw)
      try writer.close()
      let read = try ReadCapture(openCaptures([path]))
      #expect(read.frames.map(\.bytes) == [[1, 2, 3], [4, 5], [6]])
      #expect(read.frames.map(\.linkType) == [101, 1, 101])
      #expect(read.frames.map(\.time.nanoseconds) == [5, 6, 7])
      #expect(read.frames.map(\.originalLength) == [3, 9, 1])
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
      #expect(bytes.count % 4 == 0)
      #expect(String(decoding: bytes, as: UTF8.self).contains("inner of frame 7"))
    }
  }

  @Test("A writer that dies between flushes leaves whole records, and an atomic one leaves nothing")
  func abandoned() throws {
    try Self.withFolder { folder in
      var direct: PcapWriter? = try PcapWriter(
        path: folder + "/live.pcap", linkType: .ethernet, mode: .direct)
      var atomic: PcapWriter? = try PcapWriter(
        path: folder + "/out.pcap", linkType: .ethernet, mode: .atomic)
      for writer in [direct, atomic] {
        try writer?.write(Self.frame([1, 2], nanoseconds: 0), of: [1, 2])
        try writer?.flush()
        try writer?.write(Self.frame([3, 4], nanoseconds: 0), of: [3, 4])
      }
      direct = nil
      atomic = nil
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["live.pcap"])
      let read = try ReadCapture(openCaptures([folder + "/live.pcap"]))
      #expect(read.frames.map(\.bytes) == [[1, 2]])
      #expect(!read.summary.truncated)
    }
  }

  @Test("A ring keeps the last files' worth, in files of bounded size that merge in order")
  func ring() throws {
    try Self.withFolder { folder in
      let writer = try RingWriter(
        path: folder + "/ring.pcap", count: 3, megabytes: 1, linkType: .ethernet)
      let block = [UInt8](repeating: 7, count: 100_000)
      for second: Int64 in 0..<50 {
        try writer.write(Self.frame(block, nanoseconds: second * 1_000_000_000), of: block)
      }
      try writer.close()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["ring_0.pcap", "ring_1.pcap", "ring_2.pcap"])
      let source = try openCaptures(names.map { "\(folder)/\($0)" })
      var seconds: [Int64] = []
      while let batch = try source.nextBatch() {
        seconds += batch.frames.map { $0.time.nanoseconds / 1_000_000_000 }
      }
      #expect(seconds == Array(27..<50))
      #expect(source.captures.allSatisfy { $0.bytes <= 1_000_000 })
    }
  }

  @Test(
    "Ring files are numbered before the suffix",
    arguments: [
      ("a.pcap", 2, 12, "a_02.pcap"), ("d.d/a", 0, 1, "d.d/a_0"), (".a", 9, 10, ".a_9"),
      ("/x/.hidden", 3, 1000, "/x/.hidden_003"),
    ])
  func ringNames(path: String, index: Int, count: Int, name: String) {
    #expect(RingWriter.name(path, index: index, count: count) == name)
  }

  @Test("What a ring's files held before stays until their turn comes")
  func ringKeepsOldFiles() throws {
    try Self.withFolder { folder in
      try Data([1, 2, 3]).write(to: URL(filePath: folder + "/r_1"))
      let writer = try RingWriter(path: folder + "/r", count: 2, megabytes: 1, linkType: .raw)
      try writer.close()
      #expect(try Data(contentsOf: URL(filePath: folder + "/r_1")) == Data([1, 2, 3]))
    }
  }

  @Test("A full disk is an error with exit code 73")
  func fullDisk() throws {
    let writer = try PcapWriter(path: "/dev/full", linkType: .ethernet, mode: .atomic)
    try writer.write(Self.frame([1], nanoseconds: 0), of: [1])
    let error = #expect(throws: CaptureError.self) { try writer.flush() }
    #expect(error?.exitCode == 73)
    #expect(error?.description == "/dev/full: cannot be written: the disk is full")
  }

  @Test("A file that cannot be created is an error with exit code 73")
  func cannotCreate() {
    let error = #expect(throws: CaptureError.self) {
      try PcapWriter(path: "/nonexistent/a.pcap", linkType: .raw, mode: .atomic)
    }
    #expect(error?.exitCode == 73)
    #expect(error?.description.contains("its folder does not exist") == true)
  }

  @Test("Output through a symbolic link replaces what it points to and keeps the link")
  func symbolicLink() throws {
    try Self.withFolder { folder in
      try Data([1]).write(to: URL(filePath: folder + "/real"))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/real")
      let file = try OutputFile(path: folder + "/link", mode: .atomic)
      file.append([9, 9])
      try file.close()
      #expect(try Data(contentsOf: URL(filePath: folder + "/real")) == Data([9, 9]))
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link")
          == folder + "/real")
    }
  }
}
