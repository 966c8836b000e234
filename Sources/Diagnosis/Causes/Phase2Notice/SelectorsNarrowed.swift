import Bytes
import ISAKMP
import Registries
import Tracking

extension Cause {
  /// The answer's selectors are narrower than asked.
  static let selectorsNarrowed = Cause(
    id: "selectors_narrowed", family: .phase2Notice, severity: .warning,
    title: "The peer narrowed the networks",
    meaning: """
      The responder accepted the child SA for less than was asked: traffic outside what it \
      answered is not carried, although the initiator's own configuration would protect it.
      """,
    shows: "TSi or TSr (IKEv1: the identities) of the answer lie inside those of the request.",
    remedy: Remedy(
      "Make the crypto ACLs mirror images, or accept the narrower networks.",
      asa:
        "access-list ACL extended permit ip LOCAL MASK REMOTE MASK, crypto map MAP SEQ match address ACL",
      ios:
        "ip access-list extended ACL, permit ip LOCAL WILDCARD REMOTE WILDCARD; match address ACL"),
    lookAlikes: ["proxy_id_mismatch"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  for exchange in tunnel.ike.exchanges {
    guard let change = narrowed(exchange), !asksForAddress(exchange) else { continue }
    let messages = exchange.distinctMessages
    var answer = Answer(
      .certain,
      "\(tunnel.address(exchange.startedBy)) asked for \(change.asked), and "
        + "\(tunnel.address(exchange.startedBy.peer)) answered with \(change.answered): the rest is "
        + "not carried.",
      side: Side(exchange.startedBy.peer),
      evidence: messages.prefix(2).map { Evidence($0.sighting, $0.label) }
    )
    answer.networks = change.networks
    return
      answer
      .rulingOut(RuledOut("proxy_id_mismatch", "the child SA was accepted"))
      .citing(tunnel.lines(.accessList))
  }
  return nil
}

/// A client that asks for an inner address asks for everything and expects to be narrowed.
private func asksForAddress(_ exchange: Exchange) -> Bool { !exchange.configurations.isEmpty }

/// What was asked for and what was answered of it.
private struct Narrowing {
  var asked: String
  var answered: String
  /// The networks asked for, behind both ends.
  var networks: (initiator: SelectorRange, responder: SelectorRange)?
}

private func narrowed(_ exchange: Exchange) -> Narrowing? {
  let asked: [SelectorRange]
  let answered: [SelectorRange]
  var networks: (initiator: SelectorRange, responder: SelectorRange)?
  if let first = exchange.selectorsAsked, let second = exchange.selectorsAnswered {
    asked = (first.initiator + first.responder).compactMap(\.selectorRange)
    answered = (second.initiator + second.responder).compactMap(\.selectorRange)
    guard first.initiator.count <= 2, first.responder.count <= 2 else { return nil }
    // The last is the widest: the packet that triggered it, if any, comes first.
    if let own = first.initiator.last?.selectorRange, let far = first.responder.last?.selectorRange
    {
      networks = (own, far)
    }
  } else if exchange.type == .quick, exchange.answeredProxyIdentities.count == 2,
    exchange.proxyIdentities.count == 2
  {
    asked = exchange.proxyIdentities.compactMap(\.selectorRange)
    if asked.count == 2 { networks = (asked[0], asked[1]) }
    answered = exchange.answeredProxyIdentities.compactMap(\.selectorRange)
  } else {
    return nil
  }
  let widest = asked.filter { wanted in answered.contains { $0.isProperPart(of: wanted) } }
  guard let wanted = widest.first, !answered.isEmpty,
    let given = answered.first(where: { $0.isProperPart(of: wanted) }),
    // The first selector of a request may be the packet that triggered it (RFC 7296 §2.9).
    !asked.contains(given), !wanted.isEverything
  else { return nil }
  return Narrowing(asked: "\(wanted)", answered: "\(given)", networks: networks)
}

extension SelectorRange {
  func isProperPart(of other: SelectorRange) -> Bool {
    other.addresses.lowerBound <= addresses.lowerBound
      && addresses.upperBound <= other.addresses.upperBound && addresses != other.addresses
  }

  /// `0.0.0.0/0`: asked for by those who leave the choice to the peer.
  var isEverything: Bool {
    addresses.lowerBound.isUnspecified && addresses.upperBound.low & 0xffff_ffff == 0xffff_ffff
  }
}
