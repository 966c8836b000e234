import ArgumentParser

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
}
