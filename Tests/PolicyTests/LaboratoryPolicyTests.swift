import Bytes
import CiscoConfig
import Foundation
import TestSupport
import Testing

@testable import Policy

/// Configurations and truths that may lie beside the checkout.
@Suite("Policy of the laboratory's captures and of public configurations")
struct LaboratoryPolicyTests {
  private static let laboratory = SharedMaterial.folder("captures/lab")
  private static let configurations = SharedMaterial.folder("policy/configs")

  private static func files(_ folder: URL?, _ suffixes: [String]) -> [URL] {
    guard let folder,
      let walk = FileManager.default.enumerator(
        at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
    else { return [] }
    return walk.compactMap { $0 as? URL }
      .filter { url in suffixes.contains { url.lastPathComponent.hasSuffix($0) } }
      .sorted { $0.path < $1.path }
  }

  @Test(
    "every flow of an SA is protected by the entry and the element that the truth names",
    .enabled(if: laboratory != nil, "there are no laboratory captures beside the checkout"))
  func flows() throws {
    var asked = 0
    for url in Self.files(Self.laboratory, [".truth.json"]) {
      let truth = try QueryFields(JSONValue(parsing: Array(Data(contentsOf: url))))
      guard let policy = try? truth.object("policy"), let suffix = try policy.string("file_suffix")
      else { continue }
      let path = url.path.replacingOccurrences(of: "truth.json", with: suffix)
      let engine = PolicyEngine(
        try CryptoConfiguration(parsing: Data(contentsOf: URL(filePath: path)), path: path))
      for sa in (try? truth.objects("expected_sas")) ?? [] {
        asked += try ask(engine, sa, policy, truth, url.lastPathComponent)
      }
    }
    #expect(asked > 150)
  }

  /// Asks all flows of one SA that leaves the device; how many there were.
  private func ask(
    _ engine: PolicyEngine, _ sa: QueryFields, _ policy: QueryFields, _ truth: QueryFields,
    _ name: String
  ) throws -> Int {
    let own = try sa.requiredString("src")
    guard let address = IPAddress(own),
      engine.configuration.interfaces.contains(where: { $0.has(address) }),
      let entry = try policy.objects("crypto_map_entries").first(where: {
        try $0.string("child") == sa.string("child")
      })
    else { return 0 }
    let sources = Self.selectors(try sa.strings("ts_src"))
    let destinations = Self.selectors(try sa.strings("ts_dst"))
    var asked = 0
    for flow in try truth.objects("flows") {
      guard let source = try flow.address("src"), let destination = try flow.address("dst"),
        let number = try flow.protocolNumber("protocol"),
        case let sourcePort = UInt16(try flow.number("src_port") ?? 0),
        case let destinationPort = UInt16(try flow.number("dst_port") ?? 0),
        sources.contains(where: { $0.holds(source, number, sourcePort) }),
        destinations.contains(where: { $0.holds(destination, number, destinationPort) })
      else { continue }
      var packet = Packet(source, destination, protocolNumber: number)
      (packet.sourcePort, packet.destinationPort) = (sourcePort, destinationPort)
      let verdict = engine.answer(FlowQuestion(.out, packet))
      let place = "\(name): \(packet): \(verdict.sentence)"
      #expect(verdict.outcome == .protect, "\(place)")
      #expect(verdict.map == (try entry.string("crypto_map")), "\(place)")
      #expect(verdict.sequence == (try entry.number("sequence").map { Int($0) }), "\(place)")
      #expect(verdict.acl == (try entry.string("acl")), "\(place)")
      asked += 1
    }
    return asked
  }

  /// `10.1.0.0/24[tcp/443]`.
  private struct Selector {
    let range: AddressRange
    let protocolNumber: UInt8?
    let port: UInt16?

    func holds(_ address: IPAddress, _ number: UInt8, _ port: UInt16) -> Bool {
      range.contains(address) && (protocolNumber ?? number) == number && (self.port ?? port) == port
    }
  }

  private static func selectors(_ texts: [String]?) -> [Selector] {
    (texts ?? []).compactMap { text in
      let parts = text.split(whereSeparator: { "[]".contains($0) })
      guard let range = AddressRange(text: String(parts[0])) else { return nil }
      let service = parts.count > 1 ? parts[1].split(separator: "/") : []
      return Selector(
        range: range, protocolNumber: service.first.flatMap { ProtocolName.number(String($0)) },
        port: service.count > 1 ? UInt16(service[1]) ?? PortNames.number(String(service[1])) : nil)
    }
  }

  @Test(
    "public configurations give findings and answers, and none takes long",
    .enabled(if: configurations != nil, "there are no public configurations beside the checkout"))
  func publicConfigurations() throws {
    var answered = 0
    for url in Self.files(Self.configurations, [".txt", ".cfg", ".conf", ".md", ""]) {
      guard let text = try? Data(contentsOf: url),
        let configuration = try? CryptoConfiguration(parsing: text, path: url.lastPathComponent)
      else { continue }
      let clock = ContinuousClock()
      let took = try clock.measure {
        for part in [configuration] + configuration.contexts {
          let engine = PolicyEngine(part)
          for text in ["tcp 10.0.0.5:1025 > 10.1.1.9:443", "icmp 192.168.1.1 > 224.0.0.5"] {
            for direction in FlowQuestion.Direction.allCases {
              let verdict = engine.answer(FlowQuestion(direction, try Packet(flow: text)))
              #expect(!verdict.sentence.isEmpty)
              answered += 1
            }
          }
          for set in engine.boundMaps { _ = FlowIndex(engine, map: set.map.name) }
        }
      }
      #expect(took < .seconds(20), "\(url.lastPathComponent)")
    }
    #expect(answered > 50)
  }
}
