import Bytes
import CiscoConfig
import Foundation
import Policy

// What the policy costs: `policybench config ELEMENTS FILE` writes an ASA's configuration,
// `policybench flows COUNT ELEMENTS FILE` a capture with as many flows, and
// `policybench lookups FILE COUNT` asks the index over its crypto map.

/// Elements, and packets that meet them or nearly do.
struct Workload {
  let elements: Int

  /// Elements of one entry.
  private static let perEntry = 500

  /// Twenty entries to ten thousand elements, every seventh of them a deny.
  func configuration() -> String {
    var text = """
      ASA Version 9.8(2)
      hostname bench
      interface GigabitEthernet0/0
       nameif outside
       ip address 192.0.2.1 255.255.255.0
      interface GigabitEthernet0/1
       nameif inside
       ip address 10.0.0.1 255.0.0.0
      route outside 0.0.0.0 0.0.0.0 192.0.2.254
      crypto ipsec ikev1 transform-set T esp-aes-256 esp-sha-hmac
      crypto ikev1 enable outside
      crypto ikev1 policy 10

      """
    for number in 0..<elements {
      let action = number % 7 == 0 ? "deny" : "permit"
      text += "access-list L\(number / Self.perEntry) extended \(action) tcp "
      text +=
        "\(dotted(source(number))) 255.255.255.0 \(dotted(destination(number))) 255.255.255.0 "
      text += "eq \(443 + number % 3)\n"
    }
    for entry in 0...((elements - 1) / Self.perEntry) {
      text += "crypto map M \(entry + 1) match address L\(entry)\n"
      text += "crypto map M \(entry + 1) set peer 203.0.113.\(1 + entry % 250)\n"
      text += "crypto map M \(entry + 1) set ikev1 transform-set T\n"
    }
    return text + "crypto map M interface outside\n"
  }

  private func source(_ number: Int) -> UInt32 {
    0x0a00_0000 | UInt32(number / 250 % 250) << 16 | UInt32(number % 250) << 8
  }

  private func destination(_ number: Int) -> UInt32 {
    0xac10_0000 | UInt32(number % 250) << 8
  }

  private func dotted(_ address: UInt32) -> String { "\(IPAddress(ipv4: address))" }

  /// One flow of many: three of four meet an element.
  func flow(_ index: Int) -> (source: UInt32, destination: UInt32, port: UInt16, from: UInt16) {
    let number = index &* 7919 % elements
    return (
      source(number) | UInt32(1 + index % 250), destination(number) | UInt32(1 + index / 250 % 250),
      UInt16(443 + (number + (index % 4 == 0 ? 1 : 0)) % 3), UInt16(1024 + index % 60_000)
    )
  }

  /// Classic libpcap, Ethernet, one TCP segment a flow.
  func capture(_ count: Int) -> Data {
    var bytes: [UInt8] = []
    func put32(_ value: UInt32) {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(value >> shift & 0xff)) }
    }
    func put16(_ value: UInt16) { bytes += [UInt8(value >> 8), UInt8(value & 0xff)] }
    for word in [0xa1b2_c3d4, 0x0002_0004, 0, 0, 0xffff, 1] as [UInt32] { put32(word) }
    for index in 0..<count {
      let flow = flow(index)
      for word in [1_700_000_000, UInt32(index % 1_000_000), 54, 54] { put32(word) }
      bytes += [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0]
      for half in [0x4500, 40, 0, 0, 0x4006, 0] as [UInt16] { put16(half) }
      put32(flow.source)
      put32(flow.destination)
      put16(flow.from)
      put16(flow.port)
      for word in [1, 0, 0x5002_ffff, 0] as [UInt32] { put32(word) }
    }
    return Data(bytes)
  }
}

/// Seconds of processor time that this process has taken.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Look-ups by the index over the configuration's crypto map.
func lookUp(_ path: String, _ count: Int) throws {
  let text = try Data(contentsOf: URL(filePath: path))
  let engine = PolicyEngine(try CryptoConfiguration(parsing: Array(text), path: path))
  guard let index = FlowIndex(engine, map: "M") else { exit(65) }
  let workload = Workload(elements: index.count)
  let packets = (0..<10_000).map { number in
    let flow = workload.flow(number)
    return Packet(
      IPAddress(ipv4: flow.source), IPAddress(ipv4: flow.destination), protocolNumber: 6,
      sourcePort: flow.from, destinationPort: flow.port)
  }
  var protected = 0
  let before = processorSeconds()
  for number in 0..<count where index.decide(packets[number % packets.count]).outcome == .protect {
    protected += 1
  }
  let seconds = processorSeconds() - before
  print("\(index.count) \(count) \(protected) \(seconds > 0 ? Int(Double(count) / seconds) : 0)")
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("config", 3):
  let workload = Workload(elements: Int(arguments[1]) ?? 10_000)
  try workload.configuration().write(toFile: arguments[2], atomically: true, encoding: .utf8)
case ("flows", 4):
  let workload = Workload(elements: Int(arguments[2]) ?? 10_000)
  try workload.capture(Int(arguments[1]) ?? 100_000).write(to: URL(filePath: arguments[3]))
case ("lookups", 3):
  try lookUp(arguments[1], Int(arguments[2]) ?? 1_000_000)
default:
  print("usage: policybench config ELEMENTS FILE | flows COUNT ELEMENTS FILE | lookups FILE COUNT")
  exit(64)
}
