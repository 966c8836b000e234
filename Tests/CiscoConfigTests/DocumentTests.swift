import CiscoConfig
import Testing

/// The worked examples of the two documents, typed in as they stand, prompts and all.
@Suite("The documents' worked examples")
struct DocumentTests {
  @Test("ASA 7.2, chapter 29: every command of the examples is understood")
  func securityAppliance() throws {
    let configuration = try configuration(
      """
      hostname(config)# crypto isakmp policy 2 encryption des
      hostname(config)# crypto isakmp policy 2 hash md5
      hostname(config)# crypto isakmp policy 2 authentication rsa-sig
      hostname(config)# crypto isakmp policy 2 group 5
      hostname(config)# crypto isakmp policy 2 lifetime 14400
      hostname(config)# crypto isakmp enable outside
      hostname(config)# crypto isakmp am-disable
      hostname(config)# no crypto isakmp am-disable
      hostname(config)# crypto isakmp identity auto
      hostname(config)# crypto isakmp nat-traversal 3600
      hostname(config)# crypto isakmp ipsec-over-tcp port 45
      hostname(config)# crypto isakmp reload-wait
      hostname(config)# crypto isakmp disconnect-notify
      hostname(config)# tunnel-group-map enable ike-id
      hostname(config)#
      hostname(config)# tunnel-group-map enable peer-ip
      hostname(config)# tunnel-group-map enable ou
      hostname(config)# tunnel-group-map enable rules
      hostname(config)# access-list 101 permit ip 10.0.0.0 255.255.255.0 10.1.1.0 255.255.255.0
      hostname(config)# crypto ipsec transform-set myset1 esp-des esp-sha-hmac
      hostname(config)# crypto ipsec transform-set myset2 esp-3des esp-sha-hmac
      hostname(config)# crypto ipsec transform-set aes_set esp-md5-hmac esp-aes-256
      hostname(config)# crypto map mymap 10 match address 101
      hostname(config)# crypto map mymap 10 set peer 192.168.1.100
      hostname(config)# crypto map mymap 10 set transform-set myset1 myset2
      hostname(config)# crypto map mymap 10 set security-association lifetime seconds 2700
      hostname(config)# crypto map mymap 10 set pfs group2
      hostname(config)# crypto map mymap interface outside
      hostname(config)# crypto dynamic-map dyn1 10 match address 101
      hostname(config)# crypto dynamic-map dyn1 10 set transform-set myset1 myset2
      hostname(config)# crypto dynamic-map dyn1 10 set pfs group5
      hostname(config)# crypto map mymap 200 ipsec-isakmp dynamic dyn1
      hostname(config)# crypto isakmp policy 2
      hostname(config-isakmp-policy)# authentication crack
      hostname(config)# crypto ca trustpoint CompanyVPNCA
      hostname(config-ca-trustpoint)# fqdn none
      hostname(config)# crypto isakmp identity hostname
      """)
    #expect(configuration.dialect == .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(configuration.settings.identity?.value == .fqdn(nil))
    #expect(configuration.settings.isAggressiveModeDisabled?.value == false)
    #expect(configuration.settings.ipsecOverTCPPorts?.value == [45])
    #expect(configuration.tunnelGroupMap.methods.count == 4)
    #expect(configuration.ikev1Policies.first?.authentication?.value == "crack")
    let map = try #require(configuration.cryptoMaps["mymap"])
    #expect(map.entries.map(\.kind) == [.isakmp, .dynamic("dyn1")])
    #expect(map.entry(10)?.line.text == "crypto map mymap 10 match address 101")
  }

  @Test("IOS XE, the configuration tasks: every command of the examples is understood")
  func routerTasks() throws {
    let configuration = try configuration(
      """
      Router> enable
      Router# configure terminal
      Router(config)# access-list 100 permit ip 10.0.68.0 0.0.0.255 10.1.1.0 0.0.0.255
      Router(config)# ip access-list extended vpn-tunnel
      Router(config)# crypto ipsec transform-set aesset esp-aes 256 esp-sha-hmac
      Router(cfg-crypto-tran)# mode transport
      Router(config)# exit
      Router# clear crypto sa
      Router# show crypto ipsec transform-set
      Router(config)# crypto map static-map 1 ipsec-isakmp
      Router(config-crypto-m)# match address vpn-tunnel
      Router(config-crypto-m)# set peer 192.168.101.1
      Router(config-crypto-m)# set transform-set aesset
      Router(config-crypto-m)# set security-association lifetime seconds 2700
      Router(config-crypto-m)# set security-association level per-host
      Router(config-crypto-m)# set pfs group2
      Router(config-crypto-m)# end
      Router# show crypto map
      Router(config)# crypto dynamic-map test-map 1
      Router(config-crypto-m)# set transform-set aesset
      Router(config-crypto-m)# set peer 192.168.101.1
      Router(config-crypto-m)# set pfs group2
      Router(config-crypto-m)# end
      Router(config)# crypto map static-map 2 ipsec-isakmp dynamic test-map
      Router(config)# crypto map mymap 10 ipsec-manual
      Router(config-crypto-m)# match address 102
      Router(config-crypto-m)# set peer 10.0.0.5
      Router(config-crypto-m)# set transform-set someset
      Router(config-crypto-m)# set session-key inbound ah 256 98765432109876549876543210987654
      Router(config-crypto-m)# set session-key outbound ah 256 fedcbafedcbafedcfedcbafedcbafedc
      Router(config-crypto-m)# set session-key inbound esp 256 cipher 0123456789012345
      Router(config-crypto-m)# set session-key outbound esp 256 cipher abcdefabcdefabcd
      Router(config)# Interface FastEthernet 0/0
      Router(config-if)# crypto map mymap
      Router(config-if)# exit
      Router(config)# crypto map mymap local-address loopback0
      """)
    #expect(configuration.dialect == .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(configuration.transformSets["aesset"]?.mode?.value == .transport)
    let entry = try #require(configuration.cryptoMaps["static-map"]?.entry(1))
    #expect(entry.isPerHost?.value == true)
    #expect(entry.pfs?.value.group == 2)
    #expect(configuration.dynamicMaps["test-map"]?.entries.first?.peers.count == 1)
    let manual = try #require(configuration.cryptoMaps["mymap"])
    #expect(manual.entry(10)?.sessionKeys.count == 4)
    #expect(manual.interfaces.map(\.value) == ["FastEthernet0/0"])
    #expect(manual.localAddressInterface?.value == "loopback0")
  }

  @Test("IOS XE, the AES example, its lines out of line: as the document says (I-CFG-10)")
  func routerExample() throws {
    let configuration = try configuration(
      """
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
      voice call carrier capacity active
      mta receive maximum-recipients 0
      interface FastEthernet0/0/1
      ip address 10.0.110.2 255.255.255.0
      ip nat outside
      no ip route-cache
      no ip mroute-cache
      duplex auto
      speed auto
       crypto map aesmap
      interface Serial0/0
      no ip address
      shutdown
      interface FastEthernet0/1/1
      ip address 10.0.110.1 255.255.255.0
       ip nat inside
      no ip route-cache
      duplex auto
      ip nat inside source list 110 interface FastEthernet0/0/1 overload
      ip classless
      ip route 0.0.0.0 0.0.0.0 10.5.1.1
      ip http server
      access-list 110 deny
                           ip 10.0.110.0 0.0.0.255 10.0.110.0 0.0.0.255
      access-list 110 permit ip 10.0.110.0 0.0.0.255 any
      access-list 120 permit ip 10.0.110.0 0.0.0.255 10.0.110.0 0.0.0.255
      """)
    #expect(configuration.dialect == .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let policy = try #require(configuration.ikev1Policies.first).values(for: .ios)
    #expect(policy.encryption == Algorithm("aes-256"))
    #expect(policy.authentication == "pre-share")
    #expect(policy.group == 1)
    #expect(policy.lifetime == 180)
    let set = try #require(configuration.transformSets["aesset"])
    #expect(set.transforms.map(\.name) == ["esp-aes-256", "esp-sha-hmac"])
    #expect(set.mode?.value == .transport)
    let entry = try #require(configuration.cryptoMaps["aesmap"]?.entry(10))
    #expect(entry.peers.map(\.value.description) == ["10.0.110.1"])
    #expect(entry.transformSets?.value == ["aesset"])
    #expect(entry.accessList?.value == "120")
    #expect(configuration.interfaces["FastEthernet0/0/1"]?.cryptoMap?.value == "aesmap")
    #expect(configuration.interfaces["FastEthernet0/0/1"]?.natRole?.value == .outside)
    #expect(configuration.interfaces["Serial0/0"]?.isShutDown == true)
    #expect(configuration.interfaces["FastEthernet0/1/1"]?.natRole?.value == .inside)
    #expect(configuration.natRules.map(\.accessList) == ["110"])
    #expect(configuration.accessLists["110"]?.entries.map(\.action) == [.deny, .permit])
    #expect(configuration.notes.map(\.kind) == [.wrappedLine])
    #expect(configuration.preSharedKeys.map(\.remote) == ["10.0.110.1"])
    #expect(configuration.preSharedKeys.map(\.local) == ["10.0.110.2"])
  }

  @Test("A command cut by the typesetter is listed (M-24)")
  func typesetting() throws {
    let text = "crypto map static-map 1 ipsec-isakmp\n set-peer 192.168.101.1\n"
    let configuration = try configuration(text, .ios)
    #expect(configuration.notUnderstood.map(\.line.text) == ["set-peer 192.168.101.1"])
  }
}
