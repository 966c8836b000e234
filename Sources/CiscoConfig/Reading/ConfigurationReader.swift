internal import Bytes

/// Reads a text, command by command, into a `CryptoConfiguration`.
///
/// A command is first tried in the sub-mode that is open; when it does not belong there it is tried
/// as a global one, which closes the sub-mode. Commands about crypto, access lists, tunnel-groups
/// and translation that neither understands are listed; others are passed over.
struct ConfigurationReader {
  var configuration: CryptoConfiguration
  var mode = Mode.global
  /// The interface whose sub-mode was open last: a `crypto map NAME` without more belongs to it.
  var lastInterface: String?
  /// `name a.b.c.d NAME` of an ASA (X-PARSE-06).
  var hostNames: [String: IPAddress] = [:]
  var index = ElementIndex()
  var skipping = RawText.none
  /// How many commands of a configuration were seen, understood or known by their first word.
  var recognized = 0
  /// How many lines look like what `show crypto …` prints.
  var shownOutput = 0
  /// A command that ended too early: the next line may be the rest of it.
  private var held: (statement: Statement, error: StatementError)?

  /// A list of lines or notes does not grow beyond this; more is counted.
  private static let mostListed = 100_000
  /// Behind so many lines that were not understood nothing more is read: it is no configuration.
  private static let mostUnread = 500_000
  /// The first line that was not read any more.
  private var endOfReading: SourceLine?

  init(path: String, dialect: Dialect) {
    configuration = CryptoConfiguration(path: path, dialect: dialect)
  }

  /// Takes in one line.
  mutating func read(_ line: TextLines.Line, number: Int) {
    configuration.lineCount = number
    if configuration.unlistedCount >= Self.mostUnread {
      endOfReading = endOfReading ?? SourceLine(number: number, text: "")
      return
    }
    if skipping.continues(with: line) { return }
    guard let statement = Statement(line, number: number), !isComment(statement) else { return }
    if ShownOutput.recognizes(statement) {
      shownOutput += 1
      report(statement, .invalid("this is what a show command prints, not a command"))
      return
    }
    if let (first, error) = held {
      held = nil
      if join(first, statement) { return }
      report(first, error)
    }
    take(statement)
  }

  /// Takes in what is still held at the end of the text and puts lists into their final order.
  mutating func finish() {
    if let (statement, error) = held { report(statement, error) }
    held = nil
    noteUnlisted()
    putInOrder()
  }

  private mutating func noteUnlisted() {
    guard configuration.unlistedCount > 0, let last = configuration.notUnderstood.last else {
      return
    }
    let count = configuration.unlistedCount
    if let endOfReading {
      note(
        .unlisted, endOfReading,
        "\(count + Self.mostListed) lines before this one were not understood: this is hardly a "
          + "configuration, and from here on nothing was read")
    } else {
      note(.unlisted, last.line, "\(count) lines behind this one were not understood either")
    }
  }

  /// Comments, the marks around a saved configuration, and lines that `show` puts in front.
  private func isComment(_ statement: Statement) -> Bool {
    switch statement.bytes[statement.start] {
    case UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: "#"): true
    default: false
    }
  }

  private mutating func take(_ statement: Statement) {
    do throws(StatementError) {
      let isKept = mode != .other
      if try readInMode(statement) {
        recognized += isKept ? 1 : 0
      } else if try readGlobal(statement) {
        recognized += mode != .other ? 1 : 0
      } else if Relevance.isRelevant(statement, in: mode) {
        report(statement, .invalid("this command is not known here"))
      } else if !statement.isIndented {
        leaveAfterUnknown()
      }
    } catch {
      if case .incomplete = error {
        held = (statement, error)
      } else {
        report(statement, error)
      }
    }
  }

  /// An unknown command in the first column ends a sub-mode, but for those whose vocabulary is
  /// too large to know: there it is one of them.
  private mutating func leaveAfterUnknown() {
    switch mode {
    case .interface, .groupPolicy, .tunnelGroup, .other: break
    default: mode = .global
    }
  }

  /// Tries a command that ended too early together with the next line (M-21).
  private mutating func join(_ first: Statement, _ second: Statement) -> Bool {
    guard !second.hadPrompt,
      first.isWord(0, "access-list") || !Vocabulary.beginsCommand(second, in: mode)
    else { return false }
    let joined = Statement(joining: first, second)
    do throws(StatementError) {
      if try !readInMode(joined) {
        guard try readGlobal(joined) else { return false }
      }
    } catch {
      return false
    }
    recognized += 1
    note(
      .wrappedLine, source(joined),
      "lines \(first.number) and \(second.number) were joined: the first is an incomplete command")
    return true
  }

  private mutating func report(_ statement: Statement, _ error: StatementError) {
    guard Relevance.isRelevant(statement, in: mode) else { return }
    guard configuration.notUnderstood.count < Self.mostListed else {
      configuration.unlistedCount += 1
      return
    }
    configuration.notUnderstood.append(
      UnreadLine(line: source(statement), message: error.message))
  }
}

extension ConfigurationReader {
  /// The line a command stands on, secrets masked.
  func source(_ statement: Statement) -> SourceLine {
    SourceLine(number: statement.number, text: Redaction.text(of: statement))
  }

  mutating func note(_ kind: ReadingNote.Kind, _ line: SourceLine, _ message: String) {
    guard configuration.notes.count < Self.mostListed else { return }
    configuration.notes.append(ReadingNote(kind: kind, line: line, message: message))
  }

  /// Ends a command: nothing may be left of it, and what the cursor noticed is kept.
  mutating func end(_ cursor: inout WordCursor, _ line: SourceLine) throws(StatementError) {
    try cursor.expectEnd()
    keepNotes(of: cursor, line)
  }

  /// Keeps what the cursor noticed.
  mutating func keepNotes(of cursor: WordCursor, _ line: SourceLine) {
    for keyword in cursor.abbreviations {
      note(.abbreviation, line, "a shortened ‘\(keyword)’ was accepted")
    }
    for word in cursor.placeholders {
      note(.placeholder, line, "‘\(printable(word))’ stands where a value belongs")
    }
    for complaint in cursor.rangeComplaints {
      note(.outOfRange, line, complaint)
    }
  }
}

/// Where elements with numbers stand in the configuration's lists while it is read.
struct ElementIndex {
  /// A numbered entry of a named set.
  struct Key: Hashable {
    let name: String
    let number: Int
  }

  var cryptoMapEntries: [Key: Int] = [:]
  var dynamicMapEntries: [Key: Int] = [:]
  var certificateRules: [Key: Int] = [:]
  var routeMapEntries: [Key: Int] = [:]
  var ikev1Policies: [Int: Int] = [:]
  /// Interfaces of PIX 6 by their nameif.
  var interfaces: [String: String] = [:]
  /// For each list with `line N`: the position asked for by each line, nil for the end.
  var requestedLines: [String: [Int?]] = [:]
}
