import Bytes
import CiscoConfig
import Testing

@Suite("References to objects and groups")
struct ResolutionTests {
  static let text = """
    object network L1
     subnet 10.0.0.0 255.255.255.0
    object network SPAN
     range 10.9.0.1 10.9.0.9
    object network NAMED
     fqdn v4 example.com
    object-group network LOCAL
     network-object object L1
     network-object 10.0.9.0 255.255.255.0
     network-object host 10.8.8.8
     group-object DEEP
    object-group network DEEP
     network-object object SPAN
     group-object LOCAL
    object-group service WEB tcp
     port-object eq www
     port-object range 8000 8010
    object-group service MIXED
     service-object tcp destination eq https
     service-object udp source gt 1023 destination eq 53
     service-object icmp echo
     service-object object SSH
     group-object MIXED
    object service SSH
     service tcp destination eq ssh
    object-group protocol TU
     protocol-object tcp
     protocol-object udp
    object-group icmp-type PINGS
     icmp-object echo
     icmp-object echo-reply
    access-list C extended permit ip object-group LOCAL any4
    access-list C extended permit tcp any4 any4 object-group WEB
    access-list C extended permit object-group MIXED any4 any4
    access-list C extended permit object-group TU any4 any4 eq 53
    access-list C extended permit icmp any4 any4 object-group PINGS
    access-list C extended permit ip object-group NOWHERE object NAMED
    access-list C extended permit ip any any
    access-list C extended permit object icmp-echo any4 any4
    """

  private func selectors(_ position: Int) throws -> Resolved<SelectorElement> {
    let configuration = try configuration(Self.text, .asa)
    #expect(configuration.notUnderstood.isEmpty)
    let list = try #require(configuration.accessLists["C"])
    return configuration.selectors(of: list.entries[position - 1])
  }

  @Test("Groups nested in a circle give their members once (X-ACL-02)")
  func nested() throws {
    let found = try selectors(1)
    #expect(
      found.elements.map(\.source.description)
        == ["10.0.0.0/24", "10.0.9.0/24", "10.8.8.8/32", "10.9.0.1-10.9.0.9"])
    #expect(found.unresolved.isEmpty)
  }

  @Test("A group of ports multiplies the line")
  func ports() throws {
    let found = try selectors(2)
    #expect(found.elements.map(\.service.destinationPorts) == [80...80, 8000...8010])
    #expect(found.elements.allSatisfy { $0.service.ipProtocol == 6 })
  }

  @Test("A service group brings its own protocols")
  func services() throws {
    let found = try selectors(3).elements.map(\.service)
    #expect(
      found == [
        ServiceElement(ipProtocol: 6, destinationPorts: 443...443),
        ServiceElement(ipProtocol: 17, sourcePorts: 1024...65535, destinationPorts: 53...53),
        ServiceElement(ipProtocol: 1, icmpType: 8),
        ServiceElement(ipProtocol: 6, destinationPorts: 22...22),
      ])
  }

  @Test("A protocol group takes the line's ports")
  func protocols() throws {
    #expect(
      try selectors(4).elements.map(\.service) == [
        ServiceElement(ipProtocol: 6, destinationPorts: 53...53),
        ServiceElement(ipProtocol: 17, destinationPorts: 53...53),
      ])
    #expect(try selectors(5).elements.map(\.service.icmpType) == [8, 0])
  }

  @Test("Undefined groups and names select nothing and are told (X-ACL-11)")
  func undefined() throws {
    let found = try selectors(6)
    #expect(found.elements.isEmpty)
    #expect(Set(found.unresolved) == ["NOWHERE", "example.com"])
  }

  @Test("`any` to `any` is one selector a family (X-ACL-03)")
  func families() throws {
    #expect(
      try selectors(7).elements.map { "\($0.source) \($0.destination)" }
        == ["0.0.0.0/0 0.0.0.0/0", "::/0 ::/0"])
  }

  @Test("An ASA knows some service objects by itself")
  func builtIn() throws {
    #expect(try selectors(8).elements.map(\.service.icmpType) == [8])
  }

  @Test("A product beyond the limit is cut and says so")
  func limit() throws {
    let configuration = try configuration(Self.text, .asa)
    let entry = try #require(configuration.accessLists["C"]?.entries.first)
    let found = configuration.selectors(of: entry, limit: 2)
    #expect(found.elements.count == 2)
    #expect(found.isTruncated)
  }

  @Test("Groups of IOS hold hosts, subnets, ranges and services")
  func groupsOfIOS() throws {
    let configuration = try configuration(
      """
      object-group network NET
       host 10.0.0.1
       10.1.0.0 255.255.0.0
       10.2.0.0 /16
       range 10.3.0.1 10.3.0.5
      object-group service SVC
       tcp eq www
       udp range 100 200
       icmp echo
      ip access-list extended C
       permit object-group SVC object-group NET any
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    let entry = try #require(configuration.accessLists["C"]?.entries.first)
    let found = configuration.selectors(of: entry)
    #expect(found.elements.count == 12)
    #expect(
      found.elements.prefix(4).map(\.source.description)
        == ["10.0.0.1/32", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.1-10.3.0.5"])
  }

  @Test(
    "Port operators become ranges",
    arguments: [
      (PortSpec.equal([80, 22]), [22...22, 80...80]), (.notEqual([0, 65535]), [1...65534]),
      (.lessThan(0), []), (.greaterThan(65535), []), (.lessThan(5), [0...4]),
      (.greaterThan(65534), [65535...65535]), (.any, [0...65535]),
    ] as [(PortSpec, [ClosedRange<UInt16>])])
  func portRanges(_ spec: PortSpec, _ expected: [ClosedRange<UInt16>]) {
    #expect(spec.ranges == expected)
  }
}
