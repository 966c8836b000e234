import Bytes
import CiscoConfig

@testable import Policy

/// Configurations and packets by chance, crowded into few networks so that they meet.
struct RandomConfiguration {
  private var generator: SeededGenerator
  private(set) var text = ""

  init(seed: UInt64, entries: Int, elements: Int) {
    generator = SeededGenerator(seed: seed)
    text = "ASA Version 9.8(2)\ninterface Ethernet0/0\n nameif outside\n"
    text += " ip address 192.0.2.1 255.255.255.0\n"
    text += "crypto ipsec ikev1 transform-set T esp-aes esp-sha-hmac\n"
    writeGroups()
    for entry in 1...entries {
      if generator.chance(6) { text += "object-group network EMPTY\(entry)\n" }
      for _ in 0..<max(1, elements / entries) { writeElement(list: "L\(entry)") }
      writeEntry(entry)
    }
    text += "crypto map M interface outside\n"
  }

  private mutating func writeGroups() {
    for object in 0..<3 {
      let first = 16 * generator.below(3)
      let third = generator.below(4)
      text += "object network O\(object)\n"
      text += " range 10.\(object).\(third).\(first + 3) 10.\(object).\(third).\(first + 40)\n"
    }
    for group in 0..<4 {
      text += "object-group network G\(group)\n"
      for _ in 0..<(1 + generator.below(5)) { text += " network-object \(network())\n" }
      if generator.chance(40) { text += " network-object object O\(generator.below(4))\n" }
      // Some groups hold one another, and some a group that is not there.
      if generator.chance(40) { text += " group-object G\(generator.below(5))\n" }
    }
    writeServices()
  }

  private mutating func writeServices() {
    text += "object-group protocol P0\n protocol-object tcp\n protocol-object gre\n"
    text += "object-group icmp-type I0\n icmp-object echo\n icmp-object unreachable\n"
    for group in 0..<3 {
      text += "object-group service S\(group)\n"
      for _ in 0..<(1 + generator.below(3)) {
        let name = generator.pick(["tcp", "udp", "tcp-udp"])
        let side = generator.pick(["destination", "source"])
        text += " service-object \(name) \(side) \(ports())\n"
      }
      if generator.chance(30) { text += " service-object icmp echo\n" }
      if generator.chance(30) { text += " group-object S\(generator.below(3))\n" }
    }
    text += "object-group service T0 tcp\n port-object eq 22\n port-object range 25 27\n"
  }

  private mutating func writeEntry(_ entry: Int) {
    let isDynamic = generator.chance(15)
    let name = isDynamic ? "crypto dynamic-map D\(entry) 1" : "crypto map M \(entry)"
    if !(isDynamic && generator.chance(30)) { text += "\(name) match address L\(entry)\n" }
    text += "\(name) set ikev1 transform-set T\n"
    if isDynamic {
      text += "crypto map M \(entry) ipsec-isakmp dynamic D\(entry)\n"
    } else if !generator.chance(4) {
      text += "\(name) set peer 198.51.100.\(1 + entry % 250)\n"
    }
    if generator.chance(10) { text += "\(name) set connection-type answer-only\n" }
  }

  private mutating func writeElement(list: String) {
    var line = "access-list \(list) extended \(generator.chance(70) ? "permit" : "deny") "
    let number = generator.pick([
      "ip", "ip", "tcp", "udp", "icmp", "gre", "object-group P0",
      "object-group S\(generator.below(4))",
    ])
    line += "\(number) \(side()) "
    let hasPorts = number == "tcp" || number == "udp"
    if hasPorts, generator.chance(20) { line += "\(ports()) " }
    line += side()
    if hasPorts, generator.chance(50) { line += " \(ports())" }
    if number == "tcp", !line.contains("range"), generator.chance(10) {
      line += line.hasSuffix("s") ? " object-group T0" : ""
    }
    if number == "icmp", generator.chance(40) {
      line += generator.pick([" echo", " 3 1", " object-group I0"])
    }
    if generator.chance(4) { line += " inactive" }
    if generator.chance(4) { line += " time-range T\(generator.below(3))" }
    text += line + "\n"
  }

  private mutating func side() -> String {
    switch generator.below(12) {
    case 0: "any"
    case 1: "any4"
    case 2: "object-group G\(generator.below(5))"
    case 6: "object O\(generator.below(4))"
    case 3: "2001:db8:\(generator.below(4))::/48"
    case 4: "any6"
    case 5: "host \(address(few: true))"
    default: network()
    }
  }

  private mutating func network() -> String {
    let masks = ["255.0.0.0", "255.255.0.0", "255.255.255.0", "255.255.255.240", "255.255.255.255"]
    let mask = generator.below(masks.count)
    let octets = [10, generator.below(3), generator.below(4), generator.below(3) * 16]
    let kept = [1, 2, 3, 4, 4][mask]
    let shown = octets.enumerated().map { $0.offset < kept ? $0.element : 0 }
    return "\(shown.map { "\($0)" }.joined(separator: ".")) \(masks[mask])"
  }

  private mutating func ports() -> String {
    let port = 20 + generator.below(8)
    return switch generator.below(5) {
    case 0: "range \(port) \(port + generator.below(4))"
    case 1: "gt \(port)"
    case 2: "neq \(port)"
    case 3: "lt \(port)"
    default: "eq \(port)"
    }
  }

  private mutating func address(few: Bool) -> String {
    "10.\(generator.below(3)).\(generator.below(4)).\(few ? generator.below(3) * 16 : generator.below(64))"
  }

  mutating func packet() -> Packet {
    if generator.chance(15) {
      return Packet(ipv6(), ipv6(), protocolNumber: generator.pick([6, 17, 58]))
    }
    let source = IPAddress(address(few: false)) ?? IPAddress(ipv4: 0)
    let destination = IPAddress(address(few: false)) ?? IPAddress(ipv4: 0)
    var packet = Packet(source, destination, protocolNumber: generator.pick([6, 6, 17, 1, 47]))
    if packet.protocolNumber == 1, generator.chance(80) {
      packet.icmpType = generator.pick([0, 3, 8])
      packet.icmpCode = generator.pick([0, 1])
    }
    guard packet.protocolNumber == 6 || packet.protocolNumber == 17 else { return packet }
    if generator.chance(5) {
      packet.isLaterFragment = true
    } else if !generator.chance(5) {
      packet.sourcePort = UInt16(20 + generator.below(10))
      packet.destinationPort = UInt16(20 + generator.below(10))
    }
    return packet
  }

  private mutating func ipv6() -> IPAddress {
    IPAddress(
      ipv6High: 0x2001_0db8_0000_0000 | UInt64(generator.below(5)) << 16,
      low: UInt64(generator.below(4)))
  }

  func configuration() throws -> CryptoConfiguration {
    try CryptoConfiguration(parsing: Array(text.utf8), path: "random.cfg", dialect: .asa)
  }
}
