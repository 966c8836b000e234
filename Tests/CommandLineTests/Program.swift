import Foundation
import TestSupport

/// The program under test, run as a user runs it.
enum Program {
  /// What came of a run.
  struct Outcome {
    var status: Int32
    /// True when a signal ended it.
    var wasSignalled: Bool
    var output: Data
    var errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The built program: beside the test bundle.
  static let path: String = {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let folders = [
      bundle.deletingLastPathComponent(), SharedMaterial.root.appending(path: ".build/debug"),
    ]
    let candidates = folders.map { $0.appending(path: "ikescope").path }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "ikescope"
  }()

  /// Runs it to its end.
  static func run(_ arguments: [String], input: Data? = nil) throws -> Outcome {
    try run(path, arguments, input: input)
  }

  /// Runs a line of bash in which `$IKESCOPE` is the program.
  static func shell(_ line: String) throws -> Outcome {
    try run("/bin/bash", ["-c", line])
  }

  private static func run(
    _ executable: String, _ arguments: [String], input: Data? = nil
  ) throws -> Outcome {
    try inTemporaryFolder { folder in
      // Files, not pipes: nobody has to read while the program runs.
      let outputFile = folder.appending(path: "output")
      let errorFile = folder.appending(path: "errors")
      let inputFile = folder.appending(path: "input")
      for file in [outputFile, errorFile] { try Data().write(to: file) }
      try (input ?? Data()).write(to: inputFile)
      let process = Process()
      process.executableURL = URL(filePath: executable)
      process.arguments = arguments
      process.environment = environment
      process.standardInput = try FileHandle(forReadingFrom: inputFile)
      process.standardOutput = try FileHandle(forWritingTo: outputFile)
      process.standardError = try FileHandle(forWritingTo: errorFile)
      try process.run()
      process.waitUntilExit()
      return Outcome(
        status: process.terminationStatus,
        wasSignalled: process.terminationReason == .uncaughtSignal,
        output: try Data(contentsOf: outputFile),
        errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }
  }

  private static var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["IKESCOPE"] = path
    environment["COLUMNS"] = "80"
    return environment
  }
}

/// Gives a folder of its own and removes it afterwards.
func inTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "ikescope-run-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
