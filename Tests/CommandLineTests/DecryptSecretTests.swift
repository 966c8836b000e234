import Foundation
import TestSupport
import Testing

/// What users typed never reaches an output unless it was asked for.
@Suite(
  "Passwords stay masked",
  .enabled(if: SharedMaterial.folder("captures/lab") != nil, "needs the laboratory's captures"))
struct DecryptSecretTests {
  static let names = ["ikev1-xauth-ok", "ikev1-xauth-wrong-password"]

  private func lab(_ name: String) -> String {
    SharedMaterial.folder("captures/lab")?.appending(path: name).path ?? name
  }

  private func evidence(_ name: String) -> [String] {
    [lab("\(name).pcap"), "--keys", lab("\(name).keys.json")]
  }

  /// The password as it was sent: behind the attribute's type and length in the opened messages.
  private func password(_ name: String) throws -> Data {
    let clear = try Program.run(
      ["decrypt"] + evidence(name) + ["--output", "-", "--show-keys"]
    ).output
    var start = clear.startIndex
    while let found = clear[start...].range(of: Data(hex: "408a")) {
      let length = Int(clear[found.upperBound]) << 8 | Int(clear[found.upperBound + 1])
      if length > 0 {
        return clear[(found.upperBound + 2)..<(found.upperBound + 2 + length)]
      }
      start = found.upperBound
    }
    return Data()
  }

  @Test("XAUTH: the password is in no report, and in no decrypted capture", arguments: names)
  func xauth(name: String) throws {
    let password = try password(name)
    #expect(password.count >= 8)
    let runs = [
      ["analyze"] + evidence(name), ["analyze"] + evidence(name) + ["--verbose"],
      ["analyze"] + evidence(name) + ["--format", "json", "--verbose"],
      ["analyze"] + evidence(name) + ["--format", "ndjson", "--verbose"],
      ["decrypt"] + evidence(name) + ["--output", "-"],
    ]
    for arguments in runs {
      let outcome = try Program.run(arguments)
      #expect(outcome.output.count > 100)
      #expect(!outcome.output.holds(password), "\(arguments)")
      #expect(
        !outcome.output.holds(Data(password.map { String(format: "%02x", $0) }.joined().utf8)))
      #expect(!outcome.errors.contains(String(decoding: password, as: UTF8.self)))
    }
    let masked = try Program.run(["decrypt"] + evidence(name) + ["--output", "-"]).output
    let stars = Data(repeating: UInt8(ascii: "*"), count: password.count)
    #expect(masked.holds(Data(hex: "408a") + Data([0, UInt8(password.count)]) + stars))
    #expect(masked.holds(Data("alice".utf8)), "the name is no secret")
  }

  @Test("keys and pre-shared keys are in no report", arguments: names + ["ikev2-eap-mschapv2-ok"])
  func keys(name: String) throws {
    let given = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: lab("\(name).keys.json"))))
    let parts = try #require(given as? [String: Any])
    var secrets: Set<String> = []
    for row in parts["psk"] as? [[String: Any]] ?? [] {
      secrets.insert(row["psk"] as? String ?? "")
    }
    for row in parts["ike_sas"] as? [[String: Any]] ?? [] {
      for case let value as String in (row["keys"] as? [String: Any] ?? [:]).values {
        secrets.insert(value)
      }
    }
    for row in parts["child_sas"] as? [[String: Any]] ?? [] {
      for name in ["encryption_key", "integrity_key"] {
        secrets.insert(row[name] as? String ?? "")
      }
    }
    secrets.remove("")
    #expect(secrets.count >= 4)
    for format in ["text", "json", "ndjson"] {
      let text = try Program.run(
        ["analyze"] + evidence(name) + ["--format", format, "--verbose"]
      ).text
      for secret in secrets { #expect(!text.contains(secret), "\(format)") }
    }
  }
}
