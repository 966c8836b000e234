/// The protocol field of an access list line or a service object.
package enum ProtocolSpec: Hashable, Sendable {
  /// `ip` (or `ipv6` in an IPv6 list): every protocol.
  case any
  /// An IP protocol number; names are turned into it.
  case number(UInt8)
  /// `tcp-udp`: 6 and 17.
  case tcpUDP
  /// `object NAME`: a service object.
  case object(String)
  /// `object-group NAME`: a protocol group or a service group.
  case group(String)
  /// A word that names no protocol: matches nothing known.
  case unknown(String)
}

/// The ports a line names on one side (X-ACL-04).
package enum PortSpec: Hashable, Sendable {
  /// No operator: every port, and also packets without ports.
  case any
  /// `eq p1 [p2 …]` (several on IOS only).
  case equal([UInt16])
  /// `neq p1 [p2 …]`.
  case notEqual([UInt16])
  /// `lt p`: below, p not included.
  case lessThan(UInt16)
  /// `gt p`: above, p not included.
  case greaterThan(UInt16)
  /// `range a b`, both inclusive.
  case range(ClosedRange<UInt16>)
  /// `object-group NAME`, `portgroup NAME`: a group of ports.
  case group(String)
  /// A placeholder, or a name that no table knows.
  case unknown(String)

  /// The ports as ascending ranges; nil where a reference or an unknown name decides.
  package var ranges: [ClosedRange<UInt16>]? {
    switch self {
    case .any: [0...UInt16.max]
    case .equal(let ports): ports.sorted().map { $0...$0 }
    case .notEqual(let ports): Self.gaps(between: ports.sorted())
    case .lessThan(let port): port == 0 ? [] : [0...(port - 1)]
    case .greaterThan(let port): port == .max ? [] : [(port + 1)...UInt16.max]
    case .range(let range): [range]
    case .group, .unknown: nil
    }
  }

  private static func gaps(between ports: [UInt16]) -> [ClosedRange<UInt16>] {
    var result: [ClosedRange<UInt16>] = []
    var next = 0
    for port in ports.map(Int.init) {
      if port > next { result.append(UInt16(next)...UInt16(port - 1)) }
      next = Swift.max(next, port + 1)
    }
    if next <= Int(UInt16.max) { result.append(UInt16(next)...UInt16.max) }
    return result
  }
}

/// The ICMP message a line names.
package enum ICMPSpec: Hashable, Sendable {
  /// Every message.
  case any
  /// A type and, where written, a code.
  case type(UInt8, code: UInt8?)
  /// `object-group NAME` in the type's place: an icmp-type group.
  case group(String)
  /// A word that names no message.
  case unknown(String)
}

/// Protocol, ports and ICMP message together: what a service object or a line selects.
package struct ServiceSpec: Hashable, Sendable {
  /// The IP protocol.
  package var ipProtocol: ProtocolSpec
  /// The ports of the source side.
  package var sourcePorts: PortSpec
  /// The ports of the destination side.
  package var destinationPorts: PortSpec
  /// The ICMP message.
  package var icmp: ICMPSpec

  /// A service; whatever is left out is not restricted.
  package init(
    _ ipProtocol: ProtocolSpec, sourcePorts: PortSpec = .any, destinationPorts: PortSpec = .any,
    icmp: ICMPSpec = .any
  ) {
    self.ipProtocol = ipProtocol
    self.sourcePorts = sourcePorts
    self.destinationPorts = destinationPorts
    self.icmp = icmp
  }
}

/// A service with no reference left in it: one protocol, one range of ports a side.
package struct ServiceElement: Hashable, Sendable {
  /// The IP protocol; nil for every protocol.
  package var ipProtocol: UInt8?
  /// The source ports, both ends inclusive; nil when not restricted.
  package var sourcePorts: ClosedRange<UInt16>?
  /// The destination ports, both ends inclusive; nil when not restricted.
  package var destinationPorts: ClosedRange<UInt16>?
  /// The ICMP type; nil when not restricted.
  package var icmpType: UInt8?
  /// The ICMP code; nil when not restricted.
  package var icmpCode: UInt8?

  /// A service element; whatever is left out is not restricted.
  package init(
    ipProtocol: UInt8?, sourcePorts: ClosedRange<UInt16>? = nil,
    destinationPorts: ClosedRange<UInt16>? = nil, icmpType: UInt8? = nil, icmpCode: UInt8? = nil
  ) {
    self.ipProtocol = ipProtocol
    self.sourcePorts = sourcePorts
    self.destinationPorts = destinationPorts
    self.icmpType = icmpType
    self.icmpCode = icmpCode
  }
}
