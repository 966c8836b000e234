import Bytes
import Tracking

extension Cause {
  /// Full-size packets vanish.
  static let pmtuBlackHole = Cause(
    id: "pmtu_black_hole", family: .path, severity: .warning,
    title: "Full-size packets do not get through",
    meaning: """
      With ESP's overhead a full-size packet no longer fits a link on the path. A router says so \
      by ICMP, and the sender ignores it or never gets it, so that small packets pass and large \
      ones vanish.
      """,
    shows: """
      ICMP "fragmentation needed" (type 3 code 4, IPv6 "packet too big") quoting ESP, and packets \
      of the same size after it.
      """,
    remedy: Remedy(
      "Clamp TCP's segment size, and let the outer packet be fragmented.",
      asa: "sysopt connection tcpmss 1350; crypto ipsec df-bit clear-df OUTSIDE",
      ios: "ip tcp adjust-mss 1350 on the inside interface; crypto ipsec df-bit clear"),
    lookAlikes: ["esp_one_way"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  let errors = tunnel.ike.icmpErrors.filter(\.isTooBig)
  // One error and then smaller packets is how path MTU discovery works; the same one again and again
  // says that the sender does not heed it.
  guard let error = errors.first,
    let again = errors.last(where: { $0.mtu == error.mtu && $0.quotedFrom == error.quotedFrom }),
    again.sighting.time.since(error.sighting.time) >= 1_000_000_000
  else { return nil }
  let flows = tunnel.ike.children.flatMap(\.flows)
  let limit = error.mtu ?? 1400
  let ignoring = flows.first {
    $0.largest + 20 > limit && error.sighting.isBefore($0.last) && $0.source != error.reporter
  }
  guard let flow = ignoring else { return nil }
  let same = errors.count { $0.mtu == error.mtu && $0.quotedFrom == error.quotedFrom }
  let text =
    "\(error.reporter) says \(times(same)) that packets from \(tunnel.address(error.quotedFrom)) are "
    + "too big for the next link\(error.mtu.map { " (MTU \($0))" } ?? ""), and ESP of up to "
    + "\(flow.largest) bytes goes on."
  return Answer(
    error.mtu == nil ? .possible : .likely, text, side: .path,
    evidence: [
      Evidence(error.sighting, "ICMP: too big"), Evidence(again.sighting, "ICMP: too big, again"),
      Evidence(flow.last, "ESP goes on"),
    ])
}
