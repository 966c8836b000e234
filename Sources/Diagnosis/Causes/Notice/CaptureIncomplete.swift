import ISAKMP
import Registries
import Tracking

extension Cause {
  /// The capture does not hold everything.
  static let captureIncomplete = Cause(
    id: "capture_incomplete", family: .notice, severity: .info,
    title: "The capture does not hold everything",
    meaning: """
      The capture begins in the middle, sees one direction only, is cut, or the kernel dropped \
      frames: what is missing cannot be judged.
      """,
    shows: "Messages without what must come before them; frames shorter than on the wire; drops.",
    remedy: Remedy(
      """
      Capture whole packets (no snap length) of both directions, start before the negotiation \
      (clear the SAs), and filter on "udp port 500 or udp port 4500 or esp".
      """,
      asa: "capture NAME type isakmp interface outside; capture NAME match …",
      ios: "monitor capture NAME interface IF both match …"),
    lookAlikes: ["replies_lost"], rule: .scene(find))
}

private func find(_ scene: Scene) -> [Answer] {
  var parts: [String] = []
  var evidence: [Evidence] = []
  let late = scene.tunnels.filter { !$0.ike.sawFirstMessage }
  if let first = late.first {
    parts.append(
      "\(count(late.count, "tunnel")) began before the capture, so that "
        + "\(late.count == 1 ? "its" : "their") proposals and who began cannot be told")
    evidence += late.prefix(4).map { Evidence($0.ike.first, "the first message seen") }
    _ = first
  }
  let oneSided = scene.tunnels.filter(isOneSided)
  if let first = oneSided.first {
    parts.append(
      "of \(count(oneSided.count, "tunnel")) only one direction was seen, so that a missing answer "
        + "means nothing")
    evidence.append(Evidence(first.ike.first, "one direction only"))
  }
  for capture in scene.input.captures {
    if capture.dropped > 0 {
      parts.append("the kernel dropped \(count(capture.dropped, "frame")) of \(capture.path)")
    }
    if capture.isTruncated { parts.append("\(capture.path) ends in the middle of a frame") }
    if capture.shortFrames > 0 {
      parts.append(
        "\(count(capture.shortFrames, "frame")) of \(capture.path) \(capture.shortFrames == 1 ? "is" : "are") shorter than on the wire"
      )
    }
  }
  guard !parts.isEmpty else { return [] }
  var answer = Answer(
    .certain, capitalized(list(parts)) + ".", side: .local, evidence: evidence)
  answer.tunnel = scene.tunnels.count == 1 ? scene.tunnels.first : nil
  return [answer]
}

/// Answers, and no questions: the capture point does not see the other direction.
private func isOneSided(_ tunnel: TunnelFacts) -> Bool {
  let hasAnswers = tunnel.count { $0.from == .responder } > 0
  let hasQuestions = tunnel.count { $0.from == .initiator } > 0
  guard hasAnswers != hasQuestions else { return false }
  if hasAnswers { return true }
  // Different messages of the initiator, each of which needs an answer.
  return Set(tunnel.messages.filter { $0.header.exchangeType != .informational }.map(\.step)).count
    > 1
}

func capitalized(_ text: String) -> String {
  guard let first = text.first else { return text }
  return first.uppercased() + text.dropFirst()
}
