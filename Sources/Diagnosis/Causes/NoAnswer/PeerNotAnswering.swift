import Bytes
import Tracking

extension Cause {
  /// Nothing comes back at all.
  static let peerNotAnswering = Cause(
    id: "peer_not_answering", family: .noAnswer, severity: .error,
    title: "The peer does not answer",
    meaning: """
      The first IKE message goes out again and again and nothing comes back to this capture point. \
      Either it never arrives (a filter on UDP 500, a wrong peer address, no route), or nobody \
      handles it there (IKE not enabled on that interface, or a device that keeps silent towards \
      peers it has no entry for).
      """,
    shows: """
      The same first message, byte for byte, at growing intervals; then the initiator gives up. \
      ASA: "Removing peer from peer table failed, no match!", IKE state MM_WAIT_MSG2. IOS: state \
      MM_NO_STATE, "retransmitting phase 1 MM_NO_STATE". strongSwan: "giving up after 5 \
      retransmits", "peer not responding".
      """,
    remedy: Remedy(
      """
      Check the peer's address, that UDP 500 and 4500 pass in both directions, and that IKE of \
      this version is enabled on the interface that owns the address. A capture at the peer tells \
      whether the message arrives.
      """,
      asa:
        "crypto map MAP SEQ set peer ADDRESS; at the peer crypto ikev1 enable (or ikev2) on its outside interface",
      ios:
        "crypto map MAP SEQ, set peer ADDRESS; at the peer crypto map on its interface, crypto isakmp enable"
    ),
    lookAlikes: [
      "replies_lost", "peer_port_unreachable", "ike_version_mismatch", "no_config_for_peer",
    ],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let stall = silence(tunnel, scene) else { return nil }
  let lost = scene.siblings(of: tunnel).first { $0.isAnswered }
  let others = scene.answersOthers(tunnel)
  var text =
    "\(tunnel.address(.responder)) does not answer: \(tunnel.address(.initiator)) sent its first "
    + "\(tunnel.modeName) message \(times(stall.times)) in \(stall.duration) to UDP port "
    + "\(stall.port), and nothing came back to this capture point"
    + (tunnel.ike.mode == .main ? " (MM_WAIT_MSG2 on an ASA, MM_NO_STATE on IOS)." : ".")
  if let lost, lost.isEstablished {
    text +=
      " The same two addresses have negotiated elsewhere in this capture "
      + "(\(scene.frame(lost.ike.first))), so the path did work then."
  } else if others != nil {
    text += " It does answer other peers."
  }
  var answer = Answer(
    stall.certainty, text, side: .both, evidence: stall.evidence("without an answer")
  )
  .rulingOut(
    RuledOut("peer_port_unreachable", "no ICMP error came back"),
    RuledOut("replies_lost", "no reply passed this capture point"),
    others == nil
      ? nil : RuledOut("capture_incomplete", "answers to other peers are in the capture")
  )
  .needing(.otherCapture)
  .citing(tunnel.lines(.peer, .enable))
  // What came right at the next try is no fault to mend.
  if lost?.isEstablished ?? false { answer.severity = stall.times > 1 ? .warning : .info }
  return answer
}

/// The first message, repeated into silence; nil when there is any other explanation.
func silence(_ tunnel: TunnelFacts, _ scene: Scene) -> Stall? {
  guard tunnel.ike.sawFirstMessage, !tunnel.isAnswered, tunnel.ike.strangeAnswers.isEmpty,
    !tunnel.ike.icmpErrors.contains(where: \.isUnreachable), !looksLikeScan(tunnel, scene),
    let stall = tunnel.stall, stall.from == .initiator, stall.isOver(at: scene.now),
    stall.times > 1 || scene.now.since(stall.last.time) > 30_000_000_000
  else { return nil }
  return stall
}
