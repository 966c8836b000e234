import ArgumentParser
import Glibc

/// The language of a configuration.
enum DialectChoice: String, ExpressibleByArgument, CaseIterable {
  case asa, ios
}

/// Configurations to hold a capture or a question against.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "A Cisco ASA or IOS configuration of one end; twice for both ends.", valueName: "file"))
  var configurations: [String] = []

  @Option(help: "The configuration's language, where it is not recognised.")
  var dialect: DialectChoice?

  @Option(
    help: ArgumentHelp(
      "The end that the configuration belongs to, where its interfaces do not tell.",
      valueName: "address"))
  var local: String?
}

/// Keys to open a capture with.
struct KeyOptions: ParsableArguments {
  @Option(
    name: .customLong("keys"),
    help: ArgumentHelp(
      "Key material, recognised by its content: ikescope keys JSON, Wireshark tables, ip xfrm state, setkey -D, charon or pluto logs, FortiGate and MikroTik dumps; may be repeated, - is standard input.",
      valueName: "file"))
  var keys: [String] = []

  @Option(
    help: ArgumentHelp(
      "Threads that open packets with keys; the result is the same for any number. 0 is one a processor, 8 at most.",
      valueName: "count"))
  var jobs = 0

  /// Threads to use.
  var threads: Int {
    jobs > 0 ? jobs : min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 8)
  }

  func validate() throws {
    guard (0...64).contains(jobs) else { throw ValidationError("--jobs is a number from 0 to 64") }
  }
}
