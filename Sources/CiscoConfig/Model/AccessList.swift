/// An access list: all lines of one name, in the order in which they are tried.
package struct AccessList: Named {
  /// What the list's lines can say.
  package enum Kind: String, Hashable, Sendable {
    /// Source, destination, protocol, ports.
    case extended
    /// Addresses alone. On IOS they are sources; on an ASA (routing) destinations.
    case standard
    /// An IPv6 list of IOS or of an ASA before 9.0.
    case ipv6
    /// Ethertype, webtype, role-based and the like: no IPsec selector can come of it.
    case other
  }

  /// Name or number.
  package let name: String
  /// What its lines can say.
  package var kind: Kind
  /// The lines in the order in which they are tried: file order, `line N` of an ASA and the
  /// sequence numbers of IOS applied (X-ACL-08). Remarks are not among them, `inactive` ones are.
  package var entries: [AccessControlEntry] = []
  /// The remarks, by file order.
  package var remarks: [Sourced<String>] = []
  /// The header (`ip access-list extended NAME`) or the first line.
  package let line: SourceLine

  /// An empty list.
  package init(name: String, kind: Kind, line: SourceLine) {
    self.name = name
    self.kind = kind
    self.line = line
  }
}

/// One line of an access list (ACE).
package struct AccessControlEntry: Hashable, Sendable {
  /// What happens to a packet that matches.
  package enum Action: String, Hashable, Sendable {
    /// In a crypto map: protect.
    case permit
    /// In a crypto map: not by this entry.
    case deny
  }

  /// Marks and further conditions of a line.
  package struct Marks: OptionSet, Hashable, Sendable {
    /// The marks as bits.
    package let rawValue: UInt16
    /// Marks from their bits.
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `inactive`: the line never matches (X-ACL-07).
    package static let inactive = Marks(rawValue: 1)
    /// `log`, `log-input`.
    package static let log = Marks(rawValue: 2)
    /// `established`, or single TCP flags.
    package static let established = Marks(rawValue: 4)
    /// `fragments`: non-initial fragments only.
    package static let fragments = Marks(rawValue: 8)
    /// `dscp`, `precedence`, `tos`, `ttl`, `option`, `reflect`, `flow-label`, users, security
    /// groups: a condition that this model does not keep.
    package static let otherCondition = Marks(rawValue: 16)
    /// The source had host bits under its mask (X-ACL-12).
    package static let sourceHostBits = Marks(rawValue: 32)
    /// The destination had host bits under its mask.
    package static let destinationHostBits = Marks(rawValue: 64)
    /// A mask that is no prefix (I-ACL-14).
    package static let discontiguousMask = Marks(rawValue: 128)
    /// A mask that looks like the other dialect's: a wildcard on an ASA, a netmask on IOS.
    package static let foreignMask = Marks(rawValue: 256)
    /// `evaluate NAME` of IOS: a reflexive list is called here.
    package static let evaluate = Marks(rawValue: 512)
  }

  /// The position among the list's entries, from 1, remarks not counted, inactive ones counted.
  package var position: Int
  /// Permit or deny.
  package var action: Action
  /// Protocol, ports, ICMP message.
  package var service: ServiceSpec
  /// The packet's source.
  package var source: AddressSpec
  /// The packet's destination; `any` in standard lists of IOS.
  package var destination: AddressSpec
  /// Marks and further conditions.
  package var marks: Marks
  /// The name of the time-range outside which the line does not match (X-ACL-06).
  package var timeRange: String?
  /// The sequence number of IOS, where written.
  package var sequenceNumber: Int?
  /// Where it stands.
  package var line: SourceLine

  /// An entry without marks.
  package init(
    position: Int, action: Action, service: ServiceSpec, source: AddressSpec,
    destination: AddressSpec, marks: Marks = [], timeRange: String? = nil,
    sequenceNumber: Int? = nil, line: SourceLine
  ) {
    self.position = position
    self.action = action
    self.service = service
    self.source = source
    self.destination = destination
    self.marks = marks
    self.timeRange = timeRange
    self.sequenceNumber = sequenceNumber
    self.line = line
  }

  /// True unless the line is marked `inactive`.
  package var isActive: Bool { !marks.contains(.inactive) }
}

/// An access list bound to an interface as a packet filter.
package struct AccessGroup: Hashable, Sendable {
  /// Which packets it filters.
  package enum Direction: String, Hashable, Sendable {
    /// Packets that arrive on the interface.
    case inbound
    /// Packets that leave by the interface.
    case outbound
    /// ASA `access-group … global`: packets that arrive on any interface.
    case global
  }

  /// The list's name.
  package let accessList: String
  /// The interface (ASA: nameif); nil for a global one.
  package let interface: String?
  /// Which packets it filters.
  package let direction: Direction
  /// Where it stands.
  package let line: SourceLine

  /// A list bound to an interface.
  package init(accessList: String, interface: String?, direction: Direction, line: SourceLine) {
    self.accessList = accessList
    self.interface = interface
    self.direction = direction
    self.line = line
  }
}
