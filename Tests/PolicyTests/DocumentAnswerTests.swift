import Bytes
import CiscoConfig
import Testing

@testable import Policy

/// What the two documents say of their own examples, asked of the examples as they stand, and what
/// is told to a user who makes the documents' mistakes.
@Suite("The documents' answers to their own examples")
struct DocumentAnswerTests {
  private func engine(_ text: String, _ dialect: Dialect) throws -> PolicyEngine {
    PolicyEngine(
      try CryptoConfiguration(parsing: Array(text.utf8), path: "doc.cfg", dialect: dialect))
  }

  private func codes(_ engine: PolicyEngine) -> Set<FindingCode> {
    Set(engine.findings.map(\.code))
  }

  private func ask(
    _ engine: PolicyEngine, _ flow: String, _ direction: FlowQuestion.Direction = .out,
    at interface: String = "outside"
  ) throws -> Verdict {
    engine.answer(FlowQuestion(direction, try Packet(flow: flow), interface: interface))
  }

  /// Table 29-4, with the peers and names that it leaves out.
  private static func table(host mask: String) -> String {
    """
    hostname A
    interface Ethernet0/0
     nameif outside
     ip address 198.51.100.1 255.255.255.0
    access-list ACL1 deny ip 192.168.3.3 \(mask) 192.168.12.0 255.255.255.248
    access-list ACL1 deny ip 192.168.3.3 \(mask) 192.168.201.0 255.255.255.224
    access-list ACL1 permit ip 192.168.3.0 255.255.255.192 192.168.12.0 255.255.255.248
    access-list ACL1 permit ip 192.168.3.0 255.255.255.192 192.168.201.0 255.255.255.224
    access-list ACL2 permit ip 192.168.3.3 \(mask) 192.168.12.0 255.255.255.248
    access-list ACL2 permit ip 192.168.3.3 \(mask) 192.168.201.0 255.255.255.224
    crypto ipsec transform-set weak esp-des esp-md5-hmac
    crypto ipsec transform-set strong esp-aes-256 esp-sha-hmac
    crypto map mapA 1 match address ACL1
    crypto map mapA 1 set peer 198.51.100.2
    crypto map mapA 1 set transform-set weak
    crypto map mapA 2 match address ACL2
    crypto map mapA 2 set peer 198.51.100.2
    crypto map mapA 2 set transform-set strong
    crypto map mapA interface outside
    crypto isakmp policy 1
    crypto isakmp enable outside

    """
  }

  @Test(
    "Tables 29-2 to 29-4 as they are meant (A-CM-11, A-CM-12, A-CM-15, A-CM-17)",
    arguments: [
      ("192.168.3.1", "192.168.12.1", 1, 3), ("192.168.3.2", "192.168.201.3", 1, 4),
      ("192.168.3.3", "192.168.12.2", 2, 1), ("192.168.3.3", "192.168.201.1", 2, 2),
      ("192.168.3.64", "192.168.12.1", nil, nil), ("192.168.3.3", "192.168.12.8", nil, nil),
    ] as [(String, String, Int?, Int?)])
  func cascade(_ source: String, _ destination: String, _ entry: Int?, _ ace: Int?) throws {
    let engine = try engine(Self.table(host: "255.255.255.255"), .asa)
    let verdict = try ask(engine, "tcp \(source):1 > \(destination):2")
    #expect(verdict.outcome == (entry == nil ? .bypass : .protect))
    #expect(verdict.sequence == entry && verdict.ace?.index == ace)
    #expect(
      verdict.saScope?.source
        == (entry == 2 ? "192.168.3.3/32" : entry.map { _ in "192.168.3.0/26" }))
  }

  @Test("Table 29-4 letter by letter: the deny takes all of A, and it is said (M-08, A-ACL-02)")
  func tableAsItStands() throws {
    let engine = try engine(Self.table(host: "255.255.255.192"), .asa)
    #expect(codes(engine).isSuperset(of: [.hostBits, .shadowedACE]))
    let shadowed = engine.findings.filter { $0.code == .shadowedACE && $0.severity == .error }
    #expect(shadowed.flatMap(\.lines).map(\.number) == [7, 8])
    let verdict = try ask(engine, "tcp 192.168.3.1:1 > 192.168.12.1:2")
    #expect(verdict.sequence == 2 && verdict.saScope?.source == "192.168.3.0/26")
  }

  @Test("B and C need no denies: the packets of the strong SA fit, clear ones do not (A-CM-16)")
  func mirrors() throws {
    let engine = try engine(
      """
      hostname B
      interface Ethernet0/0
       nameif outside
       ip address 198.51.100.2 255.255.255.0
      access-list ACL1 permit ip 192.168.12.0 255.255.255.248 192.168.3.0 255.255.255.192
      access-list ACL1 permit ip 192.168.12.0 255.255.255.248 192.168.201.0 255.255.255.224
      crypto map mapB 1 match address ACL1
      crypto map mapB 1 set peer 198.51.100.1
      crypto map mapB interface outside
      """, .asa)
    var question = FlowQuestion(
      .inDecrypted, try Packet(flow: "tcp 192.168.3.3:1 > 192.168.12.1:2"), interface: "outside")
    question.viaSA = .init(map: "mapB", sequence: 1)
    #expect(engine.answer(question).outcome == .accept)
    let clear = try ask(engine, "tcp 192.168.3.3:1 > 192.168.12.1:2", .inClear)
    #expect(clear.outcome == .drop && clear.reason == .expectedIPsec)
  }

  @Test("Figure 29-4 and figure 2: the element as written outbound, reversed inbound (A-ACL-07)")
  func figures() throws {
    let appliance = try engine(
      """
      hostname A
      access-list 101 permit ip host 10.0.0.1 host 10.2.2.2
      crypto map m 10 match address 101
      crypto map m 10 set peer 192.0.2.2
      crypto ipsec transform-set t esp-des
      crypto map m 10 set transform-set t
      crypto map m interface outside
      """, .asa)
    let router = try engine(
      """
      hostname A
      access-list 101 permit ip host 10.0.0.1 host 10.2.2.2
      crypto ipsec transform-set t esp-des
      crypto map m 10 ipsec-isakmp
       match address 101
       set peer 192.0.2.2
       set transform-set t
      interface S0
       ip address 192.0.2.1 255.255.255.0
       crypto map m
      """, .ios)
    for (engine, interface) in [(appliance, "outside"), (router, "S0")] {
      let out = try ask(engine, "tcp 10.0.0.1:1 > 10.2.2.2:2", at: interface)
      #expect(out.outcome == .protect && out.ace?.line == 2)
      let back = try ask(engine, "tcp 10.2.2.2:2 > 10.0.0.1:1", .inClear, at: interface)
      #expect(back.outcome == .drop && back.ace?.line == 2)
      let wrongWay = try ask(engine, "tcp 10.2.2.2:2 > 10.0.0.1:1", at: interface)
      #expect(wrongWay.outcome == .bypass)
      #expect(wrongWay.detail.why.contains { $0.contains("the opposite direction") })
    }
  }

  @Test("Overlapping networks: the more specific entry comes first (I-ACL-12)")
  func overlap() throws {
    func text(_ first: Int, _ second: Int) -> String {
      """
      hostname r
      crypto ipsec transform-set test esp-aes esp-sha-hmac
      crypto map mymap \(first) ipsec-isakmp
       set peer 192.168.1.1
       set transform-set test
       match address 101
      crypto map mymap \(second) ipsec-isakmp
       set peer 192.168.1.2
       set transform-set test
       match address 102
      interface S0
       ip address 192.168.1.9 255.255.255.0
       crypto map mymap
      access-list 101 permit ip 10.1.1.0 0.0.0.255 172.16.1.0 0.0.0.255
      access-list 102 permit ip 10.0.0.0 0.255.255.255 172.16.0.0 0.15.255.255
      """
    }
    let right = try engine(text(10, 20), .ios)
    #expect(!codes(right).contains(.shadowedEntry))
    #expect(try ask(right, "udp 10.1.1.9:1 > 172.16.1.9:2", at: "S0").peer == "192.168.1.1")
    #expect(try ask(right, "udp 10.1.2.9:1 > 172.16.1.9:2", at: "S0").peer == "192.168.1.2")
    let wrong = try engine(text(20, 10), .ios)
    #expect(codes(wrong).contains(.shadowedEntry))
    #expect(try ask(wrong, "udp 10.1.1.9:1 > 172.16.1.9:2", at: "S0").peer == "192.168.1.2")
  }

  @Test("The AES example is no model: what is wrong with it is said (M-20, M-21, I-CFG-10)")
  func routerExample() throws {
    let engine = try engine(
      """
      hostname R
      crypto isakmp policy 10
       encryption aes 256
       authentication pre-share
       lifetime 180
      crypto isakmp key cisco123 address 10.0.110.1
      crypto ipsec transform-set aesset esp-aes 256 esp-sha-hmac
       mode transport
      crypto map aesmap 10 ipsec-isakmp
       set peer 10.0.110.1
       set transform-set aesset
       match address 120
      interface FastEthernet0/0/1
       ip address 10.0.110.2 255.255.255.0
       ip nat outside
       crypto map aesmap
      interface FastEthernet0/1/1
       ip address 10.0.110.1 255.255.255.0
       ip nat inside
      ip nat inside source list 110 interface FastEthernet0/0/1 overload
      access-list 110 deny
                           ip 10.0.110.0 0.0.0.255 10.0.110.0 0.0.0.255
      access-list 110 permit ip 10.0.110.0 0.0.0.255 any
      access-list 120 permit ip 10.0.110.0 0.0.0.255 10.0.110.0 0.0.0.255
      """, .ios)
    #expect(
      codes(engine).isSuperset(of: [
        .peerIsSelf, .overlappingInterfaces, .selfMirrorACE, .wrappedLine,
      ]))
    // Transport is asked for and not used: the ends of the traffic are not the peers (I-MODE-01).
    let verdict = try ask(engine, "tcp 10.0.110.7:1 > 10.0.110.8:2", at: "FastEthernet0/0/1")
    #expect(verdict.outcome == .protect && verdict.detail.mode == "tunnel")
    // The deny of list 110 keeps NAT away from it.
    #expect(!codes(engine).contains(.natNotExempt))
  }

  @Test("A user who follows the documents' slips is told (M-13, M-19, M-29, M-33, M-12, M-16)")
  func slips() throws {
    let appliance = try engine(
      """
      hostname fw
      interface Ethernet0/0
       nameif outside
       ip address 198.51.100.1 255.255.255.0
      crypto isakmp policy 1
      crypto isakmp enable outside
      access-list 101 permit ip 10.0.0.0 255.255.255.0 10.1.1.0 255.255.255.0
      access-list 102 permit ip 10.0.0.0 255.255.255.0 10.0.0.0 255.255.255.0
      crypto ipsec transform-set myset1 esp-des esp-sha-hmac
      crypto ipsec transform-set myset2 esp-3des esp-sha-hmac
      crypto dynamic-map dyn1 10 match address 101
      crypto dynamic-map dyn 10 set transform-set myset1, myset2
      crypto map mymap 10 ipsec-isakmp dynamic dyn1
      crypto map mymap 20 match address 102
      crypto map mymap 20 set peer 198.51.100.9
      crypto map mymap 20 set transform-set myset1
      crypto map mymap interface outside
      """, .asa)
    #expect(
      codes(appliance).isSuperset(of: [
        .dynamicWithoutTransform, .unreferencedDynamicMap, .dynamicWithoutACL, .dynamicNotLast,
        .uTurnNotPermitted,
      ]))
    // The commas of the syntax lines are stripped: both sets are found.
    #expect(!codes(appliance).contains(.undefinedTransform))
    let router = try engine(
      """
      hostname r
      crypto ipsec transform-set t esp-aes esp-sha-hmac
      crypto map m 10 ipsec-isakmp
       set peer 192.0.2.9
       set transform-set t
       match address 101
      interface Serial0
       ip address 192.0.2.1 255.255.255.0
       ip access-group 150 in
       crypto map m
      access-list 101 permit ip 10.1.0.0 0.0.0.255 10.2.0.0 0.0.0.255
      access-list 150 permit udp any any eq 500
      access-list 150 permit esp any any
      access-list 150 permit ahp any any
      """, .ios)
    // The document's list of what to let in lacks UDP 4500.
    #expect(codes(router).contains(.interfaceACLBlocksNATTraversal))
    #expect(!codes(router).contains(.interfaceACLBlocksIPsec))
  }

  @Test("Defaults of lifetimes and the window in which a new SA is made (A-LT-01, A-LT-05, M-02)")
  func lifetimes() throws {
    let engine = try engine(
      """
      hostname fw
      access-list 101 permit ip 10.0.0.0 255.255.255.0 10.1.1.0 255.255.255.0
      crypto ipsec transform-set t esp-des esp-sha-hmac
      crypto map m 10 match address 101
      crypto map m 10 set peer 192.0.2.1
      crypto map m 10 set transform-set t
      crypto map m 20 match address 102
      crypto map m 20 set security-association lifetime seconds 2700
      crypto map m interface outside
      """, .asa)
    let verdict = try ask(engine, "tcp 10.0.0.1:1 > 10.1.1.1:2")
    #expect(verdict.lifetimeSeconds == 28800 && verdict.lifetimeKilobytes == 4_608_000)
    let window = RekeyWindow(lifetimeSeconds: 28800)
    #expect(window.earliest == 24480 && window.latest == 27360)
  }
}
