import Foundation
import TestSupport
import Testing

@Suite("explain and check")
struct ExplainTests {
  private let config = SharedMaterial.captures.appending(path: "demo.asa.cfg").path
  private let peer = SharedMaterial.captures.appending(path: "ikev1-main-psk-ok.asa.cfg").path

  @Test("a flow's answer names map, entry, ACE, rule, and the line of each")
  func flow() throws {
    let outcome = try Program.run(
      ["explain", "--config", config, "--flow", "tcp 10.2.0.5:1025 > 10.1.0.9:443"])
    #expect(outcome.status == 0)
    for expected in ["protect", "OUTSIDE 10", "VPN-ACL-10#1", "demo.asa.cfg:15", "A-ACL-08"] {
      #expect(outcome.text.contains(expected), "\(expected)")
    }
  }

  @Test("one question is answered by an object, several by an array, and as lines")
  func queries() throws {
    let flow =
      #"{"kind":"flow","interface":"outside","direction":"out","packet":{"#
      + #""src":"10.2.0.5","dst":"10.9.0.9","proto":"tcp","sport":1,"dport":2}}"#
    func ask(_ query: String, _ format: String) throws -> Program.Outcome {
      try Program.run(
        ["explain", "--config", config, "--query", "-", "--format", format],
        input: Data(query.utf8))
    }
    let one = try JSONSerialization.jsonObject(with: ask(flow, "json").output) as? [String: Any]
    #expect(one?["verdict"] as? String == "bypass")
    let several = try JSONSerialization.jsonObject(with: ask("[\(flow),\(flow)]", "json").output)
    #expect((several as? [[String: Any]])?.count == 2)
    #expect(try ask("[\(flow),\(flow)]", "ndjson").text.split(separator: "\n").count == 2)
    #expect(try ask("{", "json").status == 65)
    #expect(try ask(#"{"kind":"weather"}"#, "json").status == 65)
  }

  @Test(
    "a question that cannot be asked is wrong usage",
    arguments: [
      [], ["--flow", "tcp 10.0.0.1"], ["--flow", "nonsense"],
      ["--flow", "tcp 10.0.0.1:1 > 10.0.0.2:2", "--query", "-"],
      ["--flow", "tcp 10.0.0.1:1 > 10.0.0.2:2", "--direction", "up"],
    ])
  func wrongQuestions(options: [String]) throws {
    let outcome = try Program.run(["explain", "--config", config] + options)
    #expect(outcome.status == 64)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test("a cause is explained, an unknown one is wrong usage that names its neighbours")
  func cause() throws {
    let outcome = try Program.run(["explain", "--cause", "psk_mismatch"])
    #expect(outcome.status == 0)
    for expected in ["psk_mismatch", "Means", "Shows", "Change", "pre-shared-key"] {
      #expect(outcome.text.contains(expected), "\(expected)")
    }
    let list = try Program.run(["explain", "--cause", "list", "--format", "json"])
    let causes = try JSONSerialization.jsonObject(with: list.output) as? [[String: Any]]
    #expect(causes?.count == 83)
    let unknown = try Program.run(["explain", "--cause", "psk"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("psk_mismatch"))
  }

  @Test("a file that is no configuration is 65")
  func noConfiguration() throws {
    let outcome = try Program.run(
      ["check", SharedMaterial.captures.appending(path: "demo.pcap").path])
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("ikescope: "))
  }

  @Test("two configurations are asked in both directions, and --fail-on counts a refusal")
  func check() throws {
    let both = try Program.run(["check", config, peer, "--format", "json"])
    #expect(both.status == 0)
    let document = try JSONSerialization.jsonObject(with: both.output) as? [String: Any]
    let negotiations = try #require(document?["negotiations"] as? [[String: Any]])
    #expect(negotiations.count == 5)
    let verdicts = negotiations.compactMap {
      ($0["verdict"] as? [String: Any])?["verdict"] as? String
    }
    // The pair's keys are masked: they cannot be compared.
    #expect(verdicts == ["accept", "accept", "cannot-tell", "accept", "accept"])
    #expect(negotiations.compactMap { $0["mirror"] as? String }.allSatisfy { $0 == "mirror image" })
    #expect(document?["notes"] as? [String] == ["Either end can begin."])
    try inTemporaryFolder { folder in
      let changed = folder.appending(path: "changed.cfg")
      let text = try String(contentsOfFile: peer, encoding: .utf8)
        .replacingOccurrences(of: " group 14", with: " group 2")
      try text.write(to: changed, atomically: false, encoding: .utf8)
      let refused = try Program.run(["check", config, changed.path, "--fail-on", "error"])
      #expect(refused.status == 1)
      #expect(refused.text.contains("no-acceptable-isakmp-policy"))
    }
  }
}

@Suite("keys")
struct KeysTests {
  private func file(_ name: String) -> String {
    SharedMaterial.captures.appending(path: name).path
  }

  @Test("keys are written only when they are asked for")
  func guarded() throws {
    let outcome = try Program.run(["keys", file("demo.keys.json"), "--to", "json"])
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--show-keys"))
  }

  @Test("ESP keys are derived from IKE secrets and a capture, and are the ones that were used")
  func derived() throws {
    let outcome = try Program.run([
      "keys", file("demo.keys.json"), "--capture", file("demo.pcap"), "--to", "wireshark",
      "--show-keys",
    ])
    #expect(outcome.status == 0)
    // What the daemon itself had, from the other key file.
    #expect(outcome.text.contains("0xbddbb25ecdcf8987e2746b4232179040"))
    #expect(outcome.text.contains("0x4aa1ec2e"))
  }

  @Test("a file of keys is its owner's alone")
  func ownersAlone() throws {
    try inTemporaryFolder { folder in
      let path = folder.appending(path: "keys.json").path
      let outcome = try Program.run([
        "keys", file("demo.keys.json"), "--to", "json", "--show-keys", "--output", path,
      ])
      #expect(outcome.status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }
}

@Suite("decrypt")
struct DecryptTests {
  private func file(_ name: String) -> String {
    SharedMaterial.captures.appending(path: name).path
  }

  @Test("inner packets and opened IKE messages become a capture that can be analysed again")
  func decrypt() throws {
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcapng").path
      let outcome = try Program.run([
        "decrypt", file("demo.pcap"), "--keys", file("demo.keys.json"), "--output", clear,
      ])
      #expect(outcome.status == 0)
      #expect(outcome.errors == "ikescope: wrote 38 inner packets and 9 IKE messages\n")
      let again = try Program.run(["analyze", clear, "--format", "json"])
      let document = try JSONSerialization.jsonObject(with: again.output) as? [String: Any]
      let flows = try #require(document?["flows"] as? [[String: Any]])
      #expect(Set(flows.compactMap { $0["source"] as? String }).isSuperset(of: ["10.1.0.1"]))
      let capture = try #require((document?["captures"] as? [[String: Any]])?.first)
      #expect(capture["frames"] as? Int == 47)
      #expect((capture["counts"] as? [String: Int])?["ike"] == 9)
      #expect((capture["counts"] as? [String: Int])?["malformed"] == 0)
    }
  }

  @Test("pcap on standard output has the inner packets alone")
  func pcap() throws {
    let outcome = try Program.run([
      "decrypt", file("demo.pcap"), "--keys", file("demo.keys.json"), "--format", "pcap",
      "--output", "-", "--quiet",
    ])
    #expect(outcome.errors.isEmpty)
    // Magic of nanosecond pcap, little-endian, and link type raw at its place.
    #expect(outcome.output.prefix(4).elementsEqual([0x4d, 0x3c, 0xb2, 0xa1]))
    #expect(outcome.output[20] == 101)
  }

  @Test("keys that open nothing are said, and no file appears")
  func wrongKeys() throws {
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcapng").path
      let outcome = try Program.run([
        "decrypt", file("ikev2-psk-ok.pcap"), "--keys", file("demo.keys.json"), "--output", clear,
      ])
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("could be opened with these keys"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
  }
}
