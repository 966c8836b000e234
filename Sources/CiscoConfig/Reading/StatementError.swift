internal import Bytes

/// Why a command was not understood.
enum StatementError: Error {
  /// The line ends where more must follow.
  case incomplete(String)
  /// A word stands where something else must.
  case unexpected(String, wanted: String)
  /// The words are in place, what they say cannot be.
  case invalid(String)

  /// One sentence for the user.
  var message: String {
    switch self {
    case .incomplete(let wanted): "the line ends where \(wanted) should follow"
    case .unexpected(let word, let wanted): "‘\(printable(word))’ stands where \(wanted) should"
    case .invalid(let sentence): sentence
    }
  }
}
