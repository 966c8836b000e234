import Foundation
import Testing

@Suite("The command line")
struct UsageTests {
  @Test(
    "wrong usage is one sentence on standard error, and 64",
    arguments: [
      [], ["nonsense"], ["--nonsense"], ["analyze"], ["analyze", "--format", "xml", "a.pcap"],
      ["analyze", "a.pcap", "--fail-on", "all"], ["analyze", "a.pcap", "--replay-window", "0"],
      ["schema", "extra"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("ikescope: "))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains("see ikescope"))
  }

  @Test(
    "help and version are no errors",
    arguments: [["--help"], ["help", "analyze"], ["analyze", "--help"], ["--version"]])
  func help(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text.lowercased().contains("ikescope"))
  }

  @Test("the schema is JSON and names every record of the contract")
  func schema() throws {
    let outcome = try Program.run(["schema"])
    #expect(outcome.status == 0)
    let value = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    #expect(value?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let definitions = try #require(value?["$defs"] as? [String: Any])
    for name in ["Timeline", "Tunnel", "ChildSA", "Traffic", "Flow", "Finding", "Event", "Step"] {
      #expect(definitions[name] != nil, "\(name)")
    }
  }

  @Test("a reader that has gone ends the program quietly")
  func closedPipe() throws {
    let outcome = try Program.shell(#"{ sleep 0.3; "$IKESCOPE" schema; echo $? >&2; } | true"#)
    #expect(outcome.errors == "0\n")
  }

  @Test(
    "an output that cannot be created is said with its reason, and 73",
    arguments: ["/no/such/folder/out.json", "/", "/dev/full"])
  func cannotCreate(path: String) throws {
    let outcome = try Program.run(["schema", "--output", path])
    #expect(outcome.status == 73)
    #expect(outcome.errors.hasPrefix("ikescope: \(path): cannot be written: "))
  }
}
