import Bytes
import Capture
import Foundation
import TestSupport
import Testing
import Timeline

/// What does not concern tunnels must not change them.
@Suite("What changes nothing")
struct InvarianceTests {
  /// The project's own captures; with `IKESCOPE_SOAK` all labelled ones.
  private static let captures = {
    let isLong = ProcessInfo.processInfo.environment["IKESCOPE_SOAK"] != nil
    return (isLong ? LabelledCapture.withTruth : LabelledCapture.own).filter { $0.has("keys.json") }
  }()

  /// The records of an analysis without frame numbers and times.
  struct Story: Hashable {
    var tunnels: [TunnelRecord]
    var flows: [FlowRecord]
    var findings: [FindingRecord]

    init(_ got: Analysed) {
      tunnels = got.timeline.tunnels.map { Story.timeless($0) }
      flows = got.timeline.flows.map { flow in
        var flow = flow
        (flow.firstFrame, flow.lastFrame, flow.start, flow.end) = (0, 0, nil, nil)
        return flow
      }
      findings = got.timeline.findings.map { Story.placeless($0) }
    }

    /// A finding without the frames and times that it names; of its evidence what it shows.
    private static func placeless(_ finding: FindingRecord) -> FindingRecord {
      var finding = finding
      var shown: [String] = []
      for evidence in finding.evidence where !shown.contains(evidence.what) {
        shown.append(evidence.what)
      }
      finding.evidence = shown.map { what in
        var evidence = EvidenceRecord()
        evidence.what = what
        return evidence
      }
      finding.explanation = finding.explanation
        .replacing(/frame [0-9]+( of [0-9a-z.]+pcap)?/, with: "a frame")
        .replacing(/clock says [0-9T:.Z-]+/, with: "clock")
      return finding
    }

    private static func timeless(_ tunnel: TunnelRecord) -> TunnelRecord {
      var tunnel = tunnel
      (tunnel.firstFrame, tunnel.lastFrame, tunnel.capture) = (0, 0, 0)
      (tunnel.start, tunnel.end) = (nil, nil)
      for index in tunnel.certificates.indices { tunnel.certificates[index].frame = 0 }
      for index in tunnel.childSAs.indices {
        (tunnel.childSAs[index].firstFrame, tunnel.childSAs[index].lastFrame) = (0, 0)
        for path in [\TrafficPair.toInitiator, \TrafficPair.toResponder] {
          tunnel.childSAs[index].traffic[keyPath: path]?.firstFrame = 0
          tunnel.childSAs[index].traffic[keyPath: path]?.lastFrame = 0
        }
      }
      return tunnel
    }
  }

  private func story(_ capture: CaptureBytes, _ labelled: LabelledCapture) throws -> Story {
    Story(try Analysed(capture.source, keys: labelled.keys()))
  }

  private func expectSame(_ one: Story, _ other: Story) {
    #expect(one.tunnels == other.tunnels)
    #expect(one.flows == other.flows)
    #expect(one.findings == other.findings)
  }

  @Test(
    "when it happened", arguments: captures, [-86_400_000_000_000, 1, 3_155_760_000_000_000_000])
  func moment(labelled: LabelledCapture, nanoseconds: Int64) throws {
    let capture = try CaptureBytes(labelled.path)
    var moved = capture
    for index in moved.records.indices {
      moved.records[index].time = Timestamp(
        nanoseconds: capture.records[index].time.nanoseconds + nanoseconds)
    }
    let (one, other) = (try story(moved, labelled), try story(capture, labelled))
    // Certificates have a time of their own, and only they.
    if one.findings.contains(where: { $0.cause == "certificate_expired" }) {
      #expect(one.tunnels == other.tunnels)
      #expect(!other.tunnels.flatMap(\.certificates).isEmpty)
    } else {
      expectSame(one, other)
    }
  }

  @Test(
    "the link that it was captured on", arguments: captures,
    [LinkType.raw, .linuxCooked, .linuxCooked2, .null])
  func link(labelled: LabelledCapture, linkType: LinkType) throws {
    var capture = try CaptureBytes(labelled.path)
    capture.records.removeAll { Self.packet(of: $0) == nil }
    var other = capture
    other.linkType = linkType
    for (index, record) in capture.records.enumerated() {
      let (header, packet) = try #require(Self.frame(record, on: linkType))
      other.records[index].bytes = header + packet
      other.records[index].originalLength = header.count + record.originalLength - 14
    }
    expectSame(try story(other, labelled), try story(capture, labelled))
  }

  @Test("a tag of a virtual network", arguments: captures)
  func tagged(labelled: LabelledCapture) throws {
    let capture = try CaptureBytes(labelled.path)
    var other = capture
    for (index, record) in capture.records.enumerated() where record.bytes.count >= 14 {
      other.records[index].bytes.insert(contentsOf: [0x81, 0, 0x20, 7], at: 12)
      other.records[index].originalLength += 4
    }
    expectSame(try story(other, labelled), try story(capture, labelled))
  }

  @Test("a capture that was cut in two files, named in either order", arguments: captures)
  func split(labelled: LabelledCapture) throws {
    let capture = try CaptureBytes(labelled.path)
    let whole = try story(capture, labelled)
    for part in 1...3 {
      var (one, other) = (capture, capture)
      let cut = capture.records.count * part / 4
      one.records.removeSubrange(cut...)
      other.records.removeSubrange(..<cut)
      try expectSame(merged([one, other], labelled), whole)
      try expectSame(merged([other, one], labelled), whole)
    }
  }

  @Test("frames that were captured into two files by turns", arguments: captures)
  func interleaved(labelled: LabelledCapture) throws {
    let capture = try CaptureBytes(labelled.path)
    var (even, odd) = (capture, capture)
    even.records = capture.records.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    odd.records = capture.records.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    try expectSame(merged([odd, even], labelled), story(capture, labelled))
  }

  private func merged(_ parts: [CaptureBytes], _ labelled: LabelledCapture) throws -> Story {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ikescope-merge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (index, part) in parts.enumerated() {
      let file = folder.appending(path: "\(index).pcap")
      try Data(part.pcap).write(to: file)
      paths.append(file.path)
    }
    return Story(try Analysed(paths, keys: labelled.keys()))
  }

  /// The IP packet of an Ethernet frame.
  private static func packet(of record: CaptureBytes.Record) -> [UInt8]? {
    guard record.bytes.count > 14 else { return nil }
    switch (record.bytes[12], record.bytes[13]) {
    case (0x08, 0x00), (0x86, 0xdd): return Array(record.bytes[14...])
    default: return nil
    }
  }

  /// The same packet behind another link's header.
  private static func frame(
    _ record: CaptureBytes.Record, on linkType: LinkType
  ) -> (header: [UInt8], packet: [UInt8])? {
    guard let packet = packet(of: record) else { return nil }
    let type = Array(record.bytes[12..<14])
    let isIPv6 = type == [0x86, 0xdd]
    let header: [UInt8] =
      switch linkType {
      case .linuxCooked: [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + type
      case .linuxCooked2: type + [0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0]
      case .null: [isIPv6 ? 10 : 2, 0, 0, 0]
      default: []
      }
    return (header, packet)
  }
}
