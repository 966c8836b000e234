import Keys
import Synchronization

/// All openers that ever had a run, by their numbers, for any thread to make a clone.
///
/// It only grows, so that a thread takes up what is new since it looked last.
package final class OpenerLog: Sendable {
  /// What makes a clone of an opener, and whose packets it opens.
  struct Row {
    let keys: ChildSAKeys
    /// Destination (IPv4, upper half) and SPI.
    let flow: UInt64
    /// What was known of high halves when the run began.
    let sequence: SequenceHigh
  }

  private let rows = Mutex<[Row]>([])

  /// Adds an opener; its number comes back.
  func add(_ row: Row) -> Int {
    rows.withLock {
      $0.append(row)
      return $0.count - 1
    }
  }

  /// The rows from a number on.
  func rows(from number: Int) -> ArraySlice<Row> {
    rows.withLock { number < $0.count ? $0[number...] : [] }
  }
}
