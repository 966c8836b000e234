import Glibc

/// What the environment says of the terminal: its width, and whether colour is welcome.
package enum Terminal {
  /// When to colour.
  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// Columns to lay a report out for: `COLUMNS`, else the terminal's, else 80; never below 40.
  package static func width(of target: OutputTarget) -> Int {
    let asked = environmentVariable("COLUMNS").flatMap(Int.init)
    return min(max(asked ?? target.columns ?? 80, 40), 400)
  }

  /// Whether to colour: as asked, else only a terminal that is not dumb and without `NO_COLOR`
  /// (no-color.org: set and not empty).
  package static func usesColor(_ choice: ColorChoice, target: OutputTarget) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto:
      target.isTerminal && (environmentVariable("NO_COLOR") ?? "").isEmpty
        && environmentVariable("TERM") != "dumb" && environmentVariable("TERM") != nil
    }
  }

  /// True when standard error is a terminal, where progress may be shown.
  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Says a sentence on standard error behind the program's name, in one line. Arguments, file names
  /// and pieces of files may be quoted in it: what could move the cursor is spelled out.
  package static func say(_ message: String) {
    let lines = message.split(whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\r\n" })
    writeError("ikescope: \(terminalSafe(lines.joined(separator: " ")))\n")
  }

  /// Writes a line, or a piece of one, to standard error; failures there are nobody's concern.
  package static func writeError(_ text: String) {
    try? writeAll(Array(text.utf8), to: STDERR_FILENO)
  }
}
