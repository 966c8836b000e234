/// One failure on the way to a verdict, written as the array that the rules' cases write.
package enum AttemptRecord: Hashable, Sendable {
  /// An offered phase 1 transform (by the initiator's priority) against an own policy:
  /// `[offered, own, [fields that differ]]`.
  case policy(offered: Int, own: Int, differs: [String])
  /// A map entry against a request: `[sequence, dynamic sequence, stage at which it failed]`.
  case entry(sequence: Int, dynamicSequence: Int?, stage: String)
}

extension AttemptRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginArray()
    switch self {
    case .policy(let offered, let own, let differs):
      json.value(offered)
      json.value(own)
      json.beginArray()
      for field in differs { json.value(field) }
      json.endArray()
    case .entry(let sequence, let dynamicSequence, let stage):
      json.value(sequence)
      if let dynamicSequence { json.value(dynamicSequence) } else { json.null() }
      json.value(stage)
    }
    json.endArray()
  }
}

extension AttemptRecord: CustomStringConvertible {
  package var description: String {
    switch self {
    case .policy(let offered, let own, let differs):
      return "offer \(offered) against policy \(own): \(differs.joined(separator: ", ")) differs"
    case .entry(let sequence, let dynamicSequence, let stage):
      let dynamic = dynamicSequence.map { " (dynamic \($0))" } ?? ""
      return "entry \(sequence)\(dynamic): \(stage)"
    }
  }
}

/// One algorithm of what was agreed on.
package struct AlgorithmRecord: Hashable, Sendable {
  /// `encryption`, `integrity`, `prf`, `group`, …
  package var kind: String
  /// In the configuration's spelling: `aes-256`, `sha1`, `14`.
  package var name: String

  package init(kind: String, name: String) {
    self.kind = kind
    self.name = name
  }

  /// Writes `"kind":"name"`, a bare number (a group's) as a number.
  func writeMember(to json: inout JSONWriter) {
    json.key(text: kind)
    if let number = Int(name) { json.value(number) } else { json.value(name) }
  }
}
