/// A line of the configuration file: where something was said, and in what words.
///
/// The text is cleaned (no pager marks, no prompt, no blanks at the ends) and secrets in it are
/// replaced by `*****`, so that it may be printed anywhere.
package struct SourceLine: Hashable, Sendable {
  /// The line's number in the file, from 1.
  package let number: Int
  /// The line as it may be shown.
  package let text: String

  /// A line at a place.
  package init(number: Int, text: String) {
    self.number = number
    self.text = text
  }
}

/// A value together with the line that set it.
package struct Sourced<Value: Sendable>: Sendable {
  /// What was set.
  package var value: Value
  /// The line that said so.
  package var line: SourceLine

  /// A value from a line.
  package init(_ value: Value, _ line: SourceLine) {
    self.value = value
    self.line = line
  }
}

extension Sourced: Equatable where Value: Equatable {}
extension Sourced: Hashable where Value: Hashable {}

/// A line that the reader could not take in, and why: nothing is silently ignored.
package struct UnreadLine: Hashable, Sendable {
  /// Where it stands and what it says, secrets masked.
  package let line: SourceLine
  /// What was wrong with it, for the user.
  package let message: String

  /// A line and what was wrong with it.
  package init(line: SourceLine, message: String) {
    self.line = line
    self.message = message
  }
}

/// Something the reader noticed or repaired while it took a line in.
package struct ReadingNote: Hashable, Sendable {
  /// What kind of thing was noticed.
  package enum Kind: String, Hashable, Sendable {
    /// Two or more lines were joined because the first was an incomplete command (M-21).
    case wrappedLine
    /// A keyword was shortened, as people type it (`cry map`).
    case abbreviation
    /// A value outside the documented range of its command.
    case outOfRange
    /// A word such as `<peer-ip>` where a value belongs.
    case placeholder
    /// A definition given twice where the second replaces or is ignored.
    case redefinition
    /// A `no …` line that takes back something set before.
    case removal
    /// More lines were not understood than are listed.
    case unlisted
  }

  /// What was noticed.
  package let kind: Kind
  /// The line concerned; for joined lines the first one.
  package let line: SourceLine
  /// One sentence for the user.
  package let message: String

  /// A note about a line.
  package init(kind: Kind, line: SourceLine, message: String) {
    self.kind = kind
    self.line = line
    self.message = message
  }
}
