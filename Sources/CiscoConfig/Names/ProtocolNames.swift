/// The words for IP protocols, of both dialects.
enum ProtocolNames {
  /// IP protocol numbers by keyword (IANA's numbers; `ipsec` and `pptp` are an ASA's words).
  static let numbers: [String: UInt8] = [
    "ah": 51, "ahp": 51, "egp": 8, "eigrp": 88, "esp": 50, "gre": 47, "icmp": 1, "icmp6": 58,
    "icmpv6": 58, "igmp": 2, "igrp": 9, "ipcomp": 108, "ipinip": 4, "ipsec": 50, "l2tp": 115,
    "nos": 94, "ospf": 89, "pcp": 108, "pim": 103, "pptp": 47, "rsvp": 46, "sctp": 132, "snp": 109,
    "tcp": 6, "udp": 17, "vrrp": 112,
  ]
}
