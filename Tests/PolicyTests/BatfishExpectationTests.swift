import Bytes
import CiscoConfig
import Foundation
import TestSupport
import Testing

@testable import Policy

/// What Batfish's tests expect of texts like these, as far as it is right: no crash, everything
/// listed that was not understood, undefined names named.
@Suite("Batfish's expectations of whole texts")
struct BatfishExpectationTests {
  private func engine(_ text: String, _ dialect: Dialect? = nil) throws -> PolicyEngine {
    PolicyEngine(
      try CryptoConfiguration(parsing: Array(text.utf8), path: "b.cfg", dialect: dialect))
  }

  private func codes(_ engine: PolicyEngine) -> Set<FindingCode> {
    Set(engine.findings.map(\.code))
  }

  @Test("B-09: an RSA key chain is passed over, and the policy beside it is rsa-encr")
  func keyChain() throws {
    let engine = try engine(
      """
      hostname r
      crypto isakmp policy 10
       hash md5
       group 1
       encr aes
       authentication rsa-encr
      crypto key pubkey-chain rsa
       named-key testrsa
        address 1.2.3.4
        key-string
         305C300D 06092A86 4886F70D 01010105 00034B00 30480241 00D7808D C5FF14AC
         0D2B55AC 5D199F2F 7CB4B355 C555E07B 6D0DECBE 4519B1F0 75B12D6F 902D6E9F
        quit
      crypto isakmp policy 20
       encr 3des
      """, .ios)
    let configuration = engine.configuration
    #expect(configuration.ikev1Policies.map(\.priority) == [10, 20])
    #expect(configuration.ikev1Policies.first?.authentication?.value == "rsa-encr")
    #expect(configuration.notUnderstood.isEmpty)
  }

  @Test("B-11: a profile without match identity, protection that names no profile, a key for all")
  func incomplete() throws {
    let engine = try engine(
      """
      hostname r
      crypto isakmp key SOMEKEY address 0.0.0.0
      crypto keyring KEYRING
       pre-shared-key address 2.2.2.2 key OTHER
      crypto isakmp profile PROFILE
       keyring KEYRING
       local-address Ethernet1
      interface Tunnel1
       ip address 3.3.3.1 255.255.255.252
       tunnel source Ethernet1
       tunnel mode ipsec ipv4
       tunnel destination 4.4.4.4
       tunnel protection ipsec profile PROFILE
      interface Ethernet1
       ip address 1.1.1.1 255.255.255.255
      """, .ios)
    #expect(engine.isakmpProfile(for: .address(IPAddress(ipv4: 0x0202_0202))) == nil)
    let undefined = engine.findings.filter { $0.code == .undefinedReference }
    #expect(undefined.map(\.sentence) == ["IPsec profile PROFILE is not defined."])
    #expect(undefined.first?.lines.map(\.number) == [13])
    #expect(engine.key(for: IPAddress(ipv4: 0x0909_0909)).verdict.outcome == .accept)
    // The tunnel protects what is routed into it, whatever the profile says.
    let interface = try #require(engine.configuration.interface("Tunnel1"))
    #expect(engine.impliedProxy(of: interface)?.source == "0.0.0.0/0")
  }

  @Test("B-10: a keyring that a profile names and nobody defines")
  func keyring() throws {
    let engine = try engine(
      """
      hostname r
      crypto keyring kused
       pre-shared-key address 1.1.1.1 key a
      crypto isakmp profile p
       keyring kused
       keyring kundefined
       match identity address 1.1.1.1
      """, .ios)
    #expect(
      engine.findings.filter { $0.code == .undefinedReference }.map(\.sentence) == [
        "Keyring kundefined is not defined."
      ])
  }

  @Test("B-13: commands of other kinds of crypto do not disturb")
  func otherCrypto() throws {
    let engine = try engine(
      """
      hostname r
      crypto ssl diagnostic sslvm
      crypto ssl policy
      crypto ssh publickey
      crypto key import rsa general-keys
      crypto pki trustpoint TEST-TP
       enrollment selfsigned
       revocation-check none
      crypto ca trustpool policy
      interface GigabitEthernet0/0
       ip address 10.0.0.1 255.255.255.0
      """)
    #expect(engine.dialect == .ios)
    #expect(engine.configuration.notUnderstood.isEmpty, "\(engine.configuration.notUnderstood)")
    #expect(engine.configuration.interfaces.count == 1)
  }

  @Test("B-14: tunnels of GRE and of IPsec, with their ends")
  func tunnels() throws {
    let engine = try engine(
      """
      hostname r
      crypto ipsec profile P
      interface Tunnel1
       tunnel source 1.1.1.1
       tunnel mode gre multipoint
       tunnel protection ipsec profile P
      interface Tunnel2
       tunnel source 2.2.2.2
       tunnel destination 3.3.3.3
       tunnel protection ipsec profile P
      interface Tunnel3
       tunnel source 4.4.4.4
       tunnel destination 5.5.5.5
       tunnel mode ipsec ipv4
       tunnel protection ipsec profile P
      """, .ios)
    let proxies = engine.configuration.interfaces.map { engine.impliedProxy(of: $0) }
    #expect(proxies.map { $0?.protocol } == ["gre", "gre", "ip"])
    #expect(proxies.map { $0?.source } == ["1.1.1.1/32", "2.2.2.2/32", "0.0.0.0/0"])
    #expect(proxies.map { $0?.destination } == ["any peer", "3.3.3.3/32", "0.0.0.0/0"])
  }

  @Test("B-15: lines of both dialects in one text, group VPN and local address among them")
  func mixture() throws {
    let engine = try engine(
      """
      crypto map X 1 gdoi
       set group G
      crypto map X local-address Loopback0
      crypto map X 2 ipsec-isakmp
       set peer 192.0.2.9
       set transform-set T
       match address 101
      crypto map outside_map 10 match address A
      crypto map outside_map 10 set peer 192.0.2.8
      crypto map outside_map 10 set ikev1 transform-set T
      crypto ipsec transform-set T esp-aes 256 esp-sha-hmac
      access-list 101 permit ip 10.0.0.0 0.0.0.255 10.1.0.0 0.0.0.255
      crypto nonsense here
      """, .ios)
    let configuration = engine.configuration
    #expect(configuration.cryptoMaps["X"]?.entries.map(\.kind) == [.gdoi, .isakmp])
    #expect(configuration.cryptoMaps["X"]?.localAddressInterface?.value == "Loopback0")
    #expect(configuration.cryptoMaps["outside_map"]?.entry(10)?.peers.count == 1)
    #expect(configuration.notUnderstood.map(\.line.number) == [13])
  }

  @Test("B-20: a list with one user, an entry without its peer, objects that are not there")
  func undefinedObjects() throws {
    let engine = try engine(
      """
      ASA Version 9.8(2)
      hostname fw
      access-list acl_name extended permit ip object X object Y
      crypto map outside_map 1 match address acl_name
      """)
    #expect(codes(engine).isSuperset(of: [.incompleteMap, .undefinedReference]))
    let names = engine.findings.filter { $0.code == .undefinedReference }.map(\.sentence)
    #expect(names == ["Object X is not defined.", "Object Y is not defined."])
    let users = engine.configuration.cryptoMaps.flatMap(\.entries).filter {
      $0.accessList?.value == "acl_name"
    }
    #expect(users.map(\.sequence) == [1])
  }

  @Test(
    "B-30 to B-36: keys, PFS and the lack of it",
    arguments: [
      ("", "", true), (" set pfs group2\n", " set pfs group2\n", true),
      (" set pfs group2\n", " set pfs group5\n", false), ("", " set pfs group14\n", false),
    ])
  func pfs(_ own: String, _ peer: String, _ works: Bool) throws {
    func end(_ name: String, _ address: String, _ other: String, _ list: String, _ pfs: String)
      throws -> PolicyEngine
    {
      try engine(
        """
        hostname \(name)
        crypto isakmp policy 10
         authentication pre-share
        crypto isakmp key k address \(other)
        crypto ipsec transform-set t esp-aes esp-sha-hmac
        crypto map m 10 ipsec-isakmp
         set peer \(other)
         set transform-set t
         match address 101
        \(pfs)interface Serial0
         ip address \(address) 255.255.255.252
         crypto map m
        access-list 101 permit ip \(list)
        """, .ios)
    }
    let left = try end(
      "a", "192.0.2.1", "192.0.2.2", "10.1.0.0 0.0.0.255 10.2.0.0 0.0.0.255", own)
    let right = try end(
      "b", "192.0.2.2", "192.0.2.1", "10.2.0.0 0.0.0.255 10.1.0.0 0.0.0.255", peer)
    let report = left.negotiate(with: right)
    #expect(report.canInitiate(.own) == works)
    #expect(report.key?.outcome == .accept)
  }
}
