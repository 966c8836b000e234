import Foundation
import TestSupport
import Testing

/// Whether network namespaces and tcpreplay are there to be used: asked once.
private let canReplay: Bool = {
  let line = "ip netns add ikescope-probe && ip netns del ikescope-probe && command -v tcpreplay"
  return (try? Program.shell(line).status) == 0
}()

@Suite("live")
struct LiveTests {
  /// Two namespaces joined by a veth pair, `live` at one end, a capture replayed into the other.
  private func replay(_ options: String, ending: String, folder: URL) throws -> Program.Outcome {
    let id = UUID().uuidString.prefix(6)
    let capture = SharedMaterial.captures.appending(path: "demo.pcap").path
    return try Program.shell(
      """
      right=right-\(id); device=v\(id)b
      ip netns add left-\(id) && ip netns add right-\(id) || exit 99
      trap 'ip netns del left-\(id); ip netns del right-\(id)' EXIT
      ip link add v\(id)a netns left-\(id) type veth peer name v\(id)b netns right-\(id)
      ip -n left-\(id) link set v\(id)a up; ip -n right-\(id) link set v\(id)b up
      chmod 777 '\(folder.path)'
      ip netns exec right-\(id) "$IKESCOPE" live --interface v\(id)b \(options) &
      live=$!
      sleep 2
      ip netns exec left-\(id) tcpreplay -q -t -i v\(id)a '\(capture)' >/dev/null 2>&1
      sleep 1
      \(ending)
      wait $live
      echo "status $?"
      """)
  }

  @Test(
    "reports while it happens, ends with the whole report and a complete capture file",
    .enabled(if: canReplay, "needs network namespaces and tcpreplay"))
  func replayed() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "live.pcap").path
      let outcome = try replay(
        "--write '\(file)'", ending: "kill -TERM $live", folder: folder)
      #expect(outcome.text.contains("t1  established  198.51.100.1:500 → 198.51.100.2:500"))
      #expect(outcome.text.contains("2 tunnels: "))
      #expect(outcome.text.hasSuffix("status 130\n"))
      let kept = try Program.run(["analyze", file, "--format", "json"])
      let document = try JSONSerialization.jsonObject(with: kept.output) as? [String: Any]
      let captures = try #require(document?["captures"] as? [[String: Any]])
      #expect(captures.first?["frames"] as? Int == 55)
      #expect(captures.first?["truncated"] as? Bool == false)
    }
  }

  @Test(
    "writes NDJSON a line at a time, and says when the interface has gone",
    .enabled(if: canReplay, "needs network namespaces and tcpreplay"))
  func interfaceGone() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "events.ndjson").path
      let outcome = try replay(
        "--format ndjson --output '\(file)'",
        ending: "cp '\(file)' '\(file).before'; ip -n $right link del $device",
        folder: folder)
      #expect(outcome.text.hasSuffix("status 66\n"))
      #expect(outcome.errors.contains("ikescope: interface v"))
      let before = try String(contentsOfFile: "\(file).before", encoding: .utf8)
      #expect(before.contains(#""record":"event""#))
      let after = try String(contentsOfFile: file, encoding: .utf8)
      #expect(after.hasPrefix(before))
      #expect(after.contains(#""record":"tunnel""#))
    }
  }

  @Test("no such interface is 66 and names those that there are")
  func noInterface() throws {
    let outcome = try Program.run(["live", "--interface", "nosuch0"])
    #expect(outcome.status == 66 || outcome.status == 77)
    #expect(outcome.errors.hasPrefix("ikescope: "))
  }

  @Test(
    "options that contradict each other are wrong usage",
    arguments: [
      ["--format", "json"], ["--ring", "3", "--write", "x.pcap"],
      ["--ring", "3", "--ring-size", "1"],
      ["--duration", "0"], ["--ring", "0", "--ring-size", "1", "--write", "x.pcap"],
    ])
  func contradictions(options: [String]) throws {
    #expect(try Program.run(["live", "--interface", "lo"] + options).status == 64)
  }
}
