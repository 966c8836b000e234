import Timeline

/// Writes what a configuration says of something seen in a capture, in a line: the prediction and
/// the observation side by side, never mixed.
struct PolicyLine {
  let canvas: Canvas

  /// The verdict with the entry and the ACE it stands on.
  func write(_ verdict: PolicyVerdictRecord, indent: Int) {
    var text = verdict.verdict
    let place = placeText(verdict)
    if !place.isEmpty { text += " by \(place)" }
    if !verdict.reason.isEmpty { text += " (\(verdict.reason))" }
    if let nearest = verdict.nearest { text += ", nearest: \(nearest)" }
    if verdict.verdict == "cannot-tell" { text += candidatesText(verdict) }
    if verdict.observed != "silent" { text += "; the capture \(verdict.observed)" }
    let role: Role = verdict.observed == "contradicts" ? .caution : .plain
    canvas.field("Policy", text, indent: indent, role)
  }

  /// What could be, at most three of it; else why nothing can be told.
  private func candidatesText(_ verdict: PolicyVerdictRecord) -> String {
    let candidates = verdict.candidates.prefix(3).joined(separator: "; or ")
    guard !candidates.isEmpty else {
      return verdict.sentence.isEmpty ? "" : ": \(verdict.sentence)"
    }
    let more = verdict.candidates.count - 3
    return ": \(candidates)" + (more > 0 ? "; or \(more) more" : "")
  }
}

/// The entry, ACE, IKE policy or tunnel group that a verdict stands on, each with its line.
func placeText(_ verdict: PolicyVerdictRecord, path: String? = nil) -> String {
  func line(_ number: Int?) -> String {
    guard let number else { return "" }
    return path.map { " (\($0):\(number))" } ?? " (line \(number))"
  }
  var parts: [String] = []
  if let map = verdict.map {
    let sequence = verdict.sequence.map { " \($0)" } ?? ""
    parts.append("crypto map \(map)\(sequence)\(line(verdict.entryLine))")
  }
  if let map = verdict.dynamicMap {
    let sequence = verdict.dynamicSequence.map { " \($0)" } ?? ""
    parts.append("dynamic map \(map)\(sequence)")
  }
  if let ace = verdict.ace {
    parts.append("ACE \(verdict.acl ?? "")#\(ace.index)\(line(ace.line))")
  } else if let acl = verdict.acl {
    parts.append("ACL \(acl)")
  }
  if let policy = verdict.ikePolicy {
    parts.append("IKE policy \(policy.number)\(line(policy.line))")
  }
  if let group = verdict.tunnelGroup { parts.append("tunnel-group \(group)") }
  return parts.joined(separator: ", ")
}
