import Foundation
import TestSupport
import Testing

/// Options of the policy through the whole program, and configurations that are none.
@Suite("Configurations on the command line")
struct PolicyOptionTests {
  private let capture = SharedMaterial.captures.appending(path: "ikev1-main-psk-ok.pcap").path
  private let keys = SharedMaterial.captures.appending(path: "ikev1-main-psk-ok.keys.json").path
  private let config = SharedMaterial.captures.appending(path: "ikev1-main-psk-ok.asa.cfg")

  private func tunnels(_ arguments: [String]) throws -> [[String: Any]] {
    let outcome = try Program.run(
      ["analyze", capture, "--keys", keys, "--format", "json"] + arguments)
    #expect(outcome.status == 0)
    let document = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    return try #require(document?["tunnels"] as? [[String: Any]])
  }

  @Test("--local says which end a configuration belongs to that names neither")
  func local() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "part.cfg")
      // No address of its own, and another peer than the capture's.
      let text = try String(contentsOf: config, encoding: .utf8)
        .split(separator: "\n").filter { !$0.contains("ip address") }.joined(separator: "\n")
        .replacing("198.51.100.", with: "203.0.113.")
      try text.write(to: file, atomically: false, encoding: .utf8)
      let without = try tunnels(["--config", file.path])
      #expect(without.first?["policy"] is NSNull)
      let with = try tunnels(["--config", file.path, "--local", "198.51.100.2"])
      let policy = try #require(with.first?["policy"] as? [String: Any])
      #expect(policy["verdict"] as? String == "accept")
      #expect(policy["observed"] as? String == "agrees")
    }
  }

  @Test("two configurations are both in the timeline, each with its dialect")
  func two() throws {
    let other = SharedMaterial.captures.appending(path: "demo.asa.cfg").path
    let outcome = try Program.run([
      "analyze", capture, "--keys", keys, "--config", config.path, "--config", other, "--format",
      "json",
    ])
    let document = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    let configurations = try #require(document?["configurations"] as? [[String: Any]])
    #expect(configurations.map { $0["hostname"] as? String } == ["asa-left", "asa-right"])
    #expect(configurations.allSatisfy { $0["dialect"] as? String == "asa" })
  }

  @Test("--all-aces shows every element that was tried, without it the telling ones")
  func allACEs() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "fw.cfg")
      var text = "hostname fw\ninterface E0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n"
      for number in 0..<40 {
        text += "access-list L permit tcp 10.0.0.0 255.0.0.0 host 172.16.0.\(number) eq 80\n"
      }
      text += "crypto map M 1 match address L\ncrypto map M 1 set peer 192.0.2.9\n"
      text += "crypto map M interface outside\n"
      try text.write(to: file, atomically: false, encoding: .utf8)
      func shown(_ options: [String]) throws -> Int {
        let outcome = try Program.run(
          ["explain", "--config", file.path, "--interface", "outside", "--flow"]
            + ["tcp 10.0.0.1:1 > 172.16.0.39:81"] + options)
        return outcome.text.components(separatedBy: "permit tcp 10.0.0.0/8 172.16.0.").count - 1
      }
      #expect(try shown(["--all-aces"]) == 40)
      #expect(try shown([]) < 6)
    }
  }

  /// Runs `check` on bytes; what it says, and how long that took.
  private func check(_ bytes: Data) throws -> (outcome: Program.Outcome, seconds: Double) {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "input.cfg")
      try bytes.write(to: file)
      let clock = ContinuousClock()
      let start = clock.now
      let outcome = try Program.run(["check", file.path])
      let took = start.duration(to: clock.now)
      return (outcome, Double(took.components.seconds))
    }
  }

  @Test("fifty megabytes of random bytes are told to be no configuration, within seconds")
  func randomBytes() throws {
    var state: UInt64 = 88_172_645_463_325_252
    let block = (0..<1_048_576).map { _ -> UInt8 in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state)
    }
    var bytes = Data(capacity: 50 * block.count)
    for _ in 0..<50 { bytes.append(contentsOf: block) }
    let (outcome, seconds) = try check(bytes)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("not a Cisco configuration"))
    #expect(outcome.errors.utf8.count < 2000)
    #expect(seconds < 30)
  }

  @Test("groups that hold each other, and a map that refers to nothing, are answered")
  func circles() throws {
    var text = "ASA Version 9.8(2)\nhostname fw\n"
    for group in 0..<200 {
      text += "object-group network G\(group)\n group-object G\((group + 1) % 200)\n"
      text += " group-object G\((group + 7) % 200)\n network-object host 10.0.0.\(group)\n"
    }
    text += "access-list L extended permit ip object-group G0 object-group G1\n"
    text += "crypto map M 1 match address L\ncrypto map M 1 set peer 192.0.2.9\n"
    text += "crypto map M 1 set ikev1 transform-set NONE\n"
    text += "crypto map M 2 match address NOTHING\ncrypto map M 2 set peer 192.0.2.8\n"
    text += "crypto map M 3 ipsec-isakmp dynamic NOWHERE\ncrypto map M interface outside\n"
    let (outcome, seconds) = try check(Data(text.utf8))
    #expect(outcome.status == 0)
    for expected in [
      "Transform set NONE is not defined", "Access list NOTHING is not defined",
      "Dynamic map NOWHERE is not defined",
    ] { #expect(outcome.text.contains(expected), "\(expected)") }
    #expect(seconds < 20)
  }

  @Test("a list of many lines is read and checked within seconds")
  func manyLines() throws {
    var text = "ASA Version 9.8(2)\nhostname fw\n"
    for number in 0..<20_000 {
      text +=
        "access-list L extended permit tcp 10.\(number / 250).\(number % 250).0 255.255.255.0 "
      text += "host 172.16.0.1 eq 443\n"
    }
    text += "crypto map M 1 match address L\ncrypto map M 1 set peer 192.0.2.9\n"
    let (outcome, seconds) = try check(Data(text.utf8))
    #expect(outcome.status == 0)
    #expect(seconds < 60)
  }
}
