package import Bytes
package import ISAKMP
package import Registries

/// A child SA (IKEv2) or phase 2 SA pair (IKEv1), or an attempt at one.
package final class ChildSA {
  package enum State: Hashable, Sendable {
    case negotiating
    case established
    case refused
    case deleted
    /// Replaced by another one.
    case rekeyed
  }

  /// What ties its packets to the exchange.
  package enum Link: Hashable, Sendable {
    /// Its SPIs were read in the exchange that negotiated it.
    case exchange
    /// Key material that names the SPI and both ends.
    case keys
    /// The same two hosts, at a time that fits; a guess.
    case addresses
  }

  /// Position among the children of its IKE SA, from 0.
  package let ordinal: Int
  /// The IKE SA; nil for a child whose negotiation the capture does not hold.
  package internal(set) weak var ikeSA: IKESA?
  /// Protocol: ESP or AH.
  package internal(set) var protocolID = SecurityProtocol.esp
  package internal(set) var state = State.negotiating
  package internal(set) var link = Link.addresses
  /// SPI that the IKE SA's initiator receives on, and the responder.
  package internal(set) var spiToInitiator: UInt32?
  package internal(set) var spiToResponder: UInt32?
  package internal(set) var offered: [Suite] = []
  package internal(set) var chosen: Suite? {
    get { answered.first }
    set { answered = newValue.map { [$0] } ?? [] }
  }
  /// The suites of the answer, shared with the exchange; the first is the chosen one.
  var answered: [Suite] = []
  /// Tunnel (true) or transport (false); nil while unknown.
  package internal(set) var isTunnelMode: Bool?
  package internal(set) var pfsGroup: DiffieHellmanGroup?
  /// Selectors on the IKE SA initiator's side and the responder's, as text.
  package internal(set) var selectorsOfInitiator: [SelectorRange] = []
  package internal(set) var selectorsOfResponder: [SelectorRange] = []
  package internal(set) var lifetimeSeconds: UInt64?
  package internal(set) var lifetimeKilobytes: UInt64?
  /// The child that this one replaces.
  package internal(set) weak var rekeys: ChildSA?
  package internal(set) var rekeyedBy: Sighting?
  package internal(set) var deletedAt: Sighting?
  package internal(set) var deletedBy: Role?
  /// Where it was negotiated, as long as its IKE SA remembers that; the exchange holds its children.
  package internal(set) weak var exchange: Exchange?
  package internal(set) var first: Sighting
  package internal(set) var last: Sighting
  /// Packets to the initiator and to the responder.
  package internal(set) var flowToInitiator: SecurityFlow?
  package internal(set) var flowToResponder: SecurityFlow?

  init(ordinal: Int, ikeSA: IKESA?, at sighting: Sighting) {
    self.ordinal = ordinal
    self.ikeSA = ikeSA
    first = sighting
    last = sighting
  }

  /// Both flows, as far as they were seen.
  package var flows: [SecurityFlow] { [flowToInitiator, flowToResponder].compactMap { $0 } }
}

/// Addresses, protocol and ports that one side of a child SA may use.
package struct SelectorRange: Hashable, Sendable {
  package var addresses: ClosedRange<IPAddress>
  /// IP protocol, 0 for any.
  package var ipProtocol: UInt8
  /// First and last port; 0…65535 for any.
  package var ports: ClosedRange<UInt16>

  package init(
    addresses: ClosedRange<IPAddress>, ipProtocol: UInt8 = 0, ports: ClosedRange<UInt16> = 0...65535
  ) {
    self.addresses = addresses
    self.ipProtocol = ipProtocol
    self.ports = ports
  }

  /// True when an address, protocol and port lie inside.
  package func contains(_ address: IPAddress, ipProtocol number: UInt8, port: UInt16) -> Bool {
    addresses.contains(address) && (ipProtocol == 0 || ipProtocol == number)
      && (ports.contains(port) || ports == 0...0)
  }
}

extension SelectorRange: CustomStringConvertible {
  /// `10.1.0.0/24`, `10.0.0.1-10.0.0.9`, with `/protocol/port` behind where narrower than any.
  package var description: String {
    var text = addressText
    let anyPort = ports == 0...65535 || ports == 0...0
    if ipProtocol != 0 || !anyPort {
      text += "/\(protocolName(ipProtocol))"
      if !anyPort {
        text +=
          ports.lowerBound == ports.upperBound
          ? "/\(ports.lowerBound)" : "/\(ports.lowerBound)-\(ports.upperBound)"
      }
    }
    return text
  }

  private var addressText: String {
    let (low, high) = (addresses.lowerBound, addresses.upperBound)
    guard low.isIPv6 == high.isIPv6 else { return "\(low)-\(high)" }
    if let length = prefixLength(low, high) { return "\(low)/\(length)" }
    return "\(low)-\(high)"
  }
}

/// Length of the prefix whose first and last addresses these are; nil when they are not.
private func prefixLength(_ low: IPAddress, _ high: IPAddress) -> Int? {
  let differing = (high: low.high ^ high.high, low: low.low ^ high.low)
  let hostBits =
    differing.high != 0
    ? 128 - differing.high.leadingZeroBitCount : 64 - differing.low.leadingZeroBitCount
  let mask = hostMask(hostBits)
  guard differing.high == mask.high, differing.low == mask.low, low.high & mask.high == 0,
    low.low & mask.low == 0
  else { return nil }
  return low.bitWidth - hostBits
}

private func hostMask(_ bits: Int) -> (high: UInt64, low: UInt64) {
  if bits >= 128 { return (.max, .max) }
  if bits > 64 { return (UInt64.max >> UInt64(128 - bits), .max) }
  if bits == 64 { return (0, .max) }
  return (0, (1 << UInt64(bits)) - 1)
}

/// IANA's keyword of an IP protocol in lower case, or its number.
package func protocolName(_ number: UInt8) -> String {
  switch number {
  case 1: "icmp"
  case 2: "igmp"
  case 4: "ipip"
  case 6: "tcp"
  case 17: "udp"
  case 41: "ipv6"
  case 47: "gre"
  case 50: "esp"
  case 51: "ah"
  case 58: "icmp6"
  case 88: "eigrp"
  case 89: "ospf"
  case 103: "pim"
  case 108: "ipcomp"
  case 112: "vrrp"
  case 132: "sctp"
  default: String(number)
  }
}
