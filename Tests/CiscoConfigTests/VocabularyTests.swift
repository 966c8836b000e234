import CiscoConfig
import Foundation
import TestSupport
import Testing

/// Every pattern of crypto commands that was seen in public configurations, weighted by how often.
@Suite("The vocabulary of public configurations")
struct VocabularyTests {
  /// Commands that open the sub-modes in which a pattern may stand.
  static let contexts = [
    "hostname x", "crypto map m 10 ipsec-isakmp", "crypto isakmp policy 10",
    "crypto ikev2 policy 1",
    "crypto ikev2 proposal p", "crypto ikev2 profile p", "crypto ikev2 keyring k\n peer p",
    "crypto keyring k", "crypto isakmp profile p", "crypto ipsec profile p",
    "crypto ipsec ikev2 ipsec-proposal p", "crypto ipsec transform-set t esp-des",
    "interface Tunnel0", "tunnel-group g ipsec-attributes", "group-policy g attributes",
    "crypto isakmp client configuration group g", "crypto gdoi group g",
    "crypto map m 10 gdoi", "route-map r permit 10", "class-map c", "crypto pki trustpoint t",
    "policy-map p", "crypto ikev2 authorization policy a",
  ]

  /// The words that a crypto command begins with; the corpus' patterns hold prose and output too.
  static let verbs: Set<String> = [
    "crypto", "isakmp", "tunnel-group", "tunnel-group-map", "encr", "encryption", "hash",
    "integrity", "prf", "pre-shared-key", "keyring", "dpd", "self-identity", "reverse-route",
    "set", "match", "authentication", "group", "lifetime", "mode", "protocol", "ikev1", "ikev2",
    "tunnel", "local-address", "vpn-tunnel-protocol", "vpn-filter", "sysopt", "no",
  ]

  @Test(
    "At least 97 % of the commands are understood in some sub-mode",
    .enabled(if: SharedMaterial.folder("policy/configs") != nil))
  func vocabulary() throws {
    let root = try #require(SharedMaterial.folder("policy/configs"))
    let table = try String(contentsOf: root.appending(path: "VOCAB.tsv"), encoding: .utf8)
    var (total, missed) = (0, 0)
    var report = ""
    for row in table.split(separator: "\n").dropFirst() {
      let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count > 2, let count = Int(columns[0]) else { continue }
      let line = String(columns[2])
      let first = line.split(separator: " ").first?.lowercased() ?? ""
      guard Self.verbs.contains(first), !line.hasSuffix("?") else { continue }
      total += count
      guard !Self.contexts.contains(where: { understands(line, in: $0) }) else { continue }
      missed += count
      report += "\(count)\t\(line)\n"
    }
    if let path = ProcessInfo.processInfo.environment["IKESCOPE_NOT_UNDERSTOOD"] {
      try report.write(toFile: path + ".vocabulary", atomically: true, encoding: .utf8)
    }
    let share = Double(total - missed) / Double(max(1, total))
    print("vocabulary: \(total) commands, \(missed) not understood, understood \(share * 100) %")
    #expect(total > 4000)
    #expect(share >= 0.97)
  }

  private func understands(_ line: String, in context: String) -> Bool {
    [Dialect.asa, .ios].contains { dialect in
      let text = "\(context)\n \(line)\n"
      let configuration = try? CryptoConfiguration(
        parsing: Array(text.utf8), path: "x", dialect: dialect)
      return configuration?.notUnderstood.isEmpty == true
    }
  }
}
