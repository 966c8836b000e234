import Bytes
import ISAKMP
import Tracking

extension Cause {
  /// Probes, no negotiation.
  static let scanNoNegotiation = Cause(
    id: "scan_no_negotiation", family: .notice, severity: .info,
    title: "Probes, not a negotiation",
    meaning: """
      Somebody asks to see whether and what answers, with no intention to build a tunnel: a \
      scanner such as ike-scan, a monitoring system, or research on the Internet.
      """,
    shows: """
      First messages with many transforms of all ages, no vendor identifiers, from a port that no \
      IKE daemon uses, in several modes or to many addresses; whatever the answer, nothing follows.
      """,
    remedy: Remedy(
      """
      Nothing to mend. If the source is not yours, let only known peers reach UDP 500 and 4500; \
      disable aggressive mode, which gives away a hash to guess the key from.
      """,
      asa: "crypto ikev1 am-disable; access-group … in interface OUTSIDE control-plane",
      ios: "crypto isakmp aggressive-mode disable; an access list on the outside interface"),
    lookAlikes: ["peer_not_answering"],
    explains: ["peer_not_answering", "phase1_proposal_mismatch", "deprecated_algorithm"],
    rule: .scene(find))
}

private func find(_ scene: Scene) -> [Answer] {
  var bySource: [IPAddress: [TunnelFacts]] = [:]
  for tunnel in scene.tunnels where looksLikeScan(tunnel, scene) {
    bySource[tunnel.ike.firstInitiator.address, default: []].append(tunnel)
  }
  return bySource.sorted { $0.key < $1.key }.compactMap { source, probes in
    guard let first = probes.first else { return nil }
    let targets = Set(probes.map(\.ike.firstResponder.address))
    let modes = Set(probes.map(\.modeName)).sorted()
    let text =
      "\(source) probes \(targets.count == 1 ? "\(first.address(.responder))" : "\(targets.count) addresses") "
      + "(\(list(modes)), \(count(probes.count, "first message"))) and goes on with none of them: "
      + "a scan, not a negotiation."
    var answer = Answer(
      .likely, text, side: .initiator,
      evidence: probes.prefix(16).map {
        Evidence($0.ike.first, "probe with \(count($0.ike.offered.count, "proposal"))")
      })
    answer.tunnel = first
    return
      answer
      .rulingOut(RuledOut("phase1_proposal_mismatch", "the initiator never tried again"))
  }
}

/// True when a first message has three marks of a scanner and nothing came after it.
func looksLikeScan(_ tunnel: TunnelFacts, _ scene: Scene) -> Bool {
  let ike = tunnel.ike
  guard ike.sawFirstMessage, !tunnel.isEstablished,
    !ike.exchanges.contains(where: { exchange in
      exchange.messages.contains { $0.from == .initiator && $0.step > 1 && $0.copyOf == nil }
    }), ike.retransmissions == 0
  else { return false }
  let port = ike.firstInitiator.port
  let source = scene.profile(of: ike.firstInitiator.address)
  let marks = [
    port != 500 && port != 4500 && port != 848,
    !ike.vendors.contains { $0.from == .initiator },
    ike.offered.count >= 6,
    source.modes.count > 1,
    source.targets.count > 3,
  ]
  return marks.count { $0 } >= 3
}
