/// Which sequence numbers of one SPI were seen: what was lost, late, repeated, or too late for a
/// receiver's replay window (RFC 4303 §3.4.3).
///
/// The window remembers the last 1024 numbers, more than any receiver's usual 64, so that a late
/// packet is told from a repeated one. A step of more than half the number space backwards is the
/// counter's wrap (ESN sends the low half only, RFC 4303 §2.2.1) and counts as forwards; one of more
/// than half forwards is late by a wrap, unless the flow was seen from its first number on.
package struct SequenceWindow: Sendable {
  /// Numbers remembered behind the highest.
  package static let width = 1024

  /// What a packet's number means in view of those before it.
  package enum Arrival: Hashable, Sendable {
    /// Above all before it; `skipped` numbers between were not seen (yet).
    case new(skipped: UInt32)
    /// Below the highest and not seen before.
    case late
    /// Seen before, within the remembered numbers.
    case repeated
    /// So far behind the highest that nothing is remembered of it.
    case ancient

    /// True for a number above all before it.
    var isNew: Bool { if case .new = self { true } else { false } }
  }

  /// A bit for each of the last numbers; empty while these came without a gap, which most flows' do
  /// always.
  private var seen: [UInt64] = []
  /// Different numbers seen, and those that a step of the high half passed over.
  private var distinct = 0
  /// The number of the first packet.
  package private(set) var first: UInt32 = 0
  /// The highest number, wraps counted as higher.
  package private(set) var highest: UInt32 = 0
  /// How often the counter passed 2^32.
  private var passed: Int32 = 0
  /// How many numbers up to the highest came without a gap, where `seen` is empty; no more than can be
  /// asked for.
  private var unbroken: UInt16 = 0
  /// Lowest number seen before the first packet's, as a distance; reordered around the start.
  private var belowFirst: UInt16 = 0

  package init() {}

  /// How often the counter passed 2^32.
  package var wraps: Int { Int(passed) }

  /// Numbers between the first and the highest that never came.
  package var lost: Int { distinct > 0 ? max(0, span - distinct) : 0 }

  /// Numbers from the first to the highest.
  private var span: Int { wraps << 32 + Int(highest) - Int(first) + 1 + Int(belowFirst) }

  /// Takes the number of one more packet.
  package mutating func packetArrived(_ number: UInt32) -> Arrival {
    guard distinct > 0 else {
      first = number
      highest = number
      distinct = 1
      unbroken = 1
      return .new(skipped: 0)
    }
    let ahead = number &- highest
    let isJump = number > highest && wraps == 0 && first == 1
    if ahead != 0, ahead < 1 << 31 || isJump {
      return advance(to: number, by: ahead)
    }
    let behind = highest &- number
    guard behind < SequenceWindow.width else { return .ancient }
    if isMarked(number) { return .repeated }
    breakUp()
    mark(number)
    distinct += 1
    if passed == 0, number < first {
      belowFirst = max(belowFirst, UInt16(truncatingIfNeeded: first - number))
    }
    return .late
  }

  /// Begins anew at `number`, whose high half, which no packet carries, was shown to be above that of
  /// all before it. How many numbers such a step passes over says nothing of loss.
  mutating func restart(at number: UInt32) {
    let lostBefore = lost
    seen = []
    unbroken = 1
    passed &+= 1
    highest = number
    distinct = span - lostBefore
  }

  /// How far `number` lies behind the highest.
  package func distanceBehind(_ number: UInt32) -> Int { Int(highest &- number) }

  private mutating func advance(to number: UInt32, by ahead: UInt32) -> Arrival {
    if ahead >= SequenceWindow.width {
      seen = []
      unbroken = 1
    } else if seen.isEmpty, ahead == 1 {
      extend(by: 1)
    } else {
      breakUp()
      var missed = highest
      while missed != number {
        missed &+= 1
        unmark(missed)
      }
      mark(number)
    }
    if number < highest { passed &+= 1 }
    highest = number
    distinct += 1
    return .new(skipped: ahead - 1)
  }

  /// Takes `count` packets, each with the number behind that of the one before; none wraps.
  mutating func advance(byRunOf count: Int) {
    let end = UInt32(truncatingIfNeeded: Int(highest) + count)
    distinct += count
    if count >= SequenceWindow.width {
      seen = []
      extend(by: count)
    } else if seen.isEmpty {
      extend(by: count)
    } else {
      var number = highest
      while number != end {
        number &+= 1
        mark(number)
      }
    }
    highest = end
  }

  /// So many more numbers came without a gap.
  private mutating func extend(by count: Int) {
    unbroken = UInt16(truncatingIfNeeded: min(Int(unbroken) + count, Self.width))
  }

  /// Writes the unbroken numbers down one by one, where they are not yet.
  private mutating func breakUp() {
    guard seen.isEmpty else { return }
    seen = Array(repeating: 0, count: SequenceWindow.width / 64)
    for behind in 0..<UInt32(unbroken) {
      mark(highest &- behind)
    }
  }

  /// True for one of the last numbers that was seen.
  private func isMarked(_ number: UInt32) -> Bool {
    if seen.isEmpty { return highest &- number < UInt32(unbroken) }
    return seen[Int(number >> 6 & 15)] & 1 << UInt64(number & 63) != 0
  }

  private mutating func mark(_ number: UInt32) {
    seen[Int(number >> 6 & 15)] |= 1 << UInt64(number & 63)
  }

  private mutating func unmark(_ number: UInt32) {
    seen[Int(number >> 6 & 15)] &= ~(1 << UInt64(number & 63))
  }
}
