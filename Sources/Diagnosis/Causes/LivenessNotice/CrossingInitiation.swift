import Bytes
import Tracking

extension Cause {
  /// Both ends initiate at once.
  static let crossingInitiation = Cause(
    id: "crossing_initiation", family: .livenessNotice, severity: .info,
    title: "Both ends initiated at once",
    meaning: """
      Traffic from both sides started two negotiations that crossed; both may succeed and one \
      survives. It is no fault.
      """,
    shows: "Two first messages between the same ends in opposite directions within a moment.",
    remedy: Remedy("Nothing to mend."), lookAlikes: ["rekey_collision"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.ike.sawFirstMessage, tunnel.ike.rekeys == nil else { return nil }
  let other = scene.siblings(of: tunnel).first {
    $0.ike.sawFirstMessage && $0.ike.firstInitiator.address == tunnel.ike.firstResponder.address
      && $0.ike.rekeys == nil && tunnel.ike.first.isBefore($0.ike.first)
      && $0.ike.first.time.since(tunnel.ike.first.time) < 1_000_000_000
  }
  guard let other else { return nil }
  return Answer(
    .certain,
    "Both ends began at once (\(scene.frame(tunnel.ike.first)) and "
      + "\(scene.frame(other.ike.first))); two IKE SAs for a while are normal.",
    side: .both,
    evidence: [
      Evidence(tunnel.ike.first, "first message"), Evidence(other.ike.first, "first message"),
    ]
  )
  .rulingOut(RuledOut("rekey_collision", "there was nothing to rekey"))
}
