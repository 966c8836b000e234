package import Bytes
package import ISAKMP
package import Registries

/// One IKE SA, or an attempt at one: two cookies or SPIs, two ends, and what passed between them.
package final class IKESA {
  package enum State: Hashable, Sendable {
    /// The first exchanges are under way.
    case negotiating
    /// Authenticated by both ends, as far as an observer can tell.
    case established
    /// Refused by a notify or a failed authentication.
    case failed
    /// Deleted by one end.
    case deleted
  }

  /// How phase 1 went: main, aggressive, base, IKEv2; `none` for an SA first seen later.
  package enum Mode: String, Hashable, Sendable {
    case main, aggressive, base, ikev2, none
  }

  /// Position in the order of first messages, from 0.
  package let ordinal: Int
  package let version: IKEVersion
  package internal(set) var mode: Mode
  package let initiatorSPI: UInt64
  /// 0 while the responder has not answered.
  package internal(set) var responderSPI: UInt64
  /// Present ends; ports and, with MOBIKE or NAT, addresses may move.
  package internal(set) var initiator: Endpoint
  package internal(set) var responder: Endpoint
  /// The ends of the first message.
  package let firstInitiator: Endpoint
  package let firstResponder: Endpoint
  /// False when the capture began after the first message, so that who initiated is a guess.
  package internal(set) var sawFirstMessage: Bool
  package internal(set) var state = State.negotiating
  package let first: Sighting
  package internal(set) var last: Sighting
  package internal(set) var establishedAt: Sighting?
  package internal(set) var deletedAt: Sighting?
  package internal(set) var deletedBy: Role?

  package internal(set) var exchanges: [Exchange] = []
  package internal(set) var children: [ChildSA] = []
  /// IKE messages seen, copies and those not kept included.
  package internal(set) var messageCount = 0
  package internal(set) var retransmissions = 0
  package internal(set) var malformedMessages = 0

  package internal(set) var offered: [Suite] = []
  package internal(set) var chosen: Suite? {
    get { answered.first }
    set { answered = newValue.map { [$0] } ?? [] }
  }
  /// The suites of the answer, shared with the exchange; the first is the chosen one.
  var answered: [Suite] = []
  package internal(set) var vendors: [(from: Role, id: [UInt8], meaning: VendorID?)] {
    get { seenVendors.map { (from: $0.from, id: $0.vendor.id, meaning: $0.vendor.meaning) } }
    set {
      seenVendors = newValue.map {
        SeenVendor(from: $0.from, vendor: KnownVendor(id: $0.id, meaning: $0.meaning))
      }
    }
  }
  var seenVendors: [SeenVendor] = []
  package internal(set) var identities: [SeenIdentity] = []
  package internal(set) var certificates: [SeenCertificate] = []
  package internal(set) var certificateRequests: [SeenCertificateRequest] = []
  package internal(set) var notifies: [SeenNotify] = []
  package internal(set) var deletes: [SeenDelete] = []
  package internal(set) var nat = NATObservation()
  /// Where an end's address or port changed after the first messages: NAT rebinding or MOBIKE.
  package internal(set) var moves: [(role: Role, from: Endpoint, to: Endpoint, at: Sighting)] = []
  /// Answers that came from another address than was asked.
  package internal(set) var strangeAnswers: [(from: Endpoint, at: Sighting)] = []
  /// ICMP errors that quote one of its messages or packets.
  package internal(set) var icmpErrors: [SeenICMPError] = []
  /// Messages whose fragments never all came.
  package internal(set) var incompleteFragments: [IncompleteMessage] = []
  /// NAT keepalives between its ends: count, first and last.
  package internal(set) var keepalives: (count: Int, first: Sighting, last: Sighting)? {
    get { apart?.keepalives }
    set { if newValue != nil || apart != nil { makeApart().keepalives = newValue } }
  }
  /// The IKE SA that this one replaces, and whether that was read or guessed.
  package internal(set) weak var rekeys: IKESA?
  package internal(set) var rekeyIsCertain = false
  /// True when at least one encrypted message was opened.
  package internal(set) var isOpened = false
  /// Encrypted messages for which a key was given that does not fit.
  package internal(set) var misfits: [Sighting] = []
  /// True when messages of the two ends open under different keys only: the ends derived
  /// different ones, as with two pre-shared keys.
  package internal(set) var keysDisagree = false
  /// True when a pre-shared key for these two ends was given.
  package internal(set) var hasPreSharedKey = false
  /// Checks of authentication data by a given pre-shared key or certificate.
  package internal(set) var authenticationChecks: [AuthenticationCheck] = []

  /// An IDr in the initiator's IKE_AUTH request: whom it wants to meet (RFC 7296 §2.15).
  package internal(set) var wantedResponderIdentity: Identification? {
    get { apart?.wantedResponderIdentity }
    set { if newValue != nil || apart != nil { makeApart().wantedResponderIdentity = newValue } }
  }

  var exchangeIndex = ExchangeIndex()
  var exchangesBegun = 0
  var childrenBegun = 0
  var lookedForSecretsV2 = false
  var standing = Standing.oneSided
  var heardInitiator = false
  var heardResponder = false
  /// What only some IKE SAs have, and what only keys have a use for.
  private var apart: Apart?

  private final class Apart {
    var keepalives: (count: Int, first: Sighting, last: Sighting)?
    var wantedResponderIdentity: Identification?
    var transcript = Transcript()
    var identityBodies: [Role: [UInt8]] = [:]
    var secretsV1: [SecretsV1]?
    var secretsV2: SecretsV2?
    var rowOpened: [Role: Int] = [:]
  }

  private func makeApart() -> Apart {
    if let apart { return apart }
    let made = Apart()
    apart = made
    return made
  }

  init(
    ordinal: Int, version: IKEVersion, mode: Mode, initiatorSPI: UInt64, responderSPI: UInt64,
    initiator: Endpoint, responder: Endpoint, sawFirstMessage: Bool, at sighting: Sighting
  ) {
    self.ordinal = ordinal
    self.version = version
    self.mode = mode
    self.initiatorSPI = initiatorSPI
    self.responderSPI = responderSPI
    self.initiator = initiator
    self.responder = responder
    firstInitiator = initiator
    firstResponder = responder
    self.sawFirstMessage = sawFirstMessage
    first = sighting
    last = sighting
  }

  /// What key schedules and proofs take from the messages' own bytes.
  var transcript: Transcript {
    get { apart?.transcript ?? Transcript() }
    _modify { yield &makeApart().transcript }
  }

  /// Bodies of identity payloads by their sender, for the proofs.
  var identityBodies: [Role: [UInt8]] {
    get { apart?.identityBodies ?? [:] }
    _modify { yield &makeApart().identityBodies }
  }

  /// Keys at hand for it; nil while nobody has looked.
  var secretsV1: [SecretsV1]? {
    get { apart?.secretsV1 }
    _modify { yield &makeApart().secretsV1 }
  }

  var secretsV2: SecretsV2? {
    get { apart?.secretsV2 }
    set { if newValue != nil || apart != nil { makeApart().secretsV2 = newValue } }
  }

  /// The row of key material that opened an end's messages.
  var rowOpened: [Role: Int] {
    get { apart?.rowOpened ?? [:] }
    _modify { yield &makeApart().rowOpened }
  }

  /// The end at a role.
  package func endpoint(_ role: Role) -> Endpoint { role == .initiator ? initiator : responder }

  /// True when the responder has sent something.
  package var isAnswered: Bool {
    exchanges.contains { $0.messages.contains { $0.from == .responder } }
  }

  /// The latest identity that an end claimed for itself in phase 1 or IKE_AUTH.
  package func identity(of role: Role) -> Identification? {
    identities.last { $0.from == role }?.identity
  }
}

/// An ICMP error that quotes a message or packet of an IKE SA.
package struct SeenICMPError: Sendable {
  package var sighting: Sighting
  /// Who reports it.
  package var reporter: IPAddress
  package var type: UInt8
  package var code: UInt8
  package var isICMPv6: Bool
  /// MTU of the next hop, where given.
  package var mtu: Int?
  /// The end whose packet was not delivered.
  package var quotedFrom: Role
  /// IP protocol and destination port of the quoted packet.
  package var quotedProtocol: UInt8
  package var quotedDestinationPort: UInt16

  /// Nobody listens there, or the host or network cannot be reached.
  package var isUnreachable: Bool { isICMPv6 ? type == 1 : type == 3 && code != 4 }

  /// The packet was too large for the next hop.
  package var isTooBig: Bool { isICMPv6 ? type == 2 : type == 3 && code == 4 }
}

/// An IKE message of which fragments are missing.
package struct IncompleteMessage: Hashable, Sendable {
  package var first: Sighting
  package var last: Sighting
  package var from: Role
  package var exchangeType: ExchangeType
  package var messageID: UInt32
  /// Fragment numbers that came.
  package var numbers: [Int]
  /// How many there should be; nil when the last one was not seen (Cisco's IKEv1 fragments).
  package var total: Int?
  /// True when all came in the end, in a repetition.
  package var completedLater: Bool
}

/// A check of authentication data with a key or certificate at hand.
package struct AuthenticationCheck: Hashable, Sendable {
  package enum Means: Hashable, Sendable {
    /// A pre-shared key the user gave.
    case preSharedKey(origin: String)
    /// A public key in a certificate of the capture.
    case certificate
  }

  package var sighting: Sighting
  /// Whose proof was checked.
  package var from: Role
  package var means: Means
  /// The end whose key it is, where its file tells.
  package var owner: Role?
  package var verifies: Bool
}
