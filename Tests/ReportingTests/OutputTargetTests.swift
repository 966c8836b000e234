import Foundation
import Reporting
import Testing

@Suite("Outputs")
final class OutputTargetTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "ikescope-output-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("a file appears when it is whole, and replaces the one before")
  func atomic() throws {
    let path = folder.appending(path: "report.json").path
    try "before".write(toFile: path, atomically: false, encoding: .utf8)
    let target = try OutputTarget(file: path)
    target.write(String(repeating: "x", count: 200_000))
    target.flush()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
    try target.finish()
    #expect(try String(contentsOfFile: path, encoding: .utf8).count == 200_000)
    #expect(try names() == ["report.json"])
  }

  @Test("an abandoned file leaves nothing behind")
  func abandoned() throws {
    do {
      let target = try OutputTarget(file: folder.appending(path: "report.json").path)
      target.write("half")
      target.flush()
    }
    #expect(try names() == [])
  }

  @Test("a file with keys is its owner's alone")
  func secret() throws {
    let path = folder.appending(path: "keys.json").path
    let target = try OutputTarget(file: path, isSecret: true)
    target.write("key")
    try target.finish()
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("what cannot be created says why and ends with 73")
  func refused() throws {
    let paths = [folder.appending(path: "no/such/folder").path, folder.path]
    for path in paths {
      let error = #expect(throws: OutputError.self) { _ = try OutputTarget(file: path) }
      #expect(error?.exitCode == 73)
      #expect(error?.description.contains("cannot be written: ") == true)
    }
  }

  @Test("a full device is an error, and writing on is harmless")
  func fullDevice() throws {
    try #require(FileManager.default.fileExists(atPath: "/dev/full"))
    let target = try OutputTarget(file: "/dev/full")
    target.write("text")
    target.flush()
    #expect(target.failure?.exitCode == 73)
    target.write("more")
    #expect(throws: OutputError.self) { try target.finish() }
  }
}
