import ArgumentParser
import Capture
import Glibc
import Reporting

/// Where the program starts, and where every error becomes a sentence and an exit code.
@main
enum Main {
  static func main() {
    reserveStandardDescriptors()
    prepareSignals()
    do {
      guard CommandLine.arguments.count > 1 else { throw CommandFailure.noCommand }
      try expectCommand(CommandLine.arguments[1])
      var command = try Ikescope.parseAsRoot()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  /// Says what went wrong on standard error and gives the exit code.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let code as ExitCode:
      return code.rawValue
    case let failure as CommandFailure:
      say(failure.message)
      return failure.exitCode
    case let failure as OutputError:
      if failure != .closed { say(failure.description) }
      return failure.exitCode
    case let failure as CaptureError:
      if failure != .outputClosed { say(failure.description) }
      return failure.exitCode
    default:
      return reportUsage(error)
    }
  }

  /// Help and version, which are no errors, and what the argument parser refuses.
  private static func reportUsage(_ error: any Error) -> Int32 {
    let code = Ikescope.exitCode(for: error)
    if code.isSuccess {
      print(Ikescope.fullMessage(for: error))
      return 0
    }
    let asked = CommandLine.arguments.dropFirst().first { !$0.hasPrefix("-") }
    let names = Ikescope.configuration.subcommands.map { $0._commandName }
    let command = asked.flatMap { names.contains($0) ? " \($0)" : nil } ?? ""
    say("\(Ikescope.message(for: error)) (see ikescope\(command) --help)")
    return code.rawValue
  }

  private static func say(_ message: String) {
    Terminal.say(message)
  }
}
