/// A key of a `BoundedTable`.
protocol TableKey: Equatable {
  /// The key's bits mixed with a seed; every bit of the result depends on every bit of both.
  func mixed(with seed: UInt64) -> UInt64
}

/// What a `BoundedTable` holds.
protocol TableEntry: AnyObject {
  associatedtype Key: TableKey
  var key: Key { get }
  /// How much is lost when this entry is forgotten; the lightest goes first.
  var evictionWeight: Int { get }
  /// Tells it that it has lost its place.
  func wasEvicted()
}

extension TableEntry {
  func wasEvicted() {}
}

/// Entries by key: open addressing, one look-up a packet, no allocation but for a new entry.
///
/// Keys come from the enemy, so the hash is mixed with a number drawn at start. When the table is
/// full, the lightest among the next few entries in line makes room; where these are all precious,
/// the lightest of some drawn at random.
struct BoundedTable<Entry: TableEntry> {
  private var slots: [Int32]
  private var mask: Int
  private var usedSlots = 0
  /// Entries in the order of their creation, as far as no place was used again; nil where one was
  /// evicted.
  private(set) var entries: [Entry?] = []
  /// The entries' keys, side by side: a look-up touches nothing else.
  private var keys: [Entry.Key] = []
  private var free: [Int32] = []
  private let limit: Int
  private let seed: UInt64
  private var hand = 0
  private var draws: UInt64 = 0
  /// Entries ever created.
  private(set) var created = 0
  /// Entries that had to make room.
  private(set) var evicted = 0

  private static var empty: Int32 { -1 }
  private static var deleted: Int32 { -2 }

  init(limit: Int) {
    self.limit = max(1, limit)
    mask = 255
    slots = Array(repeating: Self.empty, count: 256)
    seed = UInt64.random(in: .min ... .max)
  }

  /// Entries that are held.
  var count: Int { entries.count - free.count }

  /// The entry of a key, or nil.
  func find(_ key: Entry.Key) -> Entry? {
    let index = index(of: key)
    return index < 0 ? nil : entries[index]
  }

  /// The place of a key's entry, which it keeps until it is evicted; -1 when there is none.
  @inline(__always)
  func index(of key: Entry.Key) -> Int {
    var slot = firstSlot(key)
    while true {
      let index = Int(slots[slot])
      if index >= 0 {
        if keys[index] == key { return index }
      } else if index == Int(Self.empty) {
        return -1
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// True when the next entry makes another one go.
  var isFull: Bool { count >= limit }

  /// The places of those of which one goes next; only asked for when the table is full.
  ///
  /// The next few in line; where these are all precious, others from all over the table, the same
  /// ones for the same traffic.
  var evictionCandidates: [Int] {
    let start = hand < entries.count ? hand : 0
    var candidates = Array(start..<min(start + 8, entries.count))
    let isCheap = { (index: Int) in
      (entries[index]?.evictionWeight ?? preciousWeight) < preciousWeight
    }
    guard !candidates.contains(where: isCheap) else { return candidates }
    for draw in 0..<64 {
      let mixed = avalanche(UInt64(truncatingIfNeeded: created &* 64 &+ draw))
      let index = Int(mixed % UInt64(entries.count))
      candidates.append(index)
      if isCheap(index) { break }
    }
    return candidates
  }

  /// Adds an entry whose key is not in the table; `make` gets its ordinal, counted from 0 over all
  /// entries ever created.
  mutating func insert(_ make: (_ ordinal: Int) -> Entry) -> (entry: Entry, index: Int) {
    if count >= limit { evictLightest() }
    if (usedSlots + 1) * 4 > slots.count * 3 { rebuild() }
    let entry = make(created)
    created += 1
    let index: Int32
    if let reused = free.popLast() {
      index = reused
      entries[Int(index)] = entry
      keys[Int(index)] = entry.key
    } else {
      index = Int32(entries.count)
      entries.append(entry)
      keys.append(entry.key)
    }
    place(entry.key, index)
    return (entry, Int(index))
  }

  @inline(__always)
  private func firstSlot(_ key: Entry.Key) -> Int {
    Int(truncatingIfNeeded: key.mixed(with: seed)) & mask
  }

  private mutating func place(_ key: Entry.Key, _ index: Int32) {
    var slot = firstSlot(key)
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    if slots[slot] == Self.empty { usedSlots += 1 }
    slots[slot] = index
  }

  private mutating func rebuild() {
    var size = 256
    while size < count * 2 { size *= 2 }
    mask = size - 1
    slots = Array(repeating: Self.empty, count: size)
    usedSlots = 0
    for (index, entry) in entries.enumerated() {
      if let entry { place(entry.key, Int32(index)) }
    }
  }

  private mutating func evictLightest() {
    var victim: (index: Int, weight: Int)?
    for index in evictionCandidates {
      guard let weight = entries[index]?.evictionWeight else { continue }
      if victim.map({ weight < $0.weight }) ?? true { victim = (index, weight) }
    }
    hand = hand < entries.count ? min(hand + 8, entries.count) : min(8, entries.count)
    guard let victim, let entry = entries[victim.index] else { return }
    var slot = firstSlot(entry.key)
    while slots[slot] != Int32(victim.index), slots[slot] != Self.empty { slot = (slot + 1) & mask }
    if slots[slot] == Int32(victim.index) { slots[slot] = Self.deleted }
    entries[victim.index] = nil
    free.append(Int32(victim.index))
    evicted += 1
    entry.wasEvicted()
  }
}

/// The weight from which on an entry goes only when there is nothing else.
let preciousWeight = 1 << 40

/// Mixes 64 bits so that each bit of the result depends on each bit given.
@inline(__always)
func avalanche(_ value: UInt64) -> UInt64 {
  var mixed = value
  mixed = (mixed ^ mixed >> 32) &* 0x9e37_79b9_7f4a_7c15
  mixed = (mixed ^ mixed >> 29) &* 0xbf58_476d_1ce4_e5b9
  return mixed ^ mixed >> 32
}
