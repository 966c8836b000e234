import Bytes
import CiscoConfig
import Testing

@testable import Policy

@Suite("Rules that are asked of the engine")
struct EngineRuleTests {
  private func engine(_ text: String, _ dialect: Dialect = .asa) throws -> PolicyEngine {
    PolicyEngine(
      try CryptoConfiguration(parsing: Array(text.utf8), path: "r.cfg", dialect: dialect))
  }

  @Test(
    "the identity that is sent (A-ID-01, A-ID-02, A-ID-03, M-28, X-IKE-12)",
    arguments: [
      ("", "pre-share", true, "fqdn", "fw.example.net"),
      ("", "rsa-sig", false, "fqdn", "fw.example.net"),
      ("", "pre-share", false, "address", "192.0.2.1"),
      ("crypto isakmp identity address", "rsa-sig", false, "address", "192.0.2.1"),
      ("crypto isakmp identity key-id box7", "pre-share", true, "key-id", "box7"),
      ("crypto isakmp identity key-id box7", "pre-share", false, "address", "192.0.2.1"),
      ("crypto isakmp identity auto", "rsa-sig", false, "dn", nil),
      ("crypto isakmp identity auto", "pre-share", true, "address", "192.0.2.1"),
    ] as [(String, String, Bool, String, String?)])
  func identity(
    _ line: String, _ authentication: String, _ isAggressive: Bool, _ type: String, _ value: String?
  ) throws {
    let engine = try engine(
      "ASA Version 7.2(4)\nhostname fw\ndomain-name example.net\n\(line)\ncrypto isakmp policy 1\n")
    let sent = engine.sentIdentity(
      authentication: authentication, isAggressive: isAggressive, isSiteToSite: true,
      local: IPAddress(ipv4: 0xc000_0201))
    #expect(sent.type == type && sent.value == value)
  }

  @Test("an identity of a later release is automatic (M-28, X-IKE-12)")
  func laterIdentity() throws {
    let engine = try engine("ASA Version 9.8(2)\nhostname fw\ncrypto ikev1 policy 1\n")
    let sent = engine.sentIdentity(
      authentication: "rsa-sig", isAggressive: false, isSiteToSite: true, local: nil)
    #expect(sent.type == "dn")
  }

  @Test("the longest match among keys wins, keyrings included (X-IKE-08, X-IKE-09)")
  func keys() throws {
    let text = """
      crypto isakmp key everyone address 0.0.0.0 0.0.0.0
      crypto isakmp key net address 203.0.113.0 255.255.255.0
      crypto keyring KR
       pre-shared-key address 203.0.113.7 key host
      """
    let engine = try engine(text, .ios)
    func found(_ peer: String) -> String? {
      guard let address = IPAddress(peer),
        case .found(let secret, _, _) = engine.key(for: address)
      else { return nil }
      return secret.revealed().map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(found("203.0.113.7") == "host")
    #expect(found("203.0.113.8") == "net")
    #expect(found("198.51.100.1") == "everyone")
  }

  @Test("the identity selects the profile, and the profile the keyring (X-IKE-09, X-IKE-04)")
  func profiles() throws {
    let engine = try engine(
      """
      crypto keyring A
       pre-shared-key address 0.0.0.0 0.0.0.0 key first
      crypto keyring B
       pre-shared-key address 0.0.0.0 0.0.0.0 key second
      crypto isakmp profile P1
       keyring A
       match identity address 203.0.113.0 255.255.255.0
      crypto isakmp profile P2
       keyring B
       match identity host domain example.net
      crypto ikev2 profile V2
       match identity remote fqdn hub.example.net
       authentication remote pre-share
      """, .ios)
    let peer = IPAddress(ipv4: 0xc633_6401)
    #expect(engine.isakmpProfile(for: .address(IPAddress(ipv4: 0xcb00_7107)))?.name == "P1")
    #expect(engine.isakmpProfile(for: .address(peer)) == nil)
    let profile = try #require(engine.isakmpProfile(for: .fqdn("Spoke.Example.net")))
    #expect(profile.name == "P2")
    guard case .found(let secret, _, _) = engine.key(for: peer, under: profile) else {
      Issue.record("no key")
      return
    }
    #expect(secret.revealed() == Array("second".utf8))
    #expect(engine.ikev2Profile(for: .fqdn("hub.example.net"))?.name == "V2")
    #expect(engine.ikev2Profile(for: .email("hub@example.net")) == nil)
  }

  @Test("an ASA takes the key of the peer's tunnel group, else of the default one (X-ASA-04)")
  func tunnelGroupKeys() throws {
    let engine = try engine(
      """
      tunnel-group 203.0.113.7 type ipsec-l2l
      tunnel-group 203.0.113.7 ipsec-attributes
       ikev1 pre-shared-key mine
      tunnel-group DefaultL2LGroup ipsec-attributes
       ikev1 pre-shared-key *****
      """)
    let own = engine.key(for: IPAddress(ipv4: 0xcb00_7107)).verdict
    #expect(own.outcome == .accept && own.tunnelGroup == "203.0.113.7")
    let other = engine.key(for: IPAddress(ipv4: 0xcb00_7108)).verdict
    #expect(other.outcome == .cannotTell && other.reason == .keyMasked)
    #expect(other.tunnelGroup == "DefaultL2LGroup")
  }

  @Test("no key in the file: refused, not accepted (I-KEY-01)")
  func noKey() throws {
    let verdict = try engine("crypto isakmp policy 1\n", .ios)
      .key(for: IPAddress(ipv4: 1)).verdict
    #expect(verdict.outcome == .refuse && verdict.reason == .noKeyOrTunnelGroup)
  }

  @Test("hidden keys are neither equal nor different (X-KEY-01)")
  func compareKeys() {
    let left = Secret(form: .clear, bytes: [1, 2])
    let right = Secret(form: .clear, bytes: [1, 3])
    let hidden = Secret(form: .masked, bytes: nil)
    #expect(PolicyEngine.compareKeys(left, left).outcome == .accept)
    #expect(PolicyEngine.compareKeys(left, right).reason == .keyMismatch)
    #expect(PolicyEngine.compareKeys(left, hidden).reason == .keyMasked)
    #expect(PolicyEngine.compareKeys(hidden, hidden).outcome == .cannotTell)
  }

  private static let hub = """
    interface Ethernet0/0
     nameif outside
     ip address 192.0.2.1 255.255.255.0
    interface Ethernet0/1
     nameif inside
     ip address 10.0.0.1 255.255.255.0
    route outside 0.0.0.0 0.0.0.0 192.0.2.254
    access-list L permit tcp 10.0.0.0 255.255.255.0 10.1.0.0 255.255.0.0 range 80 90
    access-list L permit ip 10.0.0.0 255.255.255.0 host 10.2.0.1
    crypto ipsec transform-set A esp-aes esp-sha-hmac
    crypto ipsec transform-set B esp-3des esp-md5-hmac
    crypto map M 10 match address L
    crypto map M 10 set peer 203.0.113.1 203.0.113.2
    crypto map M 10 set transform-set B A
    crypto map M 10 set pfs group5
    crypto map M 20 ipsec-isakmp dynamic D
    crypto map M interface outside
    crypto dynamic-map D 1 set transform-set A
    crypto ipsec security-association replay window-size 128
    """

  @Test("an initiator offers the ACE, not the packet (I-MIR-05, I-ACL-03, A-CM-06, rules §0.7)")
  func initiator() throws {
    let engine = try engine(Self.hub)
    let offers = engine.initiatorOffers(map: "M", sequence: 10)
    #expect(offers.count == 2)
    #expect(offers.first?.peers.map(\.description) == ["203.0.113.1", "203.0.113.2"])
    #expect(offers.first?.transformSets.map(\.name) == ["B", "A"])
    #expect(offers.first?.pfsGroup == 5 && offers.first?.lifetimeSeconds == 28800)
    #expect(offers.first?.proxy.local == AddressRange(text: "10.0.0.0/24"))
    // A range of ports cannot be proposed in IKEv1 (X-ACL-04).
    #expect(offers.first?.proxy.remotePort == nil)
    #expect(engine.initiatorOffers(map: "M", sequence: 20).isEmpty)
  }

  @Test("routes decide by which interface a packet leaves (X-FLOW-01)")
  func egress() throws {
    let engine = try engine(Self.hub)
    #expect(engine.egress(to: IPAddress(ipv4: 0x0a00_0009)) == "inside")
    #expect(engine.egress(to: IPAddress(ipv4: 0x0a02_0001)) == "outside")
    let question = FlowQuestion(
      .out, try Packet(flow: "tcp 10.0.0.9:1 > 10.2.0.1:2"))
    #expect(engine.answer(question).outcome == .protect)
    let inside = FlowQuestion(.out, try Packet(flow: "tcp 10.2.0.1:1 > 10.0.0.9:2"))
    #expect(engine.answer(inside).reason == .noCryptoMapOnInterface)
  }

  @Test("an ESP packet of an unknown SA: the entries that may serve the peer (A-IN-01)")
  func hiddenESP() throws {
    let engine = try engine(Self.hub)
    let known = engine.answerHidden(from: IPAddress(ipv4: 0xcb00_7102))
    #expect(known.outcome == .cannotTell)
    #expect(known.detail.candidates.map(\.sequence) == [10, 20])
    let unknown = engine.answerHidden(from: IPAddress(ipv4: 0xcb00_7109))
    #expect(unknown.detail.candidates.map(\.sequence) == [20])
  }

  @Test("the replay window: of the entry, of the device, or 64 (X-ASA-08, I-GL-03)")
  func replayWindow() throws {
    let configuration = try engine(Self.hub).configuration
    #expect(ReplayExpectation.window(ProtectionSettings(), configuration) == 128)
    let plain = try engine("crypto isakmp policy 1\n").configuration
    #expect(ReplayExpectation.window(ProtectionSettings(), plain) == 64)
    #expect(ReplayExpectation.isChecked(isManual: false, hasAuthentication: false) == false)
  }

  @Test(
    "NAT traversal by release (A-NAT-01, M-27)",
    arguments: [
      ("ASA Version 7.2(1)\n", Dialect.asa, false), ("ASA Version 8.4(1)\n", .asa, true),
      ("ASA Version 7.2(1)\ncrypto isakmp nat-traversal 30\n", .asa, true),
      ("version 15.4\n", .ios, true),
    ])
  func natTraversal(_ text: String, _ dialect: Dialect, _ isOn: Bool) throws {
    let configuration = try engine(text + "crypto isakmp policy 1\n", dialect).configuration
    #expect(configuration.isNATTraversalEnabled == isOn)
    let expected: Encapsulation = isOn ? .natTraversal : .esp
    #expect(
      configuration.encapsulation(of: ProtectionSettings(), isBehindNAT: true) == expected)
  }

  @Test("an unlimited volume leaves the peer's limit (X-ASA-08, A-LT-03)")
  func unlimitedVolume() throws {
    let engine = try engine(
      Self.hub + "\ncrypto map M 10 set security-association lifetime kilobytes unlimited\n")
    var question = QuickModeQuestion(
      peer: IPAddress(ipv4: 0xcb00_7101),
      proxy: ProxyRequest(
        local: AddressRange(host: IPAddress(ipv4: 0x0a00_0005)),
        remote: AddressRange(host: IPAddress(ipv4: 0x0a02_0001))),
      offers: [["esp-aes", "esp-sha-hmac"]], pfsGroup: 5)
    question.lifetimeKilobytes = 777
    #expect(engine.answer(question).lifetimeKilobytes == 777)
    question.lifetimeKilobytes = nil
    #expect(engine.answer(question).lifetimeKilobytes == nil)
  }

  @Test("a packet filter's word is no verdict of the crypto map (A-SYS-01, A-SYS-02, M-23)")
  func interfaceList() throws {
    let text =
      Self.hub + "\nno sysopt connection permit-vpn\naccess-list out deny ip any any\n"
      + "access-group out in interface outside\n"
    var question = FlowQuestion(
      .inDecrypted, try Packet(flow: "tcp 10.2.0.1:1 > 10.0.0.9:2"), interface: "outside")
    question.viaSA = FlowQuestion.SAEntry(map: "M", sequence: 10)
    #expect(try engine(text).answer(question).outcome == .accept)
  }
}
