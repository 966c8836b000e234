import Testing
import Timeline

/// Captures of real daemons whose truth the daemons themselves have told.
@Suite("True SAs and flows")
struct TruthTests {
  private static let captures = LabelledCapture.withTruth.filter { $0.has("keys.json") }

  /// Captures in which packets were damaged, or an end had keys of its own, on purpose.
  private static let damaged: Set = ["esp_integrity_failure", "esp_auth_failure"]

  @Test("with keys: every SA with its selectors and algorithms, every flow", arguments: captures)
  func allKeys(capture: LabelledCapture) throws {
    let truth = try capture.truth()
    let got = try Analysed([capture.path], keys: capture.keys())
    expectSAs(of: truth, got)
    expectFlows(of: truth, got)
    expectIntegrity(of: truth, got)
  }

  @Test("IKE secrets alone open everything beneath", arguments: captures)
  func ikeSecrets(capture: LabelledCapture) throws {
    let truth = try capture.truth()
    let got = try Analysed([capture.path], keys: capture.keys(omitting: ["child_sas"]))
    expectSAs(of: truth, got)
    // A second Diffie-Hellman exchange is there to keep what follows from whoever has the first
    // one's secrets.
    guard !truth.expected_sas.contains(where: \.hasPFS) else {
      #expect(got.timeline.flows.allSatisfy { $0.seen == "clear" })
      return
    }
    expectFlows(of: truth, got)
    expectIntegrity(of: truth, got)
  }

  @Test("child keys alone open every packet that was sent", arguments: captures)
  func childKeys(capture: LabelledCapture) throws {
    let truth = try capture.truth()
    let got = try Analysed([capture.path], keys: capture.keys(omitting: ["ike_sas", "psk"]))
    let sent = Set(
      try Analysed([capture.path]).childSAs.flatMap {
        [$0.spis.toInitiator, $0.spis.toResponder].compactMap { $0 }
      })
    for sa in truth.expected_sas where sent.contains(sa.spi) {
      let traffic = got.traffic(spi: sa.spi)
      #expect(traffic != nil, "\(sa.spi) is missing")
    }
    expectFlows(of: truth, got)
    expectIntegrity(of: truth, got)
  }

  private func expectSAs(of truth: Truth, _ got: Analysed) {
    var children: [String: (child: ChildSARecord, isToResponder: Bool)] = [:]
    for child in got.childSAs {
      if let spi = child.spis.toInitiator { children[spi] = (child, false) }
      if let spi = child.spis.toResponder { children[spi] = (child, true) }
    }
    for sa in truth.expected_sas {
      guard let (child, isToResponder) = children[sa.spi] else {
        Issue.record("\(sa.spi) is missing")
        continue
      }
      let (senders, receivers) =
        isToResponder
        ? (child.selectors.initiator, child.selectors.responder)
        : (child.selectors.responder, child.selectors.initiator)
      #expect(networks(senders) == networks(sa.ts_src), "\(sa.spi)")
      #expect(networks(receivers) == networks(sa.ts_dst), "\(sa.spi)")
      #expect(child.protocol == sa.protocol.lowercased(), "\(sa.spi)")
      let chosen = Set(child.chosen?.transforms.map(\.name) ?? [])
      for name in [sa.encryption, sa.integrity] where !name.isEmpty {
        #expect(chosen.contains(name), "\(sa.spi): \(chosen.sorted())")
      }
    }
  }

  private func networks(_ texts: [String]) -> Set<Network?> { Set(texts.map { Network($0) }) }

  /// What identifies an inner flow; ports only where the truth counts by them.
  private struct FlowKey: Hashable {
    var source: String
    var destination: String
    var name: String
    var ports: [Int]

    init(_ source: String, _ destination: String, _ name: String, _ ports: [Int]) {
      let names = ["1": "icmp", "6": "tcp", "17": "udp", "58": "icmp6", "ipv6-icmp": "icmp6"]
      let lower = name.lowercased()
      self.source = source
      self.destination = destination
      self.name = names[lower] ?? (lower == "icmpv6" ? "icmp6" : lower)
      self.ports = ["tcp", "udp"].contains(self.name) ? ports : [0, 0]
    }

    var withoutPorts: FlowKey { FlowKey(source, destination, name, [0, 0]) }
  }

  private func expectFlows(of truth: Truth, _ got: Analysed) {
    guard truth.lossy != true else { return }
    var have: [FlowKey: Int] = [:]
    for flow in got.timeline.flows where flow.seen == "decrypted" || flow.childSA != nil {
      let ports = [flow.sourcePort ?? 0, flow.destinationPort ?? 0]
      have[FlowKey(flow.source, flow.destination, flow.protocol, ports), default: 0] += flow.packets
    }
    var known: Set<FlowKey> = []
    for flow in truth.flows {
      let exact = FlowKey(
        flow.src, flow.dst, flow.protocol, [flow.src_port ?? 0, flow.dst_port ?? 0])
      known.formUnion([exact, exact.withoutPorts])
      let key = have[exact] == nil ? exact.withoutPorts : exact
      #expect(have[key] == flow.packets, "\(exact)")
    }
    #expect(Set(have.keys).subtracting(known) == [], "flows that nobody sent")
  }

  private func expectIntegrity(of truth: Truth, _ got: Analysed) {
    let all = got.childSAs.flatMap { [$0.traffic.toInitiator, $0.traffic.toResponder] }
      .compactMap { $0 }
    let bad = all.map(\.integrityBad).reduce(0, +)
    #expect((bad > 0) == Self.damaged.contains(truth.root_cause), "\(truth.root_cause): \(bad)")
    for traffic in all where traffic.decrypted > 0 {
      #expect(traffic.integrityGood + traffic.integrityBad == traffic.packets)
    }
  }
}
