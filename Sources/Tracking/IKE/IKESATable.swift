import Bytes
import ISAKMP

/// IKE SAs by their SPIs, and attempts by the initiator's SPI and both addresses.
///
/// Attempts that nobody answers are what a flood makes: they have a limit of their own, and the
/// oldest of them go first, those with a single message before those that were repeated. Of answered
/// ones the oldest go first too, but a responder that holds a small share keeps its own: many tunnels
/// with one host do not push out the few with another.
struct IKESATable {
  private struct SPIPair: Hashable {
    var initiator: UInt64
    var responder: UInt64
  }

  private struct AttemptKey: Hashable {
    var initiatorSPI: UInt64
    var low: IPAddress
    var high: IPAddress

    init(_ initiatorSPI: UInt64, _ one: IPAddress, _ other: IPAddress) {
      self.initiatorSPI = initiatorSPI
      (low, high) = one < other ? (one, other) : (other, one)
    }
  }

  private var bySPIs: [SPIPair: IKESA] = [:]
  private var attempts: [AttemptKey: IKESA] = [:]
  private var byInitiatorSPI: [UInt64: IKESA] = [:]
  private var byOrdinal: [Int: IKESA] = [:]
  private var halfOpen = AgeQueue()
  private var answered = AgeQueue()
  private let limits: TrackerLimits
  private(set) var created = 0
  private(set) var evictedHalfOpen = 0
  private(set) var evictedAnswered = 0
  /// Answered SAs held, by responder.
  private var shares: [IPAddress: Int] = [:]
  private var forgottenMessages = 0

  init(limits: TrackerLimits) {
    self.limits = limits
  }

  /// All that are held, in the order of their first messages.
  var all: [IKESA] { byOrdinal.values.sorted { $0.ordinal < $1.ordinal } }

  /// The SA that a message belongs to; `isStrange` when only the initiator's SPI says so and the
  /// addresses are others.
  func find(
    _ header: ISAKMPHeader, source: IPAddress, destination: IPAddress
  ) -> (sa: IKESA, isStrange: Bool)? {
    if header.responderSPI != 0,
      let sa = bySPIs[SPIPair(initiator: header.initiatorSPI, responder: header.responderSPI)]
    {
      return (sa, false)
    }
    if let sa = attempts[AttemptKey(header.initiatorSPI, source, destination)],
      sa.responderSPI == 0 || header.responderSPI == 0
    {
      return (sa, false)
    }
    if let sa = byInitiatorSPI[header.initiatorSPI], sa.responderSPI == 0,
      sa.initiator.address == destination
    {
      return (sa, true)
    }
    return nil
  }

  /// The SA of the two SPIs, wherever it is.
  func find(initiatorSPI: UInt64, responderSPI: UInt64) -> IKESA? {
    bySPIs[SPIPair(initiator: initiatorSPI, responder: responderSPI)]
  }

  /// The SA of an ordinal, as long as it is held.
  func withOrdinal(_ ordinal: Int) -> IKESA? { byOrdinal[ordinal] }

  /// True when an SA or attempt with that initiator's SPI is held.
  func knows(initiatorSPI: UInt64) -> Bool { byInitiatorSPI[initiatorSPI] != nil }

  mutating func insert(_ make: (_ ordinal: Int) -> IKESA) -> IKESA {
    let sa = make(created)
    created += 1
    byOrdinal[sa.ordinal] = sa
    attempts[
      AttemptKey(sa.initiatorSPI, sa.firstInitiator.address, sa.firstResponder.address)] = sa
    byInitiatorSPI[sa.initiatorSPI] = sa
    if sa.responderSPI != 0 {
      bySPIs[SPIPair(initiator: sa.initiatorSPI, responder: sa.responderSPI)] = sa
      answered.append(sa.ordinal)
      shares[sa.firstResponder.address, default: 0] += 1
    } else {
      halfOpen.append(sa.ordinal)
    }
    makeRoom()
    return sa
  }

  /// The responder has chosen its SPI.
  mutating func responderAnswered(_ sa: IKESA, spi: UInt64) {
    sa.responderSPI = spi
    bySPIs[SPIPair(initiator: sa.initiatorSPI, responder: spi)] = sa
    halfOpen.remove(sa.ordinal)
    answered.append(sa.ordinal)
    shares[sa.firstResponder.address, default: 0] += 1
    makeRoom()
  }

  /// Messages that were held with SAs forgotten since the last call.
  mutating func takeForgottenMessages() -> Int {
    defer { forgottenMessages = 0 }
    return forgottenMessages
  }

  private mutating func makeRoom() {
    while halfOpen.count > limits.halfOpen,
      let victim = halfOpen.oldest(sparing: isRepeated, keeping: { _ in false })
    {
      halfOpen.remove(victim)
      forget(victim)
      evictedHalfOpen += 1
    }
    while answered.count > limits.tunnels,
      let victim = answered.oldest(sparing: isAlive, keeping: isOfFew)
    {
      answered.remove(victim)
      if let address = byOrdinal[victim]?.firstResponder.address, let share = shares[address] {
        shares[address] = share > 1 ? share - 1 : nil
      }
      forget(victim)
      evictedAnswered += 1
    }
  }

  private func isRepeated(_ ordinal: Int) -> Bool {
    (byOrdinal[ordinal]?.messageCount ?? 0) > 1
  }

  private func isAlive(_ ordinal: Int) -> Bool {
    byOrdinal[ordinal].map { $0.state == .established } ?? false
  }

  /// True for an SA whose responder holds less than a quarter of what there is room for.
  private func isOfFew(_ ordinal: Int) -> Bool {
    guard let sa = byOrdinal[ordinal] else { return false }
    return shares[sa.firstResponder.address, default: 0] * 4 < limits.tunnels
  }

  private mutating func forget(_ ordinal: Int) {
    guard let sa = byOrdinal.removeValue(forKey: ordinal) else { return }
    forgottenMessages += sa.exchanges.reduce(0) { $0 + $1.messages.count }
    // Exchanges and children name each other: without this neither would ever go.
    for exchange in sa.exchanges { exchange.children = [] }
    let key = AttemptKey(sa.initiatorSPI, sa.firstInitiator.address, sa.firstResponder.address)
    if attempts[key] === sa { attempts[key] = nil }
    if byInitiatorSPI[sa.initiatorSPI] === sa { byInitiatorSPI[sa.initiatorSPI] = nil }
    let spis = SPIPair(initiator: sa.initiatorSPI, responder: sa.responderSPI)
    if bySPIs[spis] === sa { bySPIs[spis] = nil }
  }
}

/// Ordinals in order of age, with removal from the middle.
private struct AgeQueue {
  private var order: [Int] = []
  private var head = 0
  private var members: Set<Int> = []

  var count: Int { members.count }

  mutating func append(_ ordinal: Int) {
    order.append(ordinal)
    members.insert(ordinal)
  }

  mutating func remove(_ ordinal: Int) {
    members.remove(ordinal)
  }

  /// The oldest member; one that `spare` speaks for is passed over once among the next few, one that
  /// `keep` speaks for among the next many.
  mutating func oldest(sparing spare: (Int) -> Bool, keeping keep: (Int) -> Bool) -> Int? {
    var spared = 0
    var kept = 0
    while head < order.count {
      let ordinal = order[head]
      if !members.contains(ordinal) {
        head += 1
      } else if kept < 64, keep(ordinal) {
        head += 1
        order.append(ordinal)
        kept += 1
      } else if spared < 8, spare(ordinal) {
        head += 1
        order.append(ordinal)
        spared += 1
      } else {
        compact()
        return ordinal
      }
    }
    return nil
  }

  private mutating func compact() {
    guard head > 4096, head * 2 > order.count else { return }
    order.removeFirst(head)
    head = 0
  }
}
