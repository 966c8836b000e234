/// A cause with its evidence.
package struct FindingRecord: Hashable, Sendable {
  /// `x1`, … most important first.
  package var id: String = ""
  /// `error`, `warning` or `info`.
  package var severity: String = "info"
  /// An identifier of the catalogue of causes.
  package var cause: String = ""
  /// `certain`, `likely` or `possible`.
  package var certainty: String = "possible"
  /// A few words.
  package var title: String = ""
  /// The sentence the user came for.
  package var explanation: String = ""
  /// What to change.
  package var remedy: String = ""
  /// The tunnel it speaks of.
  package var tunnel: String? = nil
  /// The child SA it speaks of.
  package var childSA: String? = nil
  /// `initiator`, `responder`, `path`, `both` or `local`.
  package var side: String = "both"
  /// Frames that show it.
  package var evidence: [EvidenceRecord] = []
  /// Configuration lines that cause it.
  package var config: [ConfigLineRecord] = []
  /// Look-alikes and why they are not it.
  package var ruledOut: [RuledOutRecord] = []
  /// What would make it more certain: `ike-keys`, `esp-keys`, `psk`, `config`, …
  package var needs: [String] = []

  package init() {}
}

extension FindingRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("severity", severity)
    json.member("cause", cause)
    json.member("certainty", certainty)
    json.member("title", title)
    json.member("explanation", explanation)
    json.member("remedy", remedy)
    json.member("tunnel", tunnel)
    json.member("childSA", childSA)
    json.member("side", side)
    json.member("evidence", evidence)
    json.member("config", config)
    json.member("ruledOut", ruledOut)
    json.member("needs", needs)
    json.endObject()
  }
}

/// A frame and what it shows.
package struct EvidenceRecord: Hashable, Sendable {
  /// Frame number within its capture.
  package var frame: Int = 0
  /// Index of the capture.
  package var capture: Int = 0
  /// What it shows.
  package var what: String = ""

  package init() {}
}

extension EvidenceRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("frame", frame)
    json.member("capture", capture)
    json.member("what", what)
    json.endObject()
  }
}

/// A line of a configuration.
package struct ConfigLineRecord: Hashable, Sendable {
  /// The file.
  package var path: String = ""
  /// Line number, from 1.
  package var line: Int = 0
  /// The line.
  package var text: String = ""

  package init() {}
}

extension ConfigLineRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("line", line)
    json.member("text", text)
    json.endObject()
  }
}

/// A cause that looks alike, and why it is not the one.
package struct RuledOutRecord: Hashable, Sendable {
  /// The cause.
  package var cause: String = ""
  /// What rules it out.
  package var because: String = ""

  package init() {}
}

extension RuledOutRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("cause", cause)
    json.member("because", because)
    json.endObject()
  }
}
