import ISAKMP
import Registries
import Tracking

extension Cause {
  /// No address for the client.
  static let addressPoolEmpty = Cause(
    id: "address_pool_empty", family: .authentication, severity: .error,
    title: "No address for the client",
    meaning: """
      The client is authenticated and asks for an inner address, and the gateway has none to give: \
      the pool is used up, missing, or not bound to this group.
      """,
    shows: """
      INTERNAL_ADDRESS_FAILURE (36) or FAILED_CP_REQUIRED (37); in IKEv1 a mode configuration \
      request that is never answered. ASA: "No address available for assignment", "failed to \
      assign address". strongSwan: "no virtual IP found".
      """,
    remedy: Remedy(
      "Enlarge the pool, bind it to the group, or end stale sessions.",
      asa:
        "ip local pool NAME FIRST-LAST; tunnel-group GROUP general-attributes, address-pool NAME",
      ios: "ip local pool NAME FIRST LAST; pool NAME in the client group or authorization policy"),
    lookAlikes: ["xauth_failed"], explains: ["authentication_failed", "phase2_refused"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  if let notify = tunnel.notifies(.addressFailure, .configurationRequired).first {
    let text =
      notify.says(.addressFailure)
      ? "\(tunnel.address(notify.from)) has no inner address for \(tunnel.claimed(.initiator)): "
        + "INTERNAL_ADDRESS_FAILURE (36)."
      : "\(tunnel.address(notify.from)) wants the client to ask for an address: "
        + "FAILED_CP_REQUIRED (37)."
    return Answer(
      .certain, text, side: notify.says(.addressFailure) ? .responder : .initiator,
      evidence: [Evidence(notify.sighting, notify.notify.name)]
    )
    .rulingOut(RuledOut("authentication_failed", "the refusal names the address"))
    .citing(tunnel.lines(.addressPool))
  }
  guard tunnel.isV1, tunnel.exchanges(.quick).isEmpty,
    let exchange = tunnel.exchanges(.transaction).last, let stall = Stall(exchange),
    stall.from == .initiator, stall.isOver(at: scene.now), asksForAddress(exchange)
  else { return nil }
  let text =
    "\(tunnel.address(.responder)) never answers the mode configuration request of "
    + "\(tunnel.address(.initiator)): it most likely has no address to give."
  return Answer(.likely, text, side: .responder, evidence: stall.evidence("asks for an address"))
    .rulingOut(RuledOut("xauth_failed", "XAUTH is over"))
    .citing(tunnel.lines(.addressPool))
}

private func asksForAddress(_ exchange: Exchange) -> Bool {
  exchange.configurations.contains {
    $0.configuration.attribute(.internalIP4AddressV1) != nil
  }
}
