import Bytes
import TestSupport
import Testing

@testable import Capture

@Suite("snoop")
struct SnoopTests {
  static func sample() -> [UInt8] {
    var capture = CaptureBuilder(bigEndian: true)
    capture.raw(Array("snoop\0\0\0".utf8))
    capture.put(UInt32(2))
    capture.put(UInt32(4))
    let datas: [[UInt8]] = [[1, 2, 3], [4, 5, 6, 7]]
    for (number, data) in datas.enumerated() {
      let padded = data + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
      let fields: [UInt32] = [
        60, UInt32(data.count), UInt32(24 + padded.count), UInt32(number * 3), 1_000_000_000, 7,
      ]
      for field in fields { capture.put(field) }
      capture.raw(padded)
    }
    return capture.bytes
  }

  @Test("Frames, times and the count of drops are read")
  func frames() throws {
    let read = try ReadCapture(Self.sample(), step: 5)
    #expect(read.frames.map(\.bytes) == [[1, 2, 3], [4, 5, 6, 7]])
    #expect(
      read.frames.map(\.time.nanoseconds) == [1_000_000_000_000_007_000, 1_000_000_000_000_007_000])
    #expect(read.frames.map(\.originalLength) == [60, 60])
    #expect(read.summary.format == .snoop)
    #expect(read.summary.dropped == 3)
    #expect(read.summary.linkTypes == [.ethernet])
  }

  @Test("Every prefix and every lying field is read or refused")
  func hostile() {
    let capture = Self.sample()
    for length in 0...capture.count {
      HostileCaptureTests.readToTheEnd(Array(capture.prefix(length)))
    }
    for place in 0..<(capture.count - 4) {
      for byte: UInt8 in [0, 0x7f, 0xff] {
        var lie = capture
        lie.replaceSubrange(place..<(place + 4), with: repeatElement(byte, count: 4))
        HostileCaptureTests.readToTheEnd(lie)
      }
    }
  }
}
