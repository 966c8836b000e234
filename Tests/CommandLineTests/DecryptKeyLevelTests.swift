import Foundation
import TestSupport
import Testing

/// From whatever level of secrets is given, everything beneath follows.
@Suite(
  "Levels of key material",
  .enabled(if: SharedMaterial.folder("captures/lab") != nil, "needs the laboratory's captures"))
struct DecryptKeyLevelTests {
  private func lab(_ name: String) -> String {
    SharedMaterial.folder("captures/lab")?.appending(path: name).path ?? name
  }

  /// The key file with nothing but these secrets of its IKE SAs.
  private func keys(
    _ name: String, only kept: [String], change: (inout [[String: Any]]) -> Void = { _ in }
  ) throws -> Data {
    let given = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: lab("\(name).keys.json"))))
    let parts = try #require(given as? [String: Any])
    var rows = parts["ike_sas"] as? [[String: Any]] ?? []
    for index in rows.indices {
      let secrets = rows[index]["keys"] as? [String: Any] ?? [:]
      rows[index]["keys"] = secrets.filter { kept.contains($0.key) }
    }
    change(&rows)
    return try JSONSerialization.data(withJSONObject: ["ike_sas": rows])
  }

  private func analyze(_ capture: String, _ keys: Data) throws -> Answer {
    let outcome = try Program.run(
      ["analyze", capture, "--keys", "-", "--format", "json"], input: keys)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try Answer(outcome.output)
  }

  @Test(
    "one secret for the messages and one for the children open every packet",
    arguments: [
      ("esp-aes128-sha1-ikev1", ["skeyid_d", "encryption_key"], 32),
      ("esp-3des-sha1-ikev1", ["skeyid_d", "encryption_key"], 30),
      ("ikev1-rekey-phase2", ["skeyid_d", "encryption_key"], 0),
      ("esp-aes256-sha256-ikev2", ["sk_d", "sk_ei", "sk_er", "sk_ai", "sk_ar"], 0),
      ("esp-aes256gcm16-ikev2", ["sk_d", "sk_ei", "sk_er", "sk_ai", "sk_ar"], 30),
      ("esp-chacha20poly1305-ikev2", ["sk_d", "sk_ei", "sk_er", "sk_ai", "sk_ar"], 30),
    ])
  func derived(name: String, secrets: [String], packets: Int) throws {
    let answer = try analyze(lab("\(name).pcap"), keys(name, only: secrets))
    #expect(answer.sum("packets") > 20)
    #expect(answer.sum("decrypted") == answer.sum("packets"))
    #expect(answer.sum("integrityGood") == answer.sum("packets"))
    if packets > 0 { #expect(answer.sum("decrypted") == packets) }
  }

  @Test("algorithms that the capture names may be absent from the key file")
  func withoutNames() throws {
    for name in ["esp-aes128-sha1-ikev1", "esp-aes256-sha256-ikev2"] {
      let bare = try keys(
        name, only: ["skeyid_d", "encryption_key", "sk_d", "sk_ei", "sk_er", "sk_ai", "sk_ar"]
      ) { rows in
        for field in ["encryption", "encryption_bits", "integrity", "prf", "dh"] {
          for index in rows.indices { rows[index][field] = nil }
        }
      }
      let answer = try analyze(lab("\(name).pcap"), bare)
      #expect(answer.sum("decrypted") == answer.sum("packets"))
    }
  }

  @Test("a key for messages alone shows them and opens no packet")
  func messagesAlone() throws {
    let name = "esp-aes128-sha1-ikev1"
    let answer = try analyze(lab("\(name).pcap"), keys(name, only: ["encryption_key"]))
    #expect(answer.sum("decrypted") == 0)
    #expect(answer.children.first?["selectors"] != nil)
    let spis = answer.children.first?["spis"] as? [String: Any]
    #expect(spis?["toResponder"] as? String == "caad68a1")
  }

  @Test(
    "packets that come before the last messages of their negotiation are opened all the same",
    arguments: [
      ("esp-aes128-sha1-ikev1", 7, ["skeyid_d", "encryption_key"]),
      ("esp-aes256gcm16-ikev2", 3, ["sk_d", "sk_ei", "sk_er", "sk_ai", "sk_ar"]),
      ("esp-aes256-sha256-ikev2", 3, ["sk_d", "sk_ei", "sk_er", "sk_ai", "sk_ar"]),
    ])
  func early(name: String, messages: Int, secrets: [String]) throws {
    let original = try Data(contentsOf: URL(filePath: lab("\(name).pcap")))
    var records = Self.records(original)
    let header = records.removeFirst()
    // The messages from there on change places with the packets behind them.
    let late = messages..<(name.hasSuffix("ikev1") ? 9 : 4)
    let moved = Array(records[late])
    records.removeSubrange(late)
    records.insert(contentsOf: moved, at: late.lowerBound + 6)
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "late.pcap")
      try ([header] + records).reduce(Data(), +).write(to: file)
      let given = try keys(name, only: secrets)
      let answer = try analyze(file.path, given)
      let inOrder = try analyze(lab("\(name).pcap"), given)
      #expect(answer.sum("decrypted") == inOrder.sum("packets"))
      #expect(answer.sum("integrityGood") == inOrder.sum("packets"))
      func counts(_ answer: Answer) -> [Int] {
        answer.flows.filter { $0["seen"] as? String == "decrypted" }
          .compactMap { $0["packets"] as? Int }.sorted()
      }
      #expect(counts(answer) == counts(inOrder))
    }
  }

  /// A little-endian pcap's header and records.
  private static func records(_ data: Data) -> [Data] {
    let data = Data(data)
    var parts = [data.prefix(24)]
    var offset = 24
    while offset + 16 <= data.count {
      let length = (0..<4).reduce(0) { $0 | Int(data[offset + 8 + $1]) << (8 * $1) }
      parts.append(data[offset..<(offset + 16 + length)])
      offset += 16 + length
    }
    return parts
  }
}
