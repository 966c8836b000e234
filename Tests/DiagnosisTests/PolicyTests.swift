import Bytes
import Diagnosis
import Registries
import Testing
import Timeline

@testable import Tracking

@Suite("Causes that a configuration tells")
struct PolicyTests {
  private func scene(
    _ verdict: PolicyVerdictRecord?, source: String = "10.1.0.5", destination: String = "172.20.9.1"
  ) -> DiagnosisInput {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.say(.main, 2, .responder)
    tunnel.establish()
    tunnel.child()
    var input = tunnel.input()
    let flow = InnerFlow(
      ordinal: 0,
      key: InnerFlowKey(
        source: IPAddress(source) ?? .init(ipv4: 1),
        destination: IPAddress(destination) ?? .init(ipv4: 2), ipProtocol: 1, sourcePort: 0,
        destinationPort: 0, carrier: -1), visibility: .clear, carrier: nil, at: tunnel.next())
    flow.packets = 4
    input.innerFlows = [
      InnerFlowInput(flow: flow, id: "f1", policy: verdict, path: "fw.cfg", dialect: "asa")
    ]
    return input
  }

  private func verdict(
    _ word: String, _ reason: String, findings: [String] = []
  ) -> PolicyVerdictRecord {
    var verdict = PolicyVerdictRecord()
    verdict.verdict = word
    verdict.reason = reason
    verdict.findings = findings
    verdict.entryLine = 12
    return verdict
  }

  @Test("a flow beside the SAs, from a protected network to another private one")
  func bySelectors() {
    #expect(loud(scene(nil)) == ["flow_not_covered_by_acl"])
    #expect(loud(scene(nil, destination: "8.8.8.8")).isEmpty, "traffic to the Internet is its own")
    #expect(loud(scene(nil, destination: "10.1.0.9")).isEmpty, "neighbours talk in clear")
  }

  @Test("a capture point that sees protected networks in clear proves nothing")
  func inside() {
    var input = scene(nil)
    let more = scene(nil, destination: "10.2.0.9")
    input.innerFlows += more.innerFlows
    #expect(loud(input).isEmpty)
  }

  @Test(
    "each verdict has its cause",
    arguments: [
      ("bypass", "no-permit-matched", [], "flow_not_covered_by_acl"),
      ("bypass", "no-permit-matched", ["C-NAT-NOT-EXEMPT"], "nat_before_acl"),
      ("protect", "", ["C-SHADOWED-ENTRY"], "shadowed_entry"),
      ("drop", "incomplete-map", [], "incomplete_crypto_map"),
      ("drop", "dynamic-no-sa", [], "dynamic_map_no_sa"),
      ("drop", "expected-ipsec", [], "clear_inbound_dropped"),
    ] as [(String, String, [String], String)])
  func byVerdict(word: String, reason: String, findings: [String], cause: String) {
    #expect(loud(scene(verdict(word, reason, findings: findings))) == [cause])
  }

  @Test("a flow that the configuration protects is no cause")
  func protected() {
    #expect(loud(scene(verdict("protect", ""))).isEmpty)
  }
}
