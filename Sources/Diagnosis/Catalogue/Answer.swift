import Timeline
import Tracking

/// How sure a finding is.
package enum Certainty: String, Hashable, Sendable, CaseIterable {
  /// What was seen leaves no other cause.
  case certain
  /// Other causes remain, and are less probable.
  case likely
  /// One of several.
  case possible

  /// 0 for the surest.
  var rank: Int {
    switch self {
    case .certain: 0
    case .likely: 1
    case .possible: 2
    }
  }
}

/// Whose line or place is wrong.
package enum Side: String, Hashable, Sendable {
  case initiator, responder, path, both, local

  init(_ role: Role) { self = role == .initiator ? .initiator : .responder }
}

/// A frame and what it shows.
struct Evidence: Hashable {
  var sighting: Sighting
  var what: String

  init(_ sighting: Sighting, _ what: String) {
    self.sighting = sighting
    self.what = what
  }
}

/// A cause that looks alike, and why it is not the one.
struct RuledOut: Hashable {
  var cause: String
  var because: String

  init(_ cause: String, _ because: String) {
    self.cause = cause
    self.because = because
  }
}

/// What would make a finding more certain.
enum Need: String {
  case ikeKeys = "ike-keys"
  case espKeys = "esp-keys"
  case psk
  case config
  case peerConfig = "peer-config"
  case otherCapture = "capture-at-the-other-end"
}

/// What a rule found.
struct Answer {
  var certainty: Certainty
  var explanation: String
  var side: Side
  var evidence: [Evidence]
  /// What to do in this very case; the cause's own remedy follows it.
  var remedy: String?
  var config: [ConfigLineRecord] = []
  var ruledOut: [RuledOut] = []
  var needs: [Need] = []
  /// Another severity than the cause's own.
  var severity: Cause.Severity?
  /// The tunnel, where the rule is not asked tunnel by tunnel.
  var tunnel: TunnelFacts?
  var child: ChildSA?
  /// The device whose configuration decides, where it is not an end of a tunnel that tells.
  var device: KnownDevice?

  /// The networks behind both ends that the remedy is about.
  var networks: (initiator: SelectorRange, responder: SelectorRange)?

  init(
    _ certainty: Certainty, _ explanation: String, side: Side = .both, evidence: [Evidence],
    remedy: String? = nil
  ) {
    self.certainty = certainty
    self.explanation = explanation
    self.side = side
    self.evidence = evidence
    self.remedy = remedy
  }

  /// The same with look-alikes that are ruled out.
  func rulingOut(_ causes: RuledOut?...) -> Answer {
    var answer = self
    answer.ruledOut += causes.compactMap { $0 }
    return answer
  }

  /// The same with what would make it more certain.
  func needing(_ needs: Need...) -> Answer {
    var answer = self
    answer.needs += needs
    return answer
  }

  /// The same with configuration lines.
  func citing(_ lines: [ConfigLineRecord]) -> Answer {
    var answer = self
    answer.config += lines.filter { !answer.config.contains($0) }
    return answer
  }
}
