import CiscoConfig
import Foundation
import TestSupport
import Testing

/// Configurations that people published, where they lie beside the checkout.
@Suite("Public configurations")
struct PublicConfigurationTests {
  /// The files below some folders of the corpus.
  static func files(_ folders: [String]) -> [URL] {
    guard let root = SharedMaterial.folder("policy/configs") else { return [] }
    return folders.flatMap { folder -> [URL] in
      let paths =
        FileManager.default.enumerator(
          at: root.appending(path: folder), includingPropertiesForKeys: [.isRegularFileKey])
        ?? FileManager.DirectoryEnumerator()
      return paths.compactMap { $0 as? URL }
        .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true }
        .sorted { $0.path < $1.path }
    }
  }

  static let configurations = [
    "raw", "extracted-md", "extracted-rst", "testsuite", "aux-acl-nat",
  ]

  @Test(
    "At least 97 % of the crypto lines are understood, and the others are listed",
    .enabled(if: SharedMaterial.folder("policy/configs") != nil))
  func coverage() throws {
    var cryptoLines = 0
    var missed = 0
    var report = ""
    for file in Self.files(Self.configurations) {
      let bytes = [UInt8](try Data(contentsOf: file))
      guard let configuration = try? CryptoConfiguration(parsing: bytes, path: file.path) else {
        report += "NOT CONFIGURATION \(file.lastPathComponent)\n"
        continue
      }
      let all = [configuration] + configuration.contexts
      for line in all.flatMap(\.notUnderstood) {
        missed += isCrypto(line.line.text[...]) ? 1 : 0
        report +=
          "\(file.lastPathComponent):\(line.line.number): \(line.line.text) -- \(line.message)\n"
      }
      for line in bytes.split(separator: 10) {
        cryptoLines += isCrypto(String(decoding: line, as: UTF8.self)[...]) ? 1 : 0
      }
    }
    if let path = ProcessInfo.processInfo.environment["IKESCOPE_NOT_UNDERSTOOD"] {
      try report.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let share = Double(cryptoLines - missed) / Double(max(1, cryptoLines))
    print("crypto lines \(cryptoLines), not understood \(missed), understood \(share * 100) %")
    #expect(cryptoLines > 1500)
    #expect(share >= 0.97)
  }

  /// A line that begins as the patterns of the corpus' vocabulary do.
  private func isCrypto(_ line: Substring) -> Bool {
    var words = line.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    if words.first == "no" { words.removeFirst() }
    guard let first = words.first else { return false }
    let second = words.count > 1 ? words[1] : ""
    switch first {
    case "crypto", "isakmp", "tunnel-group", "tunnel-group-map", "encr", "encryption", "hash",
      "integrity", "prf", "pre-shared-key", "keyring", "dpd", "self-identity", "reverse-route":
      return true
    case "set":
      return [
        "peer", "transform-set", "pfs", "security-association", "isakmp-profile", "ikev2-profile",
        "ikev1", "ikev2", "session-key", "ip",
      ].contains(second)
    case "match": return ["address", "identity", "fvrf"].contains(second)
    case "authentication", "group", "lifetime", "mode", "protocol", "ikev1", "ikev2", "tunnel":
      return true
    default: return false
    }
  }
}
