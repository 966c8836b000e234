import TestSupport
import Testing

@testable import Capture

@Suite("Filters")
struct FilterTests {
  /// An IPv4 packet of UDP from port 500 to `port`.
  static func udp(to port: UInt8) -> [UInt8] {
    [0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
      + [1, 244, 0, port, 0, 8, 0, 0]
  }

  @Test("A filter is applied by each frame's own link type, and frames keep their numbers")
  func linkTypes() throws {
    let ethernet: [UInt8] = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 8, 0]
    let cooked: [UInt8] = [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 2, 0, 0, 8, 0]
    var capture = CaptureBuilder()
    capture.sectionHeader()
    for linkType: UInt16 in [1, 113, 101, 228] { capture.interface(linkType: linkType) }
    for port: UInt8 in [7, 9] {
      for (interface, header) in [ethernet, cooked, [], []].enumerated() {
        capture.enhancedPacket(header + Self.udp(to: port), interface: UInt32(interface))
      }
    }
    capture.enhancedPacket([])
    let read = try ReadCapture(capture.bytes, filter: "udp dst port 9")
    #expect(read.frames.map(\.number) == [5, 6, 7, 8])
    #expect(read.summary.frames == 9)
    #expect(read.summary.filteredOut == 5)
  }

  @Test("A wrong filter is refused at once, in libpcap's words, with exit code 64")
  func grammar() {
    let error = #expect(throws: CaptureError.self) { try FrameFilter("udp prot 500") }
    #expect(error?.exitCode == 64)
    #expect(error?.description.contains("syntax error") == true)
  }

  @Test("A filter that a link type cannot have is refused when its first frame comes")
  func unsuitable() throws {
    var capture = CaptureBuilder()
    capture.pcapHeader(linkType: 147)
    capture.pcapRecord([1])
    let error = #expect(throws: CaptureError.self) {
      try ReadCapture(capture.bytes, filter: "host 10.0.0.1")
    }
    #expect(error?.exitCode == 64)
    #expect(error?.description.contains("USER0") == true)
  }
}
