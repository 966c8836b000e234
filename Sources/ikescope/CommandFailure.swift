import Bytes

/// An error for the user: one sentence, and the exit code it ends the program with.
struct CommandFailure: Error {
  /// What, where, and what to do.
  var message: String
  /// As sysexits(3) numbers them.
  var exitCode: Int32

  /// The program without any command.
  static let noCommand = CommandFailure(
    message: "say what to do, such as: ikescope analyze capture.pcap (see ikescope --help)",
    exitCode: 64)

  /// Arguments that do not fit together.
  static func usage(_ message: String) -> CommandFailure {
    CommandFailure(message: message, exitCode: 64)
  }

  /// An input that is there and cannot be used.
  static func unusable(_ path: String, _ reason: String) -> CommandFailure {
    CommandFailure(message: "\(shown(path)): \(reason)", exitCode: 65)
  }

  /// An input that cannot be opened.
  static func cannotOpen(_ path: String, _ reason: String) -> CommandFailure {
    CommandFailure(message: "\(shown(path)): cannot be read: \(reason)", exitCode: 66)
  }

  private static func shown(_ path: String) -> String {
    path == "-" ? "standard input" : printable(path)
  }
}
