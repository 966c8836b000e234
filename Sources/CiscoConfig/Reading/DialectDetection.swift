/// Tells the dialect of a text by the commands that only one of them has (X-PARSE-11).
struct DialectDetection {
  private var scores: [Dialect: Int] = [:]
  private var linesLeft = 20_000

  /// The dialect that more commands speak for; an ASA's where nothing tells.
  var dialect: Dialect {
    scores[.ios, default: 0] > scores[.asa, default: 0] ? .ios : .asa
  }

  /// Looks at the first lines of a text.
  static func dialect(of text: [UInt8]) -> Dialect {
    var detection = DialectDetection()
    var lines = TextLines(text)
    while detection.linesLeft > 0, let line = lines.next() {
      detection.linesLeft -= 1
      if let statement = Statement(line, number: lines.number) { detection.look(at: statement) }
    }
    return detection.dialect
  }

  private mutating func vote(_ dialect: Dialect, _ weight: Int) {
    scores[dialect, default: 0] += weight
  }

  private mutating func look(at statement: Statement) {
    var cursor = WordCursor(statement)
    _ = cursor.take("no")
    let first = cursor.peek()
    let second = cursor.peek(1)
    switch first {
    case "asa", "fwsm", "ngfw", "pix": if second == "version" { vote(.asa, 100) }
    case "version": if second.utf8.first?.isDigit == true { vote(.ios, 20) }
    case "crypto": voteOnCrypto(cursor)
    case "access-list": voteOnAccessList(cursor)
    case "ip": voteOnIP(cursor)
    case "interface": if second.contains("management0/0") { vote(.asa, 1) }
    case ":": if second == "saved" { vote(.asa, 20) }
    default:
      if Self.asaVerbs.contains(first) { vote(.asa, 5) }
      if Self.iosVerbs.contains(first) { vote(.ios, 3) }
      if first == "tunnel", second == "protection" { vote(.ios, 2) }
      if first == "set" || first == "match" { voteOnSubcommand(cursor) }
    }
  }

  private static let asaVerbs: Set<String> = [
    "nameif", "tunnel-group", "tunnel-group-map", "group-policy", "security-level", "names",
    "same-security-traffic", "sysopt", "object", "nat", "global", "static", "access-group",
    "isakmp", "changeto", "failover", "asdm", "route", "monitor-interface", "name",
    "threat-detection", "webvpn", "ikev1", "protocol",
  ]

  private static let iosVerbs: Set<String> = [
    "encr", "line", "router", "service", "boot-start-marker", "vrf", "tunnel", "pre-shared-key",
    "self-identity", "keyring", "ip-address", "duplex", "no-ip", "redundancy", "address-family",
    "spanning-tree", "license", "transport", "building",
  ]

  private mutating func voteOnSubcommand(_ cursor: WordCursor) {
    switch cursor.peek(1) {
    case "isakmp-profile", "ikev2-profile", "session-key": vote(.ios, 10)
    case "transform-set", "peer", "address": vote(.ios, 2)
    case "ikev1", "ikev2": vote(.asa, 3)
    default: break
    }
  }

  private mutating func voteOnCrypto(_ cursor: WordCursor) {
    switch cursor.peek(1) {
    case "ikev1": vote(.asa, 10)
    case "keyring", "gdoi", "pki", "ssl": vote(.ios, 10)
    case "ikev2":
      switch cursor.peek(2) {
      case "enable", "remote-access": vote(.asa, 10)
      case "proposal", "profile", "keyring": vote(.ios, 10)
      default: break
      }
    case "isakmp":
      switch cursor.peek(2) {
      case "enable" where cursor.count > 3: vote(.asa, 10)
      case "am-disable", "nat-traversal", "ipsec-over-tcp", "disconnect-notify": vote(.asa, 10)
      case "policy" where cursor.count > 4: vote(.asa, 5)
      case "key", "profile", "client": vote(.ios, 10)
      default: break
      }
    case "map", "dynamic-map":
      switch cursor.peek(4) {
      case "match", "set": vote(.asa, 5)
      case "ipsec-isakmp", "ipsec-manual": vote(.ios, cursor.count == 5 ? 3 : 0)
      default: if cursor.count == 3 { vote(.ios, 5) }
      }
      if cursor.peek(3) == "interface" { vote(.asa, 10) }
    case "ipsec":
      if cursor.peek(2) == "ikev1" || cursor.peek(2) == "ikev2" { vote(.asa, 10) }
      if cursor.count > 5, ["128", "192", "256"].contains(cursor.peek(5)) { vote(.ios, 5) }
    default: break
    }
  }

  private mutating func voteOnIP(_ cursor: WordCursor) {
    switch cursor.peek(1) {
    case "access-list", "nat", "route", "cef", "http", "domain", "classless", "ssh", "nhrp",
      "ospf", "unnumbered", "vrf", "tcp", "mtu":
      vote(.ios, 5)
    case "local": vote(cursor.peek(2) == "pool" ? .asa : .ios, 1)
    default: break
    }
  }

  /// A network mask and a wildcard tell themselves apart but for 0.0.0.0 and 255.255.255.255.
  private mutating func voteOnAccessList(_ cursor: WordCursor) {
    if cursor.peek(2) == "extended" || cursor.peek(2) == "line" { return vote(.asa, 5) }
    var cursor = cursor
    cursor.skip(3)
    var addresses: [UInt32] = []
    while !cursor.isAtEnd, addresses.count < 2 {
      if let bits = cursor.takeIPv4() {
        addresses.append(bits)
      } else {
        addresses = []
        cursor.skip()
      }
    }
    guard addresses.count == 2, addresses[1] != 0, addresses[1] != .max else { return }
    vote(addresses[1] >> 31 == 1 ? .asa : .ios, 2)
  }
}
