import Bytes
import ISAKMP
import Registries

/// IKE messages that come in pieces: Cisco's IKEv1 fragments and IKEv2's SKF (RFC 7383), each
/// grouped per IKE SA, sender and message, so that interleaved, reordered and repeated ones find
/// together.
struct FragmentAssembly {
  /// What tells one fragmented message from another.
  struct Key: Hashable {
    var sa: Int
    var from: Role
    /// Cisco's fragment id, or IKEv2's message ID.
    var message: UInt32
    /// IKEv2: the exchange and whether it is a response; IKEv1: the exchange.
    var kind: UInt16
  }

  /// A message being put together.
  struct Group {
    var first: Sighting
    var last: Sighting
    var frames: [Sighting] = []
    var exchangeType: ExchangeType
    var messageID: UInt32
    var total: Int?
    var pieces: [Int: [UInt8]] = [:]
    /// The first fragment's first inner payload type (SKF).
    var firstPayload: UInt8 = 0
    var bytes = 0
    /// Pieces that came again.
    var repeated = 0

    /// True where the same message was whole before: a copy, of which nothing need be missed.
    var isRepetition = false

    var isComplete: Bool {
      guard let total, total > 0 else { return false }
      return pieces.count == total && (1...total).allSatisfy { pieces[$0] != nil }
    }
  }

  private(set) var groups: [Key: Group] = [:]
  /// Keys of `groups`, the oldest group first.
  private var order: [Key] = []
  /// Messages that were whole, the latest few.
  private var completed: Set<Key> = []
  private var bytes = 0
  private let limits: TrackerLimits
  /// Groups given up for want of room.
  private(set) var evicted = 0

  /// What a piece takes beside its bytes, about.
  private static let pieceOverhead = 128
  /// The most that one message may take: IKEv2's longest is 65,535 bytes.
  private static let groupLimit = 1 << 17

  init(limits: TrackerLimits) {
    self.limits = limits
  }

  /// One piece of a message.
  struct Piece {
    var number: Int
    /// How many there are, where the sender says so; the last one's number for Cisco's.
    var total: Int?
    var bytes: [UInt8]
    var firstPayload: UInt8
    var header: ISAKMPHeader
    var sighting: Sighting
  }

  /// Takes a piece. Returns the group when it is complete, which then is forgotten, and the groups
  /// that had to be given up.
  mutating func arrived(
    _ piece: Piece, _ key: Key
  ) -> (complete: Group?, givenUp: [(Key, Group)]) {
    if groups[key] == nil {
      var group = Group(
        first: piece.sighting, last: piece.sighting, exchangeType: piece.header.exchangeType,
        messageID: piece.header.messageID)
      group.isRepetition = completed.contains(key)
      groups[key] = group
      order.append(key)
    }
    guard var group = groups.removeValue(forKey: key) else { return (nil, []) }
    add(piece, to: &group)
    if group.isComplete {
      forget(key, group)
      if completed.count >= 4 * limits.fragmentGroups { completed.removeAll() }
      completed.insert(key)
      return (group, [])
    }
    groups[key] = group
    return (nil, makeRoom(sparing: key))
  }

  /// What never became whole, in the order of first pieces.
  mutating func flush() -> [(Key, Group)] {
    let rest = order.compactMap { key in groups[key].map { (key, $0) } }
    groups = [:]
    order = []
    bytes = 0
    return rest
  }

  private mutating func add(_ piece: Piece, to group: inout Group) {
    // A sender that starts over with smaller fragments announces more of them (RFC 7383 §2.6).
    if let total = piece.total, let known = group.total, total > known {
      bytes -= group.bytes
      group.pieces = [:]
      group.bytes = 0
    }
    if let total = piece.total { group.total = max(total, group.total ?? 0) }
    group.last = piece.sighting
    if group.frames.count < 512 { group.frames.append(piece.sighting) }
    guard group.pieces[piece.number] == nil else {
      group.repeated += 1
      return
    }
    let cost = piece.bytes.count + Self.pieceOverhead
    guard group.bytes + cost <= Self.groupLimit else { return }
    group.pieces[piece.number] = piece.bytes
    group.bytes += cost
    bytes += cost
    if piece.number == 1 { group.firstPayload = piece.firstPayload }
  }

  private mutating func forget(_ key: Key, _ group: Group) {
    bytes -= group.bytes
    if let index = order.firstIndex(of: key) { order.remove(at: index) }
  }

  /// Gives up the oldest groups until the limits hold, all but the one that just grew.
  private mutating func makeRoom(sparing spared: Key) -> [(Key, Group)] {
    var givenUp: [(Key, Group)] = []
    while groups.count > limits.fragmentGroups || bytes > limits.fragmentBytes,
      let key = order.first(where: { $0 != spared }), let group = groups.removeValue(forKey: key)
    {
      forget(key, group)
      evicted += 1
      givenUp.append((key, group))
    }
    return givenUp
  }
}
