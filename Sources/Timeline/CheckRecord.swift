/// What `ikescope check` says of one configuration, or of two that should meet.
package struct CheckRecord: Hashable, Sendable {
  /// The configurations, in the order given.
  package var configurations: [ConfigurationRecord] = []
  /// What is wrong, most important first.
  package var findings: [CheckFindingRecord] = []
  /// With a peer's configuration: what the two would make of each other.
  package var negotiations: [NegotiationRecord] = []
  /// With a peer's configuration: which end can begin, a sentence each.
  package var notes: [String] = []

  package init() {}
}

extension CheckRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("schema", Generator.checkSchema)
    json.key("generator")
    Generator.write(to: &json)
    json.member("configurations", configurations)
    json.member("findings", findings)
    json.member("negotiations", negotiations)
    if !notes.isEmpty { json.member("notes", notes) }
    json.endObject()
  }
}

/// Something wrong with a configuration.
package struct CheckFindingRecord: Hashable, Sendable {
  /// A code of the policy rules, such as `C-SHADOWED-ACE`.
  package var code: String = ""
  /// `error`, `warning` or `info`.
  package var severity: String = "warning"
  /// One sentence.
  package var sentence: String = ""
  /// What to change; empty where the sentence says it.
  package var remedy: String = ""
  /// Every line concerned.
  package var config: [ConfigLineRecord] = []
  /// The rules that say so, such as `A-ACL-08`.
  package var rules: [String] = []

  package init() {}
}

extension CheckFindingRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("code", code)
    json.member("severity", severity)
    json.member("sentence", sentence)
    json.member("remedy", remedy)
    json.member("config", config)
    json.member("rules", rules)
    json.endObject()
  }
}

/// One question that two configurations answer together: phase 1, an ACE and its mirror, ….
package struct NegotiationRecord: Hashable, Sendable {
  /// What was asked, such as `phase 1` or `mymap 10, ACL 101 line 3`.
  package var subject: String = ""
  /// Who asks: the configuration that initiates.
  package var initiator: String = ""
  /// Who answers.
  package var responder: String = ""
  /// How the initiator's element stands to the nearest of the responder's: `mirror image`,
  /// `subset (case 3)`, `superset (case 4)`, `overlap`, `no counterpart`; nil for phase 1.
  package var mirror: String? = nil
  /// The responder's answer.
  package var verdict: PolicyVerdictRecord = PolicyVerdictRecord()

  package init() {}
}

extension NegotiationRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("subject", subject)
    json.member("initiator", initiator)
    json.member("responder", responder)
    if let mirror { json.member("mirror", mirror) }
    json.member("verdict", verdict)
    json.endObject()
  }
}
