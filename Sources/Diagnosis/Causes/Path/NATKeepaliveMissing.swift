import Bytes
import Tracking

extension Cause {
  /// Silence behind NAT longer than a mapping lives.
  static let natKeepaliveMissing = Cause(
    id: "nat_keepalive_missing", family: .path, severity: .warning,
    title: "No NAT keepalives, and the mapping died",
    meaning: """
      The end behind the NAT was silent for longer than the NAT keeps a UDP mapping, and packets \
      to it stopped arriving.
      """,
    shows: """
      More than half a minute without a packet from the inside end, no one-byte keepalives, and \
      then traffic to it without an answer.
      """,
    remedy: Remedy(
      "Enable NAT keepalives at the end behind the NAT.",
      asa: "crypto isakmp nat-traversal 20", ios: "crypto isakmp nat keepalive 20"),
    lookAlikes: ["nat_rebinding"], explains: ["esp_one_way"], rule: .child(find))
}

private func find(_ child: ChildSA, _ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let natted = tunnel.ike.nat.natted
  guard natted.count == 1, let inside = natted.first, tunnel.ike.keepalives == nil,
    let toInside = inside == .initiator ? child.flowToInitiator : child.flowToResponder,
    let fromInside = inside == .initiator ? child.flowToResponder : child.flowToInitiator,
    toInside.encapsulation == .udp
  else { return nil }
  let silence = toInside.last.time.since(fromInside.last.time)
  guard silence > 30_000_000_000, toInside.packets >= 10, fromInside.packets >= 1,
    child.state == .established
  else { return nil }
  let text =
    "The \(inside.name) is behind a NAT and sent nothing for \(seconds(silence)) after "
    + "\(scene.frame(fromInside.last)), not even keepalives, while ESP to it went on: its mapping "
    + "most likely expired."
  return Answer(
    .possible, text, side: Side(inside),
    evidence: [
      Evidence(fromInside.last, "the last packet from the inside end"),
      Evidence(toInside.last, "still sent to it"),
    ]
  )
  .rulingOut(RuledOut("nat_rebinding", "no packet came from another port"))
}
