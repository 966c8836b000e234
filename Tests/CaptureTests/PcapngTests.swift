import Bytes
import TestSupport
import Testing

@testable import Capture

@Suite("pcapng")
struct PcapngTests {
  @Test("Sections of either byte order hold interfaces of their own", arguments: [false, true])
  func sections(bigEndianFirst: Bool) throws {
    var first = CaptureBuilder(bigEndian: bigEndianFirst)
    first.sectionHeader(options: [(4, Array("a test".utf8))])
    first.interface(linkType: 1)
    first.interface(linkType: 113, options: [(2, Array("eth0".utf8)), (9, [9])])
    first.enhancedPacket([1, 2, 3], ticks: 1_700_000_000_123_456)
    first.enhancedPacket([4], interface: 1, ticks: 1_700_000_001_123_456_789, original: 90)
    var second = CaptureBuilder(bigEndian: !bigEndianFirst)
    second.sectionHeader()
    second.interface(linkType: 101)
    second.enhancedPacket([5, 6], ticks: 1_700_000_002_000_000, options: [(1, Array("hi".utf8))])
    let read = try ReadCapture(first.bytes + second.bytes, step: 13)
    #expect(read.frames.map(\.bytes) == [[1, 2, 3], [4], [5, 6]])
    #expect(read.frames.map(\.linkType) == [1, 113, 101])
    #expect(
      read.frames.map(\.time.nanoseconds) == [
        1_700_000_000_123_456_000, 1_700_000_001_123_456_789, 1_700_000_002_000_000_000,
      ])
    #expect(read.frames.map(\.originalLength) == [3, 90, 2])
    #expect(read.summary.linkTypes == [.ethernet, .linuxCooked, .raw])
    #expect(read.summary.timestampDigits == 9)
    #expect(read.summary.snapped.firstFrame == 2)
    #expect(!read.summary.truncated)
  }

  struct Clock: Sendable {
    var resolution: UInt8
    var ticks: UInt64
    var nanoseconds: Int64
  }

  static let clocks: [Clock] = [
    Clock(resolution: 0, ticks: 1_700_000_000, nanoseconds: 1_700_000_000_000_000_000),
    Clock(resolution: 3, ticks: 1_700_000_000_123, nanoseconds: 1_700_000_000_123_000_000),
    Clock(resolution: 6, ticks: 1_700_000_000_123_456, nanoseconds: 1_700_000_000_123_456_000),
    Clock(resolution: 9, ticks: 1_700_000_000_123_456_789, nanoseconds: 1_700_000_000_123_456_789),
    Clock(resolution: 12, ticks: 1_700_000_123_456_789_012, nanoseconds: 1_700_000_123_456_789),
    Clock(resolution: 19, ticks: 10_000_000_000_000_000_000, nanoseconds: 1_000_000_000),
    Clock(resolution: 20, ticks: .max, nanoseconds: 0),
    Clock(resolution: 127, ticks: .max, nanoseconds: 0),
    Clock(resolution: 0x80, ticks: 1_700_000_000, nanoseconds: 1_700_000_000_000_000_000),
    Clock(resolution: 0x8a, ticks: 1_740_800_000_512, nanoseconds: 1_700_000_000_500_000_000),
    Clock(resolution: 0xbf, ticks: 0xc000_0000_0000_0000, nanoseconds: 1_500_000_000),
    Clock(resolution: 0xff, ticks: .max, nanoseconds: 0),
    Clock(resolution: 6, ticks: .max, nanoseconds: .max),
    Clock(resolution: 0, ticks: .max, nanoseconds: .max),
  ]

  @Test("Clocks of any resolution are converted", arguments: clocks)
  func resolutions(_ clock: Clock) {
    let interface = PcapngInterface(
      linkType: .ethernet, snapLength: 0, resolution: clock.resolution)
    #expect(interface.time(ticks: clock.ticks).nanoseconds == clock.nanoseconds)
  }

  @Test("A clock's offset is added, and saturates")
  func offsets() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface(options: [(14, capture.number(1_600_000_000))])
    capture.interface(options: [(14, capture.number(UInt64(Int64.max)))])
    capture.enhancedPacket([1], ticks: 5_000_000)
    capture.enhancedPacket([1], interface: 1, ticks: 5_000_000)
    let times = try ReadCapture(capture.bytes).frames.map(\.time.nanoseconds)
    #expect(times == [1_600_000_005_000_000_000, .max])
  }

  @Test("Simple packets take the first interface, its snap length and the time before")
  func simplePackets() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface(snapLength: 4)
    capture.enhancedPacket([9], ticks: 77)
    var body = CaptureBuilder()
    body.put(UInt32(100))
    body.raw([1, 2, 3, 4])
    capture.block(3, body.bytes)
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames.map(\.bytes) == [[9], [1, 2, 3, 4]])
    #expect(read.frames.map(\.time.nanoseconds) == [77_000, 77_000])
    #expect(read.frames[1].originalLength == 100)
    #expect(read.summary.untimed.firstFrame == 2)
  }

  @Test("The obsolete packet block is read")
  func obsoletePackets() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface()
    var body = CaptureBuilder()
    body.put(UInt16(0))
    body.put(UInt16(0xffff))
    body.put(UInt32(0))
    body.put(UInt32(1_000_000))
    body.put(UInt32(2))
    body.put(UInt32(2))
    body.raw([5, 6, 0, 0])
    capture.block(2, body.bytes)
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames.map(\.bytes) == [[5, 6]])
    #expect(read.frames.map(\.time.nanoseconds) == [1_000_000_000])
  }

  @Test("Drop counts run from the start of the capture and are not added up twice")
  func drops() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface()
    capture.interface()
    capture.statistics(dropped: 3, systemDropped: 1)
    capture.statistics(interface: 1, dropped: 10, systemDropped: 0)
    capture.statistics(dropped: 5, systemDropped: 2)
    capture.statistics(dropped: .max, systemDropped: 2)
    let summary = try ReadCapture(capture.bytes).summary
    #expect(summary.dropped == 17)
    #expect(summary.warnings == ["frames dropped by the capturing machine: 17"])
  }

  @Test("Secrets and names are passed over in silence, unknown blocks with their number")
  func otherBlocks() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface()
    capture.block(10, [UInt8](repeating: 1, count: 300_000))
    capture.block(4, [1, 2, 3, 4])
    capture.block(0x1234, [1, 2, 3])
    capture.enhancedPacket([1])
    let read = try ReadCapture(capture.bytes, step: 1000)
    #expect(read.frames.count == 1)
    #expect(read.summary.warnings == ["blocks of unknown types were passed over: 1"])
  }

  @Test("A block that is passed over ends where it says, however it is read and wherever it lies")
  func skipsAcrossReads() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface()
    for length in [5000, 40_000, 4] {
      capture.block(10, [UInt8](repeating: 1, count: length))
      capture.enhancedPacket([1, 2, 3])
    }
    for step in Array(40..<110) + [1000, 4096, 5000] {
      let read = try ReadCapture(capture.bytes, step: step)
      #expect(read.frames.map(\.bytes) == [[1, 2, 3], [1, 2, 3], [1, 2, 3]], "\(step)")
      #expect(read.summary.warnings.isEmpty, "\(step): \(read.summary.warnings)")
    }
  }

  @Test("A captured length beyond the block is cut to it and told of")
  func lyingCapturedLength() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface()
    capture.enhancedPacket([1, 2, 3, 4], captured: .max, original: .max)
    capture.enhancedPacket([5])
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames.map(\.bytes) == [[1, 2, 3, 4], [5]])
    #expect(read.summary.lyingLengths.firstFrame == 1)
  }

  @Test(
    "A block whose length cannot be true is passed over to the next that can",
    arguments: [UInt32(0), 8, 33, 0x7fff_fff0, .max])
  func resynchronises(length: UInt32) throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.interface()
    capture.enhancedPacket([1])
    capture.block(6, [UInt8](repeating: 2, count: 40), length: length, trailingLength: 52)
    capture.enhancedPacket([3])
    let read = try ReadCapture(capture.bytes, step: 50)
    #expect(read.frames.map(\.bytes) == [[1], [3]])
    #expect(read.summary.warnings.first?.hasPrefix("damaged at byte 84, behind frame 1") == true)
  }

  @Test("A packet of an interface that was never declared is told of and passed over")
  func undeclaredInterface() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    capture.enhancedPacket([1], interface: 4)
    let read = try ReadCapture(capture.bytes)
    #expect(read.frames.isEmpty)
    #expect(read.summary.warnings.count == 1)
  }

  @Test("Interfaces without end take no memory without end")
  func interfaceFlood() throws {
    var capture = CaptureBuilder()
    capture.sectionHeader()
    var interface = CaptureBuilder()
    interface.interface()
    for _ in 0..<(CaptureLimits.interfaces + 100) { capture.raw(interface.bytes) }
    let read = try ReadCapture(capture.bytes)
    #expect(read.summary.notes.count == 50)
    #expect(read.summary.warnings.last == "further places that are damaged: 50")
  }

  @Test("Every prefix is read to its last whole block")
  func prefixes() throws {
    var capture = CaptureBuilder(bigEndian: true)
    capture.sectionHeader()
    capture.interface()
    var ends = [capture.bytes.count]
    for number in 0..<5 {
      capture.enhancedPacket([UInt8](repeating: UInt8(number), count: 20 + number))
      ends.append(capture.bytes.count)
    }
    for length in ends[0]...capture.bytes.count {
      let read = try ReadCapture(Array(capture.bytes.prefix(length)))
      #expect(read.frames.count == ends.lastIndex { $0 <= length })
      #expect(read.summary.truncated == !ends.contains(length))
    }
  }
}
