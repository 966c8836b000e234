import Tracking

/// What a rule looks at, and so how often it is asked.
enum Rule: Sendable {
  /// Once for every IKE SA or attempt at one.
  case tunnel(@Sendable (TunnelFacts, Scene) -> Answer?)
  /// Once for every child SA, with its tunnel.
  case child(@Sendable (ChildSA, TunnelFacts, Scene) -> Answer?)
  /// Once for every ESP or AH flow.
  case flow(@Sendable (SecurityFlow, Scene) -> Answer?)
  /// Once for every inner or clear flow.
  case inner(@Sendable (InnerFlowInput, Scene) -> Answer?)
  /// Once for everything.
  case scene(@Sendable (Scene) -> [Answer])
}
