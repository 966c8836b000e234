import Foundation
import TestSupport
import Testing

/// Conversations of Openswan's unit tests, whose logs print what was inside each message.
@Suite("Openswan's plaintexts")
struct OpenswanTests {
  struct Case: CustomTestStringConvertible {
    var capture: String
    var keys: [String]
    var plaintexts: [Data]

    var testDescription: String { capture }
  }

  static let cases = (try? readCases()) ?? []

  @Test(
    "every payload of the log comes out byte for byte",
    .enabled(if: SharedMaterial.folder("corpus") != nil, "needs the corpus of captures"),
    arguments: cases)
  func plaintexts(conversation: Case) throws {
    try inTemporaryFolder { folder in
      let keys = folder.appending(path: "secrets").path
      try Data(conversation.keys.joined(separator: "\n").appending("\n").utf8)
        .write(to: URL(filePath: keys))
      let corpus = try #require(SharedMaterial.folder("corpus"))
      let outcome = try Program.run([
        "decrypt", corpus.appending(path: conversation.capture).path, "--keys", keys, "--output",
        "-",
      ])
      #expect(outcome.status == 0)
      for plaintext in conversation.plaintexts {
        let padding = Int(plaintext.last ?? 0) + 1
        #expect(outcome.output.holds(plaintext.dropLast(padding)), "\(plaintext.count) bytes")
      }
    }
  }

  /// Rows of the manifest that have keys and a log with plaintexts. The key sets of lp203 and lp205
  /// pair a 24-byte key with AES-128: they fit nothing.
  private static func readCases() throws -> [Case] {
    guard let corpus = SharedMaterial.folder("corpus") else { return [] }
    let manifest = try String(
      contentsOf: corpus.appending(path: "MANIFEST.tsv"), encoding: .utf8)
    return manifest.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > 7, fields[0].contains("openswan-conversations/"), !fields[7].isEmpty,
        !fields[0].contains("lp203"), !fields[0].contains("lp205")
      else { return nil }
      let name = fields[0].split(separator: "/").last?.dropLast(5) ?? ""
      let parts = name.split(separator: ".")
      let log = parts.count > 1 ? parts[1] : "output1"
      let file = corpus.appending(path: "captures/openswan/expected/\(parts[0])/\(log).txt")
      guard let text = try? Data(contentsOf: file) else { return nil }
      let found = plaintexts(String(decoding: text, as: UTF8.self))
      guard !found.isEmpty else { return nil }
      let keys = fields[7].components(separatedBy: ";;").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return Case(capture: String(fields[0]), keys: keys, plaintexts: found)
    }
  }

  private static func plaintexts(_ log: String) -> [Data] {
    var found: [Data] = []
    var isInside = false
    for line in log.split(separator: "\n") {
      if let match = line.wholeMatch(of: #/\| decrypted payload: ([ 0-9a-f]+)/#) {
        found.append(Data(hex: match.1))
        isInside = true
      } else if isInside, let match = line.wholeMatch(of: #/\|   ([ 0-9a-f]+)/#) {
        found[found.count - 1] += Data(hex: match.1)
      } else {
        isInside = false
      }
    }
    return found
  }
}
