import Bytes
import Diagnosis
import Registries
import TestSupport
import Testing
import Timeline

@testable import ISAKMP
@testable import Tracking

@Suite("Causes of a refused phase 2")
struct Phase2Tests {
  /// Phase 1 done, quick mode asked and refused.
  private func refused(
    _ opening: Opening, notify: UInt16? = nil, bytes: Int = 188, offer: Suite? = nil,
    withKE: Bool = false
  ) -> TunnelBuilder {
    let tunnel = TunnelBuilder()
    tunnel.ike.chosen = TunnelBuilder.suite(hash: "sha256", group: 19)
    for step in 1...6 { tunnel.say(.main, step, step % 2 == 1 ? .initiator : .responder) }
    tunnel.establish()
    tunnel.say(.quick, 1, .initiator, id: 5, bytes: bytes, opening)
    let exchange = tunnel.exchange(.quick, 5)
    exchange.state = notify == nil ? .waiting : .refused
    if withKE { exchange.keyExchange[.initiator] = KeyExchange(group: nil, data: [1]) }
    let child = tunnel.child(exchange, packets: nil)
    child.state = .refused
    if let offer { child.offered = [offer] }
    tunnel.say(.informational, 1, .responder, id: 6, bytes: 92, opening)
    if let notify {
      let reply = tunnel.exchange(.informational, 6)
      tunnel.notify(
        notify, from: .responder, isProtected: true, in: reply, at: reply.messages[0].sighting)
      tunnel.ike.isOpened = true
    }
    return tunnel
  }

  private func policy(
    _ reason: String? = nil, suites: [AcceptedSuite] = [], pfs: Bool? = nil
  ) -> TunnelPolicy {
    var policy = TunnelPolicy(path: "fw.cfg", dialect: "asa", side: .responder)
    policy.knowsPeer = true
    policy.childSuites = suites
    policy.requiresPFS = pfs
    if let reason {
      var verdict = PolicyVerdictRecord()
      verdict.verdict = "refuse"
      verdict.reason = reason
      policy.children[0] = verdict
    }
    return policy
  }

  @Test("a hidden refusal names what remains")
  func hidden() throws {
    let found = try #require(finding("phase2_refused", refused(.closed).input()))
    #expect(found.certainty == "likely")
    #expect(found.explanation.contains("QM FSM error"))
    #expect(found.needs.contains("ike-keys"))
  }

  @Test("QM1's length tells that no KE payload is in it")
  func lengthTells() throws {
    let short = try #require(finding("phase2_refused", refused(.closed, bytes: 160).input()))
    #expect(short.explanation.contains("no room for a KE payload"))
    let long = try #require(finding("phase2_refused", refused(.closed, bytes: 420).input()))
    #expect(!long.explanation.contains("no room"))
  }

  @Test("a quick mode that went on after a late message is no refusal")
  func wentOn() {
    let tunnel = refused(.closed)
    tunnel.say(.quick, 2, .responder, id: 5, .closed)
    tunnel.say(.quick, 3, .initiator, id: 5, .closed)
    tunnel.exchange(.quick, 5).state = .complete
    #expect(loud(tunnel.input()).isEmpty)
  }

  private let own = AcceptedSuite(
    name: "TSET", encryption: ["aes-cbc 128"], integrity: ["hmac-sha1-96"])

  @Test(
    "the transform that differs is named",
    arguments: [
      ("aes-cbc", 256, "hmac-sha1-96", "phase2_encryption_mismatch"),
      ("3des-cbc", nil, "hmac-sha1-96", "phase2_encryption_mismatch"),
      ("aes-cbc", 128, "hmac-sha256-128", "phase2_hash_mismatch"),
      ("3des-cbc", nil, "hmac-md5-96", "phase2_proposal_mismatch"),
    ] as [(String, Int?, String, String)])
  func transforms(cipher: String, bits: Int?, hash: String, cause: String) {
    let offer = TunnelBuilder.esp(encryption: cipher, bits: bits, integrity: hash)
    let tunnel = refused(.opened, notify: 14, offer: offer)
    #expect(loud(tunnel.input()) == ["phase2_proposal_mismatch"])
    tunnel.policies = [policy("transform-mismatch", suites: [own])]
    #expect(loud(tunnel.input()) == [cause])
  }

  @Test("PFS: required, of another group, or the length of QM1 under `set pfs`")
  func pfs() {
    let opened = refused(.opened, notify: 14, offer: TunnelBuilder.esp())
    opened.policies = [policy("pfs-missing", suites: [own], pfs: true)]
    #expect(loud(opened.input()) == ["pfs_required_not_offered"])
    opened.policies = [policy("pfs-group-mismatch", suites: [own], pfs: true)]
    #expect(loud(opened.input()) == ["pfs_group_mismatch"])

    let closed = refused(.closed, bytes: 160)
    closed.policies = [policy(pfs: true)]
    #expect(loud(closed.input()) == ["pfs_required_not_offered"])
    closed.policies = [policy(pfs: false)]
    #expect(loud(closed.input()) == ["phase2_refused"])
  }

  @Test("INVALID-KEY-INFORMATION speaks of PFS")
  func keyInformation() {
    let without = refused(.opened, notify: 17, offer: TunnelBuilder.esp())
    #expect(loud(without.input()) == ["pfs_required_not_offered"])
    let with = refused(.opened, notify: 17, offer: TunnelBuilder.esp(), withKE: true)
    #expect(loud(with.input()) == ["pfs_group_mismatch"])
  }

  @Test("INVALID-ID-INFORMATION is about the proxy identities, which are named")
  func proxies() throws {
    let tunnel = refused(.opened, notify: 18)
    let found = try #require(finding("proxy_id_mismatch", tunnel.input()))
    #expect(loud(tunnel.input()) == ["proxy_id_mismatch"])
    #expect(found.explanation.contains("10.1.0.0/24 to 10.2.0.0/24"))
  }

  // MARK: - IKEv2

  private func auth(_ notify: UInt16?, inner: [UInt8] = [39, 41], bytes: Int = 124)
    -> TunnelBuilder
  {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    let opening: Opening = notify == nil ? .closed : .opened
    tunnel.say(.ikeAuth, 1, .initiator, id: 1, opening)
    let reply = tunnel.say(.ikeAuth, 2, .responder, id: 1, bytes: bytes, opening)
    let exchange = tunnel.exchange(.ikeAuth, 1)
    exchange.messages[1].innerTypes = inner
    exchange.state = .refused
    let child = tunnel.child(exchange, packets: nil)
    child.state = .refused
    if let notify {
      tunnel.ike.isOpened = true
      tunnel.ike.establishedAt = reply
      tunnel.ike.state = .established
      tunnel.notify(notify, from: .responder, isProtected: true, in: exchange, at: reply)
    }
    return tunnel
  }

  @Test(
    "IKE_AUTH that proves the identity and refuses the child",
    arguments: [
      (38, "proxy_id_mismatch"), (14, "phase2_proposal_mismatch"), (34, "single_pair_required"),
    ] as [(UInt16, String)])
  func refusedChild(type: UInt16, cause: String) {
    #expect(loud(auth(type).input()) == [cause])
  }

  @Test("an answer too short for a child is a refusal, unless traffic says otherwise")
  func childlessShape() {
    let tunnel = auth(nil)
    #expect(loud(tunnel.input()) == ["phase2_refused"])
    tunnel.child(nil, packets: (4, 4))
    #expect(loud(tunnel.input()).isEmpty)
    #expect(loud(auth(nil, bytes: 220).input()).isEmpty)
  }

  @Test("a refused rekey of what IKE_AUTH had accepted is PFS")
  func pfsAtRekey() {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    tunnel.say(.ikeAuth, 1, .initiator, id: 1, .opened)
    tunnel.say(.ikeAuth, 2, .responder, id: 1, bytes: 250, .opened)
    tunnel.establish()
    tunnel.child(tunnel.exchange(.ikeAuth, 1))
    tunnel.say(.createChildSA, 1, .initiator, id: 2, .opened, after: 60)
    let reply = tunnel.say(.createChildSA, 2, .responder, id: 2, bytes: 80, .opened)
    tunnel.notify(
      14, from: .responder, isProtected: true, in: tunnel.exchange(.createChildSA, 2), at: reply)
    #expect(loud(tunnel.input()) == ["pfs_group_mismatch"])
  }

  @Test("transport mode asked for and answered by tunnel mode, then deleted")
  func mode() {
    let tunnel = auth(38)
    let exchange = tunnel.exchange(.ikeAuth, 1)
    exchange.notifies = []
    tunnel.ike.notifies = []
    exchange.chosen = TunnelBuilder.esp()
    exchange.state = .complete
    tunnel.notify(
      16391, from: .initiator, isProtected: true, in: exchange, at: exchange.messages[0].sighting)
    exchange.children[0].state = .deleted
    exchange.children[0].deletedAt = tunnel.next()
    exchange.children[0].deletedBy = .initiator
    #expect(loud(tunnel.input()) == ["mode_mismatch"])
    tunnel.notify(
      16391, from: .responder, isProtected: true, in: exchange, at: exchange.messages[1].sighting)
    #expect(loud(tunnel.input()).isEmpty)
  }

  @Test("narrower selectors are a warning, and equal ones are not")
  func narrowed() throws {
    let tunnel = refused(.opened)
    let exchange = tunnel.exchange(.quick, 5)
    exchange.messages = Array(exchange.messages.prefix(1))
    exchange.state = .complete
    tunnel.ike.exchanges.removeAll { $0.type == .informational }
    tunnel.ike.children[0].state = .established
    let wide = try #require(proxy([10, 2, 0, 0], [255, 255, 0, 0]))
    let narrow = try #require(proxy([10, 2, 0, 0], [255, 255, 255, 0]))
    let mine = try #require(proxy([10, 1, 0, 0], [255, 255, 255, 0]))
    exchange.proxyIdentities = [mine, wide]
    exchange.answeredProxyIdentities = [mine, narrow]
    #expect(loud(tunnel.input()) == ["selectors_narrowed"])
    exchange.answeredProxyIdentities = [mine, wide]
    #expect(loud(tunnel.input()).isEmpty)
  }

  private func proxy(_ network: [UInt8], _ mask: [UInt8]) -> Identification? {
    guard
      case .identification(let identity)? = TunnelBuilder.parsed(
        .v1, .init(5, [4, 0, 0, 0] + network + mask))
    else { return nil }
    return identity
  }
}
