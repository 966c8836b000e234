import Analysis
import Capture
import Foundation
import Reporting
import TestSupport
import Testing
import Timeline

/// A hub with fifty peers, of which half fail, in one capture.
@Suite("Many tunnels in one capture")
struct ManyPeersTests {
  /// Peers 1 to 25 are well; 26 to 34 offer what the hub does not take, 35 to 42 are not answered by
  /// a hub that answers others, 43 to 50 speak another version.
  private static let capture: [UInt8] = {
    let wire = Wire()
    for peer in 1...50 {
      let own = Wire(at: 1_795_176_000 + Double(peer) * 0.7)
      let tunnel = GatewaysV1(own, initiator: "192.0.2.\(peer)", number: UInt64(peer))
      switch peer {
      case ...25:
        tunnel.phase1()
        tunnel.quick(mine: 0xc100_0000 + UInt32(peer), theirs: 0xc200_0000 + UInt32(peer))
        tunnel.traffic(
          4, toResponder: 0xc200_0000 + UInt32(peer), toInitiator: 0xc100_0000 + UInt32(peer))
      case ...34:
        tunnel.offer([GatewaysV1.transform(keyBits: 256, hash: 2, group: 5)])
        tunnel.notify(.responder, 14, withResponderSPI: false)
      case ...42:
        tunnel.offer()
        tunnel.again(.initiator, times: 3, every: 4)
      default:
        tunnel.offer()
        tunnel.notify(.responder, 5, withResponderSPI: false)
      }
      wire.merge(own)
    }
    return wire.pcap
  }()

  private static let sentence =
    "25 of 50 peers of 198.51.100.2 fail, 9 with the same cause: Phase 1: no proposal in common."

  private func report(_ makeSink: (OutputTarget) -> any TimelineSink) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ikescope-peers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let capture = folder.appending(path: "peers.pcap")
    try Data(Self.capture).write(to: capture)
    let output = folder.appending(path: "report").path
    let target = try OutputTarget(file: output)
    try Analyzer(options: AnalysisOptions(), sink: makeSink(target))
      .run(openCaptures([capture.path]))
    try target.finish()
    return try String(contentsOfFile: output, encoding: .utf8)
  }

  @Test("each failing peer has one answer of its own, and no healthy one has any")
  func findings() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "ikescope-peers-\(UUID().uuidString).pcap").path
    try Data(Self.capture).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let got = try Analysed([path])
    #expect(got.timeline.summary == Self.sentence)
    let loud = got.timeline.findings.filter { $0.severity != "info" }
    #expect(loud.count == 25)
    #expect(Set(loud.map(\.tunnel)).count == 25)
    let peers = Dictionary(
      got.timeline.tunnels.map { ($0.id, $0.initiator.address) },
      uniquingKeysWith: { one, _ in one })
    for finding in loud {
      let number = Int(peers[finding.tunnel ?? ""]?.split(separator: ".").last ?? "") ?? 0
      let wanted =
        number <= 34
        ? "phase1_proposal_mismatch" : number <= 42 ? "no_config_for_peer" : "ike_version_mismatch"
      #expect(number > 25)
      #expect(finding.cause == wanted, "peer \(number)")
    }
  }

  @Test("the text says in one line what they share")
  func text() throws {
    let text = try report { TextReport(target: $0, options: TextOptions()) }
    let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flat.contains(Self.sentence))
    #expect(flat.components(separatedBy: "peers of 198.51.100.2 fail").count == 2)
  }

  @Test("so does the JSON timeline")
  func json() throws {
    let json = try report { JSONReport(target: $0) }
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
    let document = try #require(object as? [String: Any])
    #expect(document["summary"] as? String == Self.sentence)
    var validator = try SchemaValidator(TimelineSchema.text)
    validator.refusesUnnamed = true
    #expect(validator.problems(object, definition: "Timeline") == [])
  }
}
