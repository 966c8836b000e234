import Foundation
import TestSupport
import Testing

/// Floods through the whole program, with limits so small that a short flood reaches them: what was
/// left out is said with the option that sets the limit and what that costs, the real tunnel is
/// explained, and memory stays within bounds.
@Suite("analyze under a flood")
struct FloodTests {
  /// A flood, the limits it meets, and the sentence that says so.
  struct Case: CustomTestStringConvertible, Sendable {
    var flood: Flood
    var limits: [String]
    var says: [String]
    var testDescription: String { "\(flood)" }
  }

  static let cases = [
    Case(
      flood: .attempts, limits: ["--max-half-open", "100"],
      says: ["attempts at a tunnel that nobody answered", "(--max-half-open)"]),
    Case(
      flood: .oneSided, limits: ["--max-half-open", "100"],
      says: ["of which one end was heard", "(--max-half-open)"]),
    Case(
      flood: .tunnels, limits: ["--max-tunnels", "40"],
      says: ["answered tunnels were forgotten", "their ESP appears without IKE (--max-tunnels)"]),
    Case(
      flood: .refused, limits: ["--max-tunnels", "40"],
      says: ["those that never came up and the oldest first", "(--max-tunnels)"]),
    Case(
      flood: .keepalives, limits: ["--max-messages", "200"],
      says: ["IKE messages were counted and not kept", "(--max-messages)"]),
    Case(
      flood: .keepalives, limits: ["--max-exchanges", "20"],
      says: ["exchanges of long tunnels", "(--max-exchanges)"]),
    Case(
      flood: .children, limits: ["--max-children", "20"],
      says: ["child SAs of tunnels with very many", "(--max-children)"]),
    Case(
      flood: .rekeys, limits: ["--max-children", "20"],
      says: ["ESP or AH flows of tunnels with very many child SAs", "(--max-children)"]),
    Case(
      flood: .spis, limits: ["--max-security-flows", "100"],
      says: ["ESP or AH flows were forgotten", "(--max-security-flows)"]),
    Case(
      flood: .spis, limits: ["--max-pairs", "10"],
      says: ["pairs of hosts with ESP or AH and without IKE", "(--max-pairs)"]),
    Case(
      flood: .clear, limits: ["--max-flows", "100"],
      says: ["inner or clear flows were forgotten", "(--max-flows)"]),
    Case(
      flood: .fragments, limits: [],
      says: ["fragmented IKE messages were given up for want of room"]),
  ]

  @Test("a limit that bites is named with its cost, and the real tunnel stays", arguments: cases)
  func limit(_ flood: Case) throws {
    try inTemporaryFolder { folder in
      let capture = folder.appending(path: "flood.pcap")
      try flood.flood.capture(count: 600).write(to: capture)
      let run = try Program.run(
        ["analyze", capture.path, "--no-progress", "--format", "json"] + flood.limits)
      #expect(run.status == 0, "\(run.errors)")
      let answer = try Answer(run.output)
      let evictions = answer.document["evictions"] as? [String] ?? []
      #expect(
        evictions.contains { eviction in flood.says.allSatisfy { eviction.contains($0) } },
        "\(evictions)")
      let real = try #require(
        answer.tunnels.first { $0["initiatorSPI"] as? String == Flood.realSPI })
      #expect(real["outcome"] as? String == "established")
      // What was left out is said to a reader too.
      let text = try Program.run(["analyze", capture.path, "--no-progress"] + flood.limits).text
      #expect(text.contains("Left out"))
      #expect(text.contains("192.0.2.1"))
    }
  }

  @Test("limits that are reached all at once are each named", arguments: ["json", "text"])
  func allAtOnce(format: String) throws {
    try inTemporaryFolder { folder in
      let floods: [Flood] = [
        .attempts, .tunnels, .refused, .rekeys, .spis, .clear, .fragments, .keepalives, .children,
      ]
      let captures = try floods.map { flood in
        let capture = folder.appending(path: "\(flood).pcap")
        try flood.capture(count: 600).write(to: capture)
        return capture.path
      }
      let options = [
        "half-open", "tunnels", "messages", "exchanges", "children", "security-flows", "pairs",
        "flows",
      ]
      let limits = ["20", "20", "60", "4", "8", "40", "4", "20"]
      let run = try Program.run(
        ["analyze"] + captures + ["--no-progress", "--format", format]
          + zip(options, limits).flatMap { ["--max-\($0)", $1] })
      #expect(run.status == 0, "\(run.errors)")
      let said: String
      if format == "json" {
        said = try (Answer(run.output).document["evictions"] as? [String] ?? [])
          .joined(separator: " ")
      } else {
        // The lines of a report are broken where they are full.
        said = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      for option in options {
        #expect(said.contains("(--max-\(option))"), "\(option): \(said.suffix(400))")
      }
      #expect(said.contains("fragmented IKE messages were given up"))
    }
  }

  @Test(
    "a short flood takes no more than 64 MB", arguments: [Flood.attempts, .tunnels, .spis, .rekeys])
  func memory(_ flood: Flood) throws {
    try inTemporaryFolder { folder in
      let capture = folder.appending(path: "flood.pcap")
      try flood.capture(count: 2500).write(to: capture)
      let resident = try residentKilobytes("'\(capture.path)' --max-tunnels 1000")
      #expect(resident > 1024)
      // A debug build is itself larger than what it remembers.
      #expect(resident < 64 * 1024, "\(resident) kB")
    }
  }
}

/// The most memory that an analysis had resident at once, in kilobytes, as the kernel kept count of it
/// while it ran; its report is thrown away.
private func residentKilobytes(_ arguments: String) throws -> Int {
  let run = try Program.shell(
    """
    "$IKESCOPE" analyze \(arguments) --no-progress >/dev/null & child=$!
    while line=$(grep VmHWM "/proc/$child/status" 2>/dev/null); do most=$line; sleep 0.01; done
    wait "$child" && echo "$most" | tr -dc 0-9
    """)
  #expect(run.status == 0, "\(run.errors)")
  return try #require(Int(run.text))
}
