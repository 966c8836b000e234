import ArgumentParser
import Reporting

/// Prints the JSON Schema of everything that is written as JSON.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema (2020-12) of the timeline.",
    discussion: """
      Every document of --format json and every line of --format ndjson validates against it:
      ikescope schema > timeline.schema.json
      """)

  @Option(
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    let target = try output.map { path in try OutputTarget(file: path) } ?? OutputTarget()
    target.write(TimelineSchema.text)
    try target.finish()
  }
}
