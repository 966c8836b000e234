import Bytes
import CiscoConfig
import Testing

@Suite("Crypto maps, transform sets and proposals")
struct CryptoMapTests {
  @Test("An ASA writes an entry in single lines, in any order (A-CM-01)")
  func entriesOfASA() throws {
    let configuration = try configuration(
      """
      crypto map mymap 20 match address 102
      crypto map mymap 10 set peer 192.0.2.1 192.0.2.2
      crypto map mymap 10 set peer 192.0.2.3
      crypto map mymap 10 set peer 192.0.2.1
      crypto map mymap 10 match address 100
      crypto map mymap 10 match address 101
      crypto map mymap 10 set ikev1 transform-set myset1 myset2
      crypto map mymap 10 set ikev2 ipsec-proposal P1 P2
      crypto map mymap 10 set pfs group5
      crypto map mymap 10 set security-association lifetime seconds 2700 kilobytes 5000
      crypto map mymap 10 set connection-type answer-only
      crypto map mymap 10 set ikev1 phase1-mode aggressive group2
      crypto map mymap 10 set ikev2 mode transport-require
      crypto map mymap 10 set nat-t-disable
      crypto map mymap 10 set reverse-route
      crypto map mymap 10 set trustpoint TP chain
      crypto map mymap 10 set inheritance data
      no crypto map mymap 10 set tfc-packets
      crypto map mymap 30 ipsec-isakmp dynamic dyn
      crypto dynamic-map dyn 2 set transform-set a
      crypto dynamic-map dyn 1 match address 103
      crypto dynamic-map dyn 1 set pfs
      crypto map mymap interface outside
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let map = try #require(configuration.cryptoMaps["mymap"])
    #expect(map.entries.map(\.sequence) == [10, 20, 30])
    #expect(map.interfaces.map(\.value) == ["outside"])
    let entry = try #require(map.entry(10))
    #expect(entry.kind == .isakmp)
    #expect(entry.line.number == 2)
    // X-PARSE-10: peers add up, others replace.
    #expect(
      entry.peers.map(\.value.description) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
    #expect(
      entry.accessList
        == Sourced("101", SourceLine(number: 6, text: "crypto map mymap 10 match address 101")))
    #expect(entry.transformSets?.value == ["myset1", "myset2"])
    #expect(entry.ipsecProposals?.value == ["P1", "P2"])
    #expect(entry.pfs?.value == PerfectForwardSecrecy(group: 5))
    #expect(entry.lifetimeSeconds?.value == 2700)
    #expect(entry.lifetimeKilobytes?.value == .kilobytes(5000))
    #expect(entry.connectionType?.value == .answerOnly)
    #expect(entry.phase1Mode?.value == .aggressive(group: 2))
    #expect(entry.ikev2Mode?.value == .transportRequired)
    #expect(entry.isNATTraversalDisabled?.value == true)
    #expect(entry.reverseRoute != nil)
    #expect(entry.trustpoint?.value == "TP")
    #expect(entry.isPerHost?.value == true)
    #expect(map.entry(30)?.kind == .dynamic("dyn"))
    let dynamic = try #require(configuration.dynamicMaps["dyn"])
    #expect(dynamic.entries.map(\.sequence) == [1, 2])
    #expect(dynamic.entries.first?.accessList?.value == "103")
    #expect(dynamic.entries.first?.pfs?.value.group == nil)
  }

  @Test("IOS writes an entry in a sub-mode (I-CM-07)")
  func entriesOfIOS() throws {
    let configuration = try configuration(
      """
      crypto map m local-address Loopback0
      crypto map m isakmp-profile P0
      crypto map m redundancy HSRP stateful
      crypto map m client authentication list VPN
      crypto map m 10 ipsec-isakmp
       description first
       set peer 192.0.2.1 default
       set peer vpn.example.com dynamic
       set security-association level per-host
       set security-association lifetime kilobytes unlimited
       set security-association replay window-size 1024
       set security-association idle-time 600
       set transform-set t1 t2
       set pfs
       set isakmp-profile P1
       set ikev2-profile P2
       set ip access-group IN in
       set ip access-group OUT out
       set identity ID
       match address 101
       reverse-route static
       qos pre-classify
      crypto map m 20 ipsec-isakmp dynamic d discover
      crypto map m 30 gdoi
       set group G
      crypto map m 40 cisco
      crypto dynamic-map d 5
       set transform-set t1
       set peer 192.0.2.9
      crypto map ipv6 six 10 ipsec-isakmp
       match address SIX
       set peer 2001:db8::1
      interface FastEthernet0/0
       crypto map m
      interface FastEthernet0/1
       crypto map m
       ipv6 crypto map six
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let map = try #require(configuration.cryptoMaps["m"])
    #expect(map.localAddressInterface?.value == "Loopback0")
    #expect(map.isakmpProfile?.value == "P0")
    #expect(map.redundancy?.value == "HSRP stateful")
    #expect(map.others.count == 1)
    #expect(map.interfaces.map(\.value) == ["FastEthernet0/0", "FastEthernet0/1"])
    let entry = try #require(map.entry(10))
    #expect(entry.peers.map(\.value.isDefault) == [true, false])
    #expect(entry.peers.map(\.value.isDynamic) == [false, true])
    #expect(entry.peers.last?.value.name == .hostname("vpn.example.com"))
    #expect(entry.isPerHost?.value == true)
    #expect(entry.lifetimeKilobytes?.value == .unlimited)
    #expect(entry.replayWindow?.value == 1024)
    #expect(entry.idleSeconds?.value == 600)
    #expect(entry.transformSets?.value == ["t1", "t2"])
    #expect(entry.pfs?.value == PerfectForwardSecrecy(group: nil))
    #expect(entry.isakmpProfile?.value == "P1")
    #expect(entry.ikev2Profile?.value == "P2")
    #expect(entry.accessGroupIn?.value == "IN")
    #expect(entry.accessGroupOut?.value == "OUT")
    #expect(entry.reverseRoute?.value == "static")
    #expect(entry.lines.count == 18)
    #expect(map.entries.map(\.kind) == [.isakmp, .dynamic("d"), .gdoi, .cisco])
    #expect(configuration.dynamicMaps["d"]?.entries.first?.peers.count == 1)
    #expect(configuration.cryptoMaps["six"]?.isIPv6 == true)
    #expect(configuration.cryptoMaps["six"]?.entry(10)?.accessList?.value == "SIX")
  }

  @Test("The keys of a manual entry are the capture's keys (I-MAN-04)")
  func sessionKeys() throws {
    let text = """
      crypto map mymap 10 ipsec-manual
       match address 102
       set peer 10.0.0.5
       set session-key inbound ah 256 98765432109876549876543210987654
       set session-key outbound esp 300 cipher abcdefabcdefabcd authenticator 00ff
      """
    let configuration = try configuration(text, .ios)
    let entry = try #require(configuration.cryptoMaps["mymap"]?.entry(10))
    #expect(entry.kind == .manual)
    let keys = entry.sessionKeys
    #expect(keys.map(\.spi) == [256, 300])
    #expect(keys.map(\.direction) == [.inbound, .outbound])
    #expect(keys.map(\.securityProtocol) == [.ah, .esp])
    #expect(
      hexadecimal(keys[0].authenticatorKey?.revealed() ?? []) == "98765432109876549876543210987654")
    #expect(hexadecimal(keys[1].cipherKey?.revealed() ?? []) == "abcdefabcdefabcd")
    #expect(keys[1].authenticatorKey?.revealed() == [0, 255])
    #expect(keys[0].line.text == "set session-key inbound ah 256 *****")
    #expect(
      keys[1].line.text == "set session-key outbound esp 300 cipher *****")
    #expect(!"\(configuration)".contains("abcdef"))
  }

  @Test(
    "Transforms have one spelling, in whatever order and dialect (X-PARSE-05)",
    arguments: [
      ("esp-aes esp-sha-hmac", ["esp-aes-128", "esp-sha-hmac"]),
      ("esp-aes 256 esp-sha-hmac", ["esp-aes-256", "esp-sha-hmac"]),
      ("esp-md5-hmac esp-aes-256", ["esp-md5-hmac", "esp-aes-256"]),
      (
        "ah-sha-hmac esp-3des esp-sha-hmac comp-lzs",
        ["ah-sha-hmac", "esp-3des", "esp-sha-hmac", "comp-lzs"]
      ),
      ("esp-gcm 256", ["esp-gcm-256"]), ("esp-gcm", ["esp-gcm-128"]),
      ("esp-gmac 192", ["esp-gmac-192"]),
      ("esp-aes-gcm 256", ["esp-gcm-256"]),
      ("esp-null esp-sha512-hmac", ["esp-null", "esp-sha512-hmac"]),
      ("esp-seal esp-md5-hmac", ["esp-seal", "esp-md5-hmac"]), ("esp-des", ["esp-des"]),
    ] as [(String, [String])])
  func transforms(_ words: String, _ names: [String]) throws {
    for command in ["crypto ipsec transform-set T ", "crypto ipsec ikev1 transform-set T "] {
      let configuration = try configuration(command + words)
      #expect(configuration.notUnderstood.isEmpty)
      #expect(configuration.transformSets["T"]?.transforms.map(\.name) == names)
      #expect(
        configuration.transformSets["T"]?.transforms.contains { $0.role == .unknown } == false)
    }
  }

  @Test("A transform tells its algorithm and key length")
  func algorithms() throws {
    let set = try configuration("crypto ipsec transform-set T ah-sha256-hmac esp-gcm 256")
      .transformSets["T"]
    let transforms = try #require(set?.transforms)
    #expect(transforms.map(\.role) == [.ahAuthentication, .espEncryption])
    #expect(transforms.map(\.algorithm) == [Algorithm("sha256"), Algorithm("aes-gcm-256")])
    #expect(transforms.last?.algorithm.keyBits == 256)
    #expect(transforms.last?.algorithm.isCombinedMode == true)
    #expect(Algorithm("3des").keyBits == nil)
  }

  @Test("The mode of a transform set is read from either place")
  func modes() throws {
    let configuration = try configuration(
      """
      crypto ipsec transform-set A esp-des
       mode transport require
      crypto ipsec ikev1 transform-set B esp-des
      crypto ipsec ikev1 transform-set B mode transport
      crypto ipsec transform-set C esp-des
      """)
    #expect(configuration.transformSets["A"]?.mode?.value == .transportRequired)
    #expect(configuration.transformSets["B"]?.mode?.value == .transport)
    #expect(configuration.transformSets["C"]?.mode == nil)
    #expect(configuration.notUnderstood.isEmpty)
  }

  @Test("IKEv2 proposals and profiles of IPsec (X-ASA-02, X-ASA-22)")
  func proposals() throws {
    let configuration = try configuration(
      """
      crypto ipsec ikev2 ipsec-proposal P
       protocol esp encryption aes-gcm-256 aes 3des null
       protocol esp integrity sha-512 sha-1 md5 null
      crypto ipsec profile V
       set ikev2 ipsec-proposal P
       set pfs group19
       set security-association lifetime seconds 3600
       responder-only
      interface Tunnel1
       nameif vti
       ip address 169.254.0.1 255.255.255.252
       tunnel source interface outside
       tunnel destination 192.0.2.2
       tunnel mode ipsec ipv4
       tunnel protection ipsec profile V
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let proposal = try #require(configuration.ipsecProposals["P"])
    #expect(proposal.encryption.map(\.spelling) == ["aes-gcm-256", "aes-128", "3des", "null"])
    #expect(proposal.integrity.map(\.spelling) == ["sha512", "sha1", "md5", "null"])
    let profile = try #require(configuration.ipsecProfiles["V"])
    #expect(profile.ipsecProposals?.value == ["P"])
    #expect(profile.pfs?.value.group == 19)
    let tunnel = try #require(configuration.interface("vti")?.tunnel)
    #expect(tunnel.source?.value == .hostname("outside"))
    #expect(tunnel.destination?.value == .address(IPAddress(ipv4: 0xc000_0202)))
    #expect(tunnel.profile?.value == "V")
  }

  @Test("Settings for every tunnel are read")
  func globals() throws {
    let asa = try configuration(
      """
      crypto ipsec security-association lifetime seconds 3600
      crypto ipsec security-association lifetime kilobytes unlimited
      crypto ipsec security-association replay window-size 1024
      crypto ipsec fragmentation after-encryption
      crypto ipsec df-bit clear-df outside
      crypto isakmp nat-traversal 30
      crypto isakmp enable outside
      crypto ikev2 enable outside client-services port 443
      crypto isakmp identity key-id ABC
      crypto isakmp ipsec-over-tcp port 10000 45
      crypto isakmp disconnect-notify
      crypto isakmp reload-wait
      crypto isakmp am-disable
      no sysopt connection permit-vpn
      same-security-traffic permit intra-interface
      """, .asa
    ).settings
    #expect(asa.lifetimeSeconds?.value == 3600)
    #expect(asa.lifetimeKilobytes?.value == .unlimited)
    #expect(asa.replayWindow?.value == 1024)
    #expect(asa.fragmentsBeforeEncryption?.value == false)
    #expect(asa.natTraversal?.value == true)
    #expect(asa.natKeepaliveSeconds?.value == 30)
    #expect(asa.ikev1Interfaces.map(\.value) == ["outside"])
    #expect(asa.ikev2Interfaces.map(\.value) == ["outside"])
    #expect(asa.identity?.value == .keyID("ABC"))
    #expect(asa.ipsecOverTCPPorts?.value == [10000, 45])
    #expect(asa.disconnectNotify?.value == true)
    #expect(asa.reloadWait?.value == true)
    #expect(asa.isAggressiveModeDisabled?.value == true)
    #expect(asa.permitsVPN?.value == false)
    #expect(asa.permitsIntraInterface?.value == true)
    let ios = try configuration(
      """
      no crypto isakmp enable
      crypto isakmp keepalive 10 3 periodic
      crypto isakmp nat keepalive 20
      crypto isakmp aggressive-mode disable
      crypto isakmp invalid-spi-recovery
      no crypto ipsec nat-transparency udp-encapsulation
      crypto ipsec security-association replay disable
      """, .ios
    ).settings
    #expect(ios.isIKEEnabled?.value == false)
    #expect(ios.keepalive?.value == Keepalive(seconds: 10, retry: 3, mode: .periodic))
    #expect(ios.natTraversal?.value == false)
    #expect(ios.natKeepaliveSeconds?.value == 20)
    #expect(ios.isAggressiveModeDisabled?.value == true)
    #expect(ios.replayWindow?.value == 0)
  }

  @Test(
    "Values outside the documented range are kept and told",
    arguments: [
      ("crypto isakmp policy 10 lifetime 119", true),
      ("crypto isakmp policy 10 lifetime 120", false),
      ("crypto isakmp policy 10 lifetime 2147483648", true),
      ("crypto isakmp nat-traversal 9", true), ("crypto isakmp nat-traversal 3600", false),
      ("crypto isakmp nat-traversal 3601", true), ("crypto isakmp nat-traversal", false),
      ("tunnel-group-map 0 G", true), ("tunnel-group-map 65535 G", false),
      ("tunnel-group-map 65536 G", true),
    ])
  func ranges(_ line: String, _ isOutside: Bool) throws {
    let configuration = try configuration(line, .asa)
    #expect(configuration.notUnderstood.isEmpty)
    #expect(configuration.notes.contains { $0.kind == .outOfRange } == isOutside)
  }
}
