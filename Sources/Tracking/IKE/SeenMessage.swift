package import Bytes
package import ISAKMP
import Registries

/// How an IKE message travelled.
package enum MessageTransport: Hashable, Sendable {
  /// UDP without a marker: port 500, 848, or wherever it was recognised.
  case udp
  /// UDP behind the non-ESP marker (RFC 3948 §2.2).
  case udpMarked
  /// TCP (RFC 9329, or Cisco's).
  case tcp
}

/// Whether an encrypted message could be read.
package enum Opening: Hashable, Sendable {
  /// It was never encrypted.
  case clear
  /// Encrypted, and no key was given for it.
  case closed
  /// Opened; the integrity check, where the version has one, verifies.
  case opened
  /// A key was given and does not fit: the check fails, or what comes out is no chain of payloads.
  case doesNotFit
}

/// One IKE message as the tracker remembers it.
@usableFromInline
package struct SeenMessage: Sendable {
  /// Where it was seen; for a message put together from fragments, the last piece.
  package var sighting: Sighting
  /// Its IKE or IP fragments, in order of arrival; empty when it came in one piece.
  package var pieces: [Sighting] {
    get { rare?.value.pieces ?? [] }
    set { setRare { $0.pieces = newValue } }
  }
  /// Which end of the IKE SA sent it.
  package var from: Role
  /// True for an IKEv2 response.
  @usableFromInline
  package let isResponse: Bool
  /// True for a message in one piece whose format is sound, as far as it was read.
  @usableFromInline
  package private(set) var isOrdinary = true
  package var opening = Opening.clear
  package internal(set) var source: Endpoint {
    get { path.source }
    set { path = MessagePath(source: newValue, destination: destination, transport: transport) }
  }
  package internal(set) var destination: Endpoint {
    get { path.destination }
    set { path = MessagePath(source: source, destination: newValue, transport: transport) }
  }
  package internal(set) var transport: MessageTransport {
    get { path.transport }
    set { path = MessagePath(source: source, destination: destination, transport: newValue) }
  }
  package let header: ISAKMPHeader
  /// Bytes of the message, ISAKMP header included.
  package var byteCount: Int {
    get { Int(storedByteCount) }
    set { storedByteCount = Int32(clamping: newValue) }
  }
  /// Position in its exchange, from 1 (MM1 … MM6, QM1 …); 0 when that cannot be told.
  package var step: Int {
    get { Int(storedStep) }
    set { storedStep = Int32(clamping: newValue) }
  }
  /// The field's name of the message: `MM1`, `QM2`, `IKE_AUTH request 1`.
  package var label: String {
    header.version == .v2
      ? MessageNaming.v2(header) : MessageNaming.v1(header.exchangeType, step: step)
  }
  /// The name of an IKEv2 message up to its number.
  package var unnumberedLabel: String { MessageNaming.unnumbered(header) }
  /// Its payloads in short notation, with what was inside where it was opened.
  package var notation: String {
    get { look.value.notation }
    set { setLook { $0.notation = newValue } }
  }
  /// Type numbers of its payloads in clear.
  package var payloadTypes: [UInt8] {
    get { look.value.payloadTypes }
    set { setLook { $0.payloadTypes = newValue } }
  }
  /// Type numbers of the payloads inside, where it was opened.
  package var innerTypes: [UInt8] {
    get { look.value.innerTypes }
    set { setLook { $0.innerTypes = newValue } }
  }
  /// Which of several rows of key material opened it, from 0; nil when none did.
  package var openedWith: Int? {
    get { storedOpenedWith < 0 ? nil : Int(storedOpenedWith) }
    set { storedOpenedWith = newValue.map { Int32(clamping: $0) } ?? -1 }
  }
  /// A mark of its bytes; equal marks are equal messages.
  package var fingerprint: UInt64 = 0
  /// The message that this one repeats byte for byte, as an index into the exchange's messages.
  @inlinable
  package var copyOf: Int? {
    get { storedCopyOf < 0 ? nil : Int(storedCopyOf) }
    set { storedCopyOf = newValue.map { Int32(clamping: $0) } ?? -1 }
  }
  /// The request that this one answers, as an index into the exchange's messages.
  package var responseTo: Int? {
    get { storedResponseTo < 0 ? nil : Int(storedResponseTo) }
    set { storedResponseTo = newValue.map { Int32(clamping: $0) } ?? -1 }
  }
  /// Why decoding stopped, for a malformed message.
  package var malformed: WireError? {
    get { rare?.value.outer }
    set { setRare { $0.outer = newValue } }
  }
  /// Why decoding of what was opened stopped.
  package var innerMalformed: WireError? {
    get { rare?.value.inner }
    set { setRare { $0.inner = newValue } }
  }

  // A message is copied as it is: what it says like many others, the way it came and what few have
  // are in one place each, that all copies and all messages alike share.

  var look = nothingSeen
  package internal(set) var path: MessagePath
  private var rare: SharedValue<Rare>?

  /// What few messages have.
  private struct Rare: Sendable {
    var pieces: [Sighting] = []
    var outer: WireError?
    var inner: WireError?

    var isNothing: Bool { pieces.isEmpty && outer == nil && inner == nil }
  }

  private mutating func setLook(_ change: (inout MessageLook) -> Void) {
    var changed = look.value
    change(&changed)
    look = SharedValue(changed)
  }

  private mutating func setRare(_ change: (inout Rare) -> Void) {
    var changed = rare?.value ?? Rare()
    change(&changed)
    rare = changed.isNothing ? nil : SharedValue(changed)
    isOrdinary = changed.isNothing
  }

  /// The datagram's bytes that the capture does not hold.
  package var missing: Int {
    get { Int(storedMissing) }
    set { storedMissing = Int32(clamping: newValue) }
  }

  // Numbers in half the room, -1 for none: messages are most of what is remembered.
  private var storedByteCount: Int32
  private var storedMissing: Int32 = 0
  private var storedStep: Int32 = 0
  private var storedOpenedWith: Int32 = -1
  @usableFromInline var storedCopyOf: Int32 = -1
  private var storedResponseTo: Int32 = -1

  init(
    sighting: Sighting, from: Role, path: MessagePath, header: ISAKMPHeader, byteCount: Int
  ) {
    self.sighting = sighting
    self.from = from
    self.path = path
    self.header = header
    isResponse = header.version == .v2 && header.isResponse
    storedByteCount = Int32(clamping: byteCount)
  }

  /// Bytes of the message on the wire, those included that the capture does not hold.
  package var wireByteCount: Int { byteCount + missing }

  /// True when there is ciphertext in it.
  package var isEncrypted: Bool { opening != .clear }
}

/// What a message says, as far as many others say the same.
struct MessageLook: Hashable, Sendable {
  var notation = ""
  var payloadTypes: [UInt8] = []
  var innerTypes: [UInt8] = []

  /// An IKEv2 message of nothing but an SK payload that was not opened: most messages by far.
  static let closed = SharedValue(
    MessageLook(
      notation: Message.sealedNotation, payloadTypes: [PayloadType.skV2.rawValue], innerTypes: []))
}

/// The way that messages came. Messages that came the same way share one, as a rule.
package final class MessagePath: Sendable {
  package let source: Endpoint
  package let destination: Endpoint
  package let transport: MessageTransport

  init(source: Endpoint, destination: Endpoint, transport: MessageTransport) {
    self.source = source
    self.destination = destination
    self.transport = transport
  }

  /// True for this way.
  func leads(
    from source: Endpoint, to destination: Endpoint, over transport: MessageTransport
  ) -> Bool {
    source == self.source && destination == self.destination && transport == self.transport
  }
}

/// The look of a message of which nothing is known yet.
private let nothingSeen = SharedValue(MessageLook())

/// A value in one place, never changed.
final class SharedValue<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}

/// A notify payload and where it was seen.
package struct SeenNotify: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var notify: Notify
  /// True when it came out of an encrypted and verified message.
  package var isProtected: Bool
  /// Frame of the request it answers, where it came in a response.
  package var answers: Int?
}

/// A delete payload and where it was seen.
package struct SeenDelete: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var delete: Delete
}

/// An identity payload and where it was seen.
package struct SeenIdentity: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var identity: Identification
}

/// A certificate or a request for one, and where it was seen.
package struct SeenCertificate: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var certificate: Certificate
  /// What it says; nil where it is none that X.509 describes, or cannot be read.
  package var facts: CertificateFacts?
}

/// A request for certificates of certain authorities, and where it was seen.
package struct SeenCertificateRequest: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var request: CertificateRequest
  /// IKEv1: the authority's distinguished name as text; nil where it names none.
  package var authorityName: String?
}

/// An EAP packet inside IKE_AUTH, and where it was seen.
package struct SeenEAP: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var packet: EAPPacket
}

/// Attributes of mode configuration, XAUTH or CP, and where they were seen.
package struct SeenConfiguration: Sendable {
  package var sighting: Sighting
  package var from: Role
  package var configuration: Configuration
}
