import Analysis
import Reporting
import Timeline

extension Explain {
  /// Writes what a cause means; for `list` what causes there are.
  func explain(cause id: String) throws {
    let all = CauseRecord.all
    let asked = id == "list" ? all : all.filter { $0.cause == id }
    guard !asked.isEmpty else {
      let near = all.map(\.cause).filter { $0.contains(id) || id.contains($0) }
      let hint =
        near.isEmpty
        ? "--cause list names all" : "there is \(near.prefix(6).joined(separator: ", "))"
      throw CommandFailure.usage("there is no cause '\(id)'; \(hint)")
    }
    let target = try report.target()
    defer { target.abandon() }
    let json = JSONAnswers(target: target)
    let text = CauseText(target: target, options: report.textOptions(target))
    switch report.format {
    case .text where id == "list": text.write(list: asked)
    case .text: for cause in asked { text.write(cause) }
    case .json where id == "list": json.array(asked)
    case .json: for cause in asked { json.document(cause) }
    case .ndjson: json.lines("cause", asked)
    }
    try target.finish()
  }
}
