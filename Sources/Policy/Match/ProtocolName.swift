/// An IP protocol by the keyword that ACLs and reports use for it.
struct ProtocolName: CustomStringConvertible {
  let number: UInt8

  init(_ number: UInt8) { self.number = number }

  var description: String { Self.keywords[number] ?? "\(number)" }

  /// The number of a keyword, of one of the spellings of ASA and IOS, or of a number in digits.
  static func number(_ text: String) -> UInt8? {
    let text = text.lowercased()
    return numbers[text] ?? UInt8(text)
  }

  /// IANA's protocol numbers in the keywords of the report.
  private static let keywords: [UInt8: String] = [
    1: "icmp", 2: "igmp", 4: "ipinip", 6: "tcp", 8: "egp", 9: "igp", 17: "udp", 41: "ipv6",
    46: "rsvp", 47: "gre", 50: "esp", 51: "ah", 58: "icmp6", 88: "eigrp", 89: "ospf", 94: "nos",
    103: "pim", 108: "pcp", 109: "snp", 112: "vrrp", 115: "l2tp", 132: "sctp", 136: "udplite",
  ]

  private static let numbers: [String: UInt8] = {
    var table = [
      "ahp": UInt8(51), "ipip": 4, "ip-in-ip": 4, "ipsec": 50, "pptp": 47, "icmpv6": 58,
      "ipv6-icmp": 58, "ipcomp": 108,
    ]
    for (number, keyword) in keywords { table[keyword] = number }
    return table
  }()
}
