import Bytes
import ISAKMP
import Registries

extension Tracker {
  /// The exchange a message belongs to, made where there is none.
  mutating func exchange(of header: ISAKMPHeader, _ from: Role, in sa: IKESA) -> Exchange {
    let startedBy = header.version == .v2 && header.isResponse ? from.peer : from
    let key = ExchangeKey(
      type: header.exchangeType, messageID: header.messageID,
      startedBy: header.version == .v2 ? startedBy : nil)
    if let exchange = sa.exchangeIndex.find(key, in: sa.exchanges) { return exchange }
    let exchange = Exchange(
      index: sa.exchangesBegun, version: header.version ?? .v2, type: header.exchangeType,
      messageID: header.messageID, startedBy: starter(of: header, from, startedBy, sa))
    sa.exchangesBegun += 1
    exchange.key = key
    sa.exchanges.append(exchange)
    sa.exchangeIndex.add(exchange, to: sa.exchanges)
    // Where no more messages are kept, exchanges without any must not take the room instead.
    let most = messagesKept < limits.messages ? limits.exchangesPerTunnel : 0
    while sa.exchanges.count > max(4, most) { forgetOldExchange(of: sa, most: most) }
    return exchange
  }

  /// Phase 1 belongs to the SA's initiator, whoever's message of it is seen first.
  private mutating func starter(
    of header: ISAKMPHeader, _ from: Role, _ startedBy: Role, _ sa: IKESA
  ) -> Role {
    guard header.version == .v1 else { return startedBy }
    return switch header.exchangeType {
    case .main, .aggressive, .base, .authenticationOnly: sa.sawFirstMessage ? .initiator : from
    default: from
    }
  }

  /// Keep-alives and deletes of a long-lived SA make room; the first exchanges stay.
  private mutating func forgetOldExchange(of sa: IKESA, most: Int) {
    let start = min(64, max(2, most / 2))
    let victim =
      sa.exchanges[start..<sa.exchanges.count - 1].firstIndex {
        $0.children.isEmpty && $0.notifies.isEmpty && $0.state != .refused
      } ?? start
    let exchange = sa.exchanges.remove(at: victim)
    messagesKept -= exchange.messages.count
    if most < limits.exchangesPerTunnel {
      messagesNotKept += exchange.messages.count
    } else {
      exchangesNotKept += 1
    }
    sa.exchangeIndex.remove(exchange)
  }

  /// Finds a message's place in its exchange: whether it repeats one, its step, what it answers.
  mutating func place(_ seen: inout SeenMessage, _ payloads: [Payload], in exchange: Exchange) {
    let header = seen.header
    if let copy = exchange.messages.firstIndex(where: {
      $0.fingerprint == seen.fingerprint && $0.from == seen.from && $0.copyOf == nil
    }) {
      seen.copyOf = copy
      seen.step = exchange.messages[copy].step
      seen.responseTo = exchange.messages[copy].responseTo
      return
    }
    if header.version == .v2 {
      seen.step = header.isResponse ? 2 : 1
    } else {
      seen.step = StepV1.next(
        header.exchangeType, sentByStarter: seen.from == exchange.startedBy,
        payloads: payloads.map(\.type),
        seen: exchange.messages.filter { $0.copyOf == nil }.map(\.step))
    }
    seen.responseTo = exchange.messages.lastIndex {
      $0.copyOf == nil && $0.from != seen.from && $0.step == seen.step - 1
    }
  }

  /// Remembers a message, takes in what it holds, and tells the observer; `saysSomething` is false
  /// where there is nothing to read in the payloads in clear.
  mutating func record(
    _ seen: SeenMessage, _ payloads: [Payload], saysSomething: Bool, _ opened: OpenedMessage?,
    _ sa: IKESA, _ exchange: Exchange
  ) {
    sa.messageCount += 1
    if seen.copyOf != nil { sa.retransmissions += 1 }
    if exchange.messages.count < limits.messagesPerTunnel, messagesKept < limits.messages {
      exchange.messages.append(seen)
      messagesKept += 1
    } else {
      exchange.messagesNotKept += 1
      messagesNotKept += 1
    }
    observer?.trackerSaw(
      seen, of: exchange, in: sa, payloads: payloads, opened: opened?.payloads ?? [])
    guard seen.copyOf == nil else { return }
    let before = sa.state
    if let opened {
      sa.isOpened = true
      messageOpened?(OpenedIKEMessage(seen, opened, tunnel: sa))
    }
    if saysSomething {
      absorb(payloads, bytes: [], of: seen, isProtected: false, exchange, sa)
    }
    if let opened {
      absorb(opened.payloads, bytes: opened.bytes, of: seen, isProtected: true, exchange, sa)
    }
    if saysSomething { checkProofs(payloads, seen, exchange, sa) }
    if let opened { checkProofs(opened.payloads, seen, exchange, sa) }
    advance(exchange, after: seen, opened != nil, sa)
    guard sa.state != before else { return }
    tell(.stateChanged(sa), at: seen.sighting)
    standingMayHaveChanged(sa, heard: seen.from)
  }
}

/// Exchanges by what they are found by. Most IKE SAs have few, among which looking is faster than
/// a table is large.
struct ExchangeIndex {
  private var table: [ExchangeKey: Exchange] = [:]
  private static let few = 16

  /// The exchange of a key among `exchanges`, which are all there are.
  func find(_ key: ExchangeKey, in exchanges: [Exchange]) -> Exchange? {
    if exchanges.count > Self.few {
      // An answer comes right behind its request, as a rule.
      if let last = exchanges.last, last.key == key { return last }
      return table[key]
    }
    return exchanges.last { $0.key == key }
  }

  /// An exchange was added to `exchanges`.
  mutating func add(_ exchange: Exchange, to exchanges: [Exchange]) {
    guard exchanges.count > Self.few else {
      // What it held is behind the times once the few are looked through instead.
      if !table.isEmpty { table = [:] }
      return
    }
    guard table.isEmpty else {
      if let key = exchange.key { table[key] = exchange }
      return
    }
    for each in exchanges {
      if let key = each.key { table[key] = each }
    }
  }

  /// An exchange is no longer kept.
  mutating func remove(_ exchange: Exchange) {
    if let key = exchange.key, table[key] === exchange { table[key] = nil }
  }
}

/// What tells one exchange of an IKE SA from another; in IKEv2 both ends count their own requests.
struct ExchangeKey: Hashable {
  /// All of it in one number, which is hashed and compared at once.
  private let packed: UInt64

  init(type: ExchangeType, messageID: UInt32, startedBy: Role?) {
    let end: UInt64 =
      switch startedBy {
      case nil: 0
      case .initiator: 1
      case .responder: 2
      }
    packed = UInt64(type.rawValue) << 40 | end << 32 | UInt64(messageID)
  }
}

/// The inside of an encrypted message.
struct OpenedMessage {
  var payloads: [Payload]
  /// The plaintext that the payloads' ranges refer to.
  var bytes: [UInt8]
}
