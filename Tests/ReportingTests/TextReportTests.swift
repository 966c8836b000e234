import Foundation
import Reporting
import Testing
import Timeline

@Suite("Text reports")
struct TextReportTests {
  private func report(_ change: (inout TextOptions) -> Void = { _ in }) throws -> String {
    var options = TextOptions()
    change(&options)
    return try written { deliver(TextReport(target: $0, options: options)) }
  }

  @Test("lead with the answer: a line a tunnel with peers, outcome and cause")
  func answerFirst() throws {
    let lines = try report().split(separator: "\n").map(String.init)
    #expect(lines[0] == "2 tunnels: 1 failed, 1 established")
    #expect(lines[1].hasPrefix("  t1  failed       198.51.100.1 → 198.51.100.2  v1 main"))
    #expect(lines[1...2].joined().contains("The pre-shared keys differ"))
    #expect(lines.contains { $0.hasPrefix("  t2  established") })
  }

  @Test("fold retransmissions into the message that they repeat")
  func folded() throws {
    let text = try report()
    #expect(text.contains("MM5 [ encrypted, 76 bytes ]  ×4, last in frame 11 at 8.012"))
    #expect(text.components(separatedBy: "MM5 [ encrypted").count == 2)
  }

  @Test("draw the ladder with frame, time and direction")
  func ladder() throws {
    let lines = try report().split(separator: "\n").map(String.init)
    #expect(lines.contains("      1     0.000  → MM1 [ SA VID×4 ]"))
    #expect(lines.contains("      2     0.003  ← MM2 [ SA VID×3 ]"))
    #expect(lines.contains { $0.contains("malformed: Notify at byte 28") })
  }

  @Test("say what a finding rests on, whose line it is, and what to change")
  func finding() throws {
    let text = try report()
    for expected in [
      "ERROR  The pre-shared keys differ", "[psk_mismatch, likely]",
      "frame 5: MM5 is repeated 3 times", "asa.cfg:12  tunnel-group", "Set the same pre-shared key",
      "udp4500_filtered: the port stays 500", "the pre-shared key (--keys or --config)",
    ] { #expect(text.contains(expected), "\(expected)") }
  }

  @Test("name the crypto map entry and ACE of each flow")
  func flows() throws {
    let text = try report { $0.width = 200 }
    #expect(text.contains("tcp 10.1.0.10:40000 → 10.2.0.10:80"))
    #expect(
      text.contains("protect by crypto map mymap 10 (line 19), ACE CRY#1 (line 12)"))
  }

  @Test("stay within the columns asked for", arguments: [40, 60, 80, 120])
  func widths(columns: Int) throws {
    let text = try report {
      $0.width = columns
      $0.isVerbose = true
    }
    let long = text.split(separator: "\n").filter { $0.count > columns }
    // A line cannot be narrower than the facts that stand side by side in it.
    #expect(long.count <= (columns < 80 ? 6 : 0), "\(long)")
  }

  @Test("colour only when asked")
  func color() throws {
    #expect(try report().contains("\u{1b}") == false)
    #expect(try report { $0.usesColor = true }.contains("\u{1b}[1;31m"))
  }

  @Test("show payload fields only when verbose")
  func verbose() throws {
    #expect(try report().contains("doi: IPSEC") == false)
    #expect(try report { $0.isVerbose = true }.contains("doi: IPSEC"))
  }

  @Test("never hand a control character from the wire to the terminal")
  func hostile() throws {
    var event = SampleTimeline.message(1, "\u{1b}[2J\u{202e}\u{7}", at: 0)
    event.malformed = "\u{9b}31m"
    let text = try written { target in
      let report = TextReport(target: target, options: TextOptions())
      report.event(event)
      report.finished(SampleTimeline.records)
    }
    let wicked = text.unicodeScalars.filter {
      $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
    }
    #expect(wicked.isEmpty)
    #expect(text.contains("\\u{1b}[2J"))
  }

  @Test("keep the first and the last lines of a long ladder and count the rest")
  func longLadder() throws {
    let text = try written { target in
      let report = TextReport(target: target, options: TextOptions())
      for frame in 1...1000 {
        report.event(SampleTimeline.message(frame, "message \(frame)", at: Int64(frame)))
      }
      report.finished(SampleTimeline.records)
    }
    #expect(text.contains("message 200\n"))
    #expect(text.contains("message 201\n") == false)
    #expect(text.contains("… 750 lines left out"))
    #expect(text.contains("message 951\n"))
    #expect(text.contains("message 1000\n"))
  }

  @Test("of many tunnels show only the failed in full, and what they share")
  func manyTunnels() throws {
    var records = TimelineRecords()
    records.tunnels = TunnelRecords(
      (1...30).map {
        SampleTimeline.tunnel("t\($0)", outcome: $0 <= 2 ? "failed" : "established")
      })
    records.findings = [
      SampleTimeline.finding("x1", tunnel: "t1"), SampleTimeline.finding("x2", tunnel: "t2"),
    ]
    func text(all: Bool) throws -> String {
      var options = TextOptions()
      options.showsAll = all
      return try written { TextReport(target: $0, options: options).finished(records) }
    }
    let short = try text(all: false)
    #expect(short.contains("30 tunnels: 2 failed, 28 established"))
    #expect(short.contains("2 of 2 with the same cause: psk_mismatch"))
    #expect(short.components(separatedBy: "────\n").count == 3)
    #expect(short.contains("Details of 28 tunnels are left out; --all shows them."))
    #expect(try text(all: true).components(separatedBy: "────\n").count == 31)
  }

  @Test("say so when there was nothing")
  func nothing() throws {
    let text = try written { target in
      var records = TimelineRecords()
      var capture = CaptureRecord()
      capture.frames = 3
      records.captures = [capture]
      TextReport(target: target, options: TextOptions()).finished(records)
    }
    #expect(text.hasPrefix("No IKE, ESP or AH in 3 frames."))
  }
}
