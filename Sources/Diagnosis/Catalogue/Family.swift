/// What causes belong together: where in the life of a tunnel they strike.
package enum Family: String, Hashable, Sendable, CaseIterable {
  case noAnswer = "no_answer"
  case phase1Refused = "phase1_refused"
  case phase1Notice = "phase1_notice"
  case hygiene
  case authentication
  case phase2Refused = "phase2_refused"
  case phase2Notice = "phase2_notice"
  case path
  case pathNotice = "path_notice"
  case dataPlane = "dataplane"
  case dataPlaneNotice = "dataplane_notice"
  case policy
  case liveness
  case livenessNotice = "liveness_notice"
  case protocolErrors = "protocol"
  case notice

  /// True for the causes that end a negotiation: a tunnel has one answer of these.
  var endsNegotiation: Bool {
    switch self {
    case .noAnswer, .phase1Refused, .authentication, .phase2Refused: true
    default: false
    }
  }
}
