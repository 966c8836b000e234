import Bytes
import Diagnosis
import Registries
import Testing
import Timeline

@testable import Tracking

@Suite("Causes of silence")
struct NoAnswerTests {
  private func silent() -> TunnelBuilder {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator, copies: 3)
    tunnel.ike.vendors = [(from: .initiator, id: [1], meaning: nil)]
    return tunnel
  }

  @Test("a first message repeated into silence is a peer that does not answer")
  func notAnswering() throws {
    let found = try #require(finding("peer_not_answering", silent().input()))
    #expect(found.certainty == "certain")
    #expect(found.evidence.count == 4)
    #expect(found.ruledOut.contains { $0.cause == "replies_lost" })
  }

  @Test("a single first message at the end of a capture says nothing")
  func tooEarly() {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    #expect(loud(tunnel.input(until: 3)).isEmpty)
  }

  @Test("a message that was repeated and then answered says nothing")
  func lossy() {
    let tunnel = silent()
    tunnel.say(.main, 2, .responder)
    tunnel.say(.main, 3, .initiator)
    tunnel.establish()
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("an ICMP error is an answer")
  func portUnreachable() throws {
    let tunnel = silent()
    tunnel.ike.icmpErrors = [
      SeenICMPError(
        sighting: tunnel.next(), reporter: tunnel.ike.responder.address, type: 3, code: 3,
        isICMPv6: false, mtu: nil, quotedFrom: .initiator, quotedProtocol: 17,
        quotedDestinationPort: 500)
    ]
    #expect(loud(tunnel.input()) == ["peer_port_unreachable"])
  }

  @Test("a request repeated although each copy is answered has lost its answers")
  func repliesLost() {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.say(.main, 2, .responder)
    for _ in 0..<3 {
      tunnel.again(.main, 1)
      tunnel.again(.main, 2, after: 0.01)
    }
    #expect(loud(tunnel.input()) == ["replies_lost"])
  }

  @Test("one repetition that crossed its answer is no loss")
  func crossedOnce() {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.say(.main, 2, .responder)
    tunnel.again(.main, 1, after: 0.01)
    tunnel.say(.main, 3, .initiator)
    tunnel.say(.main, 4, .responder)
    tunnel.establish()
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("an answer from another address is told from none")
  func otherAddress() {
    let tunnel = silent()
    tunnel.ike.strangeAnswers = [
      (from: Endpoint(IPAddress(ipv4: 7), port: 500), at: tunnel.next())
    ]
    #expect(loud(tunnel.input()) == ["reply_from_other_address"])
  }

  @Test("a responder that answers others and not this peer has no entry for it, possibly")
  func answersOthers() {
    let other = TunnelBuilder(initiator: "192.0.2.9", ordinal: 1, at: 20, frame: 30)
    other.say(.main, 1, .initiator)
    other.say(.main, 2, .responder)
    other.establish()
    let input = TunnelBuilder.input([silent(), other])
    #expect(loud(input) == ["peer_not_answering"] || loud(input) == ["no_config_for_peer"])
    #expect(loud(input).count == 1)
  }

  @Test("the responder's configuration without this peer is the cause of its refusal")
  func noEntry() throws {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.ike.offered = [TunnelBuilder.suite()]
    tunnel.notify(14, from: .responder)
    var policy = TunnelPolicy(path: "fw.cfg", dialect: "asa", side: .responder)
    policy.knowsPeer = false
    policy.phase1 = PolicyVerdictRecord()
    policy.phase1?.verdict = "accept"
    tunnel.policies = [policy]
    let found = try #require(finding("no_config_for_peer", tunnel.input()))
    #expect(found.certainty == "certain")
    #expect(!found.remedy.contains("IOS:"))
    policy.knowsPeer = true
    tunnel.policies = [policy]
    #expect(loud(tunnel.input()) == ["phase1_proposal_mismatch"])
  }

  @Test("a refusal of the version names the other one")
  func version() {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.notify(5, from: .responder)
    #expect(loud(tunnel.input()) == ["ike_version_mismatch"])
  }

  @Test("silence for one version while the other is answered is a matter of versions")
  func versionBySibling() {
    let second = TunnelBuilder(.v2, ordinal: 1, at: 20, frame: 40)
    second.say(.ikeSAInit, 1, .initiator)
    second.say(.ikeSAInit, 2, .responder)
    second.establish()
    #expect(loud(TunnelBuilder.input([silent(), second])).first == "ike_version_mismatch")
  }

  @Test("aggressive mode that is refused by name, or disabled by configuration")
  func aggressive() {
    let refused = TunnelBuilder(.v1, .aggressive)
    refused.say(.aggressive, 1, .initiator)
    refused.notify(29, from: .responder)
    #expect(loud(refused.input()) == ["aggressive_mode_refused"])

    let silent = TunnelBuilder(.v1, .aggressive)
    silent.say(.aggressive, 1, .initiator, copies: 3)
    #expect(loud(silent.input()) == ["peer_not_answering"])
    var policy = TunnelPolicy(path: "fw.cfg", dialect: "asa", side: .responder)
    policy.phase1 = PolicyVerdictRecord()
    policy.phase1?.reason = "aggressive-mode-disabled"
    silent.policies = [policy]
    #expect(loud(silent.input()) == ["aggressive_mode_refused"])
  }

  @Test("probes are no negotiation, and a client behind PAT is no probe")
  func scan() {
    let probe = TunnelBuilder(port: 5500)
    probe.say(.main, 1, .initiator)
    probe.ike.offered = Array(repeating: TunnelBuilder.suite(), count: 8)
    probe.notify(14, from: .responder)
    #expect(causes(probe.input()) == ["scan_no_negotiation"])

    let client = TunnelBuilder(port: 5500)
    client.say(.main, 1, .initiator)
    client.ike.offered = [TunnelBuilder.suite()]
    client.ike.vendors = [(from: .initiator, id: [1], meaning: nil)]
    client.notify(14, from: .responder)
    #expect(loud(client.input()) == ["phase1_proposal_mismatch"])
  }
}
