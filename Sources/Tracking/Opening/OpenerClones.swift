// Unsafe here: the engines of the clones are lent to the list beside them, which changes with theirs.

import Bytes
import Crypto
import Keys
import Layers

/// What one thread opens packets with ahead of their turn: its own clones of the openers that have
/// runs, each made when its first packet comes.
package struct OpenerClones {
  private let log: OpenerLog
  /// How many rows of the log were taken up.
  private var seen = 0
  /// How many openers were gone when clones of such were last looked for.
  private var gone = 0
  private var clones: [Clone] = []
  /// The engines of the clones, and the same lent.
  private var engines: [PacketEngine?] = []
  private var lent: [LentEngine?] = []
  /// Where a flow's clone stands: open addressing, a power of two, at most half full.
  private var slots = [Slot](repeating: Slot(), count: 1024)
  private var opening: AheadOpening
  /// The clones of a batch's packets; -1 where there is none.
  private var found: [Int] = []
  /// Clones kept at most; beyond that the older half is forgotten.
  private static let limit = 32_768

  private struct Slot {
    var flow: UInt64 = 0
    var clone: Int32 = -1
  }

  private struct Clone {
    let number: Int32
    var isMade = false
    var sequence: SequenceHigh
  }

  /// - Parameters:
  ///   - log: The openers.
  ///   - keepsPlaintexts: Whether somebody wants to see what is inside.
  package init(of log: OpenerLog, keepsPlaintexts: Bool) {
    self.log = log
    opening = AheadOpening(keepsPlaintexts: keepsPlaintexts)
  }

  /// Opens those packets of `bytes` that are as most are.
  ///
  /// - Returns: Their plaintexts, where somebody wants to see them.
  package mutating func open(_ packets: inout [AheadPacket], in bytes: RawSpan) -> [UInt8] {
    learn()
    found.removeAll(keepingCapacity: true)
    for ahead in packets { found.append(clone(of: ahead.packet.flow)) }
    if opening.keepsPlaintexts { opening.plaintexts.reserveCapacity(bytes.byteCount) }
    let isCrowded = clones.count >= Tracker.manyRuns
    for index in packets.indices {
      if isCrowded { prepare(index) }
      let place = found[index]
      guard place >= 0 else { continue }
      if !clones[place].isMade { make(place) }
      let low = UInt32(truncatingIfNeeded: packets[index].packet.header)
      let high = clones[place].sequence.first(low: low)
      guard let engine = lent[place],
        let opened = opening.open(
          packets[index], in: bytes, engine, number: clones[place].number, high: high)
      else { continue }
      packets[index].found = opened
      if high != nil { clones[place].sequence.fitted(high: high, low: low) }
    }
    defer { opening.plaintexts = [] }
    return opening.plaintexts
  }

  /// Asks the processor for what the packets some places on will touch.
  @inline(__always)
  private func prepare(_ index: Int) {
    let later = index + 2
    guard later < found.count, found[later] >= 0 else { return }
    lent[found[later]]?.place.prefetch()
  }

  private mutating func make(_ place: Int) {
    clones[place].isMade = true
    guard let row = log.row(Int(clones[place].number)) else { return }
    engines[place] = ESPOpener.engine(for: row.keys)
    lent[place] = unsafe engines[place]?.lent
  }

  /// Takes up what is new in the log.
  private mutating func learn() {
    var (rows, end) = log.rows(from: seen)
    guard end > seen else { return }
    seen = end
    letGo()
    if clones.count + rows.count > Self.limit {
      clones = []
      engines = []
      lent = []
      slots = [Slot](repeating: Slot(), count: 1024)
      (rows, end) = log.rows(from: max(0, seen - Self.limit / 2))
      seen = end
    }
    for (number, row) in rows { add(row, number) }
  }

  /// Lets go of clones whose opener is gone, a good many at a time.
  private mutating func letGo() {
    let now = log.counts.gone
    guard now - gone >= max(64, clones.count / 8) else { return }
    gone = now
    for place in clones.indices where log.row(Int(clones[place].number)) == nil {
      (engines[place], lent[place]) = (nil, nil)
    }
  }

  private mutating func add(_ row: OpenerLog.Row, _ number: Int) {
    let clone = Clone(number: Int32(truncatingIfNeeded: number), sequence: row.sequence)
    if (clones.count + 1) * 2 > slots.count { growSlots() }
    let slot = slot(of: row.flow)
    if slots[slot].clone >= 0 {
      let place = Int(slots[slot].clone)
      (clones[place], engines[place], lent[place]) = (clone, nil, nil)
    } else {
      slots[slot] = Slot(flow: row.flow, clone: Int32(truncatingIfNeeded: clones.count))
      clones.append(clone)
      engines.append(nil)
      lent.append(nil)
    }
  }

  private mutating func growSlots() {
    let before = slots
    slots = [Slot](repeating: Slot(), count: before.count * 2)
    for old in before where old.clone >= 0 { slots[slot(of: old.flow)] = old }
  }

  @inline(__always)
  private func clone(of flow: UInt64) -> Int { Int(slots[slot(of: flow)].clone) }

  /// The slot of a flow, or the free one where it would be.
  @inline(__always)
  private func slot(of flow: UInt64) -> Int {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: PlaceCache.hash(flow >> 32, flow & 0xffff_ffff) >> 32) & mask
    while slots[slot].clone >= 0, slots[slot].flow != flow { slot = (slot &+ 1) & mask }
    return slot
  }
}

extension CommonESP {
  /// Destination (upper half) and SPI.
  @inline(__always)
  var flow: UInt64 { hosts << 32 | header >> 32 }
}
