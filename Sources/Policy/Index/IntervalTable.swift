/// For every point of one dimension, the rows that may hold there: the dimension cut at every
/// boundary of any row, and for each piece a bit a row.
///
/// Rows are at most `wordCount * 64`, and a summary word a piece tells which words are not zero,
/// so that most look-ups touch one word of each dimension (aggregated bit vectors: Baboescu and
/// Varghese, SIGCOMM 2001).
struct IntervalTable<Key: FixedWidthInteger & Sendable>: Sendable {
  /// The first key of each piece, ascending; the first is the lowest key.
  private let starts: [Key]
  private let summaries: [UInt64]
  private let bits: [UInt64]
  let wordCount: Int

  /// Rows given as the ranges they hold in; `everywhere` rows hold at every point.
  init(rowCount: Int, ranges: [(row: Int, range: ClosedRange<Key>)], everywhere: [Int]) {
    let wordCount = max(1, (rowCount + 63) / 64)
    self.wordCount = wordCount
    var boundaries: [Key] = [.min]
    boundaries.reserveCapacity(ranges.count * 2 + 1)
    for (_, range) in ranges {
      boundaries.append(range.lowerBound)
      if range.upperBound < .max { boundaries.append(range.upperBound + 1) }
    }
    boundaries.sort()
    var starts: [Key] = []
    for boundary in boundaries where starts.last != boundary { starts.append(boundary) }

    // Sweep over the pieces: what begins and what ends at each.
    var opening = Array(repeating: [Int32](), count: starts.count)
    var closing = Array(repeating: [Int32](), count: starts.count)
    for (row, range) in ranges {
      opening[Self.piece(of: range.lowerBound, in: starts)].append(Int32(row))
      if range.upperBound < .max {
        closing[Self.piece(of: range.upperBound + 1, in: starts)].append(Int32(row))
      }
    }
    var current = Array(repeating: UInt64(0), count: wordCount)
    for row in everywhere { current[row >> 6] |= 1 << UInt64(row & 63) }
    // A row may hold by several overlapping ranges: it ends with the last of them.
    var holds = Array(repeating: Int32(0), count: rowCount)
    for row in everywhere { holds[row] += 1 }
    var bits: [UInt64] = []
    bits.reserveCapacity(starts.count * wordCount)
    var summaries: [UInt64] = []
    summaries.reserveCapacity(starts.count)
    for index in starts.indices {
      for row in closing[index] {
        holds[Int(row)] -= 1
        if holds[Int(row)] == 0 { current[Int(row) >> 6] &= ~(1 << UInt64(row & 63)) }
      }
      for row in opening[index] {
        holds[Int(row)] += 1
        current[Int(row) >> 6] |= 1 << UInt64(row & 63)
      }
      var summary: UInt64 = 0
      for word in 0..<wordCount where current[word] != 0 { summary |= 1 << UInt64(word) }
      summaries.append(summary)
      bits.append(contentsOf: current)
    }
    self.starts = starts
    self.summaries = summaries
    self.bits = bits
  }

  /// The piece a key lies in.
  func piece(of key: Key) -> Int { Self.piece(of: key, in: starts) }

  private static func piece(of key: Key, in starts: [Key]) -> Int {
    var low = 0
    var count = starts.count
    while count > 1 {
      let half = count / 2
      if starts[low + half] <= key { low += half }
      count -= half
    }
    return low
  }

  func summary(_ piece: Int) -> UInt64 { summaries[piece] }

  func word(_ piece: Int, _ word: Int) -> UInt64 { bits[piece * wordCount + word] }
}
