import Tracking

/// What is asked of many messages without copying them: each shares some objects with others, which a
/// copy would have to count.
extension [SeenMessage] {
  /// The messages that pass a test, in order; only these are copied.
  @inline(__always)
  func passing(_ test: (borrowing SeenMessage) -> Bool) -> [SeenMessage] {
    let messages = span
    var found: [SeenMessage] = []
    for index in messages.indices where test(messages[index]) { found.append(messages[index]) }
    return found
  }

  /// How many messages pass a test.
  @inline(__always)
  func count(passing test: (borrowing SeenMessage) -> Bool) -> Int {
    let messages = span
    var count = 0
    for index in messages.indices where test(messages[index]) { count += 1 }
    return count
  }
}
