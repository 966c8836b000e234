/// The first words of commands: which are known, and which may be shortened.
enum Vocabulary {
  /// Global commands that are understood.
  static let understoodVerbs: Set<String> = [
    "access-group", "access-list", "asa", "banner", "changeto", "crypto", "domain-name", "global",
    "group-policy", "hostname", "interface", "ip", "ipv6", "isakmp", "name", "nameif", "names",
    "nat", "ngfw", "fwsm", "object", "object-group", "pix", "route", "route-map",
    "same-security-traffic",
    "static", "sysopt", "time-range", "tunnel-group", "tunnel-group-map", "version",
  ]

  /// Global commands of both dialects that are passed over; they close any sub-mode, and most
  /// open one of their own.
  static let otherVerbs: Set<String> = [
    "aaa", "aaa-server", "alias", "archive", "arp", "asdm", "auth-prompt", "boot", "call-home",
    "card", "cdp", "class-map", "clock", "config-register", "console", "context", "control-plane",
    "controller", "cts", "define", "dhcpd", "diagnostic", "dial-peer", "dialer-list", "dns",
    "dns-guard", "dot11", "dynamic-access-policy-record", "eigrp", "enable", "end", "event",
    "failover", "file", "firewall", "flow-export", "frame-relay", "ftp", "gatekeeper", "http",
    "icmp", "ipx", "key", "license", "line", "lldp", "logging", "logout", "mac-address", "memory",
    "menu", "mgcp", "mls", "monitor-interface", "mpls", "multilink", "netconf", "ntp", "pager",
    "parameter-map", "parser", "passwd", "platform", "policy-map", "ppp", "prefix-list",
    "privilege",
    "process", "prompt", "redundancy", "regex", "rep", "router", "scheduler", "service",
    "service-policy", "sla", "snmp", "snmp-server", "spanning-tree", "ssh", "ssl", "subscriber",
    "tacacs-server", "radius-server", "radius", "tacacs", "telephony-service", "telnet", "terminal",
    "tftp", "tftp-server", "threat-detection", "timeout", "track", "transceiver", "transport-map",
    "upgrade", "url-server", "user-identity", "username", "voice", "voice-card", "voice-port",
    "vlan", "vpdn", "vpn", "vpn-addr-assign", "vpn-load-balancing", "vpn-sessiondb", "vtp",
    "webvpn", "xlate", "zone", "zone-pair", "cisp", "multicast-routing", "mtu", "l2vpn", "bfd",
    "bridge", "buffers", "errdisable", "mroute", "pim", "ospf", "wccp", "cluster", "hw-module",
    "module", "ethernet", "fabric", "flow", "class", "performance-monitor", "security", "tls-proxy",
    "ctl-provider", "mount", "quota", "resource", "coredump", "jumbo-frame", "management-access",
    "management", "no-login", "fragment", "established", "url-cache", "url-block", "filter",
    "conduit", "outbound", "fixup", "floodguard", "pdm", "vpngroup", "cryptochecksum", "building",
    "current", "using", "configure", "conf", "show", "write", "copy", "reload", "clear", "debug",
    "ping", "last", "nvram", "test", "erase", "more", "dir", "sh", "wr",
  ]

  /// First words in sub-modes of crypto commands, by which a stray line is known for one of them.
  static let subcommandVerbs: Set<String> = [
    "set", "match", "reverse-route", "authentication", "encryption", "encr", "hash", "group",
    "lifetime", "integrity", "prf", "proposal", "peer", "address", "pre-shared-key", "keyring",
    "identity", "self-identity", "local-address", "protocol", "permit", "deny", "remark",
    "network-object", "service-object", "port-object", "protocol-object", "icmp-object",
    "group-object", "subnet", "fqdn", "subject-name", "issuer-name", "dpd",
  ]

  /// Global commands that people shorten, with the letters they must give.
  private static let shortened: [(String, least: Int)] = [
    ("crypto", 3), ("interface", 3), ("access-list", 8), ("access-group", 8), ("hostname", 6),
    ("tunnel-group", 8), ("object-group", 8), ("group-policy", 7), ("isakmp", 4),
    ("route-map", 7), ("same-security-traffic", 6), ("sysopt", 4),
  ]

  /// The global command a statement begins with, shortened or whole; nil when it is unknown.
  static func globalVerb(_ statement: Statement, at position: Int = 0) -> String? {
    let word = statement.keyword(position)
    if understoodVerbs.contains(word) || otherVerbs.contains(word) { return word }
    if word.hasPrefix("cryptochecksum") { return "cryptochecksum" }
    return shortened.first { statement.isWord(position, $0.0, least: $0.least) }?.0
  }

  /// True when a line begins as a command does, and so is no rest of the line before.
  static func beginsCommand(_ statement: Statement, in mode: Mode) -> Bool {
    if statement.isWord(0, "no") || statement.isWord(0, "exit") { return true }
    return globalVerb(statement) != nil || subcommandVerbs.contains(statement.keyword(0))
      || statement.isWord(0, "description")
  }
}
