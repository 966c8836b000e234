/// The words for ports and ICMP messages (X-ACL-05). The platforms' tables do not contradict each
/// other, so one table holds them all.
enum ServiceNames {
  /// Port numbers by keyword.
  static let ports: [String: UInt16] = [
    "aol": 5190, "bgp": 179, "biff": 512, "bootpc": 68, "bootps": 67, "chargen": 19, "cifs": 3020,
    "citrix-ica": 1494, "cmd": 514, "connectedapps-plain": 15001, "connectedapps-tls": 15002,
    "ctiqbe": 2748, "daytime": 13, "discard": 9, "dnsix": 195, "domain": 53, "drip": 3949,
    "echo": 7, "exec": 512, "finger": 79, "ftp": 21, "ftp-data": 20, "gopher": 70, "h323": 1720,
    "hostname": 101, "http": 80, "https": 443, "ident": 113, "imap4": 143, "irc": 194,
    "isakmp": 500, "kerberos": 750, "klogin": 543, "kshell": 544, "ldap": 389, "ldaps": 636,
    "login": 513, "lotusnotes": 1352, "lpd": 515, "mobile-ip": 434, "msrpc": 135, "nameserver": 42,
    "netbios-dgm": 138, "netbios-ns": 137, "netbios-ss": 139, "netbios-ssn": 139, "nfs": 2049,
    "nntp": 119, "non500-isakmp": 4500, "ntp": 123, "pcanywhere-data": 5631,
    "pcanywhere-status": 5632, "pim-auto-rp": 496, "pop2": 109, "pop3": 110, "pptp": 1723,
    "radius": 1645, "radius-acct": 1646, "rip": 520, "ripv6": 521, "rsh": 514, "rtsp": 554,
    "secureid-udp": 5510, "sip": 5060, "smtp": 25, "snmp": 161, "snmptrap": 162, "sqlnet": 1521,
    "ssh": 22, "sunrpc": 111, "syslog": 514, "tacacs": 49, "tacacs-ds": 65, "talk": 517,
    "telnet": 23, "tftp": 69, "time": 37, "uucp": 540, "vxlan": 4789, "who": 513, "whois": 43,
    "www": 80, "xdmcp": 177,
  ]

  /// ICMP types, and codes where the word fixes one.
  static let icmp: [String: (type: UInt8, code: UInt8?)] = [
    "echo-reply": (0, nil), "unreachable": (3, nil), "net-unreachable": (3, 0),
    "host-unreachable": (3, 1), "protocol-unreachable": (3, 2), "port-unreachable": (3, 3),
    "packet-too-big": (3, 4), "source-route-failed": (3, 5), "network-unknown": (3, 6),
    "host-unknown": (3, 7), "host-isolated": (3, 8), "dod-net-prohibited": (3, 9),
    "dod-host-prohibited": (3, 10), "net-tos-unreachable": (3, 11),
    "host-tos-unreachable": (3, 12), "administratively-prohibited": (3, 13),
    "host-precedence-unreachable": (3, 14), "precedence-unreachable": (3, 15),
    "source-quench": (4, nil), "redirect": (5, nil), "net-redirect": (5, 0),
    "host-redirect": (5, 1), "net-tos-redirect": (5, 2), "host-tos-redirect": (5, 3),
    "alternate-address": (6, nil), "echo": (8, nil), "router-advertisement": (9, nil),
    "router-solicitation": (10, nil), "time-exceeded": (11, nil), "ttl-exceeded": (11, 0),
    "reassembly-timeout": (11, 1), "parameter-problem": (12, nil),
    "general-parameter-problem": (12, 0), "option-missing": (12, 1),
    "no-room-for-option": (12, 2), "timestamp-request": (13, nil), "timestamp-reply": (14, nil),
    "information-request": (15, nil), "information-reply": (16, nil), "mask-request": (17, nil),
    "mask-reply": (18, nil), "traceroute": (30, nil), "conversion-error": (31, nil),
    "mobile-redirect": (32, nil),
  ]

  /// ICMPv6 types, and codes where the word fixes one.
  static let icmpv6: [String: (type: UInt8, code: UInt8?)] = [
    "unreachable": (1, nil), "no-route": (1, 0), "no-admin": (1, 1), "beyond-scope": (1, 2),
    "address-unreachable": (1, 3), "port-unreachable": (1, 4), "packet-too-big": (2, nil),
    "time-exceeded": (3, nil), "hop-limit": (3, 0), "reassembly-timeout": (3, 1),
    "parameter-problem": (4, nil), "header": (4, 0), "next-header": (4, 1),
    "parameter-option": (4, 2), "echo": (128, nil), "echo-request": (128, nil),
    "echo-reply": (129, nil), "membership-query": (130, nil), "mld-query": (130, nil),
    "membership-report": (131, nil), "mld-report": (131, nil), "membership-reduction": (132, nil),
    "mld-reduction": (132, nil), "router-solicitation": (133, nil),
    "router-advertisement": (134, nil), "nd-ns": (135, nil), "neighbor-solicitation": (135, nil),
    "nd-na": (136, nil), "neighbor-advertisement": (136, nil), "redirect": (137, nil),
    "neighbor-redirect": (137, nil), "router-renumbering": (138, nil), "mldv2": (143, nil),
  ]

  /// The service objects that an ASA knows without their being defined: a protocol's name, or
  /// `icmp-` and a message (`object icmp-echo`).
  static func builtInObject(_ name: String) -> ServiceElement? {
    if name == "ip" { return ServiceElement(ipProtocol: nil) }
    if let number = ProtocolNames.numbers[name] { return ServiceElement(ipProtocol: number) }
    if name.hasPrefix("icmp-"), let message = icmp[String(name.dropFirst(5))] {
      return ServiceElement(ipProtocol: 1, icmpType: message.type, icmpCode: message.code)
    }
    return nil
  }
}
