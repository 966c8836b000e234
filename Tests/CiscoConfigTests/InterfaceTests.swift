import Bytes
import CiscoConfig
import Testing

@Suite("Interfaces, routes and translation")
struct InterfaceTests {
  @Test("Interfaces of an ASA have names, levels and standby addresses")
  func interfacesOfASA() throws {
    let configuration = try configuration(
      """
      interface GigabitEthernet0/0
       shutdown
       nameif outside
       security-level 0
       ip address 192.0.2.1 255.255.255.0 standby 192.0.2.3
       ipv6 address 2001:db8::1/64
      interface GigabitEthernet0/1
       nameif inside
       no shutdown
       ip address dhcp setroute
      access-group IN in interface outside
      access-group ALL global
      route outside 0.0.0.0 0.0.0.0 192.0.2.254 1
      route inside 10.9.0.0 255.255.0.0 10.0.0.2 20
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty)
    let outside = try #require(configuration.interface("outside"))
    #expect(outside.name == "GigabitEthernet0/0")
    #expect(outside.reference == "outside")
    #expect(outside.securityLevel == 0)
    #expect(outside.isShutDown)
    #expect(
      outside.addresses.map(\.value.network.description) == ["192.0.2.0/24", "2001:db8::/64"])
    #expect(outside.addresses.first?.value.standby == IPAddress("192.0.2.3"))
    #expect(outside.has(try #require(IPAddress("192.0.2.1"))))
    #expect(configuration.interface("INSIDE")?.hasDynamicAddress == true)
    #expect(configuration.accessGroups.map(\.direction) == [.inbound, .global])
    #expect(configuration.accessGroups.map(\.interface) == ["outside", nil])
    #expect(configuration.routes.map(\.destination.description) == ["0.0.0.0/0", "10.9.0.0/16"])
    #expect(configuration.routes.map(\.distance) == [1, 20])
    #expect(configuration.routes.map(\.interface) == ["outside", "inside"])
  }

  @Test("Interfaces of PIX 6 are written in single lines")
  func interfacesOfPIX() throws {
    let configuration = try configuration(
      """
      PIX Version 6.3(5)
      nameif ethernet0 outside security0
      nameif ethernet1 inside security100
      ip address outside 192.0.2.1 255.255.255.0
      ip address inside 10.0.0.1 255.255.255.0
      isakmp enable outside
      isakmp identity address
      sysopt connection permit-ipsec
      """)
    #expect(configuration.dialect == .asa)
    #expect(
      configuration.interface("outside")?.addresses.map(\.value.address.description) == [
        "192.0.2.1"
      ])
    #expect(configuration.settings.ikev1Interfaces.map(\.value) == ["outside"])
    #expect(configuration.settings.identity?.value == .address(nil))
    #expect(configuration.settings.permitsVPN?.value == true)
  }

  @Test("Interfaces of IOS carry maps, filters, roles and VRFs")
  func interfacesOfIOS() throws {
    let configuration = try configuration(
      """
      interface GigabitEthernet0/0
       vrf forwarding RED
       ip address 192.0.2.1 255.255.255.0
       ip address 192.0.2.9 255.255.255.0 secondary
       ip nat outside
       ip access-group IN in
       ip access-group OUT out
       ip virtual-reassembly in
       crypto map M
      interface Tunnel 0
       ip unnumbered Loopback0
       tunnel source GigabitEthernet0/0
       tunnel destination 192.0.2.2
       tunnel mode gre multipoint
       tunnel key 100
       tunnel vrf RED
       tunnel protection ipsec profile P shared
      interface Virtual-Template1 type tunnel
       tunnel mode ipsec ipv4
       tunnel protection ipsec policy ipv4 ACL
      ip route vrf RED 10.0.0.0 255.0.0.0 GigabitEthernet0/0 192.0.2.254 20
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let outside = try #require(configuration.interfaces["GigabitEthernet0/0"])
    #expect(outside.vrf?.value == "RED")
    #expect(outside.cryptoMap?.value == "M")
    #expect(outside.natRole?.value == .outside)
    #expect(outside.addresses.map(\.value.isSecondary) == [false, true])
    #expect(configuration.accessGroups.map(\.direction) == [.inbound, .outbound])
    let tunnel = try #require(configuration.interfaces["Tunnel0"]?.tunnel)
    #expect(tunnel.source?.value == .hostname("GigabitEthernet0/0"))
    #expect(tunnel.mode?.value == .greMultipoint)
    #expect(tunnel.key?.value == 100)
    #expect(tunnel.isShared)
    #expect(tunnel.vrf?.value == "RED")
    #expect(configuration.interfaces["Virtual-Template1"]?.tunnel?.policyAccessList?.value == "ACL")
    let route = try #require(configuration.routes.first)
    #expect(route.vrf == "RED")
    #expect(route.distance == 20)
    #expect(route.nextHop == IPAddress("192.0.2.254"))
  }

  @Test("Translation of an ASA from 8.3 on (X-NAT-02, X-NAT-03)")
  func translationOfASA() throws {
    let configuration = try configuration(
      """
      object network L1
       subnet 10.0.0.0 255.255.255.0
       nat (inside,outside) dynamic interface
      object network WEB
       host 10.0.0.5
       nat (any,outside) static 192.0.2.5 service tcp 80 8080
      object-group network LOCAL
       network-object object L1
      object-group network REMOTE
       network-object 10.1.1.0 255.255.255.0
      nat (inside,outside) source static LOCAL LOCAL destination static REMOTE REMOTE no-proxy-arp route-lookup
      nat (inside,outside) 3 source dynamic any pat-pool POOL description many
      nat (inside,outside) after-auto source static L1 WEB destination static REMOTE L1 inactive
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let rules = configuration.natRules
    try #require(rules.count >= 5)
    #expect(rules.map(\.section) == [.object, .object, .manual, .manual, .afterAuto])
    #expect(rules.map(\.isDynamic) == [true, false, false, true, false])
    #expect(rules[0].mappedSource == .interface(nil))
    #expect(rules[0].realSource == .object("L1"))
    #expect(rules[1].realInterface == nil)
    #expect(rules[1].mappedInterface == "outside")
    #expect(rules[1].services == ["tcp", "80", "8080"])
    #expect(rules[2].mappedSource == .identity)
    #expect(rules[2].realSource == .group("LOCAL"))
    #expect(rules[2].mappedDestination == .group("REMOTE"))
    #expect(rules[2].realDestination == .group("REMOTE"))
    #expect(rules[2].options == ["no-proxy-arp", "route-lookup"])
    #expect(rules[3].mappedSource == .addresses(.object("POOL")))
    #expect(rules[4].isInactive)
    #expect(rules[4].mappedSource == .addresses(.object("WEB")))
  }

  @Test("Translation of an ASA before 8.3 (X-NAT-03)")
  func translationOfPIX() throws {
    let configuration = try configuration(
      """
      nat (inside) 0 access-list nonat
      nat (inside) 1 10.0.0.0 255.255.255.0
      nat (inside) 1 0 0
      global (outside) 1 interface
      global (outside) 2 192.0.2.10-192.0.2.20 netmask 255.255.255.0
      static (inside,outside) 192.0.2.5 10.0.0.5 netmask 255.255.255.255
      static (inside,outside) tcp interface 443 10.0.0.6 443 netmask 255.255.255.255
      static (inside,outside) 10.0.0.0 10.0.0.0 netmask 255.255.255.0
      static (inside,outside) 192.0.2.7 access-list POLICY
      """, .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let rules = configuration.natRules
    try #require(rules.count >= 5)
    #expect(
      rules.map(\.section) == [
        .exemption, .legacyDynamic, .legacyDynamic, .legacyStatic, .legacyStatic, .legacyStatic,
        .legacyStatic,
      ])
    #expect(rules[0].accessList == "nonat")
    #expect(rules[0].mappedSource == .identity)
    #expect(rules[1].realSource == .prefix(try prefix("10.0.0.0/24")))
    #expect(rules[1].mappedSource == .pool("1"))
    #expect(rules[2].realSource == .prefix(.anyIPv4))
    #expect(rules[3].mappedSource == .addresses(.prefix(try prefix("192.0.2.5/32"))))
    #expect(rules[4].services == ["tcp", "443", "443"])
    #expect(rules[5].mappedSource == .identity)
    #expect(rules[5].realSource == .prefix(try prefix("10.0.0.0/24")))
    #expect(rules[6].accessList == "POLICY")
    #expect(configuration.natPools.map(\.name) == ["1", "2"])
    #expect(configuration.natPools.first?.addresses == nil)
  }

  @Test("Translation of IOS (X-NAT-01)")
  func translationOfIOS() throws {
    let configuration = try configuration(
      """
      ip nat inside source list 110 interface FastEthernet0/0/1 overload
      ip nat inside source route-map NONAT pool P overload
      ip nat pool P 192.0.2.10 192.0.2.20 netmask 255.255.255.0
      ip nat inside source static 10.0.0.10 203.0.113.10
      ip nat inside source static tcp 10.0.0.11 80 interface FastEthernet0/0 8080
      ip nat inside source static network 10.1.0.0 192.168.0.0 /24
      route-map NONAT permit 20
       match ip address 111 112
       match interface FastEthernet0/0
      route-map NONAT deny 10
       match ip address 113
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let rules = configuration.natRules
    try #require(rules.count >= 5)
    #expect(rules.map(\.section) == [.iosDynamic, .iosDynamic, .iosStatic, .iosStatic, .iosStatic])
    #expect(rules[0].accessList == "110")
    #expect(rules[0].mappedSource == .interface("FastEthernet0/0/1"))
    #expect(rules[1].routeMap == "NONAT")
    #expect(rules[1].mappedSource == .pool("P"))
    #expect(rules[2].realSource == .prefix(try prefix("10.0.0.10/32")))
    #expect(rules[2].mappedSource == .addresses(.prefix(try prefix("203.0.113.10/32"))))
    #expect(rules[3].services == ["tcp", "80", "8080"])
    #expect(rules[4].mappedSource == .addresses(.prefix(try prefix("192.168.0.0/24"))))
    #expect(configuration.routeMaps.map(\.sequence) == [10, 20])
    #expect(configuration.routeMaps.map(\.action) == [.deny, .permit])
    #expect(configuration.routeMaps.last?.accessLists.map(\.value) == ["111", "112"])
    #expect(configuration.routeMaps.last?.otherMatches.count == 1)
  }
}
