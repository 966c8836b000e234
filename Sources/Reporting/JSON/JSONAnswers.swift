package import Timeline

/// Writes single records as JSON: the answers of `explain` and `check`.
package struct JSONAnswers {
  private let target: OutputTarget

  /// Answers to `target`.
  package init(target: OutputTarget) {
    self.target = target
  }

  /// One record as a document.
  package func document(_ record: some JSONRecord) {
    var json = JSONWriter()
    record.write(to: &json)
    json.endLine()
    target.write(json.bytes)
  }

  /// Records as one array, one a line.
  package func array(_ records: [some JSONRecord]) {
    target.write("[")
    for (index, record) in records.enumerated() {
      var json = JSONWriter()
      record.write(to: &json)
      target.write(index == 0 ? "\n" : ",\n")
      target.write(json.bytes)
    }
    target.write("\n]\n")
  }

  /// Records as NDJSON, each with a member `record`.
  package func lines(_ name: StaticString, _ records: [some JSONRecord]) {
    for record in records {
      var json = JSONWriter()
      record.write(to: &json)
      target.write("{\"record\":\"\(name)\",")
      target.write(json.bytes.dropFirst())
      target.write("\n")
    }
  }
}
