package import Bytes
package import CiscoConfig

/// A question to a configuration: what `explain --query` reads.
package enum Query: Sendable {
  /// A packet, on its way out or in.
  case flow(FlowQuestion)
  /// An IKEv1 phase 1 offer, asked of the responder.
  case phase1(Phase1Question)
  /// An IKEv1 quick mode request, asked of the responder.
  case quickMode(QuickModeQuestion)
  /// An IKE_SA_INIT request, asked of the responder.
  case ike2Init(IKE2InitQuestion)
  /// The traffic selectors of a child SA request, asked of the responder.
  case ike2Child(IKE2ChildQuestion)
  /// The algorithms of a child SA request, asked of one entry.
  case ike2ChildProposal(IKE2ChildProposalQuestion)
  /// A peer to be given a tunnel group.
  case tunnelGroup(TunnelGroupQuestion)
}

/// A packet at an interface.
package struct FlowQuestion: Sendable {
  /// Which way, and what is known of it.
  package enum Direction: String, Sendable, CaseIterable {
    /// On its way out, in clear; after NAT.
    case out
    /// Come in unprotected.
    case inClear = "in-clear"
    /// Come in by an SA: the inner header.
    case inDecrypted = "in-decrypted"
  }

  /// The entry whose SA carried a decrypted packet.
  package struct SAEntry: Sendable {
    package var map: String?
    package var sequence: Int
    package var dynamicSequence: Int?

    package init(map: String?, sequence: Int, dynamicSequence: Int? = nil) {
      self.map = map
      self.sequence = sequence
      self.dynamicSequence = dynamicSequence
    }
  }

  package var direction: Direction
  /// The packet as it is at the crypto map; the inner header of a decrypted one.
  package var packet: Packet
  /// Egress for `out`, ingress otherwise; nil leaves it to the routes.
  package var interface: String?
  /// True when a negotiated SA covers the packet.
  package var saExists = false
  /// Addresses before NAT, where they are known.
  package var original: (source: IPAddress, destination: IPAddress)?
  /// True when `packet` is as it was before NAT, so that the NAT rules are still to be applied.
  package var isBeforeNAT = false
  /// Where an outbound packet came in.
  package var ingress: String?
  /// The SA by which it came, for `inDecrypted`.
  package var viaSA: SAEntry?
  /// False when the negotiation that the packet started was refused; nil when nothing is known.
  package var negotiationSucceeded: Bool?
  /// The names of the time ranges active now; nil when the time is not known.
  package var activeTimeRanges: Set<String>?
  /// True to keep every ACE in the trace.
  package var allACEs = false

  package init(_ direction: Direction, _ packet: Packet, interface: String? = nil) {
    self.direction = direction
    self.packet = packet
    self.interface = interface
  }
}

/// An IKEv1 phase 1 offer.
package struct Phase1Question: Sendable {
  /// One transform of the offer, in the configuration's spelling.
  package struct Offer: Sendable {
    /// The initiator's number for it.
    package var priority: Int
    /// `des`, `3des`, `aes-128`, `aes-192`, `aes-256`.
    package var encryption: String
    package var hash: String
    package var authentication: String
    /// The group's number, as text.
    package var group: String
    /// Seconds; nil where the offer names none.
    package var lifetime: UInt64?

    package init(
      priority: Int, encryption: String, hash: String, authentication: String, group: String,
      lifetime: UInt64?
    ) {
      self.priority = priority
      self.encryption = encryption
      self.hash = hash
      self.authentication = authentication
      self.group = group
      self.lifetime = lifetime
    }
  }

  package var interface: String?
  package var peer: IPAddress?
  package var isAggressive: Bool
  package var offers: [Offer]

  package init(
    interface: String? = nil, peer: IPAddress? = nil, isAggressive: Bool = false, offers: [Offer]
  ) {
    self.interface = interface
    self.peer = peer
    self.isAggressive = isAggressive
    self.offers = offers
  }
}

/// An IKEv1 quick mode request, seen from the responder.
package struct QuickModeQuestion: Sendable {
  package var interface: String?
  package var peer: IPAddress
  package var proxy: ProxyRequest
  /// Transform sets in the order offered, each in the ASA's spelling (`esp-aes-256`).
  package var offers: [[String]]
  /// The group of the KE payload, by number; nil without PFS.
  package var pfsGroup: Int?
  package var lifetimeSeconds: UInt64?
  package var lifetimeKilobytes: UInt64?
  /// True when the offer asks for transport mode, false for tunnel, nil when it is not known.
  package var isTransport: Bool?

  package init(peer: IPAddress, proxy: ProxyRequest, offers: [[String]], pfsGroup: Int? = nil) {
    self.peer = peer
    self.proxy = proxy
    self.offers = offers
    self.pfsGroup = pfsGroup
  }
}

/// The two ends of the traffic that a peer asks an SA for, seen from here.
package struct ProxyRequest: Sendable, Hashable {
  package var local: AddressRange
  package var remote: AddressRange
  /// Nil for any protocol.
  package var protocolNumber: UInt8?
  /// Nil for any port.
  package var localPort: UInt16?
  package var remotePort: UInt16?

  package init(
    local: AddressRange, remote: AddressRange, protocolNumber: UInt8? = nil,
    localPort: UInt16? = nil, remotePort: UInt16? = nil
  ) {
    self.local = local
    self.remote = remote
    self.protocolNumber = protocolNumber
    self.localPort = localPort
    self.remotePort = remotePort
  }
}

/// One IKEv2 proposal: a list for each transform type, in the order sent.
package struct IKE2Proposal: Sendable {
  package var number: Int
  package var encryption: [String]
  package var integrity: [String]
  package var prf: [String]
  package var groups: [Int]

  package init(
    number: Int = 1, encryption: [String], integrity: [String] = [], prf: [String] = [],
    groups: [Int] = []
  ) {
    self.number = number
    self.encryption = encryption
    self.integrity = integrity
    self.prf = prf
    self.groups = groups
  }
}

/// An IKE_SA_INIT request.
package struct IKE2InitQuestion: Sendable {
  package var interface: String?
  package var peer: IPAddress?
  package var proposals: [IKE2Proposal]
  /// The group of the KE payload.
  package var keGroup: Int?

  package init(
    interface: String? = nil, peer: IPAddress? = nil, proposals: [IKE2Proposal], keGroup: Int?
  ) {
    self.interface = interface
    self.peer = peer
    self.proposals = proposals
    self.keGroup = keGroup
  }
}

/// A child SA request: traffic selectors as on the wire, the peer being the initiator.
package struct IKE2ChildQuestion: Sendable {
  package var interface: String?
  package var peer: IPAddress
  package var initiatorSelectors: [AddressRange]
  package var responderSelectors: [AddressRange]
  /// Nil for any protocol.
  package var protocolNumber: UInt8?
  package var initiatorPort: UInt16?
  package var responderPort: UInt16?
  /// The ESP proposals, where they are known.
  package var proposals: [IKE2Proposal]
  /// The group of the KE payload; nil without one.
  package var pfsGroup: Int?
  /// True when the request came in IKE_AUTH, which carries no KE payload (S-TRAP-17).
  package var isFirstChild = true

  package init(
    peer: IPAddress, initiatorSelectors: [AddressRange], responderSelectors: [AddressRange],
    proposals: [IKE2Proposal] = []
  ) {
    self.peer = peer
    self.initiatorSelectors = initiatorSelectors
    self.responderSelectors = responderSelectors
    self.proposals = proposals
  }
}

/// The ESP algorithms of a child SA request, asked of one entry.
package struct IKE2ChildProposalQuestion: Sendable {
  package var map: String?
  package var sequence: Int
  package var proposals: [IKE2Proposal]

  package init(map: String? = nil, sequence: Int, proposals: [IKE2Proposal]) {
    self.map = map
    self.sequence = sequence
    self.proposals = proposals
  }
}

/// A peer to be given a tunnel group.
package struct TunnelGroupQuestion: Sendable {
  /// Attributes of the certificate's names, by their short lower-case names (`cn`, `ou`, …).
  package struct Certificate: Sendable {
    package var subject: [String: [String]]
    package var issuer: [String: [String]]

    package init(subject: [String: [String]], issuer: [String: [String]]) {
      self.subject = subject
      self.issuer = issuer
    }
  }

  package var certificate: Certificate?
  /// The content of the phase 1 identity; nil where it is useless.
  package var ikeIdentity: String?
  package var peer: IPAddress?

  package init(certificate: Certificate?, ikeIdentity: String?, peer: IPAddress?) {
    self.certificate = certificate
    self.ikeIdentity = ikeIdentity
    self.peer = peer
  }
}
