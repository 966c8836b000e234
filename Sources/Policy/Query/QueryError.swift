import Bytes

/// What is wrong with a question: the field, the problem, and what to write instead.
package struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The path of the field, such as `packet.src` or `offers[2].group`; empty for the whole.
  package let field: String
  package let problem: String
  package let remedy: String

  package init(field: String, problem: String, remedy: String = "") {
    self.field = field
    self.problem = problem
    self.remedy = remedy
  }

  package var description: String {
    let subject = field.isEmpty ? "The query" : "The query's field \"\(printable(field))\""
    return "\(subject) \(problem)." + (remedy.isEmpty ? "" : " \(remedy)")
  }
}
