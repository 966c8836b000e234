/// One line on what happened.
///
/// That of a message is kept in its parts, which many messages share, and put together where somebody
/// reads it: of the thousands that a report could show it shows few.
package enum EventSummary: Hashable, Sendable {
  /// The line.
  case text(String)
  /// A message by its name without its number, the number, and its payloads:
  /// `IKE_AUTH request 1 [ SK { … } ]`.
  case message(name: String, number: UInt32, payloads: String)

  /// The line.
  package var text: String {
    switch self {
    case .text(let text): return text
    case .message(let name, let number, let payloads):
      var text = ""
      // A number has ten digits at most.
      text.reserveCapacity(name.utf8.count + 11 + payloads.utf8.count)
      text += name
      text += String(number)
      text += " "
      text += payloads
      return text
    }
  }
}
