/// One step of an evaluation.
package struct StepRecord: Hashable, Sendable {
  /// What is looked at, in a word or two: `egress`, `entry 10`, `CRY#1`; may be empty.
  package var label: String = ""
  /// What was done, as a sentence.
  package var what: String = ""
  /// `match`, `no-match`, `skip` or `stop`.
  package var result: String = "match"
  /// The configuration line.
  package var config: StepLineRecord? = nil
  /// The fields that were compared.
  package var fields: [FieldRecord] = []
  /// Steps within this step.
  package var steps: [StepRecord] = []
  /// The rule that was applied, such as `A-CM-12`.
  package var rule: String? = nil

  package init() {}
}

extension StepRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    if !label.isEmpty { json.member("label", label) }
    json.member("what", what)
    json.member("result", result)
    json.member("config", config)
    json.member("fields", fields)
    json.member("steps", steps)
    if let rule { json.member("rule", rule) }
    json.endObject()
  }
}

/// The line that a step looked at.
package struct StepLineRecord: Hashable, Sendable {
  /// Line number, from 1.
  package var line: Int = 0
  /// The line's text.
  package var text: String = ""

  package init() {}
}

extension StepLineRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("line", line)
    json.member("text", text)
    json.endObject()
  }
}

/// A field that was compared.
package struct FieldRecord: Hashable, Sendable {
  /// The field.
  package var name: String = ""
  /// What the configuration has.
  package var wanted: String = ""
  /// What the flow or offer has.
  package var got: String = ""
  /// True when they agree.
  package var equal: Bool = false
  /// How what was got stands to what was wanted: `=`, `in`, `not in`, `wider`, `narrower`,
  /// `disjoint`, `?`, …; nil where only `equal` is known.
  package var relation: String? = nil

  package init() {}
}

extension FieldRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("wanted", wanted)
    json.member("got", got)
    json.member("equal", equal)
    if let relation { json.member("relation", relation) }
    json.endObject()
  }
}
