import Diagnosis
import Registries
import Testing
import Timeline

@testable import Tracking

@Suite("Causes of a refused phase 1")
struct Phase1Tests {
  private func refused(_ version: IKEVersion = .v1) -> TunnelBuilder {
    let tunnel = TunnelBuilder(version)
    let type: ExchangeType = version == .v1 ? .main : .ikeSAInit
    tunnel.say(type, 1, .initiator)
    tunnel.ike.offered = [TunnelBuilder.suite(version, bits: 256)]
    tunnel.ike.vendors = [(from: .initiator, id: [1], meaning: nil)]
    if version == .v1 {
      tunnel.notify(14, from: .responder)
    } else {
      let reply = tunnel.say(type, 2, .responder)
      tunnel.notify(14, from: .responder, in: tunnel.exchange(type), at: reply)
    }
    return tunnel
  }

  private func policy(_ differing: [(String, String, String)]) -> TunnelPolicy {
    var policy = TunnelPolicy(path: "fw.cfg", dialect: "ios", side: .responder)
    policy.knowsPeer = true
    var verdict = PolicyVerdictRecord()
    verdict.verdict = differing.isEmpty ? "accept" : "refuse"
    var step = StepRecord()
    step.fields = differing.map { name, wanted, got in
      var field = FieldRecord()
      (field.name, field.wanted, field.got, field.equal) = (name, wanted, got, false)
      return field
    }
    verdict.trace = [step]
    policy.phase1 = verdict
    var line = ConfigLineRecord()
    (line.path, line.line, line.text) = ("fw.cfg", 7, "crypto isakmp policy 10")
    policy.lines[.ikePolicy] = [line]
    return policy
  }

  @Test(
    "without the responder's configuration the attribute stays open",
    arguments: [
      IKEVersion.v1, .v2,
    ])
  func undecided(version: IKEVersion) throws {
    let found = try #require(finding("phase1_proposal_mismatch", refused(version).input()))
    #expect(found.certainty == "likely")
    #expect(found.needs.contains("peer-config"))
  }

  @Test(
    "with it the one attribute is named, with its line",
    arguments: [
      ("encryption", "phase1_encryption_mismatch"), ("hash", "phase1_hash_mismatch"),
      ("integrity", "phase1_hash_mismatch"), ("prf", "phase1_hash_mismatch"),
      ("group", "phase1_group_mismatch"), ("authentication", "phase1_auth_method_mismatch"),
    ])
  func decided(field: String, cause: String) throws {
    let tunnel = refused()
    tunnel.policies = [policy([(field, "wanted-here", "got-there")])]
    let found = try #require(finding(cause, tunnel.input()))
    #expect(loud(tunnel.input()) == [cause])
    #expect(found.certainty == "certain")
    #expect(found.explanation.contains("wanted-here") && found.explanation.contains("got-there"))
    #expect(found.config.map(\.line) == [7])
  }

  @Test("two attributes are a proposal without anything in common")
  func several() {
    let tunnel = refused()
    tunnel.policies = [policy([("encryption", "a", "b"), ("group", "c", "d")])]
    #expect(loud(tunnel.input()) == ["phase1_proposal_mismatch"])
  }

  @Test("an offer that the same responder took from another peer tells as well")
  func comparedWithOthers() throws {
    let other = TunnelBuilder(initiator: "192.0.2.9", ordinal: 1, at: 20, frame: 40)
    other.say(.main, 1, .initiator)
    other.say(.main, 2, .responder)
    other.ike.chosen = TunnelBuilder.suite(bits: 128)
    other.establish()
    let found = try #require(
      finding("phase1_encryption_mismatch", TunnelBuilder.input([refused(), other])))
    #expect(found.certainty == "likely")
  }

  @Test("a lifetime that is too long, with every algorithm equal")
  func lifetime() {
    let tunnel = refused()
    var accepting = policy([])
    accepting.ikeLifetimesSeconds = [3600]
    tunnel.policies = [accepting]
    #expect(loud(tunnel.input()).contains("phase1_lifetime_refused"))
    accepting.ikeLifetimesSeconds = [86400]
    tunnel.policies = [accepting]
    #expect(loud(tunnel.input()) == ["phase1_proposal_mismatch"])
  }

  @Test("a group that is asked for and never offered is a mismatch; one that is used is a retry")
  func groups() {
    let stuck = TunnelBuilder(.v2)
    stuck.say(.ikeSAInit, 1, .initiator)
    stuck.ike.offered = [TunnelBuilder.suite(.v2, group: 2)]
    let reply = stuck.say(.ikeSAInit, 2, .responder)
    stuck.notify(
      17, from: .responder, data: [0, 14], in: stuck.exchange(.ikeSAInit), at: reply)
    #expect(loud(stuck.input()) == ["phase1_group_mismatch"])

    stuck.ike.offered = [TunnelBuilder.suite(.v2, group: 14)]
    stuck.ike.chosen = TunnelBuilder.suite(.v2, group: 14)
    stuck.establish()
    #expect(loud(stuck.input()).isEmpty)
    #expect(causes(stuck.input()).contains("ke_group_retry"))
  }

  @Test("a cookie that is met is a note, one that never is an error")
  func cookies() {
    let tunnel = TunnelBuilder(.v2)
    for round in 0..<3 {
      tunnel.say(.ikeSAInit, 1, .initiator)
      let reply = tunnel.say(.ikeSAInit, 2, .responder)
      tunnel.notify(
        16390, from: .responder, data: [UInt8(round)], in: tunnel.exchange(.ikeSAInit), at: reply)
    }
    #expect(loud(tunnel.input()) == ["cookie_loop"])
    tunnel.ike.chosen = TunnelBuilder.suite(.v2, group: 19)
    tunnel.establish()
    #expect(loud(tunnel.input()).isEmpty)
    #expect(causes(tunnel.input()).contains("cookie_challenge"))
  }

  @Test("refused once and taken up again is a warning, not an error")
  func refusedOnce() throws {
    let tunnel = refused()
    tunnel.say(.main, 2, .responder)
    tunnel.say(.main, 3, .initiator)
    tunnel.establish()
    #expect(finding("phase1_proposal_mismatch", tunnel.input())?.severity == "warning")
  }

  @Test("old algorithms are notes, and warnings in an audit")
  func hygiene() {
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    tunnel.say(.main, 2, .responder)
    tunnel.ike.offered = [
      TunnelBuilder.suite(hash: "sha256"), TunnelBuilder.suite(encryption: "3des-cbc", bits: nil),
    ]
    tunnel.ike.chosen = tunnel.ike.offered[1]
    tunnel.establish()
    var input = tunnel.input()
    #expect(loud(input).isEmpty)
    #expect(Set(causes(input)).isSuperset(of: ["deprecated_algorithm", "weak_choice"]))
    input.options.isAudit = true
    #expect(Set(loud(input)) == ["deprecated_algorithm", "weak_choice"])

    tunnel.ike.chosen = tunnel.ike.offered[0]
    #expect(causes(tunnel.input()).isEmpty)
  }
}
