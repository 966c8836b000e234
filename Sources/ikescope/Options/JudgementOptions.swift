import ArgumentParser

/// How findings are judged.
struct JudgementOptions: ParsableArguments {
  @Option(help: "Exit with 1 when a finding is as bad as this, or worse.")
  var failOn: FailThreshold = .never

  @Flag(help: "Raise weak and outdated algorithms from remarks to warnings.")
  var audit = false

  @Option(
    help: ArgumentHelp("Packets of the replay window that a receiver has.", valueName: "packets"))
  var replayWindow = 64

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  func validate() throws {
    guard (1...65_536).contains(replayWindow) else {
      throw ValidationError("--replay-window is a number from 1 to 65536")
    }
  }
}
