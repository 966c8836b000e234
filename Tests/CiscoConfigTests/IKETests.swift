import Bytes
import CiscoConfig
import Testing

@Suite("IKE policies, keys, profiles and tunnel-groups")
struct IKETests {
  @Test(
    "One line and sub-mode are the same thing, in every age (A-IKE-12, X-IKE-02)",
    arguments: [
      "crypto isakmp policy 2 encryption des\ncrypto isakmp policy 2 hash md5\n"
        + "crypto isakmp policy 2 group 5\ncrypto isakmp policy 2 lifetime 14400\n"
        + "crypto isakmp policy 2 authentication rsa-sig\n",
      "isakmp policy 2 encryption des\nisakmp policy 2 hash md5\nisakmp policy 2 group 5\n"
        + "isakmp policy 2 lifetime 14400\nisakmp policy 2 authentication rsa-sig\n",
      "crypto ikev1 policy 2\n encryption des\n hash md5\n group 5\n lifetime 14400\n"
        + " authentication rsa-sig\n",
      "hostname(config)# crypto isakmp policy 2 \nhostname(config-isakmp-policy)# encr des\n"
        + "hostname(config-isakmp-policy)# hash md5\nhostname(config-isakmp-policy)# group 5\n"
        + "hostname(config-isakmp-policy)# lifetime 14400\n"
        + "hostname(config-isakmp-policy)# authentication rsa-sig\n",
    ])
  func policies(_ text: String) throws {
    let configuration = try configuration(text, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(configuration.ikev1Policies.map(\.priority) == [2])
    let values = try #require(configuration.ikev1Policies.first).values(for: .asa)
    #expect(values.encryption == Algorithm("des"))
    #expect(values.hash == Algorithm("md5"))
    #expect(values.group == 5)
    #expect(values.lifetime == 14400)
    #expect(values.authentication == "rsa-sig")
  }

  @Test("What is not written takes the platform's default (A-IKE-03, A-IKE-10, X-IKE-01)")
  func defaults() throws {
    let policy = try #require(try configuration("crypto isakmp policy 10").ikev1Policies.first)
    let asa = policy.values(for: .asa)
    #expect(asa.encryption == Algorithm("3des"))
    #expect(asa.authentication == "pre-share")
    #expect(asa.group == 2)
    let ios = policy.values(for: .ios)
    #expect(ios.encryption == Algorithm("des"))
    #expect(ios.authentication == "rsa-sig")
    #expect(ios.group == 1)
    for values in [asa, ios] {
      #expect(values.hash == Algorithm("sha1"))
      #expect(values.lifetime == 86400)
    }
  }

  @Test("Policies come in the order of their priority (A-IKE-06)")
  func order() throws {
    let text = "crypto isakmp policy 20\n encr aes 256\ncrypto isakmp policy 3\n group 5\n"
    let policies = try configuration(text, .ios).ikev1Policies
    #expect(policies.map(\.priority) == [3, 20])
    #expect(policies.last?.encryption?.value == Algorithm("aes-256"))
  }

  @Test("IKEv2 of an ASA has lists in its policies (X-IKE-03)")
  func ikev2OfASA() throws {
    let configuration = try configuration(
      """
      crypto ikev2 policy 1
       encryption aes-256 aes-192 aes 3des
       integrity sha256 sha md5
       group 14 5
       prf sha256 sha
       lifetime seconds 86400
      crypto ikev2 policy 2
       encryption aes-gcm-256
       integrity null
       lifetime seconds none
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let policy = try #require(configuration.ikev2Policies["1"])
    #expect(policy.priority == 1)
    #expect(
      policy.proposal.encryption.map(\.spelling) == ["aes-256", "aes-192", "aes-128", "3des"])
    #expect(policy.proposal.integrity.map(\.spelling) == ["sha256", "sha1", "md5"])
    #expect(policy.proposal.prf.map(\.spelling) == ["sha256", "sha1"])
    #expect(policy.proposal.groups == [14, 5])
    #expect(policy.lifetime?.value == 86400)
    #expect(policy.lines.count == 6)
    #expect(configuration.ikev2Policies["2"]?.lifetime?.value == 0)
  }

  @Test("IKEv2 of IOS has proposals, policies, keyrings and profiles (X-IKE-04)")
  func ikev2OfIOS() throws {
    let configuration = try configuration(
      """
      crypto ikev2 proposal PR
       encryption aes-cbc-256 aes-cbc-128 3des
       integrity sha512 sha1
       group 19 14
      crypto ikev2 policy PO
       match fvrf any
       match address local 192.0.2.1
       match address local interface Gi0/0
       proposal PR
       proposal P2
      crypto ikev2 keyring K
       peer A
        address 192.0.2.2 255.255.255.0
        identity key-id X
        pre-shared-key local here
        pre-shared-key remote 6 XYZ
       !
       peer B
        hostname b.example.com
        address 2001:db8::/32
        pre-shared-key both ways
      crypto ikev2 profile F
       match fvrf V
       match address local 192.0.2.1
       match identity remote address 192.0.2.2 255.255.255.255
       match identity remote fqdn domain example.com
       match identity remote email user@example.com
       match certificate CM
       identity local fqdn r1.example.com
       authentication local pre-share
       authentication remote pre-share key secretword
       authentication remote rsa-sig
       keyring local K
       pki trustpoint TP sign
       dpd 10 3 on-demand
       lifetime 3600
       ivrf inside
       virtual-template 1
       aaa authorization group psk list default name
      crypto ikev2 dpd 30 5 periodic
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let proposal = try #require(configuration.ikev2Proposals["PR"])
    #expect(proposal.encryption.map(\.spelling) == ["aes-256", "aes-128", "3des"])
    #expect(proposal.groups == [19, 14])
    let policy = try #require(configuration.ikev2Policies["PO"])
    #expect(policy.proposalNames.map(\.value) == ["PR", "P2"])
    #expect(policy.frontVRF?.value == "any")
    #expect(policy.localAddresses.count == 2)
    #expect(policy.priority == nil)
    let keyring = try #require(configuration.ikev2Keyrings["K"])
    #expect(keyring.peers.map(\.name) == ["A", "B"])
    #expect(keyring.peers[0].addresses.map(\.value.description) == ["192.0.2.0/24"])
    #expect(keyring.peers[0].identity?.value == .keyID("X"))
    #expect(keyring.peers[0].localKey?.value.revealed() == Array("here".utf8))
    #expect(keyring.peers[0].remoteKey?.value.form == .encrypted)
    #expect(keyring.peers[1].localKey?.value.revealed() == Array("both ways".utf8))
    #expect(keyring.peers[1].localKey == keyring.peers[1].remoteKey)
    let profile = try #require(configuration.ikev2Profiles["F"])
    #expect(
      profile.matches.map(\.value.identity) == [
        .address(try prefix("192.0.2.2/32")), .domain("example.com"), .email("user@example.com"),
      ])
    #expect(profile.certificateMaps.map(\.value) == ["CM"])
    #expect(profile.localIdentity?.value == .fqdn("r1.example.com"))
    #expect(profile.localAuthentication.map(\.value.method) == [.preSharedKey])
    #expect(profile.remoteAuthentication.map(\.value.method) == [.preSharedKey, .signature])
    #expect(
      profile.remoteAuthentication.first?.value.key?.revealed() == Array("secretword".utf8))
    #expect(profile.keyring?.value == "K")
    #expect(profile.trustpoints.map(\.value) == ["TP"])
    #expect(profile.keepalive?.value == Keepalive(seconds: 10, retry: 3, mode: .onDemand))
    #expect(profile.lifetime?.value == 3600)
    #expect(profile.insideVRF?.value == "inside")
    #expect(profile.others.count == 2)
  }

  @Test("Global keys say whom they are for (X-IKE-08)")
  func globalKeys() throws {
    let configuration = try configuration(
      """
      crypto isakmp key one address 192.0.2.1
      crypto isakmp key two address 192.0.2.0 255.255.255.0 no-xauth
      crypto isakmp key three address 0.0.0.0
      crypto isakmp key four address 0.0.0.0 0.0.0.0
      crypto isakmp key five hostname r1.example.com
      crypto isakmp key six address ipv6 2001:db8::/64
      crypto isakmp key 6 FLgBaJHXdYY address 192.0.2.7
      crypto isakmp key 1234 address 192.0.2.8
      crypto isakmp key ******** address 192.0.2.9
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let keys = configuration.isakmpKeys
    #expect(
      keys.map(\.peer) == [
        .address(try prefix("192.0.2.1/32")), .address(try prefix("192.0.2.0/24")),
        .address(.anyIPv4), .address(.anyIPv4), .hostname("r1.example.com"),
        .address(try prefix("2001:db8::/64")), .address(try prefix("192.0.2.7/32")),
        .address(try prefix("192.0.2.8/32")), .address(try prefix("192.0.2.9/32")),
      ])
    #expect(
      keys.map(\.key.form)
        == [.clear, .clear, .clear, .clear, .clear, .clear, .encrypted, .clear, .masked])
    #expect(keys[0].key.revealed() == Array("one".utf8))
    #expect(keys[1].options == ["no-xauth"])
    #expect(keys[7].key.revealed() == Array("1234".utf8))
    let pix = try self.configurationOfPIX()
    #expect(pix.isakmpKeys.map(\.peer) == [.address(try prefix("192.0.2.1/32"))])
    #expect(pix.isakmpKeys.first?.options == ["no-xauth", "no-config-mode"])
  }

  private func configurationOfPIX() throws -> CryptoConfiguration {
    try configuration(
      "isakmp key abc address 192.0.2.1 netmask 255.255.255.255 no-xauth no-config-mode", .asa)
  }

  @Test("Keyrings and profiles of IKEv1 (X-IKE-09)")
  func profiles() throws {
    let configuration = try configuration(
      """
      crypto keyring K vrf V
       local-address GigabitEthernet0/0
       local-address 192.0.2.1 V
       pre-shared-key address 192.0.2.2 key abc
       pre-shared-key hostname h.example.com key 7 02050D480809
      crypto isakmp profile P
       description text
       vrf inside
       keyring K
       self-identity fqdn
       match identity address 192.0.2.2 255.255.255.255 V
       match identity host domain example.com
       match identity group CLIENTS
       keepalive 30 retry 5
       local-address 192.0.2.1
       initiate mode aggressive
       ca trust-point TP
       client authentication list L
       virtual-template 1
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let keyring = try #require(configuration.keyrings["K"])
    #expect(keyring.vrf == "V")
    #expect(keyring.localAddresses.count == 2)
    #expect(
      keyring.keys.map(\.peer) == [
        .address(try prefix("192.0.2.2/32")), .hostname("h.example.com"),
      ])
    #expect(keyring.keys.last?.key.revealed() == Array("cisco".utf8))
    let profile = try #require(configuration.isakmpProfiles["P"])
    #expect(profile.selfIdentity?.value == .fqdn(nil))
    #expect(
      profile.matches.map(\.value.identity) == [
        .address(try prefix("192.0.2.2/32")), .domain("example.com"), .group("CLIENTS"),
      ])
    #expect(profile.keepalive?.value == Keepalive(seconds: 30, retry: 5, mode: nil))
    #expect(profile.initiatesAggressive?.value == true)
    #expect(profile.trustpoint?.value == "TP")
    #expect(profile.others.count == 3)
  }

  @Test(
    "Tunnel-groups, group policies and certificate maps of an ASA (X-ASA-04, X-ASA-10, A-TG-01)")
  func tunnelGroups() throws {
    let configuration = try configuration(
      """
      group-policy GP internal
      group-policy GP attributes
       vpn-idle-timeout 30
       vpn-session-timeout none
       vpn-filter value FILTER
       vpn-tunnel-protocol ikev1 ikev2
       pfs enable
       ipsec-udp enable
       ipsec-udp-port 10001
       banner value hello
      tunnel-group 192.0.2.2 type ipsec-l2l
      tunnel-group 192.0.2.2 general-attributes
       default-group-policy GP
      tunnel-group 192.0.2.2 ipsec-attributes
       ikev1 pre-shared-key sesame
       ikev2 local-authentication pre-shared-key here
       ikev2 remote-authentication pre-shared-key there
       ikev2 remote-authentication certificate
       peer-id-validate nocheck
       isakmp keepalive threshold 15 retry 3
      tunnel-group CLIENTS type ipsec-ra
      tunnel-group CLIENTS ipsec-attributes
       pre-shared-key *****
       trust-point TP
       isakmp ikev1-user-authentication none
      crypto ca certificate map 10
       subject-name attr ou eq Sales
       issuer-name co "Root CA"
      crypto ca certificate map NAMED 5
       subject-name ne x
      tunnel-group-map enable rules
      no tunnel-group-map enable ou
      tunnel-group-map 10 CLIENTS
      tunnel-group-map NAMED 5 OTHER
      tunnel-group-map default-group 192.0.2.2
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let policy = try #require(configuration.groupPolicies["GP"])
    #expect(policy.idleMinutes?.value == 30)
    #expect(policy.sessionMinutes?.value == 0)
    #expect(policy.filter?.value == "FILTER")
    #expect(policy.tunnelProtocols?.value == ["ikev1", "ikev2"])
    #expect(policy.pfs?.value == true)
    #expect(policy.ipsecOverUDP?.value == true)
    #expect(policy.ipsecOverUDPPort?.value == 10001)
    let site = try #require(configuration.tunnelGroups["192.0.2.2"])
    #expect(site.kind?.value == .siteToSite)
    #expect(site.ikev1Key?.value.revealed() == Array("sesame".utf8))
    #expect(site.ikev2Local.first?.value.key?.revealed() == Array("here".utf8))
    #expect(site.ikev2Remote.map(\.value.method) == [.preSharedKey, .signature])
    #expect(site.peerIDValidation?.value == "nocheck")
    #expect(site.keepalive?.value == Keepalive(seconds: 15, retry: 3, mode: nil))
    #expect(site.groupPolicy?.value == "GP")
    let clients = try #require(configuration.tunnelGroups["CLIENTS"])
    #expect(clients.kind?.value == .remoteAccess)
    #expect(clients.ikev1Key?.value.form == .masked)
    #expect(clients.ikev1Trustpoint?.value == "TP")
    #expect(configuration.certificateRules.map(\.index) == [10, 5])
    let criteria = try #require(configuration.certificateRules.first?.criteria.map(\.value))
    #expect(criteria.map(\.field) == [.subject, .issuer])
    #expect(criteria.map(\.attribute) == ["ou", nil])
    #expect(criteria.map(\.comparison) == [.equal, .contains])
    #expect(criteria.map(\.value) == ["Sales", "Root CA"])
    let map = configuration.tunnelGroupMap
    #expect(map.methods[.rules]?.value == true)
    #expect(map.methods[.organizationalUnit]?.value == false)
    #expect(map.methods[.ikeID] == nil)
    #expect(map.associations.map(\.group) == ["CLIENTS", "OTHER"])
    #expect(map.associations.map(\.mapName) == ["DefaultCertificateMap", "NAMED"])
    #expect(map.defaultGroup?.value == "192.0.2.2")
  }
}
