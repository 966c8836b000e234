import ISAKMP
import Registries
import Tracking

extension Cause {
  /// IKE fragments, some never seen.
  static let ikeFragmentLost = Cause(
    id: "ike_fragment_lost", family: .path, severity: .error, title: "IKE fragments are missing",
    meaning: """
      A large message was split by IKE itself (RFC 7383, or Cisco's fragmentation), and one of its \
      pieces does not arrive, so that it can never be put together.
      """,
    shows: """
      Some of the fragments n of m; at the sender all of them, repeated without an answer. \
      strongSwan: "received fragment #1 of 3, waiting for complete IKE message".
      """,
    remedy: Remedy(
      "Look for a filter or a rate limit on the path that drops one packet of a burst; try a smaller fragment size.",
      asa: "crypto ikev2 fragmentation mtu 576", ios: "crypto ikev2 fragmentation mtu 576"),
    lookAlikes: ["ip_fragments_lost", "udp4500_filtered"],
    explains: ["peer_not_answering", "psk_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished else { return nil }
  if let incomplete = tunnel.ike.incompleteFragments.first(where: { !$0.completedLater }) {
    return missing(incomplete, tunnel)
  }
  guard let stall = tunnel.stall, stall.isOver(at: scene.now), stall.isInPieces, stall.times >= 2,
    !isFragmentedByIP(stall), heardOnNATPort(from: stall.from.peer, tunnel) || !stall.isOnNATPort
  else { return nil }
  let text =
    "\(stall.message.label) goes out in \(stall.message.pieces.count) IKE fragments, "
    + "\(times(stall.times)) in \(stall.duration), and is never answered, while smaller messages "
    + "pass on the same port: one of the fragments most likely does not arrive."
  return Answer(.likely, text, side: .path, evidence: stall.evidence("in IKE fragments"))
    .rulingOut(RuledOut("udp4500_filtered", "the peer was heard on the same port"))
    .needing(.otherCapture)
}

private func missing(_ incomplete: IncompleteMessage, _ tunnel: TunnelFacts) -> Answer {
  let came = Set(incomplete.numbers)
  let total = incomplete.total ?? (incomplete.numbers.max() ?? 0) + 1
  let gone = (1...max(1, min(total, 64))).filter { !came.contains($0) }
  let missing =
    gone.isEmpty ? "the last one" : "number \(list(gone.prefix(8).map(String.init)))"
  let text =
    "Of an IKE message that \(tunnel.address(incomplete.from)) sends in fragments "
    + "(\(count(came.count, "piece")) of \(incomplete.total.map(String.init) ?? "an unknown number") "
    + "seen), \(missing) never came."
  return Answer(
    .certain, text, side: .path,
    evidence: [
      Evidence(incomplete.first, "its first fragment seen"),
      Evidence(incomplete.last, "its last fragment seen"),
    ] + (tunnel.stall?.evidence("waits") ?? [])
  )
  .rulingOut(
    RuledOut("udp4500_filtered", "other fragments of the same message passed"),
    RuledOut("ip_fragments_lost", "the pieces are IKE's own"))
}
