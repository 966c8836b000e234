import Foundation
import TestSupport
import Testing

/// Keys that do not fit and packets that lie give counts and findings, never a plaintext.
@Suite(
  "Keys that do not fit",
  .enabled(if: SharedMaterial.folder("captures/lab") != nil, "needs the laboratory's captures"))
struct DecryptWrongKeyTests {
  private func lab(_ name: String) -> String {
    SharedMaterial.folder("captures/lab")?.appending(path: name).path ?? name
  }

  /// The key file's rows, each changed.
  private func keys(
    _ name: String, _ section: String, change: (inout [String: Any]) -> Void
  ) throws -> Data {
    let given = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: lab("\(name).keys.json"))))
    let parts = try #require(given as? [String: Any])
    var rows = parts[section] as? [[String: Any]] ?? []
    for index in rows.indices { change(&rows[index]) }
    return try JSONSerialization.data(withJSONObject: [section: rows])
  }

  private func analyze(_ capture: String, _ keys: Data) throws -> Answer {
    let outcome = try Program.run(
      ["analyze", capture, "--keys", "-", "--format", "json"], input: keys)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try Answer(outcome.output)
  }

  /// Hexadecimal with its first byte changed.
  private func other(_ key: Any?) -> String {
    let text = key as? String ?? ""
    return (text.hasPrefix("00") ? "ff" : "00") + text.dropFirst(2)
  }

  static let names = [
    "esp-aes128-sha1-ikev1", "esp-3des-sha1-ikev2", "esp-aes256gcm16-ikev2", "esp-des-md5-ikev1",
    "esp-aes128ctr-sha1-ikev1", "esp-chacha20poly1305-ikev2",
  ]

  @Test("wrong integrity keys: every packet is counted as bad, nothing is shown", arguments: names)
  func wrongIntegrity(name: String) throws {
    let wrong = try keys(name, "child_sas") { row in
      row["encryption_key"] = other(row["encryption_key"])
      if row["integrity_key"] as? String != "" {
        row["integrity_key"] = other(row["integrity_key"])
      }
    }
    let answer = try analyze(lab("\(name).pcap"), wrong)
    #expect(answer.sum("decrypted") == 0)
    #expect(answer.sum("integrityGood") == 0)
    #expect(answer.sum("integrityBad") == answer.sum("packets"))
    #expect(answer.flows.allSatisfy { $0["seen"] as? String == "clear" })
    let findings = answer.document["findings"] as? [[String: Any]] ?? []
    #expect(!findings.isEmpty)
  }

  @Test(
    "wrong keys without any integrity: plaintexts must prove themselves",
    arguments: ["esp-aes128-sha1-ikev1", "esp-3des-sha1-ikev2", "esp-aes128ctr-sha1-ikev1"])
  func wrongEncryption(name: String) throws {
    func unverified(_ key: (Any?) -> Any?) throws -> Data {
      try keys(name, "child_sas") { row in
        row["encryption_key"] = key(row["encryption_key"])
        row["integrity"] = "hmac-96-unknown"
        row["integrity"] = nil
        row["integrity_key"] = ""
      }
    }
    let wrong = try analyze(lab("\(name).pcap"), unverified(other))
    #expect(wrong.sum("packets") > 20)
    #expect(wrong.sum("decrypted") == 0)
    #expect(wrong.flows.allSatisfy { $0["seen"] as? String == "clear" })
  }

  @Test("keys of another SA open nothing", arguments: names)
  func ofAnotherSA(name: String) throws {
    // Both directions' keys under each other's SPIs.
    let given = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: lab("\(name).keys.json"))))
    let rows = (given as? [String: Any])?["child_sas"] as? [[String: Any]] ?? []
    let spis = rows.compactMap { $0["spi"] as? String }
    let swapped = rows.enumerated().map { index, row in
      var row = row
      row["spi"] = spis[index ^ 1]
      return row
    }
    let answer = try analyze(
      lab("\(name).pcap"), JSONSerialization.data(withJSONObject: ["child_sas": swapped]))
    #expect(answer.sum("packets") > 20)
    #expect(answer.sum("decrypted") == 0)
    #expect(answer.sum("integrityBad") == answer.sum("packets"))
  }

  @Test("wrong secrets of the IKE SA: messages stay closed and are counted", arguments: names)
  func wrongIKE(name: String) throws {
    let wrong = try keys(name, "ike_sas") { row in
      row["keys"] = (row["keys"] as? [String: Any] ?? [:]).mapValues { other($0) }
    }
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "wrong.json")
      try wrong.write(to: file)
      let outcome = try Program.run([
        "decrypt", lab("\(name).pcap"), "--keys", file.path, "--output",
        folder.appending(path: "clear.pcapng").path,
      ])
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("IKE messages that the keys given do not fit"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["wrong.json"])
    }
  }

  @Test("packets cut by a snap length are said to be, and the rest is opened")
  func cut() throws {
    let name = "esp-aes128-sha1-ikev1"
    var data = try Data(contentsOf: URL(filePath: lab("\(name).pcap")))
    // The last frame of the file loses its last 20 bytes.
    var offset = 24
    var last = 24
    while offset + 16 <= data.count {
      last = offset
      offset += 16 + (0..<4).reduce(0) { $0 | Int(data[offset + 8 + $1]) << (8 * $1) }
    }
    let length = (0..<4).reduce(0) { $0 | Int(data[last + 8 + $1]) << (8 * $1) } - 20
    for index in 0..<4 { data[last + 8 + index] = UInt8(length >> (8 * index) & 255) }
    data.removeLast(20)
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "cut.pcap")
      try data.write(to: file)
      let outcome = try Program.run([
        "decrypt", file.path, "--keys", lab("\(name).keys.json"), "--output",
        folder.appending(path: "clear.pcapng").path,
      ])
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("wrote 31 inner packets"))
      #expect(
        outcome.errors.contains("left out 1 ESP packets that the capture does not hold whole"))
    }
  }
}
