import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

@Suite("Recognition by content")
struct RecognitionTests {
  private func convincing(_ bytes: [UInt8], missing: Int = 0) -> Bool {
    ISAKMPHeader.isConvincing(bytes.rawSpan, missing: missing)
  }

  private func plausible(_ bytes: [UInt8]) -> Bool { ISAKMPHeader.isPlausible(bytes.rawSpan) }

  @Test("takes messages of both versions, encrypted and in clear", arguments: Specimens.all)
  func specimens(bytes: [UInt8]) {
    #expect(convincing(bytes))
    #expect(plausible(bytes))
  }

  @Test("takes encrypted IKEv1, empty IKEv2, and messages cut by the snap length")
  func others() {
    #expect(
      convincing(IKEBuilder.raw(version: 1, first: 8, exchange: 32, flags: 1, body: filler(64))))
    #expect(convincing(IKEBuilder.message(version: 2, exchange: 37, flags: 0x20, [])))
    let whole = Specimens.version2
    #expect(convincing(Array(whole[..<96]), missing: whole.count - 96))
    #expect(!convincing(Array(whole[..<96])))
  }

  @Test("leaves everything alone that is not quite IKE")
  func lookAlikes() {
    let message = IKEBuilder.message(version: 2, exchange: 34, flags: 8, [.init(40, filler(32))])
    #expect(convincing(message))
    let changes: [(Int, UInt8)] = [
      (16, 77), (17, 0x21), (17, 0x30), (18, 1), (18, 0), (19, 0x40), (27, 63), (31, 3), (30, 1),
    ]
    for (index, value) in changes {
      var changed = message
      changed[index] = value
      #expect(!convincing(changed), "byte \(index) = \(value)")
    }
    #expect(!convincing([UInt8](repeating: 0, count: 8) + message.dropFirst(8)))
    #expect(!convincing(message + [0]))
    #expect(!convincing([]))
    #expect(!convincing([0xff]))
    #expect(!convincing(filler(27)))
    #expect(!convincing(filler(300)))
    #expect(!plausible(filler(300)))
  }
}

@Suite("Address ranges")
struct AddressRangeTests {
  @Test(
    "are written as the subnet they are, or as first and last",
    arguments: [
      ("10.1.0.0", "10.1.0.255", "10.1.0.0/24"), ("10.1.0.7", "10.1.0.7", "10.1.0.7"),
      ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),
      ("10.1.0.1", "10.1.0.255", "10.1.0.1-10.1.0.255"),
      ("10.1.0.0", "10.1.1.254", "10.1.0.0-10.1.1.254"), ("10.0.0.0", "10.0.0.1", "10.0.0.0/31"),
      ("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0"),
      ("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::/64"),
      ("2001:db8::", "2001:db8:0:ffff:ffff:ffff:ffff:ffff", "2001:db8::/48"),
      ("2001:db8::4", "2001:db8::7", "2001:db8::4/126"),
      ("2001:db8::4", "2001:db8::8", "2001:db8::4-2001:db8::8"),
    ])
  func text(first: String, last: String, text: String) throws {
    let range = try #require(IPAddress(first))...(try #require(IPAddress(last)))
    #expect(IPAddress.text(of: range) == text)
  }

  @Test("follow from an address and a mask or length", arguments: 0...32)
  func subnets(length: Int) throws {
    let address = try #require(IPAddress("172.16.203.77"))
    let range = try #require(address.subnet(length: length))
    let mask = IPAddress(ipv4: length == 0 ? 0 : UInt32.max << UInt32(32 - length))
    #expect(mask.maskLength == length)
    #expect(address.subnet(mask: mask) == range)
    #expect(range.contains(address))
    #expect(IPAddress.prefixLength(of: range) == length)
  }

  @Test("of IPv6 follow from an address and a length", arguments: 0...128)
  func subnetsIPv6(length: Int) throws {
    let address = try #require(IPAddress("2001:db8:1234:5678:9abc:def0:1234:5678"))
    let range = try #require(address.subnet(length: length))
    #expect(range.contains(address))
    #expect(IPAddress.prefixLength(of: range) == length)
  }

  @Test("need a mask of contiguous ones and a length that fits")
  func refusals() throws {
    let address = try #require(IPAddress("10.0.0.1"))
    #expect(IPAddress("255.0.255.0")?.maskLength == nil)
    #expect(IPAddress("ffff:0:ffff::")?.maskLength == nil)
    #expect(address.subnet(length: 33) == nil)
    #expect(address.subnet(length: -1) == nil)
    #expect(address.subnet(mask: try #require(IPAddress("ffff::"))) == nil)
  }
}
