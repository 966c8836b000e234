import Bytes
import CiscoConfig
import Testing

@Suite("Access list lines")
struct AccessListTests {
  struct Line: Sendable {
    let text: String
    let dialect: Dialect
    let service: ServiceSpec
    let source: AddressSpec
    let destination: AddressSpec

    init(
      _ text: String, _ dialect: Dialect, _ service: ServiceSpec, _ source: AddressSpec,
      _ destination: AddressSpec
    ) {
      self.text = text
      self.dialect = dialect
      self.service = service
      self.source = source
      self.destination = destination
    }
  }

  private static func net(_ text: String) -> AddressSpec {
    IPPrefix(text).map { .prefix($0) } ?? .name(text)
  }

  static let lines: [Line] = [
    // A-ACL-01, A-ACL-02: an ASA has network masks.
    Line(
      "access-list 101 permit ip 10.0.0.0 255.255.255.0 10.1.1.0 255.255.255.0", .asa,
      ServiceSpec(.any), net("10.0.0.0/24"), net("10.1.1.0/24")),
    // I-ACL-01: IOS has wildcards.
    Line(
      "access-list 101 permit ip 10.0.0.0 0.0.0.255 10.1.1.0 0.0.0.255", .ios,
      ServiceSpec(.any), net("10.0.0.0/24"), net("10.1.1.0/24")),
    Line(
      "access-list C extended deny udp any any eq ntp", .asa,
      ServiceSpec(.number(17), destinationPorts: .equal([123])), .any, .any),
    Line(
      "access-list 101 deny ospf any any", .ios, ServiceSpec(.number(89)), net("0.0.0.0/0"),
      net("0.0.0.0/0")),
    // X-ACL-03
    Line(
      "access-list C extended permit ip any4 any6", .asa, ServiceSpec(.any), net("0.0.0.0/0"),
      net("::/0")),
    // X-ACL-04
    Line(
      "access-list C extended permit tcp host 10.0.0.1 range 8000 8010 any neq www", .asa,
      ServiceSpec(
        .number(6), sourcePorts: .range(8000...8010), destinationPorts: .notEqual([80])),
      net("10.0.0.1/32"), .any),
    Line(
      "access-list 101 permit udp any lt 1024 any gt 1023", .ios,
      ServiceSpec(
        .number(17), sourcePorts: .lessThan(1024), destinationPorts: .greaterThan(1023)),
      net("0.0.0.0/0"), net("0.0.0.0/0")),
    Line(
      "access-list 101 permit tcp any any eq www 443 telnet", .ios,
      ServiceSpec(.number(6), destinationPorts: .equal([80, 443, 23])), net("0.0.0.0/0"),
      net("0.0.0.0/0")),
    // X-ACL-05
    Line(
      "access-list 101 permit udp any eq isakmp any eq non500-isakmp", .ios,
      ServiceSpec(.number(17), sourcePorts: .equal([500]), destinationPorts: .equal([4500])),
      net("0.0.0.0/0"), net("0.0.0.0/0")),
    // X-ACL-01
    Line(
      "access-list C extended permit object-group SVC object A object-group B", .asa,
      ServiceSpec(.group("SVC")), .object("A"), .group("B")),
    Line(
      "access-list C extended permit object SSH interface outside any", .asa,
      ServiceSpec(.object("SSH")), .interface("outside"), .any),
    Line(
      "access-list C extended permit icmp any any echo-reply", .asa,
      ServiceSpec(.number(1), icmp: .type(0, code: nil)), .any, .any),
    Line(
      "access-list 101 permit icmp any any 3 4", .ios,
      ServiceSpec(.number(1), icmp: .type(3, code: 4)), net("0.0.0.0/0"), net("0.0.0.0/0")),
    Line(
      "access-list C extended permit 47 any any", .asa, ServiceSpec(.number(47)), .any, .any),
    // X-ACL-10
    Line(
      "access-list C extended permit ip 2001:db8:1::/48 host 2001:db8:2::5", .asa,
      ServiceSpec(.any), net("2001:db8:1::/48"), net("2001:db8:2::5/128")),
    Line(
      "ipv6 access-list SIX\n permit icmp 2001:db8::/32 any nd-ns", .ios,
      ServiceSpec(.number(58), icmp: .type(135, code: nil)), net("2001:db8::/32"), net("::/0")),
    // X-ACL-14
    Line(
      "access-list 10 permit 10.1.0.0 0.0.255.255", .ios, ServiceSpec(.any), net("10.1.0.0/16"),
      net("0.0.0.0/0")),
    Line(
      "access-list 10 permit 10.1.2.3", .ios, ServiceSpec(.any), net("10.1.2.3/32"),
      net("0.0.0.0/0")),
    // I-ACL-14
    Line(
      "access-list 101 permit ip 10.0.0.1 0.255.255.0 any", .ios, ServiceSpec(.any),
      .wildcard(WildcardAddress(bits: 0x0a00_0001, wildcard: 0x00ff_ff00)), net("0.0.0.0/0")),
    Line(
      "access-list C extended permit tcp-udp any object-group HIGH any object-group LOW", .asa,
      ServiceSpec(.tcpUDP, sourcePorts: .group("HIGH"), destinationPorts: .group("LOW")), .any,
      .any),
  ]

  @Test("Protocol, ports and addresses are read as the dialect writes them", arguments: lines)
  func selectors(_ line: Line) throws {
    let entry = try entry(line.text, line.dialect)
    #expect(entry.service == line.service)
    #expect(entry.source == line.source)
    #expect(entry.destination == line.destination)
  }

  @Test("Marks behind the addresses are kept")
  func marks() throws {
    let line =
      "access-list C extended permit tcp any any eq 80 log 6 interval 300 time-range W inactive"
    let entry = try entry(line, .asa)
    #expect(entry.marks == [.log, .inactive])
    #expect(entry.timeRange == "W")
    #expect(!entry.isActive)
    #expect(entry.line == SourceLine(number: 1, text: line))
    let established = try self.entryMarks(
      "access-list 101 permit tcp any any established log-input")
    #expect(established == [.established, .log])
    #expect(try entryMarks("access-list 101 permit ip any any dscp ef") == [.otherCondition])
    #expect(try entryMarks("access-list 101 permit ip any any fragments") == [.fragments])
  }

  private func entryMarks(_ line: String) throws -> AccessControlEntry.Marks {
    try entry(line, .ios).marks
  }

  @Test("Host bits under the mask and masks of the other dialect are noticed (X-ACL-12)")
  func oddMasks() throws {
    let hostBits = try entry(
      "access-list A permit ip 192.168.3.3 255.255.255.192 192.168.12.0 255.255.255.248", .asa)
    #expect(hostBits.marks == [.sourceHostBits])
    #expect(hostBits.source == .prefix(try prefix("192.168.3.0/26")))
    let wildcard = try entry("access-list A permit ip any 10.0.0.0 0.0.0.255", .asa)
    #expect(wildcard.marks.isSuperset(of: [.foreignMask, .discontiguousMask]))
    let netmask = try entry("access-list 101 permit ip any 10.0.0.0 255.255.255.0", .ios)
    #expect(netmask.marks.contains(.foreignMask))
    let broken = try entry("access-list 101 permit ip 10.0.0.1 0.255.255.0 any", .ios)
    #expect(broken.marks == [.discontiguousMask])
  }

  @Test("Remarks are not counted, inactive lines are (X-ACL-08)")
  func positions() throws {
    let configuration = try configuration(
      """
      access-list C remark first
      access-list C extended permit ip any host 10.0.0.1 inactive
      access-list C remark second
      access-list C extended permit ip any host 10.0.0.2
      """, .asa)
    let list = try #require(configuration.accessLists["C"])
    #expect(list.entries.map(\.position) == [1, 2])
    #expect(list.entries.map(\.line.number) == [2, 4])
    #expect(list.remarks.map(\.value) == ["first", "second"])
  }

  @Test("`line N` of an ASA inserts, in the order of the file (X-ACL-08)")
  func insertedLines() throws {
    let configuration = try configuration(
      """
      access-list C extended permit ip any host 10.0.0.1
      access-list C extended permit ip any host 10.0.0.2
      access-list C line 1 extended permit ip any host 10.0.0.3
      access-list C line 2 extended permit ip any host 10.0.0.4
      access-list C extended permit ip any host 10.0.0.5
      access-list C line 9 extended permit ip any host 10.0.0.6
      """, .asa)
    #expect(configuration.accessLists["C"]?.entries.map(\.line.number) == [3, 4, 1, 2, 5, 6])
  }

  @Test("Insertion in one pass agrees with insertion line by line")
  func insertionAgrees() throws {
    var random = Seeded(state: 7)
    for _ in 0..<30 {
      var expected: [Int] = []
      var text = ""
      for number in 1...40 {
        let at = Int(random.next() % 60)
        let line = at > 40 ? "" : "line \(max(1, at)) "
        text += "access-list C \(line)extended permit ip any any\n"
        expected.insert(
          number, at: line.isEmpty ? expected.count : min(max(1, at) - 1, expected.count))
      }
      let list = try configuration(text, .asa).accessLists["C"]
      #expect(list?.entries.map(\.line.number) == expected)
    }
  }

  @Test("Sequence numbers of IOS order the list whatever the file order (X-ACL-08)")
  func sequenceNumbers() throws {
    let configuration = try configuration(
      """
      ip access-list extended C
       20 permit ip any host 10.0.0.2
       10 permit ip any host 10.0.0.1
       permit ip any host 10.0.0.3
       15 deny ip any any
       remark done
      """, .ios)
    let list = try #require(configuration.accessLists["C"])
    #expect(list.entries.map(\.line.number) == [3, 5, 2, 4])
    #expect(list.entries.map(\.position) == [1, 2, 3, 4])
    #expect(list.entries.map(\.sequenceNumber) == [10, 15, 20, nil])
  }

  @Test("Names of `names` stand for addresses everywhere (X-PARSE-06)")
  func hostNames() throws {
    let configuration = try configuration(
      """
      names
      name 10.1.1.0 BRANCH description branch lan
      name 192.0.2.2 PEER
      access-list C extended permit ip host PEER BRANCH 255.255.255.0
      crypto map m 1 set peer PEER
      """, .asa)
    let entry = try #require(configuration.accessLists["C"]?.entries.first)
    #expect(entry.source == .prefix(try prefix("192.0.2.2/32")))
    #expect(entry.destination == .prefix(try prefix("10.1.1.0/24")))
    #expect(
      configuration.cryptoMaps["m"]?.entry(1)?.peers.first?.value.address == IPAddress("192.0.2.2"))
    #expect(configuration.notUnderstood.isEmpty)
  }

  @Test(
    "A line that cannot be read is listed with its number and a reason",
    arguments: [
      "access-list C extended permit", "access-list C extended permit ip 10.0.0.0 255.255.255.0",
      "access-list C extended permit tcp any any eq 70000",
      "access-list C extended permit ip any any bogus",
      "access-list C extended allow ip any any", "access-list",
      "access-list C extended permit foo any any",
    ])
  func unreadable(_ line: String) throws {
    let configuration = try configuration("hostname fw\n\(line)\n", .asa)
    #expect(configuration.notUnderstood.map(\.line) == [SourceLine(number: 2, text: line)])
    #expect(configuration.notUnderstood.allSatisfy { !$0.message.isEmpty })
    #expect(configuration.accessLists["C"]?.entries.isEmpty ?? true)
  }
}

/// A small reproducible source of random numbers (splitmix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
