import Analysis
import ArgumentParser
import Capture
import Keys
import Reporting
import Timeline

/// Converts key material between formats.
struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Convert key material between formats, with every key derived from a capture.",
    discussion: """
      ikescope keys charon.log --to json --show-keys --output keys.json
      ikescope keys ike.json --capture vpn.pcap --to wireshark --show-keys
      ip -s xfrm state | ikescope keys - --to wireshark --show-keys

      wireshark is the three tables of a profile's folder, each under a line with its name \
      (a comment to Wireshark); with --wireshark-folder each goes into the file of its name.
      """)

  @Argument(
    help: ArgumentHelp("Key files in any form; - is standard input.", valueName: "file"))
  var files: [String]

  @Option(help: "The format to write.")
  var to: KeyFormat

  @Option(
    help: ArgumentHelp("Derive what can be derived from this capture.", valueName: "file"))
  var capture: [String] = []

  @Flag(help: "Write the keys: without this, no key reaches any output.")
  var showKeys = false

  @Option(
    help: ArgumentHelp(
      "Write to a file of the owner's alone; it appears whole or not at all.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Write Wireshark's tables into this folder.", valueName: "folder"))
  var wiresharkFolder: String?

  func validate() throws {
    guard showKeys else {
      throw ValidationError("the output would hold keys in clear; say --show-keys if it shall")
    }
    guard wiresharkFolder == nil || (to == .wireshark && output == nil) else {
      throw ValidationError("--wireshark-folder belongs to --to wireshark, without --output")
    }
  }

  func run() throws {
    var material = KeyMaterial()
    for file in files { material.add(try readKeys(file)) }
    if !capture.isEmpty { material = try derive(material) }
    switch to {
    case .json: try write(KeyWriter.json(material), to: output)
    case .xfrm:
      let written = KeyWriter.xfrm(material)
      say(leftOut: written.leftOut)
      try write(written.text, to: output)
    case .wireshark: try write(KeyWriter.wireshark(material))
    }
  }

  /// The material and all that follows from it and the captures.
  private func derive(_ material: KeyMaterial) throws -> KeyMaterial {
    let source = try openCaptures(capture, filter: nil)
    var options = AnalysisOptions()
    options.keys = material
    let analyzer = Analyzer(options: options, sink: Nowhere())
    try analyzer.run(source)
    let letGo = analyzer.keys.derivedLetGo
    if letGo > 0 {
      Terminal.say(
        "\(letGo) derived keys are missing: they went with child SAs that are not remembered, of"
          + " tunnels with very many; give the capture in parts")
    }
    return analyzer.keys
  }

  private func write(_ tables: KeyWriter.WiresharkTables) throws {
    say(leftOut: tables.leftOut)
    let named = [
      ("ikev1_decryption_table", tables.ikev1), ("ikev2_decryption_table", tables.ikev2),
      ("esp_sa", tables.espSA),
    ]
    guard let wiresharkFolder else {
      return try write(named.map { "# \($0.0)\n\($0.1)" }.joined(), to: output)
    }
    for (name, table) in named { try write(table, to: "\(wiresharkFolder)/\(name)") }
  }

  private func write(_ text: String, to path: String?) throws(OutputError) {
    let target =
      if let path, path != "-" {
        try OutputTarget(file: path, isSecret: true)
      } else {
        OutputTarget()
      }
    target.write(text)
    try target.finish()
  }

  private func say(leftOut: [String]) {
    for sentence in leftOut {
      Terminal.say("left out, \(to.rawValue) has no name for it: \(sentence)")
    }
  }
}

/// A format that keys can be written in.
enum KeyFormat: String, ExpressibleByArgument, CaseIterable {
  case wireshark, json, xfrm
}
