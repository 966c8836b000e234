import Bytes
import Testing
import Tracking

@testable import Diagnosis

@Suite("Networks in a remedy's commands")
struct NamedNetworksTests {
  private static func range(_ first: String, _ last: String, ipProtocol: UInt8 = 0) throws
    -> SelectorRange
  {
    let low = try #require(IPAddress(first))
    let high = try #require(IPAddress(last))
    return SelectorRange(addresses: low...high, ipProtocol: ipProtocol)
  }

  @Test("stand with a mask on an ASA, with a wildcard on IOS, and hosts as hosts")
  func written() throws {
    let networks = try #require(
      NamedNetworks(
        local: Self.range("172.29.9.0", "172.29.9.255"), remote: Self.range("10.1.0.1", "10.1.0.1"))
    )
    #expect(
      networks.filled("permit ip LOCAL MASK REMOTE MASK, next")
        == "permit ip 172.29.9.0 255.255.255.0 host 10.1.0.1, next")
    #expect(
      networks.filled("permit ip LOCAL WILDCARD REMOTE WILDCARD")
        == "permit ip 172.29.9.0 0.0.0.255 host 10.1.0.1")
    #expect(networks.filled("source static LOCAL LOCAL") == "source static LOCAL LOCAL")
  }

  @Test("stand in an object as a subnet, and hosts as hosts")
  func objects() throws {
    var names = ConfigurationNames()
    names.interface = "wan"
    names.networks = NamedNetworks(
      local: try Self.range("172.29.9.0", "172.29.9.255"),
      remote: try Self.range("10.1.0.1", "10.1.0.1"))
    #expect(
      names.filled(
        "object network LOCAL, subnet LOCAL MASK; object network REMOTE, subnet REMOTE MASK; "
          + "nat (inside,OUTSIDE) source static LOCAL LOCAL")
        == "object network LOCAL, subnet 172.29.9.0 255.255.255.0; object network REMOTE, "
        + "host 10.1.0.1; nat (inside,wan) source static LOCAL LOCAL")
  }

  @Test("stay words where no two words say them")
  func unspeakable() throws {
    let net = try Self.range("10.0.0.0", "10.255.255.255")
    let odd = try Self.range("10.0.0.1", "10.0.0.9")
    let narrow = try Self.range("10.0.0.0", "10.0.0.255", ipProtocol: 17)
    let six = try Self.range("2001:db8::", "2001:db8::ffff")
    for other in [odd, narrow, six] {
      #expect(NamedNetworks(local: net, remote: other) == nil)
      #expect(NamedNetworks(local: other, remote: net) == nil)
    }
    #expect(NamedNetworks(local: net, remote: net) != nil)
  }
}
