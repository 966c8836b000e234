import ArgumentParser
import Timeline

/// The program: one command for each question a user comes with.
struct Ikescope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ikescope",
    abstract:
      "Explains what happened to IPsec tunnels, from packet captures and Cisco configurations.",
    discussion: """
      ikescope analyze vpn.pcap                    what failed, and why
      ikescope analyze vpn.pcap --config asa.cfg   and whose line it is
      ikescope analyze vpn.pcap --keys keys.json   and what was inside

      Exit codes: 0 analysed; 1 a finding reached --fail-on; 64 wrong usage; 65 the data cannot be \
      used; 66 an input cannot be opened; 73 an output cannot be created; 77 not permitted; \
      130 interrupted.
      """,
    version: "\(Generator.name) \(Generator.version)",
    subcommands: [
      Analyze.self, Live.self, Explain.self, Check.self, Decrypt.self, Keys.self, Schema.self,
    ])
}
