import Tracking

extension Cause {
  /// NAT on the path, and ESP goes bare.
  static let natTNotNegotiated = Cause(
    id: "nat_t_not_negotiated", family: .path, severity: .error,
    title: "NAT on the path, and no NAT traversal",
    meaning: """
      There is a NAT between the ends and ESP goes out bare, as IP protocol 50: a NAT that \
      translates ports cannot carry it, and most drop it.
      """,
    shows: """
      NAT-D hashes that do not fit, or a private address as identity, no RFC 3947 vendor \
      identifier from one end, and protocol 50 on the wire, often in one direction only.
      """,
    remedy: Remedy(
      "Enable NAT traversal at both ends.",
      asa: "crypto isakmp nat-traversal 20; no crypto map MAP SEQ set nat-t-disable",
      ios: "crypto ipsec nat-transparency udp-encapsulation"),
    lookAlikes: ["esp_one_way"], explains: ["esp_one_way"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isEstablished, !tunnel.ike.nat.natted.isEmpty else { return nil }
  let bare = tunnel.ike.children.flatMap(\.flows).filter {
    $0.encapsulation == .none && $0.key.ipProtocol == 50
  }
  guard let flow = bare.first else { return nil }
  let missing = [Role.initiator, .responder].filter {
    !tunnel.ike.nat.announcedBy.contains($0)
  }
  let who =
    missing.isEmpty
    ? "both ends announced NAT traversal"
    : "\(list(missing.map(tunnel.end))) never announced NAT traversal"
  let text =
    "A NAT stands before the \(list(tunnel.ike.nat.natted.map(\.name).sorted())), and ESP goes out "
    + "bare, as IP protocol 50 (\(scene.frame(flow.first))); \(who)."
  return Answer(
    .certain, text, side: missing.count == 1 ? Side(missing[0]) : .both,
    evidence: [Evidence(flow.first, "bare ESP")]
      + tunnel.ike.nat.checkedIn.prefix(2).map { Evidence($0, "NAT detection") }
  )
  .citing(tunnel.lines(.natTraversal))
}
