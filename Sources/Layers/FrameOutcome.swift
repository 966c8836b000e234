package import Bytes

/// What became of one frame.
package enum FrameOutcome: Hashable, Sendable {
  /// At least one datagram was delivered.
  case delivered
  /// An IP fragment, kept until its datagram is whole.
  case fragmentKept
  /// A segment of IKE and ESP over TCP that completed no record, kept until one is whole; or a
  /// copy of bytes already seen.
  case segmentKept
  /// Nothing that carries IP: ARP, a management frame, an encrypted wireless frame.
  case notIP
  /// A link type that is not read.
  case unsupportedLinkType
  /// The bytes contradict themselves; what and where.
  indirect case malformed(WireError)
  /// The snap length cut the frame before a datagram could be made out.
  indirect case truncated(WireError)
}

/// A protocol that this room reads, as errors and counts name it.
package enum Layer: String, CaseIterable, Hashable, Sendable {
  case link = "link header"
  case vlan = "VLAN tag"
  case mpls = "MPLS label"
  case pppoe = "PPPoE"
  case ppp = "PPP"
  case llc = "LLC"
  case wireless = "802.11"
  case ip = "IP"
  case ipv4 = "IPv4"
  case ipv6 = "IPv6"
  case extensionHeader = "IPv6 extension header"
  case fragment = "IP fragment"
  case gre = "GRE"
  case udp = "UDP"
  case tcp = "TCP"
  case icmp = "ICMP"
}
