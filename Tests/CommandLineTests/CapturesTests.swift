import Foundation
import TestSupport
import Testing

@Suite("Every capture of the project")
struct CapturesTests {
  /// The captures, by their paths without `.pcap`.
  static let bases: [String] = {
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: SharedMaterial.captures.path)) ?? []
    return files.filter { $0.hasSuffix(".pcap") }.sorted().map {
      SharedMaterial.captures.appending(path: String($0.dropLast(5))).path
    }
  }()

  /// The options that name the keys and the configuration beside a capture.
  private func everythingKnown(_ base: String) -> [String] {
    let beside = [("--keys", "keys.json"), ("--config", "asa.cfg"), ("--config", "ios.cfg")]
    return beside.flatMap { option, suffix in
      FileManager.default.fileExists(atPath: "\(base).\(suffix)")
        ? [option, "\(base).\(suffix)"] : []
    }
  }

  private func validator() throws -> SchemaValidator {
    var validator = try SchemaValidator([UInt8](Program.run(["schema"]).output))
    validator.refusesUnnamed = true
    return validator
  }

  @Test("there are enough of them")
  func enough() {
    #expect(Self.bases.count >= 15)
  }

  @Test("gives a document that the printed schema accepts, and names nothing that it does not")
  func documents() throws {
    let validator = try validator()
    for base in Self.bases {
      for options in [[], everythingKnown(base)] {
        let outcome = try Program.run(["analyze", "\(base).pcap", "--format", "json"] + options)
        #expect(outcome.status == 0, "\(base): \(outcome.errors)")
        let value = try JSONSerialization.jsonObject(with: outcome.output)
        let problems = validator.problems(value, definition: "Timeline")
        #expect(problems.isEmpty, "\(base): \(problems.prefix(3))")
      }
    }
  }

  @Test("gives a text report within 80 columns that ends with the capture")
  func texts() throws {
    for base in Self.bases {
      let outcome = try Program.run(["analyze", "\(base).pcap"] + everythingKnown(base))
      #expect(outcome.status == 0)
      let wide = outcome.text.split(separator: "\n").filter { $0.count > 80 }
      #expect(wide.isEmpty, "\(base): \(wide.prefix(2))")
      #expect(outcome.text.contains("\nCapture    "))
    }
  }

  @Test("gives up no key of its key file to any output")
  func secrets() throws {
    for base in Self.bases {
      let keys = "\(base).keys.json"
      guard FileManager.default.fileExists(atPath: keys) else { continue }
      let outputs = try ["text", "json"].map { format in
        try Program.run(
          ["analyze", "\(base).pcap", "--format", format, "--verbose"] + everythingKnown(base)
        ).text
      }.joined()
      let found = try secrets(of: keys).filter { outputs.contains($0) }
      #expect(found.isEmpty, "\(base)")
    }
  }

  /// Every secret of a key file, as text.
  private func secrets(of path: String) throws -> [String] {
    let data = try Data(contentsOf: URL(filePath: path))
    let file = try JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]]
    var secrets: [String] = []
    for entry in file?["psk"] ?? [] { secrets += [entry["psk"] as? String].compactMap(\.self) }
    for entry in file?["ike_sas"] ?? [] {
      secrets += (entry["keys"] as? [String: String]).map { Array($0.values) } ?? []
    }
    for entry in file?["child_sas"] ?? [] {
      secrets += ["encryption_key", "integrity_key"].compactMap { entry[$0] as? String }
    }
    return secrets.filter { $0.count >= 8 }
  }
}
