public import Bytes
import Crypto

/// What is kept of a packet to recognise its repetition: 12 bytes instead of the packet.
@usableFromInline
struct PacketMark: Equatable {
  /// The place of its flow, counted from 1; 0 for the mark of no packet.
  @usableFromInline fileprivate(set) var owner: UInt32 = 0
  /// The last eight bytes, folded with the length; ESP's integrity value makes them unlike.
  @usableFromInline private(set) var content: UInt32 = 0
  /// Time in microseconds, low 32 bits.
  @usableFromInline private(set) var microseconds: UInt32 = 0

  fileprivate init() {}

  @inlinable @inline(__always)
  init(of flow: Int, content: UInt32, at time: Timestamp) {
    owner = UInt32(truncatingIfNeeded: flow &+ 1)
    self.content = content
    microseconds = UInt32(truncatingIfNeeded: time.nanoseconds / 1000)
  }
}

/// Marks of the last packets of all ESP and AH flows, by which a repetition is recognised.
///
/// Up to 2,048 flows have a row of 64 each, as many as a receiver's usual replay window; more of them
/// share these, and a mark is there until another flow's takes its slot. The room that all take is
/// bounded thereby, whatever there are of flows.
@usableFromInline
package struct PacketMarks {
  /// Marks in a row: how far behind the highest number of its flow a mark may be.
  @inlinable static var reach: Int { 64 }
  @inlinable static var rowBits: Int { 11 }
  @inlinable static var rowLimit: Int { 1 << rowBits }
  private var marks: [PacketMark] = []

  package init() {}

  /// Makes room for the marks of the flow at a place; those of the flow that had the place are gone.
  mutating func begin(at place: Int) {
    guard marks.count < (place % Self.rowLimit + 1) * Self.reach else { return forget(at: place) }
    marks += repeatElement(
      PacketMark(), count: (place % Self.rowLimit + 1) * Self.reach - marks.count)
  }

  /// Nothing is known any more of the packets of the flow at a place.
  mutating func forget(at place: Int) {
    guard place >= 0 else { return }
    let start = place % Self.rowLimit * Self.reach
    for index in start..<min(start + Self.reach, marks.count)
    where marks[index].owner == UInt32(truncatingIfNeeded: place &+ 1) {
      marks[index] = PacketMark()
    }
  }

  /// The mark of the flow's packet with a number, one of the last that came; nil where it is gone.
  func mark(of place: Int, _ sequence: UInt32) -> PacketMark? {
    guard place >= 0 else { return nil }
    let index = Self.index(of: place, sequence)
    guard index < marks.count, marks[index].owner == UInt32(truncatingIfNeeded: place &+ 1) else {
      return nil
    }
    return marks[index]
  }

  /// Keeps the mark of a flow's packet.
  @inline(__always)
  mutating func keep(
    _ sequence: UInt32, of place: Int, content: UInt32, at time: Timestamp
  ) {
    let index = Self.index(of: place, sequence)
    guard index < marks.count else { return }
    marks[index] = PacketMark(of: place, content: content, at: time)
  }

  /// How many of a flow's last packets, 64 at most, came after a moment, at most half an hour back, as
  /// far as their marks are there.
  package func packets(of flow: SecurityFlow, after moment: Sighting) -> Int {
    let threshold = UInt32(truncatingIfNeeded: moment.time.nanoseconds / 1000)
    return (0..<UInt32(min(Self.reach, flow.packets))).count { behind in
      guard let mark = mark(of: flow.place, flow.window.highest &- behind) else { return false }
      let since = mark.microseconds &- threshold
      return since != 0 && since < 1 << 31
    }
  }

  /// Where the mark of a packet stands. Flows that share a row begin at different slots of it, far from
  /// each other, since many count from 1 at the same time.
  @inlinable @inline(__always)
  static func index(of place: Int, _ sequence: UInt32) -> Int {
    let turn = UInt32(truncatingIfNeeded: place &>> rowBits) &* 23
    return (place & (rowLimit &- 1)) &* reach &+ Int(sequence &+ turn) & (reach &- 1)
  }

  /// Asks the processor for the slot of a packet to come.
  @inline(__always)
  func prefetch(of place: Int, _ sequence: UInt32) {
    Crypto.prefetch(
      marks, at: Self.index(of: place, sequence), count: MemoryLayout<PacketMark>.size)
  }

  /// The marks while other flows' runs are lent.
  @usableFromInline
  struct Lent: ~Copyable, ~Escapable {
    @usableFromInline var marks: MutableSpan<PacketMark>

    @_lifetime(copy marks)
    init(_ marks: consuming MutableSpan<PacketMark>) { self.marks = marks }

    /// Keeps the mark of a flow's packet.
    @inlinable @inline(__always)
    @_lifetime(self: copy self)
    mutating func keep(
      _ sequence: UInt32, of place: Int, content: UInt32, at time: Timestamp
    ) {
      let index = PacketMarks.index(of: place, sequence)
      guard index < marks.count else { return }
      marks[index] = PacketMark(of: place, content: content, at: time)
    }
  }

  /// The marks, lent.
  var lent: Lent {
    @_lifetime(&self) mutating get { Lent(marks.mutableSpan) }
  }
}
