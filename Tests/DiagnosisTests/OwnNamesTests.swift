import Analysis
import Capture
import Diagnosis
import Foundation
import TestSupport
import Testing
import Timeline

/// Findings speak of the user's own names, lines and captures.
@Suite("In the user's own names")
struct OwnNamesTests {
  @Test("map, number, list and transform set of the configuration stand in the remedy")
  func remedy() throws {
    let timeline = try refusedQuick(14, .ios(transforms: "esp-aes esp-sha256-hmac")).analysed()
    let found = try #require(timeline.findings.first)
    #expect(found.cause == "phase2_hash_mismatch")
    #expect(found.remedy.contains("crypto ipsec transform-set TS1, used by crypto map VPNMAP 10"))
    #expect(!found.remedy.contains("ASA:"))
    #expect(found.config.contains { $0.text.contains("transform-set TS1") && $0.line > 0 })
  }

  @Test(
    "networks stand in the remedy: of a flow its hosts, of one behind NAT those of its permit",
    arguments: [
      ("flow_not_covered_by_acl", "permit ip host 10.1.0.1 host 172.20.9.1"),
      ("nat_before_acl", "deny ip 10.2.0.0 0.0.0.255 10.1.0.0 0.0.0.255 as the first entry"),
    ])
  func networks(cause: String, command: String) throws {
    let row = try #require(CauseRow.all.first { $0.cause == cause })
    let found = try #require(
      row.positive.analysed().findings.first { $0.cause == cause && $0.remedy.contains(command) })
    #expect(!found.remedy.contains("WILDCARD") && !found.remedy.contains(" MASK"))
  }

  @Test("a narrowed child SA's remedy permits what was asked for")
  func narrowed() throws {
    let row = try #require(CauseRow.all.first { $0.cause == "selectors_narrowed" })
    guard case .made(let make) = row.positive else { return }
    var made = make()
    made.configurations = [DeviceText.ios().text]
    let found = try #require(
      made.analysed().findings.first { $0.cause == "selectors_narrowed" })
    #expect(
      found.remedy.contains("permit ip 10.2.0.0 0.0.255.255 10.1.0.0 0.0.0.255"), "\(found.remedy)")
  }

  @Test("the phase 1 policy that came nearest is named by its number")
  func policy() throws {
    let timeline = try refusedOffer(configuration: .ios(hash: "sha")).analysed()
    let found = try #require(timeline.findings.first)
    #expect(found.remedy.contains("crypto isakmp policy 10"))
    #expect(found.config.contains { $0.text == "crypto isakmp policy 10" })
  }

  @Test("a finding of a rule without lines of its own cites those of the peer's entry")
  func entryLines() throws {
    let tunnel = GatewaysV1()
    tunnel.establish()
    for _ in 0..<8 { tunnel.esp(.initiator, 0xc0de_0002, after: 0.5) }
    let timeline = try Made(tunnel.wire, configurations: [DeviceText.ios().text]).analysed()
    let found = try #require(timeline.findings.first)
    #expect(found.cause == "esp_one_way")
    #expect(found.config.contains { $0.text == "set peer 192.0.2.1" })
  }

  @Test("fragments in the second of two captures are credited to it")
  func secondCapture() throws {
    let tunnel = GatewaysV1()
    tunnel.offer()
    tunnel.accept()
    tunnel.exchangeKeys()
    let first = tunnel.wire.frames.count
    for _ in 0..<3 { tunnel.sendFragmented(.initiator, fifth(tunnel), only: [0], after: 3) }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ikescope-names-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (name, range) in [("early", 1...first), ("late", (first + 1)...tunnel.wire.frames.count)] {
      let part = Wire()
      part.merge(tunnel.wire)
      part.remove { number, _ in !range.contains(number) }
      paths.append(folder.appending(path: "\(name).pcap").path)
      try Data(part.pcap).write(to: URL(filePath: paths[paths.count - 1]))
    }
    let sink = TimelineKeeper()
    try Analyzer(options: AnalysisOptions(), sink: sink).run(openCaptures(paths))
    let found = try #require(sink.timeline.findings.first { $0.cause == "ip_fragments_lost" })
    #expect(found.explanation.contains("of late.pcap"))
    #expect(found.evidence.first?.capture == 1)
    #expect(found.evidence.first?.frame == 1)
  }

  private func fifth(_ tunnel: GatewaysV1) -> [UInt8] {
    tunnel.sealed1(
      GatewaysV1.ExchangeNumber.main,
      [
        IKEBuilder.identificationV1(type: 2, Array("branch.example".utf8)),
        IKEBuilder.Payload(6, [4] + noise(1800, seed: 95)),
      ])
  }

  @Test("frames that the snap length cut are counted and said")
  func snapped() throws {
    let tunnel = GatewaysV2()
    tunnel.establish()
    let cut = Wire()
    for frame in tunnel.wire.frames {
      cut.send(Array(frame.bytes.dropFirst(14)), snapLength: 96)
    }
    let timeline = try Made(cut).analysed()
    let found = try #require(timeline.findings.first { $0.cause == "capture_incomplete" })
    #expect(found.explanation.contains("4 frames"))
    #expect(found.explanation.contains("shorter than on the wire"))
    #expect(timeline.loud.isEmpty)
  }
}
