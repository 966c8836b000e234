import Tracking

extension Cause {
  /// Large messages do not arrive: their IP fragments are dropped.
  static let ipFragmentsLost = Cause(
    id: "ip_fragments_lost", family: .path, severity: .error,
    title: "IP fragments of a large message are lost",
    meaning: """
      A message with certificates is larger than one packet and goes out in IP fragments; a filter \
      or NAT on the way drops the fragments after the first, which have no ports.
      """,
    shows: """
      A fragmented MM5 or IKE_AUTH repeated without an answer, while small messages pass; at the \
      receiver a first fragment without the rest. With a pre-shared key the same tunnel works.
      """,
    remedy: Remedy(
      """
      Let IKE split large messages itself (IKE fragmentation), let fragments pass, or send smaller \
      certificates.
      """,
      asa:
        "crypto ikev2 fragmentation mtu 576; IKEv1 fragments by itself where both ends announce it",
      ios: "crypto isakmp fragmentation; crypto ikev2 fragmentation mtu 576"),
    lookAlikes: ["udp4500_filtered", "psk_mismatch"],
    explains: ["peer_not_answering", "udp4500_filtered", "psk_mismatch", "ike_fragment_lost"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished else { return nil }
  if let incomplete = incompleteDatagrams(tunnel, scene).first {
    return lostOnTheWay(incomplete, tunnel, scene)
  }
  guard let stall = tunnel.stall, stall.isOver(at: scene.now), stall.times >= 2,
    isFragmentedByIP(stall) || stall.isLarge && stall.message.pieces.isEmpty && tunnel.isAnswered,
    tunnel.refusals.isEmpty
  else { return nil }
  let size = stall.message.wireByteCount
  let how = isFragmentedByIP(stall) ? "goes out in IP fragments" : "is larger than many links carry"
  var text =
    "\(stall.message.label) (\(size) bytes) \(how), \(times(stall.times)) in \(stall.duration), and "
    + "is never answered; smaller messages before it were. Its fragments are most likely dropped "
    + "on the path."
  let otherHeard = heardOnNATPort(from: stall.from.peer, tunnel) || !stall.isOnNATPort
  if !otherHeard {
    text += " It is the first one on UDP 4500, where the peer was not heard yet: a filter on that "
    text += "port would look the same."
  }
  let pieces = stall.message.pieces.map { Evidence($0, "a fragment of it") }
  return Answer(
    isFragmentedByIP(stall) ? .likely : .possible, text, side: .path,
    evidence: stall.evidence("never answered") + pieces
  )
  .rulingOut(
    otherHeard
      ? RuledOut("udp4500_filtered", "smaller messages pass on the same port") : nil,
    RuledOut("psk_mismatch", "the peer does not react to the message at all")
  )
  .needing(.otherCapture)
}

private func lostOnTheWay(
  _ incomplete: IncompleteDatagramFacts, _ tunnel: TunnelFacts, _ scene: Scene
) -> Answer {
  let part =
    incomplete.hasFirstFragment
    ? "the first fragment came, the rest did not" : "the first fragment is missing"
  let text =
    "A UDP packet from \(incomplete.source) to \(incomplete.destination) came in IP fragments, and "
    + "\(part) (\(scene.frame(incomplete.first))): the message cannot be put together."
  return Answer(
    .likely, text, side: .path,
    evidence: incomplete.fragments.map { Evidence($0, "an IP fragment") }
      + (tunnel.stall?.evidence("waits for its answer") ?? [])
  )
  .rulingOut(RuledOut("udp4500_filtered", "a part of the message did arrive"))
}

/// Incomplete datagrams of UDP between the ends of a tunnel.
private func incompleteDatagrams(
  _ tunnel: TunnelFacts, _ scene: Scene
) -> [IncompleteDatagramFacts] {
  let pair = AddressPair(tunnel.ike.initiator.address, tunnel.ike.responder.address)
  return scene.input.incompleteDatagrams.filter {
    $0.ipProtocol == 17 && AddressPair($0.source, $0.destination) == pair
      && !$0.first.isBefore(tunnel.ike.first)
  }
}
