import Foundation
import TestSupport
import Testing

@Suite("analyze, as a new user tries it")
struct AnalyzeTests {
  private func capture(_ name: String) -> String {
    SharedMaterial.captures.appending(path: "\(name).pcap").path
  }

  private func refused(_ path: String) throws -> Program.Outcome {
    let outcome = try Program.run(["analyze", path])
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("ikescope: "))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    return outcome
  }

  @Test("a name that does not exist is 66")
  func missing() throws {
    let outcome = try refused("/no/such/vpn.pcap")
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("/no/such/vpn.pcap"))
  }

  @Test("a directory is 66")
  func directory() throws {
    #expect(try refused("/tmp").status == 66)
  }

  @Test(
    "an empty file, text and random bytes are 65", arguments: ["", "hello\n", "\u{0}\u{1}\u{2}"])
  func notACapture(content: String) throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "vpn.pcap")
      try Data(content.utf8).write(to: file)
      #expect(try refused(file.path).status == 65)
    }
  }

  @Test("a file that may not be read is 66")
  func noPermission() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "vpn.pcap")
      try Data("x".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
      guard getuid() == 0 else {
        #expect(try refused(file.path).status == 66)
        return
      }
      // Root may read everything: ask as nobody, where the program can be reached by nobody.
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
      let asNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups"
      let reachable = try Program.shell("\(asNobody) \"$IKESCOPE\" --version")
      guard reachable.status == 0 else { return }
      let outcome = try Program.shell("\(asNobody) \"$IKESCOPE\" analyze '\(file.path)'")
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("ermission denied"))
    }
  }

  @Test("a filter that libpcap refuses is wrong usage")
  func badFilter() throws {
    let outcome = try Program.run(["analyze", capture("demo"), "--filter", "port port"])
    #expect(outcome.status == 64)
  }

  @Test("a key file without keys, or a configuration that is missing, is said before anything else")
  func otherInputs() throws {
    let keys = try Program.run(["analyze", capture("demo"), "--keys", "/etc/hostname"])
    #expect(keys.status == 65)
    #expect(keys.errors.hasPrefix("ikescope: /etc/hostname"))
    let config = try Program.run(["analyze", capture("demo"), "--config", "/no/such.cfg"])
    #expect(config.status == 66)
  }

  @Test("standard input gives what the file gives, but for its name")
  func standardInput() throws {
    let data = try Data(contentsOf: URL(filePath: capture("demo")))
    let piped = try Program.run(["analyze", "-", "--format", "ndjson"], input: data)
    let named = try Program.run(["analyze", capture("demo"), "--format", "ndjson"])
    #expect(piped.status == 0)
    let path = "\"path\":\"\(capture("demo"))\""
    #expect(piped.text == named.text.replacingOccurrences(of: path, with: "\"path\":\"-\""))
  }

  @Test("JSON is the same bytes each time, on standard output and in a file")
  func stable() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "out.json")
      let arguments = ["analyze", capture("mix-8-peers"), "--format", "json"]
      let first = try Program.run(arguments)
      let second = try Program.run(arguments + ["--output", file.path])
      #expect(first.status == 0)
      #expect(second.output.isEmpty)
      #expect(try Data(contentsOf: file) == first.output)
      #expect(try JSONSerialization.jsonObject(with: first.output) is [String: Any])
    }
  }

  @Test("an error leaves the output file of before as it was")
  func outputUntouched() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "out.txt")
      try "before".write(to: file, atomically: false, encoding: .utf8)
      let outcome = try Program.run(["analyze", "/no/such.pcap", "--output", file.path])
      #expect(outcome.status == 66)
      #expect(try String(contentsOf: file, encoding: .utf8) == "before")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.txt"])
    }
  }

  @Test(
    "--fail-on makes a finding an exit code, and nothing else does",
    arguments: ["ikev1-udp500-filtered", "ikev2-psk-mismatch", "ikev2-psk-ok"])
  func failOn(name: String) throws {
    let analyze = ["analyze", capture(name), "--format", "json"]
    let plain = try Program.run(analyze)
    #expect(plain.status == 0)
    let document = try JSONSerialization.jsonObject(with: plain.output) as? [String: Any]
    let findings = try #require(document?["findings"] as? [[String: Any]])
    let hasError = findings.contains { $0["severity"] as? String == "error" }
    #expect(try Program.run(analyze + ["--fail-on", "error"]).status == (hasError ? 1 : 0))
    #expect(try Program.run(analyze + ["--fail-on", "never"]).status == 0)
  }

  @Test("a reader that has gone ends the report quietly")
  func closedPipe() throws {
    let outcome = try Program.shell(
      "\"$IKESCOPE\" analyze --verbose '\(capture("mix-8-peers"))' | head -n 1; "
        + "echo ${PIPESTATUS[0]}")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text.hasSuffix("\n0\n"))
  }

  @Test("an interrupt reports what was seen so far, and 130")
  func interrupt() throws {
    let outcome = try Program.shell(
      "{ cat '\(capture("demo"))'; sleep 5; } | "
        + "(\"$IKESCOPE\" analyze - & ikescope=$!; sleep 2; kill -INT $ikescope; wait $ikescope; "
        + "echo \"status $?\")")
    #expect(outcome.text.contains("status 130"))
    #expect(outcome.text.contains("198.51.100.1 → 198.51.100.2"))
  }
}
