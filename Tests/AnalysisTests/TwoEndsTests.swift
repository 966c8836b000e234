import CiscoConfig
import Foundation
import Keys
import Testing
import Timeline

/// Both ends' configurations beside one capture, clear flows, and ESP of which nothing is known.
@Suite("Two ends, clear flows and hidden ones")
struct TwoEndsTests {
  private func configuration(
    _ name: String, _ change: (String) -> String = { $0 }
  ) throws -> CryptoConfiguration {
    let capture = try #require(LabelledCapture.own.first { $0.name == name })
    let text = change(try String(contentsOf: capture.url("asa.cfg"), encoding: .utf8))
    return try CryptoConfiguration(parsing: Array(text.utf8), path: "\(name).cfg")
  }

  /// The configuration of the other end: addresses, networks and name exchanged.
  private func mirrored(_ name: String) throws -> CryptoConfiguration {
    try configuration(name) { text in
      text.replacing("198.51.100.1", with: "LEFT").replacing("198.51.100.2", with: "198.51.100.1")
        .replacing("LEFT", with: "198.51.100.2")
        .replacing("10.1.0.", with: "10.X.0.").replacing("10.2.0.", with: "10.1.0.")
        .replacing("10.X.0.", with: "10.2.0.")
        .replacing("asa-left", with: "asa-X").replacing("asa-right", with: "asa-left")
        .replacing("asa-X", with: "asa-right")
    }
  }

  private func analysed(
    _ name: String, _ configurations: [CryptoConfiguration], withKeys: Bool = true
  ) throws -> Analysed {
    let capture = try #require(LabelledCapture.own.first { $0.name == name })
    return try Analysed(
      [capture.path], keys: withKeys ? capture.keys() : .init(), configurations: configurations)
  }

  @Test("each end finds itself, whichever is named first, and the verdicts agree with the capture")
  func bothEnds() throws {
    let name = "ikev1-main-psk-ok"
    let left = try configuration(name)
    let right = try mirrored(name)
    for configurations in [[left, right], [right, left]] {
      let got = try analysed(name, configurations)
      #expect(
        got.timeline.configurations.compactMap(\.hostname)
          == configurations.compactMap {
            $0.hostname?.value
          })
      let tunnel = try #require(got.timeline.tunnels.first)
      // Who answered decides: it is the policy of the responder that took the offer.
      #expect(tunnel.policy?.verdict == "accept" && tunnel.policy?.ikePolicy?.number == 10)
      #expect(tunnel.policy?.observed == "agrees")
      let child = try #require(got.childSAs.first?.policy)
      #expect(child.verdict == "accept" && child.map == "OUTSIDE" && child.sequence == 10)
      #expect(child.observed == "agrees")
      #expect(!got.timeline.flows.isEmpty)
      for flow in got.timeline.flows where flow.seen != "clear" {
        #expect(flow.policy?.observed == "agrees", "\(flow.id)")
        #expect(flow.policy?.ace != nil, "\(flow.id)")
      }
    }
  }

  @Test("with both ends loaded a refusal is explained by the end that refused")
  func refusal() throws {
    let name = "ikev1-p2-encryption-mismatch"
    let got = try analysed(name, [try configuration(name), try mirrored(name)])
    let child = try #require(got.childSAs.first { $0.outcome == "failed" }?.policy)
    #expect(child.verdict == "refuse" && child.reason == "transform-mismatch")
    #expect(child.observed == "agrees")
    #expect(child.wouldWork?.isEmpty == false)
  }

  @Test("a policy that took the offer is not contradicted by a key that differs")
  func keyMismatch() throws {
    for name in ["ikev1-main-psk-mismatch", "ikev2-psk-mismatch", "ikev1-main-id-mismatch"] {
      let tunnel = try #require(
        try analysed(name, [try configuration(name)]).timeline.tunnels.first)
      #expect(tunnel.outcome == "failed")
      #expect(tunnel.policy?.verdict == "accept" && tunnel.policy?.observed == "agrees", "\(name)")
    }
  }

  @Test("a clear flow that no ACE selects is bypassed, and the capture agrees")
  func clearFlow() throws {
    let name = "ikev2-flow-outside-acl"
    let flows = try analysed(name, [try configuration(name)]).timeline.flows
    let clear = flows.filter { $0.seen == "clear" }
    #expect(Set(clear.map(\.direction)) == ["outbound", "inbound"])
    for flow in clear {
      #expect(flow.policy?.verdict == "bypass" && flow.policy?.reason == "no-permit-matched")
      #expect(flow.policy?.observed == "agrees", "\(flow.id)")
    }
    #expect(clear.first { $0.direction == "outbound" }?.policy?.nearest != nil)
  }

  @Test("a clear flow that an ACE selects: outbound contradicted, inbound dropped and not seen")
  func clearFlowThatShouldBeProtected() throws {
    let name = "ikev2-flow-outside-acl"
    let wide = try configuration(name) { text in
      text.replacing(
        "access-list VPN-ACL-10 extended permit ip ",
        with: "access-list VPN-ACL-10 extended permit ip host 10.1.0.1 host 172.20.9.1\n"
          + "access-list VPN-ACL-10 extended permit ip ")
    }
    let clear = try analysed(name, [wide]).timeline.flows.filter { $0.seen == "clear" }
    let outbound = try #require(clear.first { $0.direction == "outbound" }?.policy)
    #expect(outbound.verdict == "protect" && outbound.observed == "contradicts")
    #expect(outbound.sequence == 10 && outbound.ace?.index == 1)
    let inbound = try #require(clear.first { $0.direction == "inbound" }?.policy)
    #expect(inbound.verdict == "drop" && inbound.reason == "expected-ipsec")
    #expect(inbound.observed == "silent")
  }

  @Test("ESP whose SPI no negotiation in the capture made: candidates, and what would decide")
  func espAlone() throws {
    let name = "ikev1-main-psk-ok-native"
    let capture = try #require(LabelledCapture.own.first { $0.name == name })
    let text = try String(contentsOf: capture.url("ios.cfg"), encoding: .utf8)
    let configuration = try CryptoConfiguration(parsing: Array(text.utf8), path: "r.cfg")
    let got = try Analysed([capture.path], configurations: [configuration], filter: "esp")
    #expect(got.counts.ike == 0 && got.counts.esp > 0)
    #expect(!got.childSAs.isEmpty)
    for child in got.childSAs {
      let verdict = try #require(child.policy)
      #expect(verdict.verdict == "cannot-tell" && verdict.observed == "silent")
      // An entry that names another peer is no candidate.
      #expect(verdict.candidates.count == 1)
      #expect(verdict.candidates.first?.contains("VPNMAP 10") == true)
      #expect(verdict.sentence.contains("keys"))
      #expect(verdict.sentence.contains("the exchange that made the SA"))
    }
  }
}
