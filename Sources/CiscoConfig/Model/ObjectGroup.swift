/// ASA `object network NAME`.
package struct NetworkObject: Named, Hashable {
  /// The object's name.
  package let name: String
  /// Its address, network, range or fully qualified name; nil while the object is empty.
  package var value: AddressSpec?
  /// The `object network` line.
  package let line: SourceLine
}

/// ASA `object service NAME`.
package struct ServiceObject: Named, Hashable {
  /// The object's name.
  package let name: String
  /// What it selects; nil while the object is empty.
  package var value: ServiceSpec?
  /// The `object service` line.
  package let line: SourceLine
}

/// `object-group` of either dialect.
package struct ObjectGroup: Named, Hashable {
  /// What its members are.
  package enum Kind: String, Hashable, Sendable {
    /// Addresses.
    case network
    /// Protocols with ports, or ports alone when the header names a protocol.
    case service
    /// IP protocols.
    case `protocol`
    /// ICMP message types.
    case icmpType
    /// Users, security groups, ports of IOS: kept by name only.
    case other
  }

  /// One member line.
  package enum Member: Hashable, Sendable {
    /// `network-object …`, `host …`, a subnet or a range.
    case address(AddressSpec)
    /// `service-object …`, or `tcp eq 80` in a group of IOS.
    case service(ServiceSpec)
    /// `port-object …` (the protocol is the header's).
    case ports(PortSpec)
    /// `protocol-object …`.
    case ipProtocol(ProtocolSpec)
    /// `icmp-object …`.
    case icmp(ICMPSpec)
    /// `group-object NAME`: another group of the same kind.
    case group(String)
  }

  /// The group's name.
  package let name: String
  /// What its members are.
  package var kind: Kind
  /// The protocol that the header of a service group names (`tcp`, `udp`, `tcp-udp`).
  package var headerProtocol: ProtocolSpec?
  /// The members in the order of the file.
  package var members: [Sourced<Member>] = []
  /// The header.
  package let line: SourceLine

  /// An empty group.
  package init(name: String, kind: Kind, headerProtocol: ProtocolSpec? = nil, line: SourceLine) {
    self.name = name
    self.kind = kind
    self.headerProtocol = headerProtocol
    self.line = line
  }
}

/// A `time-range`: kept with its lines, since whether it is active needs the device's clock.
package struct TimeRange: Named, Hashable {
  /// The range's name.
  package let name: String
  /// `absolute …` and `periodic …`, as written.
  package var periods: [SourceLine] = []
  /// The header.
  package let line: SourceLine
}
