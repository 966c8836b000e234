import Bytes
import Tracking

extension Cause {
  /// Deleted soon after it came up, again and again.
  static let deleteLoop = Cause(
    id: "delete_loop", family: .liveness, severity: .warning,
    title: "The tunnel comes up and is deleted, again and again",
    meaning: """
      The negotiation succeeds and soon after one end deletes the tunnel: an idle timeout, a \
      uniqueness rule (a second client with the same identity), a policy, or INITIAL_CONTACT from \
      a duplicate.
      """,
    shows: "Three and more short tunnels between the same ends, each ended by a delete.",
    remedy: Remedy(
      "Look at the log of the end that deletes; raise or disable the idle timeout.",
      asa: "group-policy NAME attributes, vpn-idle-timeout none",
      ios: "crypto ipsec security-association idle-time; set security-association idle-time"),
    lookAlikes: ["psk_mismatch"], rule: .scene(find))
}

private func find(_ scene: Scene) -> [Answer] {
  var seen: Set<AddressPair> = []
  var answers: [Answer] = []
  for tunnel in scene.tunnels {
    let pair = AddressPair(tunnel.ike.firstInitiator.address, tunnel.ike.firstResponder.address)
    guard seen.insert(pair).inserted else { continue }
    let short = ([tunnel] + scene.siblings(of: tunnel)).filter { isShortLived($0) }
    guard short.count >= 3, let first = short.first else { continue }
    let deleters = Set(short.compactMap(\.ike.deletedBy))
    let who = deleters.count == 1 ? deleters.first.map(first.end) : nil
    var answer = Answer(
      .certain,
      "\(short.count) tunnels between \(first.address(.initiator)) and \(first.address(.responder)) "
        + "came up and were deleted within a minute"
        + (who.map { ", each time by the \($0)." } ?? "."),
      side: deleters.count == 1 ? (deleters.first.map { Side($0) } ?? .both) : .both,
      evidence: short.prefix(8).compactMap { tunnel in
        tunnel.ike.deletedAt.map { Evidence($0, "delete") }
      })
    answer.tunnel = first
    answers.append(answer.rulingOut(RuledOut("psk_mismatch", "every time both phases were done")))
  }
  return answers
}

private func isShortLived(_ tunnel: TunnelFacts) -> Bool {
  guard let up = tunnel.ike.establishedAt, let end = tunnel.ike.deletedAt,
    tunnel.ike.rekeys == nil
  else { return false }
  return end.time.since(up.time) < 60_000_000_000
}
