import Bytes
import TestSupport
import Testing

@testable import Capture

@Suite("Classic pcap")
struct PcapTests {
  struct Variant: CustomTestStringConvertible {
    var magic: UInt32
    var bigEndian: Bool
    var nanoseconds: Int64
    var digits: Int
    var testDescription: String { "\(hexadecimal(magic)) \(bigEndian ? "big" : "little")-endian" }
  }

  static let variants = [
    Variant(magic: 0xa1b2_c3d4, bigEndian: false, nanoseconds: 123_456_000, digits: 6),
    Variant(magic: 0xa1b2_c3d4, bigEndian: true, nanoseconds: 123_456_000, digits: 6),
    Variant(magic: 0xa1b2_3c4d, bigEndian: false, nanoseconds: 123_456, digits: 9),
    Variant(magic: 0xa1b2_3c4d, bigEndian: true, nanoseconds: 123_456, digits: 9),
  ]

  @Test("Both clocks and both byte orders give the same frames", arguments: variants)
  func bothClocks(_ variant: Variant) throws {
    var capture = CaptureBuilder(bigEndian: variant.bigEndian)
    capture.pcapHeader(magic: variant.magic, linkType: 113)
    capture.pcapRecord([1, 2, 3], seconds: 1_700_000_000, fraction: 123_456, original: 60)
    capture.pcapRecord([], seconds: 4_294_967_295, fraction: 0)
    let read = try ReadCapture(capture.bytes)
    let time = Timestamp(seconds: 1_700_000_000, nanoseconds: variant.nanoseconds)
    #expect(
      read.frames == [
        ReadFrame(number: 1, time: time, linkType: 113, bytes: [1, 2, 3], originalLength: 60),
        ReadFrame(
          number: 2, time: Timestamp(seconds: 4_294_967_295, nanoseconds: 0), linkType: 113,
          bytes: [], originalLength: 0),
      ])
    #expect(read.summary.timestampDigits == variant.digits)
    #expect(read.summary.frames == 2)
    #expect(read.summary.bytes == 3)
    #expect(read.summary.firstFrame == time)
    #expect(read.summary.snapped.count == 1)
    #expect(read.summary.empty.firstFrame == 2)
    #expect(!read.summary.truncated)
  }

  @Test("A slow pipe, whatever its steps, gives the same frames", arguments: [1, 2, 7, 17, 4096])
  func steps(step: Int) throws {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    for number in 0..<50 {
      capture.pcapRecord([UInt8](repeating: UInt8(number), count: number * 3))
    }
    let whole = try ReadCapture(capture.bytes)
    #expect(whole.frames.count == 50)
    #expect(try ReadCapture(capture.bytes, step: step).frames == whole.frames)
  }

  @Test("Frames larger than a block are read whole")
  func largeFrames() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader(snapLength: 2 << 20)
    capture.pcapRecord([UInt8](repeating: 7, count: 1 << 20))
    capture.pcapRecord([8])
    let read = try ReadCapture(capture.bytes, step: 50_000)
    #expect(read.frames.map(\.bytes.count) == [1 << 20, 1])
    #expect(read.summary.warnings.isEmpty)
  }

  @Test("Kuznetzov's records carry eight bytes more, and early versions exchange the lengths")
  func oldFormats() throws {
    var kuznetzov = CaptureBuilder()
    kuznetzov.pcapHeader(magic: 0xa1b2_cd34)
    kuznetzov.pcapRecord([0, 0, 0, 0, 0, 0, 0, 0, 9, 9], captured: 2, original: 2)
    #expect(try ReadCapture(kuznetzov.bytes).frames.map(\.bytes) == [[9, 9]])

    var early = CaptureBuilder()
    early.pcapHeader(version: (2, 2))
    early.pcapRecord([1, 2], captured: 60, original: 2)
    let read = try ReadCapture(early.bytes)
    #expect(read.frames.map(\.bytes) == [[1, 2]])
    #expect(read.frames[0].originalLength == 60)
  }

  @Test("The operating systems' own numbers for raw IP mean raw IP", arguments: [12, 14, 101])
  func rawLinkTypes(field: UInt32) throws {
    var capture = CaptureBuilder()
    capture.pcapHeader(linkType: 0x5000_0000 | field)
    #expect(try ReadCapture(capture.bytes).summary.linkTypes == [.raw])
  }

  @Test("An unknown link type is read, and named in a warning")
  func unknownLinkType() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader(linkType: 147)
    capture.pcapRecord([1])
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames.count == 1)
    #expect(
      read.summary.warnings == [
        "frames of link type USER0 (147) are not understood and are only counted"
      ])
  }

  @Test("A clock that steps back is counted, with the first frame and the largest step")
  func clock() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    for seconds: UInt32 in [100, 101, 99, 200, 50] { capture.pcapRecord([1], seconds: seconds) }
    let summary = try ReadCapture(capture.bytes).summary
    #expect(summary.clockStepsBack.count == 2)
    #expect(summary.clockStepsBack.firstFrame == 3)
    #expect(
      summary.warnings == [
        "the clock steps back first at frame 3, 2 times in all, by up to 150.000000 s"
      ])
  }

  @Test("An original length below the captured one is a lie that is told of")
  func lyingOriginalLength() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    capture.pcapRecord([1, 2, 3], original: 2)
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames[0].originalLength == 3)
    #expect(read.summary.lyingLengths.count == 1)
  }

  @Test("A record whose length cannot be true is passed over to the next that can")
  func resynchronises() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    capture.pcapRecord([UInt8](repeating: 1, count: 60))
    capture.pcapRecord([UInt8](repeating: 2, count: 60), captured: 0x7fff_ffff)
    capture.pcapRecord([UInt8](repeating: 3, count: 60))
    capture.pcapRecord([UInt8](repeating: 4, count: 60))
    let read = try ReadCapture(capture.bytes, step: 33)
    #expect(read.frames.map { $0.bytes[0] } == [1, 3, 4])
    #expect(read.summary.warnings.count == 1)
    #expect(read.summary.warnings[0].hasPrefix("damaged at byte 100, behind frame 1"))
  }

  @Test("Garbage without a further record ends the capture with a warning")
  func garbage() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    capture.pcapRecord([1])
    capture.raw([UInt8](repeating: 0xff, count: 1000))
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames.count == 1)
    #expect(read.summary.warnings.count == 1)
    #expect(read.summary.warnings[0].contains("no further record was found"))
  }

  @Test("Every prefix is read to its last whole record")
  func prefixes() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader()
    var ends = [24]
    for number in 0..<5 {
      capture.pcapRecord([UInt8](repeating: UInt8(number), count: 20 + number))
      ends.append(capture.bytes.count)
    }
    for length in 24...capture.bytes.count {
      let read = try ReadCapture(Array(capture.bytes.prefix(length)))
      #expect(read.frames.count == ends.lastIndex { $0 <= length })
      #expect(read.summary.truncated == !ends.contains(length))
      #expect(read.summary.warnings.isEmpty == ends.contains(length))
    }
  }
}
