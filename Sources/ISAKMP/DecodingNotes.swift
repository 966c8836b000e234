package import Bytes
import Registries

/// What decoding found wrong: the first thing that made a structure unreadable, and oddities.
package struct DecodingNotes: Sendable {
  /// Oddities kept of one message; the rest would say the same again.
  package static let limit = 16

  /// The first structure that could not be read; nil while all could.
  package var malformed: WireError? { failures.first }
  /// Nothing, or that one: nothing is copied as fast as nothing, which an optional error is not.
  private(set) var failures: [WireError] = []
  /// Places that are not as the RFC wants them and did not hinder, and further failures.
  package private(set) var oddities: [WireError] = []

  /// The payload whose body is being read, which errors then name.
  var payload: (index: Int, type: PayloadType)?

  /// Nothing wrong so far.
  package init() {}

  /// A structure could not be read.
  mutating func fail(_ error: WireError) {
    if failures.isEmpty {
      failures = [placed(error)]
    } else {
      oddity(error)
    }
  }

  /// Something is odd and decoding goes on.
  mutating func oddity(_ error: WireError) {
    guard oddities.count < Self.limit else { return }
    oddities.append(placed(error))
  }

  private func placed(_ error: WireError) -> WireError {
    guard let payload else { return error }
    var error = error
    let place = "payload \(payload.index + 1) (\(payload.type.notation))"
    error.layer = error.layer.isEmpty ? place : "\(place), \(error.layer)"
    return error
  }

  /// What was noted of a part.
  mutating func add(_ other: DecodingNotes) {
    for error in other.failures { fail(error) }
    for error in other.oddities { oddity(error) }
  }

  /// Something is odd at the reader's position.
  mutating func oddity(_ what: @autoclosure () -> String, at reader: borrowing WireReader) {
    guard oddities.count < Self.limit else { return }
    oddities.append(placed(reader.invalid(what())))
  }
}
