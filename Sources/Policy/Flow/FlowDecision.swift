/// What a set decides for a packet, without the trace: the part that must be the same whether the
/// elements were tried one by one or found by the index.
package struct FlowDecision: Sendable, Equatable {
  package var outcome: Verdict.Outcome
  package var reason: ReasonCode?
  /// The deciding entry, by its place in the set's evaluation order.
  package var entry: Int?
  /// The deciding element, by its place in the list, from 0.
  package var element: Int?

  init(
    _ outcome: Verdict.Outcome, _ reason: ReasonCode? = nil, entry: Int? = nil, element: Int? = nil
  ) {
    self.outcome = outcome
    self.reason = reason
    self.entry = entry
    self.element = element
  }
}

/// What is known of a flow beside its packet: all that decides once an element permits.
struct FlowCircumstances: Sendable {
  var direction = FlowQuestion.Direction.out
  var saExists = false
  var negotiationSucceeded: Bool?

  init(_ question: FlowQuestion) {
    direction = question.direction
    saExists = question.saExists
    negotiationSucceeded = question.negotiationSucceeded
  }

  init(direction: FlowQuestion.Direction, saExists: Bool) {
    self.direction = direction
    self.saExists = saExists
  }
}
