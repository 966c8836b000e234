import Keys
import Synchronization

/// The openers that had a run, by their numbers, for any thread to make a clone; those that are gone
/// have left it, with their keys.
///
/// Numbers only grow, so that a thread takes up what is new since it looked last.
package final class OpenerLog: Sendable {
  /// What makes a clone of an opener, and whose packets it opens.
  struct Row {
    let keys: ChildSAKeys
    /// Destination (IPv4, upper half) and SPI.
    let flow: UInt64
    /// What was known of high halves when the run began.
    let sequence: SequenceHigh
  }

  private struct Rows {
    var byNumber: [Int: Row] = [:]
    var added = 0
  }

  private let rows = Mutex(Rows())

  /// Adds an opener; its number comes back.
  func add(_ row: Row) -> Int {
    rows.withLock {
      $0.byNumber[$0.added] = row
      $0.added += 1
      return $0.added - 1
    }
  }

  /// The opener of that number is gone; none has a number below 0.
  func remove(_ number: Int) {
    guard number >= 0 else { return }
    rows.withLock { $0.byNumber[number] = nil }
  }

  func row(_ number: Int) -> Row? { rows.withLock { $0.byNumber[number] } }

  /// The rows from a number on, and the number that the next one will have.
  func rows(from number: Int) -> (rows: [(number: Int, row: Row)], end: Int) {
    rows.withLock { rows in
      guard number < rows.added else { return ([], rows.added) }
      let new = (number..<rows.added).compactMap { number in
        rows.byNumber[number].map { (number, $0) }
      }
      return (new, rows.added)
    }
  }

  /// How many are held, and how many are gone.
  var counts: (held: Int, gone: Int) {
    rows.withLock { ($0.byNumber.count, $0.added - $0.byNumber.count) }
  }
}
