import Tracking

extension Cause {
  /// Traffic on one half of an SA pair only.
  static let espOneWay = Cause(
    id: "esp_one_way", family: .dataPlane, severity: .error, title: "ESP flows one way only",
    meaning: """
      The tunnel is up and one end sends into it; nothing comes back. The silent end does not get \
      the packets (protocol 50 or UDP 4500 filtered), drops them, or sends its answers elsewhere \
      (route, NAT without exemption, crypto ACL).
      """,
    shows: """
      Packets on one SPI only. "show crypto ipsec sa" counts encaps and no decaps at one end.
      """,
    remedy: Remedy(
      """
      At the silent end: does "show crypto ipsec sa" count decaps? If not, look for a filter on \
      protocol 50 or UDP 4500 on the path. If it does, look at its route back, NAT exemption, \
      crypto ACL and interface ACL.
      """,
      asa:
        "sysopt connection permit-vpn; object network LOCAL, subnet LOCAL MASK; object network REMOTE, subnet REMOTE MASK; nat (inside,OUTSIDE) source static LOCAL LOCAL destination static REMOTE REMOTE; show route",
      ios:
        "show ip route; deny ip LOCAL WILDCARD REMOTE WILDCARD in the NAT access list; show access-lists"
    ),
    lookAlikes: ["peer_dead", "tunnel_idle"], explains: ["esp_unknown_spi", "tunnel_idle"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isEstablished, tunnel.ike.sawFirstMessage, tunnel.isAnswered,
    !scene.siblings(of: tunnel).contains(where: { $0.isEstablished }),
    let traffic = scene.traffic(of: tunnel)
  else { return nil }
  if traffic.there == 0 || traffic.back == 0 { return neverBack(traffic, tunnel, scene) }
  return stopped(tunnel, traffic, scene)
}

private func neverBack(_ traffic: PairTraffic, _ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard let flow = traffic.flows.max(by: { $0.packets < $1.packets }),
    traffic.there + traffic.back >= 4, flow.packets >= 3
  else { return nil }
  let silent = flow.key.destination
  let total = traffic.there + traffic.back
  let way = flow.encapsulation == .none ? "IP protocol \(flow.key.ipProtocol)" : "UDP 4500"
  let text =
    "The tunnel is up, and \(flow.source) sends \(count(total, "packet")) of ESP to \(silent); "
    + "none comes back. Either \(way) does not pass towards \(silent), or \(silent) has no way "
    + "back into the tunnel."
  var answer = Answer(
    .likely, text, side: Side(silent == tunnel.ike.responder.address ? .responder : .initiator),
    evidence: evidence(flow, "ESP without an answer")
  )
  answer.networks =
    tunnel.ike.children.first {
      $0.flowToInitiator === flow || $0.flowToResponder === flow
    }?.networks
  return
    answer
    .rulingOut(
      RuledOut("tunnel_idle", "there is traffic, one way"),
      RuledOut("peer_dead", "IKE was answered in both directions")
    )
    .needing(.otherCapture)
}

/// Both directions alternated, and then one fell silent.
private func stopped(
  _ tunnel: TunnelFacts, _ traffic: PairTraffic, _ scene: Scene
) -> Answer? {
  for child in tunnel.ike.children {
    guard let one = child.flowToInitiator, let other = child.flowToResponder,
      child.deletedAt == nil, child.rekeyedBy == nil, tunnel.ike.deletedAt == nil
    else { continue }
    let (silent, sending) = one.last.isBefore(other.last) ? (one, other) : (other, one)
    let since = scene.input.marks.packets(of: sending, after: silent.last)
    let before = sending.packets - since
    guard since >= 5, silent.packets >= 5, 2 * before <= 3 * silent.packets,
      2 * silent.packets <= 3 * before
    else { continue }
    // Whoever goes on under another SPI is not silent.
    let isHeard = traffic.flows.contains {
      $0 !== silent && $0.source == silent.source && silent.last.isBefore($0.last)
    }
    if isHeard { continue }
    let wantsAnswers = wantsAnswers(sending, after: silent.last, scene)
    if wantsAnswers == false { continue }
    let text =
      "ESP went both ways, packet for packet, until \(scene.frame(silent.last)); then "
      + "\(silent.source) fell silent, and \(sending.source) went on with \(count(since, "packet")) "
      + "without an answer. The silent end may have lost its SAs (a restart), lost its way back, or "
      + "died."
    let isResponder = silent.source == tunnel.ike.responder.address
    var answer = Answer(
      wantsAnswers == nil ? .possible : .likely, text,
      side: Side(isResponder ? .responder : .initiator),
      evidence: [
        Evidence(sending.last, "still sent"),
        Evidence(silent.last, "the last packet of the silent end"),
      ]
    )
    .rulingOut(RuledOut("tunnel_idle", "there is traffic, one way"))
    .needing(.espKeys, .otherCapture)
    answer.networks = child.networks
    // Hidden packets may be a stream that nobody answers.
    if wantsAnswers == nil { answer.severity = .warning }
    return answer
  }
  return nil
}

/// True when what a flow carried last asks for answers (TCP, ICMP), false when it does not; nil
/// while it is hidden.
private func wantsAnswers(_ flow: SecurityFlow, after moment: Sighting, _ scene: Scene) -> Bool? {
  let inner = scene.input.innerFlows.map(\.flow).filter { $0.carrier === flow }
  guard !inner.isEmpty else { return nil }
  return inner.contains {
    [1, 6, 58].contains($0.key.ipProtocol) && moment.isBefore($0.last)
  }
}

private func evidence(_ flow: SecurityFlow, _ what: String) -> [Evidence] {
  flow.last == flow.first
    ? [Evidence(flow.first, what)] : [Evidence(flow.first, what), Evidence(flow.last, what)]
}
