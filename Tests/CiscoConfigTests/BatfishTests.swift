import CiscoConfig
import Foundation
import TestSupport
import Testing

/// What Batfish's tests expect of its own configurations, as far as it is right.
@Suite("Batfish's configurations", .enabled(if: SharedMaterial.folder("policy/configs") != nil))
struct BatfishTests {
  private func read(_ name: String) throws -> CryptoConfiguration {
    let files = PublicConfigurationTests.files(["raw", "aux-acl-nat"])
    let file = try #require(files.first { $0.lastPathComponent.hasSuffix("testconfigs_" + name) })
    return try CryptoConfiguration(parsing: [UInt8](try Data(contentsOf: file)), path: name)
  }

  /// True when a service group lets a packet through.
  private func accepts(
    _ configuration: CryptoConfiguration, _ group: String, _ ipProtocol: UInt8, _ port: UInt16
  ) -> Bool {
    configuration.serviceElements(of: ServiceSpec(.group(group))).elements.contains {
      ($0.ipProtocol ?? ipProtocol) == ipProtocol
        && ($0.destinationPorts ?? 0...65535).contains(port)
    }
  }

  /// True when a network group holds an address.
  private func holds(_ configuration: CryptoConfiguration, _ group: String, _ host: String) throws
    -> Bool
  {
    let address = try prefix(host).address
    return configuration.addressBlocks(of: .group(group)).elements.contains { $0.contains(address) }
  }

  @Test("B-01 to B-03: policies, keys and profiles of IOS")
  func policies() throws {
    let configuration = try read("ios-crypto")
    #expect(configuration.dialect == .ios)
    #expect(configuration.notUnderstood.isEmpty)
    #expect(configuration.ikev1Policies.map(\.priority) == [10, 20, 30])
    let first = configuration.ikev1Policies[0].values(for: .ios)
    #expect(first.encryption == Algorithm("aes-128"))
    #expect(first.hash == Algorithm("md5"))
    #expect(first.lifetime == 14400)
    #expect(first.authentication == "rsa-sig")
    // B-01: Batfish fills in the defaults of an ASA.
    #expect(configuration.ikev1Policies[1].values(for: .ios).encryption == Algorithm("des"))
    #expect(configuration.ikev1Policies[2].authentication?.value == "rsa-encr")
    #expect(configuration.isakmpKeys.map(\.key.form) == [.encrypted, .clear])
    #expect(
      configuration.isakmpKeys.map(\.peer) == [
        .address(try prefix("2.2.2.2/32")), .address(try prefix("1.1.1.0/24")),
      ])
    #expect(configuration.isakmpProfiles.count == 2)
    for profile in configuration.isakmpProfiles {
      #expect(profile.selfIdentity?.value == .address(try prefix("2.3.4.6/32")))
      #expect(profile.matches.map(\.value.identity) == [.address(try prefix("1.2.3.4/32"))])
    }
    #expect(configuration.preSharedKeys.map(\.local) == [nil, nil, "2.3.4.6", "2.3.4.6"])
  }

  @Test("B-04 to B-07: crypto maps and profiles of IOS")
  func maps() throws {
    let configuration = try read("ios-crypto-map")
    let profile = try #require(configuration.ipsecProfiles["IPSEC-PROFILE1"])
    #expect(profile.transformSets?.value == ["ts1", "ts2"])
    #expect(profile.pfs?.value.group == 14)
    let map = try #require(configuration.cryptoMaps["mymap"])
    #expect(map.entries.map(\.kind) == [.isakmp, .isakmp, .dynamic("mydynamicmap")])
    #expect(map.entry(20)?.peers.map(\.value.description) == ["3.4.5.6"])
    #expect(map.interfaces.map(\.value) == ["TenGigabitEthernet0/0", "TenGigabitEthernet0/1"])
    let dynamic = try #require(configuration.dynamicMaps["mydynamicmap"])
    #expect(dynamic.entries.map { $0.pfs?.value.group } == [2, nil])
    let groups = try read("ios-crypto-map-pfs-dh-group")
    #expect(groups.notUnderstood.isEmpty)
    #expect(groups.cryptoMaps.first?.entries.first?.pfs?.value.group == 5)
  }

  @Test("B-08, B-10: transform sets and keyrings")
  func transforms() throws {
    let sets = try read("ios-crypto-transform-set").transformSets
    #expect(sets["ts2"]?.transforms.map(\.role) == [.espEncryption, .ahAuthentication])
    #expect(sets["ts5"]?.transforms.first?.algorithm == Algorithm("aes-gcm-256"))
    #expect(sets.allSatisfy { set in set.transforms.allSatisfy { $0.role != .unknown } })
    let keyrings = try read("ios-keyrings")
    #expect(keyrings.keyrings["kused"] != nil)
    #expect(keyrings.keyrings["kundefined"] == nil)
    #expect(keyrings.isakmpProfiles.first?.keyrings.map(\.value).contains("kundefined") == true)
  }

  @Test("B-12: VRFs, comments behind commands and placeholders")
  func vrfs() throws {
    let configuration = try read("crypto-vrf")
    #expect(configuration.keyrings["Keyring-Sales"]?.vrf == "Internet")
    #expect(configuration.isakmpProfiles["IKE-Sales"]?.vrf?.value == "Sales")
    #expect(configuration.isakmpProfiles["IKE-Sales"]?.matches.first?.value.vrf != nil)
    #expect(configuration.notes.contains { $0.kind == .placeholder })
  }

  @Test("B-16: groups of IOS")
  func groupsOfIOS() throws {
    let networks = try read("ios-object-group-network")
    #expect(try holds(networks, "ogn_host", "2.0.0.1"))
    #expect(try !holds(networks, "ogn_host", "2.0.0.0"))
    #expect(try holds(networks, "ogn_wildcard", "1.128.0.0"))
    #expect(try holds(networks, "ogn_object_group_indirect", "1.2.3.4"))
    #expect(
      networks.addressBlocks(of: .group("ogn_object_group_indirect")).unresolved == ["ogn_undef"])
    #expect(networks.addressBlocks(of: .group("ogn_unused")).elements.isEmpty)
    let ports = try read("ios-acl-portgroup")
    #expect(ports.notUnderstood.isEmpty, "\(ports.notUnderstood)")
  }

  @Test("B-21 to B-26: objects and groups of an ASA")
  func groupsOfASA() throws {
    let objects = try read("asa-acl-object")
    let entries = objects.accessLists.flatMap(\.entries)
    let found = objects.selectors(of: entries[0])
    #expect(found.elements.map { "\($0.source) \($0.destination)" } == ["1.1.1.1/32 2.2.2.2/32"])
    #expect(found.elements.first?.service.icmpType == 8)
    #expect(Set(objects.selectors(of: entries[1]).unresolved) == ["osfake", "onfake1", "onfake2"])
    let networks = try read("asa-nested-network-object-group")
    for host in ["10.1.1.5", "10.1.2.8", "10.1.4.89"] {
      #expect(try holds(networks, "admin", host))
    }
    #expect(try !holds(networks, "admin", "1.2.3.4"))
    #expect(try holds(networks, "mixed_group", "10.2.3.4"))
    let services = try read("asa-nested-service-object-group")
    #expect(accepts(services, "services", 17, 53))
    #expect(accepts(services, "services", 17, 1234))
    #expect(accepts(services, "services", 6, 2350))
    #expect(!accepts(services, "services", 17, 2350))
    #expect(accepts(services, "mixed_group", 17, 4444))
    let inline = try read("asa-service-object-inline")
    #expect(
      inline.accessLists.flatMap(\.entries).flatMap { inline.selectors(of: $0).elements }
        .filter { !$0.source.isIPv6 }.map(\.service.ipProtocol) == [1, 89])
    let network = try read("network-object")
    #expect(try holds(network, "OGN", "1.2.3.4"))
    #expect(try holds(network, "OGN", "3.3.3.3"))
    #expect(try !holds(network, "OGN", "2.2.2.0"))
  }

  @Test(
    "B-27: translation, twice NAT included",
    arguments: [
      "asa-nat-mixed", "asa-nat-object-dynamic", "asa-nat-object-static", "asa-nat-twice-dynamic",
      "asa-nat-twice-static", "asa-nat-object-refs", "ios-nat-dynamic", "ios-nat-mixed",
      "ios-nat-static", "ios-nat-parsed-variants",
    ])
  func translation(_ name: String) throws {
    let configuration = try read(name)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(!configuration.natRules.isEmpty)
  }
}
