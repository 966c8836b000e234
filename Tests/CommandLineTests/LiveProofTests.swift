import Foundation
import TestSupport
import Testing

/// `live` on a real interface, over which the demonstration is replayed.
@Suite("live, on a veth pair", .enabled(if: Root.canReplay, "needs root and network namespaces"))
struct LiveProofTests {
  /// The objects of NDJSON.
  private func objects(_ lines: Data) throws -> [[String: Any]] {
    try lines.split(separator: UInt8(ascii: "\n")).map {
      try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any])
    }
  }

  private func records(_ name: String, _ objects: [[String: Any]]) -> [[String: Any]] {
    objects.filter { $0["record"] as? String == name }
  }

  /// What a report says, without times of day: they differ when a capture is replayed.
  private func gist(_ objects: [[String: Any]]) -> [String] {
    let members = [
      "tunnel": ["id", "mode", "outcome", "initiator", "responder", "firstFrame", "lastFrame"],
      "childSA": ["id", "outcome", "spis", "selectors"],
      "flow": ["id", "protocol", "source", "destination", "packets", "bytes", "seen"],
      "finding": ["cause", "certainty", "tunnel", "childSA", "severity"],
    ]
    return objects.flatMap { object -> [String] in
      guard let kind = object["record"] as? String, let names = members[kind] else { return [] }
      let kept = names.map { [$0, object[$0] ?? ""] }
      let data = try? JSONSerialization.data(withJSONObject: kept, options: .sortedKeys)
      return ["\(kind) \(String(decoding: data ?? Data(), as: UTF8.self))"]
    }
  }

  private static var known: String {
    let base = SharedMaterial.captures.appending(path: "demo").path
    return "--keys '\(base).keys.json' --config '\(base).asa.cfg'"
  }

  @Test("says the same as an analysis of the file, and tells findings while it runs")
  func sameAsFile() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live \(Self.known) --format ndjson --output live.ndjson --write kept.pcap
        replay --speed 10 >/dev/null
        seen '"kind":"finding"' live.ndjson
        cp live.ndjson before.ndjson
        kill -INT $live; wait $live; echo $?
        "$IKESCOPE" analyze "$capture" \(Self.known) --format ndjson --output file.ndjson
        "$IKESCOPE" analyze kept.pcap \(Self.known) --format ndjson --output kept.ndjson
        """)
      #expect(outcome.text == "130\n", "\(outcome.errors)")
      let read = { (name: String) in
        try objects(Data(contentsOf: folder.appending(path: "\(name).ndjson")))
      }
      let (live, before) = (try read("live"), try read("before"))
      #expect(gist(live) == gist(try read("kept")))
      #expect(
        gist(live).filter { !$0.hasPrefix("finding") }
          == gist(try read("file")).filter { !$0.hasPrefix("finding") })
      let told = records("event", before).filter { $0["kind"] as? String == "finding" }
      let final = records("finding", live)
      #expect(!told.isEmpty)
      for event in told {
        let cause = event["cause"] as? String
        let isFinal = final.contains {
          $0["cause"] as? String == cause && $0["tunnel"] as? String == event["tunnel"] as? String
        }
        let isWithdrawn = records("event", live).contains {
          $0["kind"] as? String == "finding.withdrawn" && $0["cause"] as? String == cause
        }
        #expect(isFinal || isWithdrawn, "\(cause ?? "")")
      }
      // Lines are whole while it runs, and nothing told is changed afterwards.
      #expect(records("tunnel", before).isEmpty)
      #expect(records("capture", live).first?["frames"] as? Int == 55)
    }
  }

  @Test("tells that an interface was taken down or lost its link, and goes on when it comes back")
  func interfaceDown() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --write kept.pcap --duration 60 > report; text=$live
        live --format ndjson --duration 60 > live.ndjson
        replay >/dev/null; seen '^t2' report
        both() { seen "$1" report $3; seen "$2" live.ndjson $3; }
        ip -n $right link set $device down; both 'went down' interface.down 1
        replay >/dev/null
        ip -n $right link set $device up; both 'is up again at' interface.up 1
        ip -n $left link set ${device%b}a down
        seen 'lost its link' report; seen interface.down live.ndjson 2
        ip -n $left link set ${device%b}a up; both 'is up again at' interface.up 2
        replay >/dev/null; sleep 1
        kill -TERM $text $live; wait $text; echo $?; wait $live; echo $?
        "$IKESCOPE" analyze kept.pcap --format ndjson | grep '"record":"capture"'
        """)
      #expect(outcome.text.hasPrefix("130\n130\n"), "\(outcome.text) \(outcome.errors)")
      let report = try String(
        contentsOf: folder.appending(path: "report"), encoding: .utf8)
      #expect(report.contains("t1  established  198.51.100.1:500 → 198.51.100.2:500"))
      for words in [" went down at 20", " lost its link at 20", " is up again at 20"] {
        #expect(report.contains(words), "\(report.prefix(3000))")
      }
      let kept = try objects(Data(outcome.text.dropFirst(8).utf8))
      #expect(kept.first?["frames"] as? Int == 110)
      #expect(kept.first?["truncated"] as? Bool == false)
      let live = try objects(Data(contentsOf: folder.appending(path: "live.ndjson")))
      let told = records("event", live).compactMap { $0["kind"] as? String }
        .filter { $0.hasPrefix("interface.") }
      #expect(
        told == ["interface.down", "interface.up", "interface.down", "interface.up"])
      let capture = try #require(records("capture", live).first)
      #expect(capture["frames"] as? Int == 110)
      let warnings = capture["warnings"] as? [String] ?? []
      #expect(warnings.count { $0.contains("frames of that time are missing") } == 2)
    }
  }

  @Test("says when the interface has gone, reports what it saw, and ends with 66")
  func interfaceGone() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --write kept.pcap > report; text=$live
        live --format ndjson --output live.ndjson
        replay >/dev/null; seen '^t2' report; seen '"tunnel":"t2"' live.ndjson
        cp live.ndjson before.ndjson
        ip -n $right link del $device
        wait $text; echo $?; wait $live; echo $?
        "$IKESCOPE" analyze kept.pcap --format ndjson | grep '"record":"capture"'
        """)
      #expect(outcome.text.hasPrefix("66\n66\n"), "\(outcome.text) \(outcome.errors)")
      let said = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("ikescope: ") }
      #expect(said.count == 2 && said.allSatisfy { $0.contains(": lost while capturing: ") })
      let report = try String(contentsOf: folder.appending(path: "report"), encoding: .utf8)
      #expect(report.contains(" went away at 20") && report.contains("2 tunnels: "))
      let kept = try objects(Data(outcome.text.dropFirst(6).utf8))
      #expect(kept.first?["frames"] as? Int == 55)
      let read = { (name: String) in
        try Data(contentsOf: folder.appending(path: "\(name).ndjson"))
      }
      let (before, after) = (try read("before"), try read("live"))
      #expect(after.starts(with: before), "what was told stays as it is")
      let live = try objects(after)
      #expect(records("event", live).contains { $0["kind"] as? String == "interface.gone" })
      #expect(records("tunnel", live).count == 2)
      let warnings = records("capture", live).first?["warnings"] as? [String] ?? []
      #expect(warnings.contains { $0.contains("went away at") })
    }
  }

  @Test("leaves a file that is readable to its last whole record when it is killed in the midst")
  func killed() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        for round in 1 2 3; do
          rm -f kept.pcap
          live --write kept.pcap --quiet >/dev/null
          replay --loop 3000 >/dev/null & replaying=$!
          for ((i = 0; i < 400; i++)); do
            [ $(stat -c %s kept.pcap) -gt $((round * 500000)) ] && break; sleep 0.01
          done
          kill -KILL $live; wait $live 2>/dev/null; kill $replaying; wait $replaying 2>/dev/null
          cp kept.pcap $round.pcap
          "$IKESCOPE" analyze kept.pcap --format ndjson | grep '"record":"capture"'
        done
        """)
      let captures = try objects(outcome.output)
      #expect(captures.count == 3, "\(outcome.errors)")
      for (index, capture) in captures.enumerated() {
        let file = try Data(contentsOf: folder.appending(path: "\(index + 1).pcap"))
        #expect(capture["frames"] as? Int ?? 0 > 1000)
        #expect(capture["frames"] as? Int == RawCapture(file).frames.count)
        // The program writes whole records; the kernel, when it kills, may end a write(2) with a page.
        let isCut = capture["truncated"] as? Bool ?? false
        #expect(!isCut || file.count % 4096 == 0)
        #expect((capture["warnings"] as? [String] ?? []).count == (isCut ? 1 : 0))
      }
    }
  }

  @Test(
    "ends with all that was captured, reported and kept, in the midst of a replay",
    arguments: ["INT", "TERM"])
  func signals(signal: String) throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --format ndjson --output live.ndjson --write kept.pcap
        replay --loop 3000 >/dev/null & replaying=$!
        for ((i = 0; i < 400; i++)); do
          [ $(stat -c %s kept.pcap) -gt 1000000 ] && break; sleep 0.01
        done
        kill -\(signal) $live; wait $live; echo $?
        kill $replaying; wait $replaying 2>/dev/null
        "$IKESCOPE" analyze kept.pcap --format ndjson | grep '"record":"capture"'
        """)
      #expect(outcome.text.hasPrefix("130\n"), "\(outcome.errors)")
      let live = try objects(Data(contentsOf: folder.appending(path: "live.ndjson")))
      let frames = records("capture", live).first?["frames"] as? Int ?? 0
      let kept = try objects(Data(outcome.text.dropFirst(4).utf8))
      #expect(frames > 1000)
      #expect(kept.first?["frames"] as? Int == frames)
      #expect(kept.first?["truncated"] as? Bool == false)
    }
  }

  @Test(
    "explains what it could not keep when the disk is full, and keeps whole records",
    .enabled(if: Root.canMount, "needs a file system of its own"))
  func fullDisk() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)' && mkdir small && mount -t tmpfs -o size=64k,mode=777 tmpfs small
        live --write small/kept.pcap > report
        replay --loop 20 >/dev/null
        wait $live; echo $?
        cp small/kept.pcap . ; umount small
        "$IKESCOPE" analyze kept.pcap --format ndjson --output kept.ndjson; cat report
        """)
      #expect(outcome.text.hasPrefix("73\n"), "\(outcome.errors)")
      #expect(outcome.errors.contains("small/kept.pcap: cannot be written: the disk is full"))
      #expect(outcome.text.contains("t1  established  198.51.100.1:500 → 198.51.100.2:500"))
      #expect(outcome.text.contains("\nCapture    "))
      let kept = try objects(Data(contentsOf: folder.appending(path: "kept.ndjson")))
      #expect(records("capture", kept).first?["truncated"] as? Bool == false)
      #expect(records("capture", kept).first?["frames"] as? Int ?? 0 >= 55)
    }
  }

  @Test("ends quietly when its reader has seen enough")
  func closedPipe() throws {
    let outcome = try Program.network(
      """
      { sleep 1; replay >/dev/null; } & replaying=$!
      ip netns exec $right "$IKESCOPE" live --interface $device --format ndjson --duration 20 \
        2>&1 | head -n 2 | wc -l
      echo ${PIPESTATUS[0]} $SECONDS
      wait $replaying
      """)
    let words = outcome.text.split(whereSeparator: \.isWhitespace)
    #expect(words.first == "2" && words.count == 3)
    #expect(words.dropFirst().first == "0", "\(outcome.errors)")
    #expect(words.last.flatMap { Int($0) } ?? 99 < 10)
  }

  @Test(
    "keeps every frame of a replay at line rate, or counts it as dropped by the kernel",
    arguments: [false, true])
  func drops(isStopped: Bool) throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --format ndjson --output live.ndjson --write kept.pcap --ring 50 --ring-size 1
        \(isStopped ? "kill -STOP $live" : "")
        replay --loop 1500
        kill -CONT $live
        for ((last = -1; last != $(du -cb kept_*.pcap | tail -n 1 | cut -f 1); )); do
          last=$(du -cb kept_*.pcap | tail -n 1 | cut -f 1); sleep 1
        done
        kill -TERM $live; wait $live; echo $?
        ip netns exec $right cat /sys/class/net/$device/statistics/rx_dropped
        "$IKESCOPE" analyze kept_*.pcap --format ndjson | grep '"record":"capture"'
        """)
      let lines = outcome.text.split(separator: "\n")
      let head = try #require(lines.count > 3 ? lines.prefix(3).compactMap { Int($0) } : nil)
      #expect(head[0] == 1500 * 55 && head[1] == 130, "\(outcome.errors)")
      let live = try objects(Data(contentsOf: folder.appending(path: "live.ndjson")))
      let capture = try #require(records("capture", live).first)
      let dropped = capture["dropped"] as? Int ?? 0
      let frames = capture["frames"] as? Int ?? 0
      #expect(frames + dropped + head[2] == head[0], "\(outcome.text.prefix(200))")
      if isStopped { #expect(dropped > 0) }
      #expect("\(capture["warnings"] ?? "")".contains("\(dropped)") == (dropped > 0))
      let told = records("event", live).contains { $0["kind"] as? String == "frames.dropped" }
      #expect(told == (dropped > 0))
      let kept = try objects(Data(lines.dropFirst(3).joined(separator: "\n").utf8))
      #expect(frames > 1000)
      #expect(kept.reduce(0) { $0 + ($1["frames"] as? Int ?? 0) } == frames)
    }
  }

  @Test("draws a line for each tunnel over and over in a terminal")
  func terminal() throws {
    try inTemporaryFolder { folder in
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        { sleep 1; replay >/dev/null; } & replaying=$!
        ip netns exec $right env TERM=xterm script -qec \
          "$IKESCOPE live --interface $device --duration 3 \(Self.known)" typescript > seen
        echo $?
        wait $replaying
        cat seen
        """)
      #expect(outcome.text.hasPrefix("0"))
      #expect(outcome.text.contains("\u{1b}[J"))
      #expect(outcome.text.contains("t1  established  198.51.100.1:500"))
      #expect(outcome.text.contains("Capture"))
    }
  }
}
