import Foundation
import TestSupport
import Testing

@Suite("Secrets")
struct RobustSecretTests {
  /// A capture of the project with its keys, and the secrets of these.
  struct Case {
    var base: String
    var secrets: [String]

    /// The options that name what lies beside the capture.
    var everythingKnown: [String] {
      ["--keys", "\(base).keys.json"] + configurations.flatMap { ["--config", $0] }
    }

    var configurations: [String] {
      ["\(base).asa.cfg", "\(base).ios.cfg"].filter {
        FileManager.default.fileExists(atPath: $0)
      }
    }
  }

  static let cases: [Case] = CapturesTests.bases.compactMap { base in
    guard let data = try? Data(contentsOf: URL(filePath: "\(base).keys.json")) else { return nil }
    return Case(base: base, secrets: secrets(of: data))
  }

  /// Every secret of a key file, as text in lower case.
  static func secrets(of data: Data) -> [String] {
    guard let file = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      return []
    }
    let psks = (file["psk"] as? [[String: Any]] ?? []).compactMap { $0["psk"] as? String }
    let ike = (file["ike_sas"] as? [[String: Any]] ?? []).flatMap {
      ($0["keys"] as? [String: String] ?? [:]).values
    }
    let child = (file["child_sas"] as? [[String: Any]] ?? []).flatMap { entry in
      ["encryption_key", "integrity_key", "salt"].compactMap { entry[$0] as? String }
    }
    return Set(psks + ike + child).filter { $0.count >= 8 }.map { $0.lowercased() }
  }

  /// Runs the program and finds none of the secrets in all that it prints.
  private func keepsSecrets(
    _ arguments: [String], _ secrets: [String], _ location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Program.run(arguments)
    let said = (outcome.text + outcome.errors).lowercased()
    let found = secrets.filter { said.contains($0) }
    #expect(found.isEmpty, "\(arguments)", sourceLocation: location)
    #expect(!outcome.wasSignalled, "\(arguments)", sourceLocation: location)
  }

  @Test("of key files and configurations reach no output of any command")
  func everyCommand() throws {
    #expect(Self.cases.count { !$0.secrets.isEmpty } >= 15)
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcapng").path
      for (index, one) in Self.cases.enumerated() {
        // The formats in turn: each over a third of the captures, and all of them over the first.
        let formats =
          index == 0 ? ["text", "json", "ndjson"] : [["text", "json", "ndjson"][index % 3]]
        for format in formats {
          try keepsSecrets(
            ["analyze", "\(one.base).pcap", "--verbose", "--all", "--format", format]
              + one.everythingKnown, one.secrets)
        }
        guard index % 5 == 0 else { continue }
        try keepsSecrets(
          ["decrypt", "\(one.base).pcap", "--output", clear] + one.everythingKnown, one.secrets)
        try keepsSecrets(["keys", "\(one.base).keys.json", "--to", "json"], one.secrets)
      }
    }
  }

  @Test("in a configuration reach no output of any command", arguments: ["json", "text"])
  func configurations(format: String) throws {
    let secret = "pepper-quartz-460"
    let files = ["demo.asa.cfg", "ikev1-main-psk-ok-native.ios.cfg"]
    try inTemporaryFolder { folder in
      for file in files {
        let path = folder.appending(path: file).path
        var text = try String(
          contentsOf: SharedMaterial.captures.appending(path: file), encoding: .utf8)
        text = text.replacing("*****", with: secret).replacing(
          "amber-quartz-pepper-460", with: secret)
        text += "\nusername admin password \(secret)\nenable secret \(secret)\n"
        text += "crypto map OUTSIDE 70 set session-key inbound esp 300 cipher \(secret)\n"
        text += "snmp-server community \(secret)\nikev1 pre-shared-key\(secret)\n"
        text += "crypto isakmp key \(secret) address\ncrypto isakmp key \(secret)\n"
        text += "aaa-server x (inside) host 192.0.2.9\n key \(secret)\n"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let capture = SharedMaterial.captures.appending(path: "demo.pcap").path
        let flow = "tcp 10.2.0.5:1025 > 10.1.0.9:443"
        for arguments in [
          ["check", path], ["check", path, path],
          ["explain", "--config", path, "--flow", flow, "--all-aces"],
          ["analyze", capture, "--config", path, "--verbose"],
        ] {
          try keepsSecrets(arguments + ["--format", format], [secret])
        }
        for arguments in [
          ["analyze", path], ["analyze", capture, "--keys", path], ["keys", path, "--to", "xfrm"],
          ["explain", "--config", path, "--query", path], ["check", capture, path],
        ] {
          try keepsSecrets(arguments, [secret])
        }
      }
    }
  }

  @Test("of a key file in the wrong place, or damaged, reach no error")
  func misplaced() throws {
    let one = try #require(Self.cases.first { $0.base.hasSuffix("/demo") })
    let keys = "\(one.base).keys.json"
    let capture = "\(one.base).pcap"
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "keys").path
      for form in ["json", "wireshark", "xfrm"] {
        let made = try Program.run(["keys", keys, "--to", form, "--show-keys"])
        #expect(made.status == 0)
        for damage in 0..<4 {
          try damaged(made.output, damage).write(to: URL(filePath: file))
          try keepsSecrets(["analyze", capture, "--keys", file], one.secrets)
          guard damage == 0 else { continue }
          for arguments in [
            ["analyze", file], ["check", file], ["analyze", capture, "--config", file],
            ["explain", "--config", "\(one.base).asa.cfg", "--query", file],
          ] {
            try keepsSecrets(arguments, one.secrets)
          }
        }
      }
    }
  }

  /// As it is, cut short, with its quotes gone, and with a letter in each key.
  private func damaged(_ file: Data, _ damage: Int) -> Data {
    switch damage {
    case 1: file.prefix(file.count * 2 / 3)
    case 2: Data(file.filter { $0 != UInt8(ascii: "\"") })
    case 3:
      Data(String(decoding: file, as: UTF8.self).replacing("0x", with: "0xz").utf8)
    default: file
    }
  }
}
