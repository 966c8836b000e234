import Tracking

extension Cause {
  /// The answer's source is not the address that was asked.
  static let replyFromOtherAddress = Cause(
    id: "reply_from_other_address", family: .noAnswer, severity: .error,
    title: "The answer comes from another address",
    meaning: """
      The peer answers from an address other than the one that was asked: another interface, a \
      secondary or loopback address, or a NAT in front of it. The initiator drops the answer.
      """,
    shows: """
      A request to one address, its answer (same initiator SPI) from another, and the request \
      repeated. IOS: "Invalid local address", "peer address not found".
      """,
    remedy: Remedy(
      "Make the peer answer from the address that is asked, or ask the address it answers from.",
      asa: "set peer THE-ADDRESS-IT-ANSWERS-FROM, and tunnel-group of the same name",
      ios: "crypto map MAP local-address INTERFACE at the peer, or set peer here"),
    lookAlikes: ["peer_not_answering"], explains: ["peer_not_answering", "replies_lost"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished, let strange = tunnel.ike.strangeAnswers.first else { return nil }
  let text =
    "\(tunnel.ike.firstInitiator.address) asked \(tunnel.ike.firstResponder.address), and the "
    + "answer came from \(strange.from.address) (\(scene.frame(strange.at))). An initiator drops "
    + "an answer from an address it did not ask."
  var evidence = tunnel.ike.strangeAnswers.map { Evidence($0.at, "answer from \($0.from)") }
  if let stall = tunnel.stall { evidence += stall.evidence("was sent") }
  return Answer(.certain, text, side: .responder, evidence: evidence)
    .rulingOut(RuledOut("peer_not_answering", "an answer with the same SPI is in the capture"))
    .citing(tunnel.lines(.peer))
}
