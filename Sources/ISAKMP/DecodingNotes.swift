package import Bytes

/// What decoding found wrong: the first thing that made a structure unreadable, and oddities.
package struct DecodingNotes: Sendable {
  /// Oddities kept of one message; the rest would say the same again.
  package static let limit = 16

  /// The first structure that could not be read; nil while all could.
  package private(set) var malformed: WireError?
  /// Places that are not as the RFC wants them and did not hinder, and further failures.
  package private(set) var oddities: [WireError] = []

  /// Nothing wrong so far.
  package init() {}

  /// A structure could not be read.
  mutating func fail(_ error: WireError) {
    if malformed == nil {
      malformed = error
    } else {
      oddity(error)
    }
  }

  /// Something is odd and decoding goes on.
  mutating func oddity(_ error: WireError) {
    guard oddities.count < Self.limit else { return }
    oddities.append(error)
  }

  /// What was noted of a part.
  mutating func add(_ other: DecodingNotes) {
    if let error = other.malformed { fail(error) }
    for error in other.oddities { oddity(error) }
  }

  /// Something is odd at the reader's position.
  mutating func oddity(_ what: @autoclosure () -> String, at reader: borrowing WireReader) {
    guard oddities.count < Self.limit else { return }
    oddities.append(reader.invalid(what()))
  }
}
