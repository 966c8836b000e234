import Foundation
import TestSupport
import Testing

@Suite("live")
struct LiveTests {
  @Test(
    "reports while it happens, ends with the whole report and a complete capture file",
    .enabled(if: Root.canReplay, "needs root and network namespaces"))
  func replayed() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --write live.pcap > report
        replay >/dev/null; seen '^t2' report; cp report before
        kill -TERM $live; wait $live; echo $?
        """)
      #expect(outcome.text == "130\n", "\(outcome.errors)")
      let (before, report) = (
        try String(contentsOf: folder.appending(path: "before"), encoding: .utf8),
        try String(contentsOf: folder.appending(path: "report"), encoding: .utf8)
      )
      #expect(before.contains("t1  established  198.51.100.1:500 → 198.51.100.2:500"))
      #expect(report.hasPrefix(before) && report.contains("2 tunnels: "))
      let kept = try Program.run([
        "analyze", folder.appending(path: "live.pcap").path, "--format", "json",
      ])
      let document = try JSONSerialization.jsonObject(with: kept.output) as? [String: Any]
      let captures = try #require(document?["captures"] as? [[String: Any]])
      #expect(captures.first?["frames"] as? Int == 55)
      #expect(captures.first?["truncated"] as? Bool == false)
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
