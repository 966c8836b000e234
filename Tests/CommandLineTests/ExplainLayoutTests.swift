import Foundation
import TestSupport
import Testing

/// Whole answers as they are printed at 80 columns: order of evaluation, line and rule on the right
/// of every step, every field compared, and last why it came so and what came nearest.
@Suite("The layout of explain")
struct ExplainLayoutTests {
  /// What `explain` prints, without the line that names the file.
  private func explain(_ config: String, _ options: [String], input: Data = Data()) throws -> String
  {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "fw.cfg")
      try config.write(to: file, atomically: false, encoding: .utf8)
      let outcome = try Program.run(["explain", "--config", file.path] + options, input: input)
      #expect(outcome.status == 0)
      let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
      let isNarrow = lines.allSatisfy { $0.count <= 80 }
      #expect(isNarrow)
      return lines.drop { $0.hasPrefix("CONFIG") || $0.hasPrefix("           /") }
        .joined(separator: "\n")
    }
  }

  private static let cascade = """
    hostname A
    interface GigabitEthernet0/0
     nameif outside
     ip address 198.51.100.1 255.255.255.0
    route outside 0.0.0.0 0.0.0.0 198.51.100.254
    access-list ACL1 extended deny ip host 192.168.3.3 192.168.12.0 255.255.255.248
    access-list ACL1 extended deny ip host 192.168.3.3 192.168.201.0 255.255.255.224
    access-list ACL1 extended permit ip 192.168.3.0 255.255.255.192 192.168.12.0 255.255.255.248
    access-list ACL1 extended permit ip 192.168.3.0 255.255.255.192 192.168.201.0 255.255.255.224
    access-list ACL2 extended permit ip host 192.168.3.3 192.168.12.0 255.255.255.248
    crypto ipsec transform-set weak esp-des esp-md5-hmac
    crypto ipsec transform-set strong esp-aes-256 esp-sha-hmac
    crypto map mapA 1 match address ACL1
    crypto map mapA 1 set peer 198.51.100.2
    crypto map mapA 1 set transform-set weak
    crypto map mapA 2 match address ACL2
    crypto map mapA 2 set peer 198.51.100.2
    crypto map mapA 2 set transform-set strong
    crypto map mapA 2 set security-association lifetime seconds 2700
    crypto map mapA interface outside
    crypto isakmp policy 1
    crypto isakmp enable outside

    """

  @Test("of a flow that is protected, past a deny")
  func protected() throws {
    let text = try explain(
      Self.cascade, ["--flow", "tcp 192.168.3.3:40000 > 192.168.12.1:80"])
    #expect(
      text == """
        FLOW       tcp 192.168.3.3:40000 > 192.168.12.1:80  on its way out
        VERDICT    protect  crypto map mapA 2 (fw.cfg:16), ACE ACL2#1 (fw.cfg:10)
                   tcp 192.168.3.3:40000 > 192.168.12.1:80 is protected by crypto map
                   mapA 2, ACE ACL2#1 at line 10, peer 198.51.100.2; without an SA this
                   packet starts IKE.
                   peer 198.51.100.2, lifetime 2700 s, 4608000 kB, the device starts IKE
        ACE        fw.cfg:10  access-list ACL2 extended permit ip host 192.168.3.3
                   192.168.12.0 255.255.255.248
        SA COVERS  192.168.3.3/32 ↔ 192.168.12.0/29 ip
          1 egress   outside carries crypto map mapA                 fw.cfg:20 [A-AP-01]
          2 NAT      no rule matches: addresses unchanged                     [X-NAT-03]
          3 entry 1  mapA 1 match address ACL1                       fw.cfg:13 [A-CM-12]
              ACL1#1     deny ip 192.168.3.3/32 192.168.12.0/29  → MATCH        fw.cfg:6
                         src 192.168.3.3 =   dst 192.168.12.1 in 192.168.12.0/29
                         service tcp from port 40000 to port 80 in ip
                         deny here means "not by entry 1": 3 ACEs skipped, on  [A-CM-12]
                         to the next entry
          4 entry 2  mapA 2 match address ACL2                       fw.cfg:16 [A-CM-11]
              ACL2#1     permit ip 192.168.3.3/32 192.168.12.0/29  → MATCH     fw.cfg:10
                         src 192.168.3.3 =   dst 192.168.12.1 in 192.168.12.0/29
                         service tcp from port 40000 to port 80 in ip
                         scope of the SA: 192.168.3.3/32 ↔ 192.168.12.0/29    [A-ACL-08]
                         (the ACE, not the packet)
          5 by       an SA of entry 2                                fw.cfg:16 [A-CM-06]
              peer       198.51.100.2                                fw.cfg:17 [A-CM-05]
              transform  strong = esp-aes-256 esp-sha-hmac           fw.cfg:12 [A-CM-18]
              lifetime   2700 s, 4608000 kB                          fw.cfg:19 [A-LT-02]
        NOTE       Return traffic may use an SA of entry mapA 1: its list permits the
                   packet behind the deny, and denies are ignored when the peer asks
        RULES      A-CM-12 A-CM-11 A-ACL-08 S-TRAP-02 A-AP-01


        """)
  }

  @Test("of a flow that is not: what NAT did, and what it would have hit before")
  func missed() throws {
    let config = """
      ASA Version 9.8(2)
      interface GigabitEthernet0/0
       nameif outside
       ip address 192.0.2.1 255.255.255.0
      object network L1
       subnet 10.0.0.0 255.255.255.0
      object-group network LOCAL
       network-object object L1
       network-object 10.0.9.0 255.255.255.0
      object-group network REMOTE
       network-object 10.1.1.0 255.255.255.0
      route outside 0.0.0.0 0.0.0.0 192.0.2.254
      access-list CRY extended permit ip object-group LOCAL object-group REMOTE
      nat (inside,outside) source dynamic L1 interface
      crypto ipsec ikev1 transform-set T esp-aes esp-sha-hmac
      crypto map M 1 match address CRY
      crypto map M 1 set peer 203.0.113.9
      crypto map M 1 set ikev1 transform-set T
      crypto map M interface outside
      crypto ikev1 policy 1
      crypto ikev1 enable outside

      """
    let text = try explain(config, ["--flow", "icmp 10.0.0.5 > 10.1.1.7"])
    #expect(
      text == """
        FLOW       icmp 10.0.0.5 > 10.1.1.7  on its way out
        VERDICT    bypass  (no-permit-matched)
                   icmp 192.0.2.1 > 10.1.1.7 is not IPsec's business: no permit element
                   of the crypto map set matches.
          1 egress   outside carries crypto map M                    fw.cfg:19 [A-AP-01]
          2 NAT      nat (inside,outside) source dynamic L1         fw.cfg:14 [X-NAT-03]
                     interface: 10.0.0.5 becomes 192.0.2.1
          3 entry 1  M 1 match address CRY                           fw.cfg:16 [A-CM-15]
              CRY#1      permit ip LOCAL REMOTE  → no match                    fw.cfg:13
                         src 192.0.2.1 not in LOCAL {10.0.0.0/24, 10.0.9.0/24}
                         dst 10.1.1.7 in REMOTE {10.1.1.0/24}   service icmp in ip
          4 end      end of set: no permit matched, routed clear               [A-CM-15]
        WHY        Before NAT the packet would have hit CRY#1 of entry 1: exempt the
                   traffic from NAT. No exemption precedes line 14.
        NEAREST MISS  CRY#1 of entry M 1 at line 13: 1 of 3 fields differs (source),
                   changed by NAT
        FINDINGS   C-NAT-NOT-EXEMPT
        RULES      A-CM-15 A-AP-01 X-NAT-02 X-NAT-03


        """)
  }

  @Test("of a request that is refused, and what would work")
  func refused() throws {
    let config = """
      hostname M
      crypto isakmp policy 10
      crypto ipsec transform-set t esp-aes esp-sha-hmac
      crypto map m 10 ipsec-isakmp
       set peer 192.0.2.2
       set transform-set t
       match address 101
      interface Serial0
       ip address 192.0.2.1 255.255.255.252
       crypto map m
      access-list 101 permit ip host 10.10.0.5 host 10.20.0.9

      """
    let query =
      #"{"kind":"ipsec_proposal","peer":"192.0.2.2","proxy":{"local":"10.10.0.0/24","#
      + #""remote":"10.20.0.0/24","proto":"ip"},"#
      + #""offers":[{"transform_set":["esp-aes-128","esp-sha-hmac"]}],"pfs":null}"#
    let text = try explain(config, ["--query", "-"], input: Data(query.utf8))
    #expect(
      text == """
        QUESTION   quick mode request, question 1 of -
        ASKS       from 192.0.2.2: local 10.10.0.0/24, remote 10.20.0.0/24, any
                   protocol, esp-aes-128 esp-sha-hmac, no PFS
        VERDICT    refuse  (proxy-not-permitted)
                   The request is refused: no permit element contains the proposed
                   traffic.
                   notify 18
          1 entry 10 m 10: proxy-not-permitted                                  fw.cfg:4
              peer       192.0.2.2  → MATCH                          fw.cfg:5 [A-NEG-01]
                         peer 192.0.2.2 =
              101#1      permit ip 10.10.0.5/32 10.20.0.9/32  → no match       fw.cfg:11
                         local 10.10.0.0/24 wider 10.10.0.5/32
                         remote 10.20.0.0/24 wider 10.20.0.9/32   service ip =
                         the request is wider than what the list permits      [I-MIR-04]
                         (superset, case 4)
              transform  t  → MATCH                                   fw.cfg:3 [A-TS-01]
                         transforms esp-aes-128 esp-sha-hmac =
          2 dynamic  no dynamic entry in the set                              [A-NEG-05]
        NEAREST MISS  entry 10: proxy-not-permitted
        WOULD WORK  with this end initiating (101#1 lies inside what the peer asks for,
                   case 3), or 101 permitting 10.10.0.0/24 to 10.20.0.0/24.
        RULES      A-NEG-05


        """)
  }
}
