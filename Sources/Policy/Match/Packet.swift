package import Bytes

/// The fields of a packet that a crypto access list looks at.
package struct Packet: Sendable, Hashable {
  package var source: IPAddress
  package var destination: IPAddress
  /// The IP protocol number.
  package var protocolNumber: UInt8
  /// Nil where the protocol has none, or where it is not known.
  package var sourcePort: UInt16?
  package var destinationPort: UInt16?
  package var icmpType: UInt8?
  package var icmpCode: UInt8?
  /// True for a fragment that is not the first: it carries no ports.
  package var isLaterFragment = false
  /// True when the IPv4 header has options.
  package var hasOptions = false

  package init(
    _ source: IPAddress, _ destination: IPAddress, protocolNumber: UInt8, sourcePort: UInt16? = nil,
    destinationPort: UInt16? = nil
  ) {
    self.source = source
    self.destination = destination
    self.protocolNumber = protocolNumber
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }

  /// The packet as the other end would send it: addresses and ports exchanged.
  package var reversed: Packet {
    var result = self
    (result.source, result.destination) = (destination, source)
    (result.sourcePort, result.destinationPort) = (destinationPort, sourcePort)
    return result
  }
}

extension Packet: CustomStringConvertible {
  /// `tcp 10.0.0.5:1025 > 10.1.1.9:443`.
  package var description: String {
    let name = ProtocolName(protocolNumber)
    return "\(name) \(Self.text(source, sourcePort)) > \(Self.text(destination, destinationPort))"
  }

  private static func text(_ address: IPAddress, _ port: UInt16?) -> String {
    guard let port else { return "\(address)" }
    return address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
