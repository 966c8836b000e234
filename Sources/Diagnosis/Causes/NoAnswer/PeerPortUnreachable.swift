import Tracking

extension Cause {
  /// An ICMP error says that nobody is there.
  static let peerPortUnreachable = Cause(
    id: "peer_port_unreachable", family: .noAnswer, severity: .error,
    title: "Nothing listens at the peer",
    meaning: """
      The IKE message arrived, and an ICMP error came back: nothing listens on that port of that \
      host, or the host or network cannot be reached, or a router refuses to forward it.
      """,
    shows: """
      ICMP type 3 (IPv6: type 1) quoting the IKE datagram. Code 3 comes from the host itself: the \
      address is right and IKE is not running or not enabled there. Codes 0 and 1 come from a \
      router: no route or no such host. Codes 9, 10 and 13: filtered.
      """,
    remedy: Remedy(
      "Enable IKE on the peer's interface, or correct the peer's address.",
      asa:
        "at the peer crypto ikev1 enable (or ikev2) on its outside interface; here crypto map MAP SEQ set peer ADDRESS",
      ios:
        "at the peer crypto map on its interface; here crypto map MAP SEQ, set peer ADDRESS"),
    lookAlikes: ["peer_not_answering"], explains: ["peer_not_answering", "udp4500_filtered"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished,
    let error = tunnel.ike.icmpErrors.first(where: {
      $0.isUnreachable && $0.quotedProtocol != 50 && $0.quotedProtocol != 51
    })
  else { return nil }
  let receiver = tunnel.address(error.quotedFrom.peer)
  let isHost = error.reporter == tunnel.ike.endpoint(error.quotedFrom.peer).address
  let where_ = isHost ? "\(receiver) itself" : "\(error.reporter), a router on the way,"
  let text =
    "\(where_) answered IKE with ICMP \(unreachableText(error)): "
    + (isPort(error)
      ? "the host is up and nothing listens on UDP port \(error.quotedDestinationPort)."
      : "the message cannot be delivered to \(receiver).")
  var evidence = tunnel.ike.icmpErrors.filter(\.isUnreachable).map {
    Evidence($0.sighting, "ICMP \(unreachableText($0)) from \($0.reporter)")
  }
  if let stall = tunnel.stall { evidence += stall.evidence("went out") }
  return Answer(
    .certain, text, side: isHost ? Side(error.quotedFrom.peer) : .path, evidence: evidence
  )
  .rulingOut(RuledOut("peer_not_answering", "the ICMP error is an answer"))
  .citing(tunnel.lines(.peer, .enable))
}

private func isPort(_ error: SeenICMPError) -> Bool {
  error.isICMPv6 ? error.code == 4 : error.code == 3
}

private func unreachableText(_ error: SeenICMPError) -> String {
  let name: String
  switch (error.isICMPv6, error.code) {
  case (false, 0), (true, 0): name = "network unreachable"
  case (false, 1), (true, 3): name = "host unreachable"
  case (false, 3), (true, 4): name = "port unreachable"
  case (false, 9), (false, 10), (false, 13), (true, 1): name = "administratively prohibited"
  default: name = "destination unreachable"
  }
  return "\"\(name)\" (type \(error.type), code \(error.code))"
}
