/// How what a capture shows compares with what a configuration predicts: `agrees`, `contradicts`,
/// or `silent` where the capture cannot show the one thing that was predicted.
enum Observation: String {
  case agrees
  case contradicts
  case silent

  /// A flow.
  ///
  /// A packet that the device drops is on the wire before it comes to the device: seen in clear, it
  /// tells nothing. One that went out protected was not dropped.
  init(flow verdict: String, isOutbound: Bool, isProtected: Bool) {
    self =
      switch verdict {
      case "protect", "accept": isProtected ? .agrees : .contradicts
      case "bypass": isProtected ? .contradicts : .agrees
      case "drop": isOutbound && isProtected ? .contradicts : .silent
      default: .silent
      }
  }

  /// Phase 1: whether the offer was taken. Keys and identities are decided later and by other
  /// lines; a tunnel that fails by them does not speak against the policy.
  init(phase1 verdict: String, wasTaken: Bool, isAnswered: Bool, hasFailed: Bool) {
    self =
      switch verdict {
      case "accept": wasTaken ? .agrees : isAnswered && hasFailed ? .contradicts : .silent
      // Some peers choose first and refuse what they chose when it is to be proved.
      case "refuse": hasFailed ? .agrees : wasTaken ? .contradicts : .silent
      case "no-response": isAnswered ? .contradicts : .agrees
      default: .silent
      }
  }

  /// A child SA. Where the IKE SA itself failed nobody judged what was asked for the child.
  init(child verdict: String, outcome: String, isIKEUp: Bool) {
    self =
      switch (verdict, outcome) {
      case ("accept", "established"), ("accept", "deleted"), ("accept", "rekeyed"),
        ("protect", "established"), ("protect", "deleted"), ("protect", "rekeyed"):
        .agrees
      case ("refuse", "failed"): .agrees
      case ("refuse", "established"), ("refuse", "deleted"), ("refuse", "rekeyed"): .contradicts
      case ("accept", "failed"): isIKEUp ? .contradicts : .silent
      default: .silent
      }
  }
}
