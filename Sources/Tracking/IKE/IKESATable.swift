import Bytes
import ISAKMP

/// IKE SAs by their SPIs, and attempts by the initiator's SPI and both addresses.
///
/// Attempts of which only one end was heard are what a flood makes: they have a limit of their own,
/// and the oldest of them go first, those with a single message before those that were repeated. Of
/// the others, those that never came up make room for those that did, as long as they are more than
/// a few. Of these the oldest go first too, but a responder that holds a small share keeps its own:
/// many tunnels with one host do not push out the few with another.
struct IKESATable {
  private struct SPIPair: Hashable {
    var initiator: UInt64
    var responder: UInt64
  }

  private var bySPIs: [SPIPair: IKESA] = [:]
  /// By the initiator's SPI and both addresses, mixed into one number.
  private var attempts: [UInt64: IKESA] = [:]
  private var byInitiatorSPI: [UInt64: IKESA] = [:]
  private var byOrdinal: [Int: IKESA] = [:]
  /// By standing.
  private var queues = [AgeQueue(), AgeQueue(), AgeQueue()]
  private let limits: TrackerLimits
  private let seed = UInt64.random(in: .min ... .max)
  private(set) var created = 0
  private(set) var evictedHalfOpen = 0
  private(set) var evictedAnswered = 0
  /// SAs held of which both ends were heard, by responder.
  private var shares: [IPAddress: Int] = [:]
  private var forgottenMessages = 0
  private var forgottenOrdinals: [Int] = []
  private var forgottenChildren: [(spi: UInt32, initiatorSPI: UInt64)] = []

  init(limits: TrackerLimits) {
    self.limits = limits
  }

  /// All that are held, in the order of their first messages.
  var all: [IKESA] { byOrdinal.values.sorted { $0.ordinal < $1.ordinal } }

  /// How many are held.
  var count: Int { byOrdinal.count }

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
    if let sa = attempts[attemptKey(header.initiatorSPI, source, destination)],
      sa.responderSPI == 0 || header.responderSPI == 0, sa.initiatorSPI == header.initiatorSPI,
      sa.isBetween(source, destination)
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
    attempts[attemptKey(of: sa)] = sa
    byInitiatorSPI[sa.initiatorSPI] = sa
    if sa.responderSPI != 0 {
      bySPIs[SPIPair(initiator: sa.initiatorSPI, responder: sa.responderSPI)] = sa
    }
    enqueue(sa, .oneSided)
    makeRoom()
    return sa
  }

  /// The responder has chosen its SPI.
  mutating func responderAnswered(_ sa: IKESA, spi: UInt64) {
    sa.responderSPI = spi
    bySPIs[SPIPair(initiator: sa.initiatorSPI, responder: spi)] = sa
  }

  /// An end was heard, or a state was reached: the SA's standing may be another now.
  mutating func changed(_ sa: IKESA, heard role: Role) {
    if role == .initiator { sa.heardInitiator = true } else { sa.heardResponder = true }
    guard sa.standing != .finished else { return }
    let isAnswered = sa.heardInitiator && sa.heardResponder
    let standing: IKESA.Standing =
      sa.establishedAt != nil ? .finished : isAnswered ? .unfinished : .oneSided
    guard standing != sa.standing else { return }
    leave(sa)
    enqueue(sa, standing)
    makeRoom()
  }

  /// SAs forgotten since the last call, by their ordinals, how many messages went with them, and the
  /// SPIs of their children.
  mutating func takeForgotten() -> Forgotten? {
    guard !forgottenOrdinals.isEmpty else { return nil }
    defer {
      forgottenMessages = 0
      forgottenOrdinals.removeAll(keepingCapacity: true)
      forgottenChildren.removeAll(keepingCapacity: true)
    }
    return Forgotten(
      ordinals: forgottenOrdinals, messages: forgottenMessages, children: forgottenChildren)
  }

  /// What went to make room.
  struct Forgotten {
    var ordinals: [Int]
    var messages: Int
    var children: [(spi: UInt32, initiatorSPI: UInt64)]
  }

  // MARK: - Room

  private mutating func enqueue(_ sa: IKESA, _ standing: IKESA.Standing) {
    sa.standing = standing
    let queue = standing.rawValue
    queues[queue].append(sa.ordinal)
    if queues[queue].isStale {
      queues[queue].renew(queues[queue].line.filter { byOrdinal[$0]?.standing == standing })
    }
    if standing != .oneSided { shares[sa.firstResponder.address, default: 0] += 1 }
  }

  private mutating func leave(_ sa: IKESA) {
    queues[sa.standing.rawValue].removed()
    guard sa.standing != .oneSided, let share = shares[sa.firstResponder.address] else { return }
    shares[sa.firstResponder.address] = share > 1 ? share - 1 : nil
  }

  private func count(_ standing: IKESA.Standing) -> Int { queues[standing.rawValue].count }

  private mutating func makeRoom() {
    while count(.oneSided) > limits.halfOpen, let victim = oldest(.oneSided) {
      forget(victim)
      evictedHalfOpen += 1
    }
    while count(.unfinished) + count(.finished) > limits.tunnels {
      let isCrowded = count(.unfinished) * 8 > limits.tunnels || count(.finished) == 0
      guard let victim = oldest(isCrowded ? .unfinished : .finished) else { return }
      forget(victim)
      evictedAnswered += 1
    }
  }

  /// The oldest of a standing; one with something to say for itself is passed over once among the
  /// next few, one of few tunnels with its responder among the next many.
  private mutating func oldest(_ standing: IKESA.Standing) -> IKESA? {
    let queue = standing.rawValue
    var spared = 0
    var kept = 0
    while let ordinal = queues[queue].first {
      guard let sa = byOrdinal[ordinal], sa.standing == standing else {
        queues[queue].drop()
        continue
      }
      if kept < 64, standing == .finished, isOfFew(sa) {
        kept += 1
      } else if spared < 8, standing == .finished ? sa.state == .established : sa.messageCount > 1 {
        spared += 1
      } else {
        return sa
      }
      queues[queue].pass()
    }
    return nil
  }

  /// True for an SA whose responder holds less than a quarter of what there is room for.
  private func isOfFew(_ sa: IKESA) -> Bool {
    shares[sa.firstResponder.address, default: 0] * 4 < limits.tunnels
  }

  private mutating func forget(_ sa: IKESA) {
    byOrdinal[sa.ordinal] = nil
    leave(sa)
    forgottenMessages += sa.exchanges.reduce(0) { $0 + $1.messages.count }
    for child in sa.children {
      for spi in [child.spiToInitiator, child.spiToResponder].compactMap({ $0 }) {
        forgottenChildren.append((spi, sa.initiatorSPI))
      }
    }
    // Exchanges and children name each other: without this neither would ever go.
    for exchange in sa.exchanges { exchange.children = [] }
    let key = attemptKey(of: sa)
    if attempts[key] === sa { attempts[key] = nil }
    if byInitiatorSPI[sa.initiatorSPI] === sa { byInitiatorSPI[sa.initiatorSPI] = nil }
    let spis = SPIPair(initiator: sa.initiatorSPI, responder: sa.responderSPI)
    if bySPIs[spis] === sa { bySPIs[spis] = nil }
    forgottenOrdinals.append(sa.ordinal)
  }

  private func attemptKey(of sa: IKESA) -> UInt64 {
    attemptKey(sa.initiatorSPI, sa.firstInitiator.address, sa.firstResponder.address)
  }

  /// The same whichever way round the addresses are.
  private func attemptKey(_ spi: UInt64, _ one: IPAddress, _ other: IPAddress) -> UInt64 {
    let first = avalanche(avalanche(one.low ^ seed) ^ one.high)
    let second = avalanche(avalanche(other.low ^ seed) ^ other.high)
    return avalanche(spi ^ (first &+ second))
  }
}

extension IKESA {
  /// Which limit an SA counts towards.
  enum Standing: Int, Sendable {
    /// Only one end was heard.
    case oneSided = 0
    /// Both ends were heard, and it has not come up.
    case unfinished
    /// It came up, whatever became of it.
    case finished
  }

  /// True for the two addresses of the first message, whichever way round.
  fileprivate func isBetween(_ one: IPAddress, _ other: IPAddress) -> Bool {
    (firstInitiator.address, firstResponder.address) == (one, other)
      || (firstInitiator.address, firstResponder.address) == (other, one)
  }
}
