import Foundation
import TestSupport
import Testing

/// What is left of keys in the memory of a running program, as root may look into it (proc(5)).
@Suite("Secrets in the program's memory")
struct SecretMemoryTests {
  /// The memory of a process that can be written to, piece by piece.
  private func memory(of process: Int32) throws -> [Data] {
    let maps = try FileHandle(forReadingFrom: URL(filePath: "/proc/\(process)/maps"))
    let memory = try FileHandle(forReadingFrom: URL(filePath: "/proc/\(process)/mem"))
    let lines = String(decoding: try maps.readToEnd() ?? Data(), as: UTF8.self)
    return lines.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
      guard ends.count == 2, words[1].hasPrefix("rw") else { return nil }
      guard (try? memory.seek(toOffset: ends[0])) != nil else { return nil }
      return try? memory.read(upToCount: Int(ends[1] - ends[0]))
    }
  }

  @Test(
    "are there as keys, and the file that they were read from is not any more",
    .enabled(if: geteuid() == 0, "needs root, to look into another process"))
  func text() throws {
    let base = SharedMaterial.captures.appending(path: "demo").path
    let file = try Data(contentsOf: URL(filePath: "\(base).keys.json"))
    let secrets = RobustSecretTests.secrets(of: file).filter { $0.count == 32 || $0.count == 40 }
    #expect(secrets.count >= 4 && holds(file, secrets, asText: true))
    let process = Process()
    let input = Pipe()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["analyze", "-", "--keys", "\(base).keys.json"]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    // The header alone: what follows never comes, so that the program waits with its keys.
    let capture = try Data(contentsOf: URL(filePath: "\(base).pcap"))
    try input.fileHandleForWriting.write(contentsOf: capture.prefix(24))
    var pieces: [Data] = []
    for _ in 0..<100 {
      Thread.sleep(forTimeInterval: 0.1)
      pieces = try memory(of: process.processIdentifier)
      if pieces.contains(where: { holds($0, secrets, asText: false) }) { break }
    }
    #expect(pieces.contains { holds($0, secrets, asText: false) }, "the keys were found")
    Thread.sleep(forTimeInterval: 0.3)
    pieces = try memory(of: process.processIdentifier)
    #expect(!pieces.contains { holds($0, secrets, asText: true) })
  }

  private func holds(_ piece: Data, _ secrets: [String], asText: Bool) -> Bool {
    secrets.contains { secret in
      piece.range(of: asText ? Data("\": \"\(secret)\"".utf8) : Data(hex: secret)) != nil
    }
  }
}
