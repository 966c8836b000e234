import ArgumentParser
import Reporting

/// What an output is written as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, ndjson
}

/// How bad a finding must be to make the exit code 1.
enum FailThreshold: String, ExpressibleByArgument, CaseIterable {
  case error, warning, never
}

extension Terminal.ColorChoice: ExpressibleByArgument {}

/// Where a report goes and how it looks.
struct ReportOptions: ParsableArguments {
  @Option(help: "How it is written: for a person, as one document, or an object a line.")
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "Write to a file instead of standard output; it appears whole or not at all.",
      valueName: "file"))
  var output: String?

  @Option(help: "When to colour; auto: on a terminal, without NO_COLOR.")
  var color: Terminal.ColorChoice = .auto

  @Flag(help: "Show no progress on standard error (it is shown on a terminal only).")
  var noProgress = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  @Flag(help: "Show every payload and its fields, and all notes.")
  var verbose = false

  @Flag(help: "Show every tunnel and flow in full, however many there are.")
  var all = false

  /// The output, opened.
  func target(appearsWhole: Bool = true) throws(OutputError) -> OutputTarget {
    guard let output, output != "-" else { return OutputTarget() }
    return try OutputTarget(file: output, appearsWhole: appearsWhole)
  }

  /// How a text report looks on that output.
  func textOptions(_ target: OutputTarget) -> TextOptions {
    var options = TextOptions()
    options.width = Terminal.width(of: target)
    options.usesColor = Terminal.usesColor(color, target: target)
    options.isVerbose = verbose
    options.showsAll = all
    return options
  }

  /// True when progress may be shown.
  var showsProgress: Bool { !quiet && !noProgress && Terminal.errorIsTerminal }
}
