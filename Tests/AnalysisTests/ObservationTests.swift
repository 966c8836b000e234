import Testing

@testable import Analysis

/// The prediction and the capture side by side: for each kind of thing that is predicted, what makes
/// the capture agree, contradict or stay silent.
@Suite("What a capture says to a prediction")
struct ObservationTests {
  @Test(
    "of a flow: protected or clear, and a drop only by what went out protected",
    arguments: [
      ("protect", true, true, "agrees"), ("protect", true, false, "contradicts"),
      ("accept", false, true, "agrees"), ("accept", false, false, "contradicts"),
      ("bypass", true, false, "agrees"), ("bypass", true, true, "contradicts"),
      ("bypass", false, false, "agrees"), ("drop", true, true, "contradicts"),
      ("drop", true, false, "silent"), ("drop", false, true, "silent"),
      ("drop", false, false, "silent"), ("cannot-tell", true, true, "silent"),
    ])
  func flow(_ verdict: String, _ isOutbound: Bool, _ isProtected: Bool, _ expected: String) {
    let observation = Observation(flow: verdict, isOutbound: isOutbound, isProtected: isProtected)
    #expect(observation.rawValue == expected)
  }

  @Test(
    "of phase 1: whether the offer was taken, not whether the peer proved itself later",
    arguments: [
      ("accept", true, true, true, "agrees"), ("accept", true, true, false, "agrees"),
      ("accept", false, true, true, "contradicts"), ("accept", false, false, true, "silent"),
      ("accept", false, true, false, "silent"), ("refuse", false, true, true, "agrees"),
      ("refuse", true, true, true, "agrees"),
      ("refuse", true, true, false, "contradicts"), ("refuse", false, true, false, "silent"),
      ("no-response", false, false, true, "agrees"),
      ("no-response", false, true, true, "contradicts"),
      ("retry", true, true, false, "silent"), ("cannot-tell", true, true, false, "silent"),
    ])
  func phase1(
    _ verdict: String, _ wasTaken: Bool, _ isAnswered: Bool, _ hasFailed: Bool, _ expected: String
  ) {
    let observation = Observation(
      phase1: verdict, wasTaken: wasTaken, isAnswered: isAnswered, hasFailed: hasFailed)
    #expect(observation.rawValue == expected)
  }

  @Test(
    "of a child SA: made or refused, once there was an IKE SA to make it in",
    arguments: [
      ("accept", "established", true, "agrees"), ("protect", "rekeyed", true, "agrees"),
      ("accept", "deleted", true, "agrees"), ("refuse", "failed", true, "agrees"),
      ("refuse", "established", true, "contradicts"), ("accept", "failed", true, "contradicts"),
      ("accept", "failed", false, "silent"), ("protect", "failed", true, "silent"),
      ("cannot-tell", "established", true, "silent"),
    ])
  func child(_ verdict: String, _ outcome: String, _ isIKEUp: Bool, _ expected: String) {
    let observation = Observation(child: verdict, outcome: outcome, isIKEUp: isIKEUp)
    #expect(observation.rawValue == expected)
  }
}
