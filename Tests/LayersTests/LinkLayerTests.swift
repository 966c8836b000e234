import Bytes
import Capture
import TestSupport
import Testing

@testable import Layers

private let packet = PacketBuilder.ipv4(
  "192.0.2.1", "192.0.2.2", 17, PacketBuilder.udp(500, 500, Array(0..<32)))
private let packet6 = PacketBuilder.ipv6(
  "2001:db8::1", "2001:db8::2", 17, PacketBuilder.udp(500, 500, Array(0..<32)))

private func words(_ text: String) -> [UInt8] {
  bytes(hexadecimal: text.filter { $0 != " " }) ?? []
}

/// Headers of a link type that lead to an IP packet.
struct LinkCase: CustomTestStringConvertible, Sendable {
  var linkType: UInt16
  var header: String
  var testDescription: String

  init(_ linkType: UInt16, _ header: String, _ description: String) {
    self.linkType = linkType
    self.header = header
    testDescription = description
  }
}

@Suite("Link layers")
struct LinkLayerTests {
  static let leadingToIP: [LinkCase] = [
    LinkCase(1, "020000000002 020000000001 0800", "Ethernet"),
    LinkCase(1, "020000000002 020000000001 8100 0064 0800", "Ethernet, VLAN"),
    LinkCase(1, "020000000002 020000000001 88a8 0064 8100 0065 0800", "Ethernet, QinQ"),
    LinkCase(1, "020000000002 020000000001 9100 0064 9100 0065 8100 0001 0800", "three tags"),
    LinkCase(1, "020000000002 020000000001 8847 000640ff 00064140", "two MPLS labels"),
    LinkCase(1, "020000000002 020000000001 8864 1100 0001 003e 0021", "PPPoE"),
    LinkCase(1, "020000000002 020000000001 8100 0064 8864 1100 0001 003e 0021", "VLAN, PPPoE"),
    LinkCase(1, "020000000002 020000000001 0044 aaaa03 000000 0800", "LLC and SNAP"),
    LinkCase(1, "020000000002 020000000001 8100 0064 0044 aaaa03 000000 0800", "VLAN, SNAP"),
    LinkCase(1, "020000000002 020000000001 003f 060603", "LLC of IP"),
    LinkCase(1, "020000000002 020000000001 8909 01010001 0010 0800", "TrustSec"),
    LinkCase(0, "02000000", "null, little-endian"), LinkCase(0, "00000002", "null, big-endian"),
    LinkCase(108, "00000002", "loop"), LinkCase(101, "", "raw"), LinkCase(12, "", "DLT_RAW"),
    LinkCase(228, "", "raw IPv4"), LinkCase(9, "0021", "PPP"),
    LinkCase(9, "ff03 0021", "PPP with HDLC"), LinkCase(9, "21", "PPP, compressed protocol"),
    LinkCase(9, "ff03 0281 00064140", "MPLS over PPP"),
    LinkCase(50, "ff03 0021", "PPP in HDLC"), LinkCase(50, "0f00 0800", "Cisco HDLC as PPP"),
    LinkCase(51, "1100 0001 003e 0021", "PPPoE alone"), LinkCase(204, "00 ff03 0021", "PPP, sent"),
    LinkCase(104, "0f00 0800", "Cisco HDLC"), LinkCase(205, "01 8f00 0800", "Cisco HDLC, received"),
    LinkCase(107, "1841 03 cc", "Frame Relay"),
    LinkCase(107, "1841 0800", "Frame Relay of Cisco's"),
    LinkCase(107, "1841 03 00 80 000000 0800", "Frame Relay with SNAP"),
    LinkCase(107, "18000001 03 cc", "Frame Relay, address of four bytes"),
    LinkCase(100, "aaaa03 000000 0800", "ATM"),
    LinkCase(10, "50 020000000002 020000000001 aaaa03 000000 0800", "FDDI"),
    LinkCase(113, "0000 0001 0006 020000000001 0000 0800", "cooked"),
    LinkCase(113, "0004 0001 0006 020000000001 0000 8100 0064 0800", "cooked, VLAN"),
    LinkCase(276, "0800 0000 00000002 0001 00 06 0200000000010000", "cooked 2"),
    LinkCase(
      105, "0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800", "802.11"),
    LinkCase(
      105, "8801 0000 020000000001 020000000002 020000000003 0000 0000 aaaa03 000000 0800",
      "802.11 with QoS"),
    LinkCase(
      105,
      "8803 0000 020000000001 020000000002 020000000003 0000 020000000004 0000 aaaa03 000000 0800",
      "802.11 with four addresses and QoS"),
    LinkCase(
      127,
      "00 00 1200 2f400000 1122334455667788 20 00"
        + " 8801 0000 020000000001 020000000002 020000000003 0000 0000 0000 aaaa03 000000 0800",
      "radiotap with padding"),
    LinkCase(
      192,
      "00 00 0800 69000000"
        + " 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800", "PPI"),
    LinkCase(109, "02000000 00001000 00000000", "enc"),
    LinkCase(117, "3d020000" + String(repeating: "00", count: 60), "PF log"),
    LinkCase(219, "00064140", "MPLS"),
    LinkCase(239, "02000000 08000100 08000102 44000900", "netfilter log"),
  ]

  @Test("lead to the IP packet they carry", arguments: leadingToIP)
  func leadToIP(link: LinkCase) {
    let (outcome, datagrams) = decode(words(link.header) + packet, linkType: link.linkType)
    #expect(outcome == .delivered)
    #expect(datagrams.first?.ipPacket == packet)
    #expect(datagrams.first?.ports == [500, 500])
  }

  @Test("are short, not read past, at every length", arguments: leadingToIP)
  func prefixes(link: LinkCase) {
    let frame = words(link.header) + packet
    for count in 0..<frame.count {
      let cut = Array(frame.prefix(count))
      let (whole, _) = decode(cut, linkType: link.linkType)
      #expect(whole != .unsupportedLinkType)
      let (snapped, _) = decode(cut, linkType: link.linkType, originalLength: frame.count)
      if case .malformed(let error) = snapped { #expect(error.boundedBy != "the captured length") }
    }
  }

  @Test(
    "carry IPv6 as well",
    arguments: [
      LinkCase(1, "020000000002 020000000001 86dd", "Ethernet"), LinkCase(0, "1e000000", "macOS"),
      LinkCase(0, "1c000000", "FreeBSD"), LinkCase(108, "00000018", "OpenBSD"),
      LinkCase(9, "0057", "PPP"), LinkCase(229, "", "raw"), LinkCase(107, "1841 03 8e", "FR"),
    ])
  func leadToIPv6(link: LinkCase) {
    let (_, datagrams) = decode(words(link.header) + packet6, linkType: link.linkType)
    #expect(datagrams.first?.ipPacket == packet6)
  }

  @Test(
    "of what is not IP deliver nothing",
    arguments: [
      LinkCase(1, "ffffffffffff 020000000001 0806 0001080006040001", "ARP"),
      LinkCase(1, "0180c2000000 020000000001 0026 424203 0000000000", "spanning tree"),
      LinkCase(1, "020000000002 020000000001 8863 1109 0000 0004 01010000", "PPPoE discovery"),
      LinkCase(1, "020000000002 020000000001 8864 1100 0001 000a c021 01010008", "LCP"),
      LinkCase(105, "0841 0000 020000000001 020000000002 020000000003 0000 aaaa03", "encrypted"),
      LinkCase(105, "8000 0000 ffffffffffff 020000000002 020000000003 0000", "beacon"),
      LinkCase(0, "07000000 00000000", "another family"),
    ])
  func notIP(link: LinkCase) {
    let (outcome, datagrams) = decode(words(link.header), linkType: link.linkType)
    #expect(outcome == .notIP)
    #expect(datagrams.isEmpty)
  }

  @Test("that are not read are said so")
  func unsupported() {
    #expect(decode(packet, linkType: 147).outcome == .unsupportedLinkType)
    #expect(!isReadable(.init(rawValue: 147)))
    #expect(isReadable(.init(rawValue: 1)))
  }

  @Test("that contain each other without end are given up")
  func endlessNesting() {
    let tags = [[UInt8]](repeating: [0x81, 0, 0, 1], count: 4000).flatMap { $0 }
    #expect(decode(words("020000000002 020000000001") + tags).outcome == .notIP)
    // LLC, SNAP, an EtherType of VLAN, a length, and LLC again.
    let loop = words("aaaa03 000000 8100 0001 0100")
    let frames = [[UInt8]](repeating: loop, count: 4000).flatMap { $0 }
    #expect(decode(words("020000000002 020000000001 0100") + frames).outcome == .notIP)
    let serial = [[UInt8]](repeating: words("0f00 880b"), count: 4000).flatMap { $0 }
    #expect(decode(serial, linkType: 50).outcome == .notIP)
    let labels = [[UInt8]](repeating: words("00064000"), count: 4000).flatMap { $0 }
    #expect(decode(labels, linkType: 219).outcome == .notIP)
  }
}
