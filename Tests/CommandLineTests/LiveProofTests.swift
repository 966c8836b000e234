import Foundation
import TestSupport
import Testing

/// `live` on a real interface, over which the demonstration is replayed.
@Suite("live, on a veth pair", .enabled(if: Root.canReplay, "needs namespaces and tcpreplay"))
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
        replay -x 10
        sleep 1.7
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

  @Test("waits for an interface that is taken down, and goes on when it comes back")
  func interfaceDown() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --write kept.pcap --duration 60 > report
        replay --topspeed; sleep 0.5
        ip -n $right link set $device down; sleep 0.5
        replay --topspeed; sleep 0.5
        ip -n $right link set $device up; sleep 1
        replay --topspeed; sleep 1
        kill -TERM $live; wait $live; echo $?
        "$IKESCOPE" analyze kept.pcap --format ndjson | grep '"record":"capture"'
        cat report >&2
        """)
      #expect(outcome.text.hasPrefix("130\n"), "\(outcome.text) \(outcome.errors)")
      #expect(outcome.errors.contains("t1  established  198.51.100.1:500 → 198.51.100.2:500"))
      let kept = try objects(Data(outcome.text.dropFirst(4).utf8))
      #expect(kept.first?["frames"] as? Int == 110)
      #expect(kept.first?["truncated"] as? Bool == false)
    }
  }

  @Test("leaves a file that is readable to its last whole record when it is killed")
  func killed() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --write kept.pcap --quiet >/dev/null
        replay --topspeed --loop=20 &
        sleep 0.7
        pkill -KILL -P $$ -x ikescope || kill -KILL $live
        wait
        "$IKESCOPE" analyze kept.pcap --format json
        """)
      let document = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
      let capture = try #require((document?["captures"] as? [[String: Any]])?.first)
      #expect(capture["frames"] as? Int ?? 0 > 0)
      #expect(capture["truncated"] as? Bool == false)
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
        replay --topspeed --loop=20
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
      { sleep 1; replay --topspeed; } & replaying=$!
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

  @Test("counts what the kernel dropped, and keeps all that was captured in its ring")
  func drops() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        live --format ndjson --output live.ndjson --write kept.pcap --ring 20 --ring-size 1 --quiet
        stopped=$(pgrep -P $live -x ikescope || echo $live)
        kill -STOP $stopped
        replay --topspeed --loop=1500
        kill -CONT $stopped
        sleep 2
        kill -TERM $stopped; wait $live; echo $?
        "$IKESCOPE" analyze kept_*.pcap --format ndjson | grep '"record":"capture"'
        """)
      #expect(outcome.text.hasPrefix("130\n"), "\(outcome.errors)")
      let live = try objects(Data(contentsOf: folder.appending(path: "live.ndjson")))
      let capture = try #require(records("capture", live).first)
      let dropped = capture["dropped"] as? Int ?? 0
      let frames = capture["frames"] as? Int ?? 0
      #expect(dropped > 0)
      #expect("\(capture["warnings"] ?? "")".contains("\(dropped)"))
      let kept = try objects(Data(outcome.text.dropFirst(4).utf8))
      let keptFrames = kept.reduce(0) { $0 + ($1["frames"] as? Int ?? 0) }
      #expect(frames > 1000)
      #expect(keptFrames == frames, "\(outcome.errors)")
    }
  }

  @Test("draws a line for each tunnel over and over in a terminal")
  func terminal() throws {
    try inTemporaryFolder { folder in
      let outcome = try Program.network(
        """
        cd '\(folder.path)'
        { sleep 1; replay --topspeed; } & replaying=$!
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
