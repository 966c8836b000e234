import Bytes
import CiscoConfig

@testable import Policy

/// Configurations of IOS by chance: wildcards with gaps, sequence numbers out of order, port lists,
/// manual, dynamic, group and incomplete entries, lists that are missing or empty.
struct RandomRouter {
  private var generator: SeededGenerator
  private(set) var text = "version 15.2\nhostname R\n"

  init(seed: UInt64, entries: Int, elements: Int) {
    generator = SeededGenerator(seed: seed)
    text += "crypto ipsec transform-set T esp-aes esp-sha-hmac\n"
    text += "object-group network G\n host 10.0.1.3\n 10.1.0.0 255.255.0.0\n"
    for entry in 1...entries {
      if generator.chance(6) { continue }
      text += "ip access-list extended L\(entry)\n"
      guard !generator.chance(6) else { continue }
      for element in 0..<max(1, elements / entries) { writeElement(element) }
    }
    for entry in 1...entries { writeEntry(entry) }
    text += "interface Serial0\n ip address 192.0.2.1 255.255.255.0\n crypto map M\n"
  }

  private mutating func writeElement(_ element: Int) {
    let place = generator.chance(30) ? "\(1 + generator.below(900)) " : ""
    let number = generator.pick(["ip", "tcp", "udp", "icmp", "47"])
    var line = " \(place)\(generator.chance(70) ? "permit" : "deny") \(number) \(side()) "
    let hasPorts = number == "tcp" || number == "udp"
    if hasPorts, generator.chance(20) { line += "eq \(20 + generator.below(8)) " }
    line += side()
    if hasPorts {
      line += generator.pick(["", " eq 21 22 25", " range 22 24", " neq 23", " lt 22"])
      if number == "tcp", generator.chance(5) { line += " established" }
    }
    if generator.chance(4) { line += " time-range T\(generator.below(3))" }
    if generator.chance(3) { line += " fragments" }
    text += line + "\n"
  }

  private mutating func side() -> String {
    switch generator.below(8) {
    case 0: "any"
    case 1: "object-group G"
    case 2: "10.\(generator.below(3)).0.\(generator.below(4)) 0.0.255.0"
    case 3: "host 10.\(generator.below(3)).\(generator.below(4)).\(generator.below(4))"
    case 4: "10.\(generator.below(3)).0.0 0.0.255.255"
    default: "10.\(generator.below(3)).\(generator.below(4)).0 0.0.0.255"
    }
  }

  private mutating func writeEntry(_ entry: Int) {
    let settings =
      (generator.chance(94) ? " set peer 198.51.100.\(entry)\n" : "") + " set transform-set T\n"
      + " match address L\(entry)\n"
    switch generator.below(10) {
    case 0:
      text += "crypto map M \(entry) ipsec-manual\n\(settings)"
      if generator.chance(50) {
        text += " set session-key outbound esp 1000 cipher 0123456789abcdef0123456789abcdef\n"
      }
    case 1:
      text += "crypto dynamic-map D\(entry) 1\n set transform-set T\n"
      if generator.chance(60) { text += " match address L\(entry)\n" }
      text += "crypto map M \(entry) ipsec-isakmp dynamic D\(entry)\n"
    case 2:
      text += "crypto map M \(entry) gdoi\n set group G1\n"
      if generator.chance(60) { text += " match address L\(entry)\n" }
    default: text += "crypto map M \(entry) ipsec-isakmp\n\(settings)"
    }
  }

  mutating func packet() -> Packet {
    let source = IPAddress(ipv4: address())
    let destination =
      generator.chance(4) ? IPAddress(ipv4: 0xe000_0005) : IPAddress(ipv4: address())
    var packet = Packet(source, destination, protocolNumber: generator.pick([6, 6, 17, 1, 47]))
    packet.hasOptions = generator.chance(4)
    packet.isLaterFragment = generator.chance(6)
    if packet.protocolNumber != 1, packet.protocolNumber != 47, !packet.isLaterFragment {
      packet.sourcePort = UInt16(20 + generator.below(8))
      packet.destinationPort = UInt16(20 + generator.below(8))
    }
    return packet
  }

  private mutating func address() -> UInt32 {
    0x0a00_0000 | UInt32(generator.below(3)) << 16 | UInt32(generator.below(4)) << 8
      | UInt32(generator.below(5))
  }

  func configuration() throws -> CryptoConfiguration {
    try CryptoConfiguration(parsing: Array(text.utf8), path: "random.cfg", dialect: .ios)
  }
}
