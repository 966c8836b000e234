import Bytes
package import ISAKMP
package import Registries

/// One exchange of an IKE SA: its messages in the order of the wire, and what they held.
package final class Exchange {
  /// How far an exchange has come, as an observer can tell.
  package enum State: Hashable, Sendable {
    /// A message has gone out and the next one has not been seen.
    case waiting
    /// All messages that the exchange needs were seen.
    case complete
    /// An error notify, or a response that refuses, has ended it.
    case refused
    /// One-way: nothing is to come.
    case oneWay
  }

  /// Position among the exchanges of its IKE SA.
  package let index: Int
  package let version: IKEVersion
  package let type: ExchangeType
  package let messageID: UInt32
  /// The end of the IKE SA that started it.
  package let startedBy: Role
  package internal(set) var messages: [SeenMessage] = []
  /// Messages that were counted and not kept, for want of room.
  package internal(set) var messagesNotKept = 0
  package internal(set) var state = State.waiting

  /// What was offered, in the order of preference.
  package internal(set) var offered: [Suite] = []
  package internal(set) var chosen: Suite? {
    get { answered.first }
    set { answered = newValue.map { [$0] } ?? [] }
  }
  /// The suites of the answer, in a list that equal answers share; the first is the chosen one.
  var answered: [Suite] = []
  /// Public values by role; the group is named in IKEv2 and in the chosen suite in IKEv1. Without
  /// bytes where no key was given that they could be of use to.
  package internal(set) var keyExchange: ByRole<KeyExchange> {
    get { apart?.keyExchange ?? ByRole() }
    _modify { yield &makeApart().keyExchange }
  }
  package internal(set) var nonces: ByRole<[UInt8]> {
    get { apart?.nonces ?? ByRole() }
    _modify { yield &makeApart().nonces }
  }
  /// IKEv1 proxy identities: the exchange initiator's, then the responder's, as its first message
  /// has them (IDci, IDcr).
  package internal(set) var proxyIdentities: [Identification] {
    get { apart?.proxyIdentities ?? [] }
    _modify { yield &makeApart().proxyIdentities }
  }
  /// The proxy identities of the answer, where they were sent.
  package internal(set) var answeredProxyIdentities: [Identification] {
    get { apart?.answeredProxyIdentities ?? [] }
    _modify { yield &makeApart().answeredProxyIdentities }
  }
  /// IKEv2 traffic selectors asked for (TSi, TSr) and answered.
  package internal(set) var selectorsAsked: SelectorSet? {
    get { apart?.selectorsAsked }
    set { if newValue != nil || apart != nil { makeApart().selectorsAsked = newValue } }
  }
  package internal(set) var selectorsAnswered: SelectorSet? {
    get { apart?.selectorsAnswered }
    set { if newValue != nil || apart != nil { makeApart().selectorsAnswered = newValue } }
  }
  package internal(set) var notifies: [SeenNotify] {
    get { apart?.notifies ?? [] }
    _modify { yield &makeApart().notifies }
  }
  package internal(set) var deletes: [SeenDelete] {
    get { apart?.deletes ?? [] }
    _modify { yield &makeApart().deletes }
  }
  package internal(set) var eap: [SeenEAP] {
    get { apart?.eap ?? [] }
    _modify { yield &makeApart().eap }
  }
  package internal(set) var configurations: [SeenConfiguration] {
    get { apart?.configurations ?? [] }
    _modify { yield &makeApart().configurations }
  }
  /// HASH payloads by step, for verification.
  package internal(set) var hashVerified: [Int: Bool] {
    get { apart?.hashVerified ?? [:] }
    _modify { yield &makeApart().hashVerified }
  }
  /// What most exchanges have nothing of, being encrypted.
  private var apart: Apart?

  private final class Apart {
    var keyExchange = ByRole<KeyExchange>()
    var nonces = ByRole<[UInt8]>()
    var proxyIdentities: [Identification] = []
    var answeredProxyIdentities: [Identification] = []
    var selectorsAsked: SelectorSet?
    var selectorsAnswered: SelectorSet?
    var notifies: [SeenNotify] = []
    var deletes: [SeenDelete] = []
    var eap: [SeenEAP] = []
    var configurations: [SeenConfiguration] = []
    var hashVerified: [Int: Bool] = [:]
  }

  private func makeApart() -> Apart {
    if let apart { return apart }
    let made = Apart()
    apart = made
    return made
  }

  /// Children negotiated or attempted in it.
  package internal(set) var children: [ChildSA] = []

  /// What it is found by.
  var key: ExchangeKey?

  init(
    index: Int, version: IKEVersion, type: ExchangeType, messageID: UInt32, startedBy: Role
  ) {
    self.index = index
    self.version = version
    self.type = type
    self.messageID = messageID
    self.startedBy = startedBy
  }

  /// Different messages, copies left out, in order.
  package var distinctMessages: [SeenMessage] { messages.filter { $0.copyOf == nil } }

  /// How often the message at `index` was repeated, itself not counted.
  package func copies(of index: Int) -> Int {
    messages.reduce(0) { $0 + ($1.copyOf == index ? 1 : 0) }
  }

  /// The first message of a step.
  package func message(step: Int) -> SeenMessage? {
    messages.first { $0.step == step && $0.copyOf == nil }
  }

  /// Shortest time from a request to its response in nanoseconds, as seen at the capture point.
  package var roundTrip: Int64? {
    var shortest: Int64?
    for message in messages {
      guard message.copyOf == nil, let request = message.responseTo, request < messages.count else {
        continue
      }
      let time = message.sighting.time.since(messages[request].sighting.time)
      if time >= 0 { shortest = min(shortest ?? time, time) }
    }
    return shortest
  }
}

/// TSi and TSr of one message.
package struct SelectorSet: Hashable, Sendable {
  package var initiator: [TrafficSelector]
  package var responder: [TrafficSelector]
}
