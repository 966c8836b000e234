import ISAKMP
import Tracking

extension Cause {
  /// UDP 500 works, UDP 4500 does not.
  static let udp4500Filtered = Cause(
    id: "udp4500_filtered", family: .path, severity: .error, title: "UDP 4500 does not pass",
    meaning: """
      The first messages passed on UDP 500; a NAT was detected (or both ends prefer it), the \
      negotiation moved to UDP 4500, and nothing sent there is answered.
      """,
    shows: """
      MM5 or IKE_AUTH repeated on port 4500, small ones too, and not one packet from the peer on \
      that port; in main mode the peer may repeat MM4 on 500. ASA: state MM_WAIT_MSG6. IOS: state \
      MM_KEY_EXCH. strongSwan: "giving up after 5 retransmits".
      """,
    remedy: Remedy(
      "Open UDP 4500 in both directions on every filter between the ends, beside UDP 500.",
      asa:
        "permit udp any any eq 4500 in the access-list of the outside interface; crypto isakmp nat-traversal at both ends",
      ios: "permit udp any any eq non500-isakmp in the access list of the outside interface"),
    lookAlikes: ["psk_mismatch", "ip_fragments_lost"],
    explains: ["peer_not_answering"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let stall = tunnel.stall, stall.isOver(at: scene.now), stall.isOnNATPort, stall.times >= 2,
    tunnel.isAnswered, !heardOnNATPort(from: stall.from.peer, tunnel),
    !(stall.isInPieces && stall.message.transport != .udpMarked), !isFragmentedByIP(stall),
    tunnel.refusals.isEmpty
  else { return nil }
  let works = worksElsewhere(tunnel, scene)
  let certainty: Certainty =
    works != nil || stall.isInPieces || stall.isLarge ? .possible : .likely
  let nat = tunnel.ike.nat
  let why =
    nat.natted.isEmpty
    ? "" : " after a NAT was detected before the \(list(nat.natted.map(\.name).sorted()))"
  var text =
    "UDP 500 works between \(tunnel.address(.initiator)) and \(tunnel.address(.responder)); "
    + "\(stall.message.label) went to UDP 4500\(why), \(times(stall.times)) in \(stall.duration), "
    + "and nothing came back on that port: UDP 4500 "
    + (certainty == .likely ? "is most likely" : "may be") + " filtered on the path."
  if stall.isInPieces { text += " A lost IKE fragment would look the same from here." }
  if !stall.repeatedByPeer.isEmpty {
    text += " The peer repeats its last message on UDP 500, so it never got this one."
  }
  return Answer(certainty, text, side: .path, evidence: stall.evidence("on UDP 4500"))
    .rulingOut(
      RuledOut(
        "psk_mismatch",
        stall.repeatedByPeer.isEmpty
          ? "a peer that cannot read the message answers or repeats its own"
          : "the peer repeats its own message: it never got this one"),
      stall.isLarge || stall.isInPieces
        ? nil
        : RuledOut(
          "ip_fragments_lost",
          "\(stall.message.label) is only \(stall.message.wireByteCount) bytes long")
    )
    .needing(.otherCapture)
    .citing(tunnel.lines(.natTraversal))
}

/// IP fragments, as against IKE's own.
func isFragmentedByIP(_ stall: Stall) -> Bool {
  stall.isInPieces && stall.message.payloadTypes.allSatisfy { $0 != 53 && $0 != 132 }
    && stall.message.header.nextPayload != 53 && stall.message.header.nextPayload != 132
}

func heardOnNATPort(from role: Role, _ tunnel: TunnelFacts) -> Bool {
  tunnel.messages.contains { $0.from == role && $0.source.port == 4500 }
}

/// Another tunnel of the same two addresses that uses the port.
private func worksElsewhere(_ tunnel: TunnelFacts, _ scene: Scene) -> TunnelFacts? {
  scene.siblings(of: tunnel).first { heardOnNATPort(from: .responder, $0) }
}
