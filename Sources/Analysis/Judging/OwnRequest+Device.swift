import Bytes
import CiscoConfig
import ISAKMP
import Policy
import Registries
import Timeline
import Tracking

/// What a device's configuration says of a negotiation in which it was the one that asked.
extension Device {
  /// The own policy that the responder took; what was offered where it took none.
  func ownPhase1(_ ike: IKESA) -> PolicyVerdictRecord? {
    guard let chosen = ike.chosen else { return untaken(ike) }
    var verdict: Verdict
    if ike.version == .v2 {
      let proposal = ConfigurationWords.proposal(chosen)
      verdict = engine.answer(
        IKE2InitQuestion(proposals: [proposal], keGroup: proposal.groups.first))
    } else {
      verdict = engine.answer(Phase1Question(offers: [ConfigurationWords.offer(chosen, 1)]))
    }
    if let policy = verdict.ikePolicy {
      verdict.sentence = "The responder took policy \(policy.number) of this end's offer."
    } else {
      verdict.outcome = .cannotTell
      verdict.reason = nil
      verdict.notify = nil
      verdict.sentence =
        "What the responder took is no policy of this configuration: it is not what was offered by."
    }
    return PolicyVerdictRecord(verdict)
  }

  private func untaken(_ ike: IKESA) -> PolicyVerdictRecord? {
    let own =
      ike.version == .v2
      ? engine.ike2Offers.map(\.number) : engine.phase1Offers.map(\.priority)
    guard !own.isEmpty, !ike.offered.isEmpty else { return nil }
    var verdict = Verdict(.cannotTell)
    let list = own.map(String.init).joined(separator: ", ")
    verdict.sentence =
      "This end offers policy \(list), and none was taken: what the responder accepts stands in its "
      + "own configuration."
    verdict.rules = ["A-IKE-07"]
    return PolicyVerdictRecord(verdict)
  }

  /// The entry and ACE that a child SA was asked for by; nil when it was the peer that asked, or
  /// when the request could not be read.
  func ownVerdict(on child: ChildSA, side: Role, _ peer: IPAddress) -> PolicyVerdictRecord? {
    guard let exchange = child.exchange, exchange.startedBy == side else { return nil }
    let asked = requests(child, exchange, side)
    guard !asked.isEmpty else { return nil }
    var verdict = engine.ownRequest(asked, to: peer)
    if let sequence = verdict.sequence, let map = verdict.map, let suite = child.chosen {
      if exchange.version == .v2 {
        let choice = engine.answer(
          IKE2ChildProposalQuestion(
            map: map, sequence: sequence, proposals: [ConfigurationWords.proposal(suite)]))
        verdict.proposal = choice.proposal
        verdict.transformSet = choice.transformSet
      } else {
        let wanted = Set(transforms(suite))
        let offers = engine.initiatorOffers(map: map, sequence: sequence, limit: 1)
        verdict.transformSet =
          offers.first?.transformSets.first {
            Set($0.transforms) == wanted
          }?.name
      }
    }
    return PolicyVerdictRecord(verdict)
  }

  /// The pairs of selectors asked for, seen from this end: in IKEv2 as asked, not as narrowed.
  private func requests(_ child: ChildSA, _ exchange: Exchange, _ side: Role) -> [ProxyRequest] {
    if let asked = exchange.selectorsAsked {
      return asked.initiator.prefix(16).flatMap { local in
        asked.responder.prefix(16).compactMap { remote in request(local, remote) }
      }
    }
    guard let mine = selectors(child, side).first, let theirs = selectors(child, side.peer).first,
      let local = range(mine.addresses), let remote = range(theirs.addresses)
    else { return [] }
    return [
      ProxyRequest(
        local: local, remote: remote, protocolNumber: mine.ipProtocol == 0 ? nil : mine.ipProtocol,
        localPort: Self.single(mine.ports), remotePort: Self.single(theirs.ports))
    ]
  }

  private func request(_ mine: TrafficSelector, _ theirs: TrafficSelector) -> ProxyRequest? {
    guard let local = mine.range.flatMap(range), let remote = theirs.range.flatMap(range) else {
      return nil
    }
    return ProxyRequest(
      local: local, remote: remote, protocolNumber: mine.ipProtocol == 0 ? nil : mine.ipProtocol,
      localPort: Self.single(mine.ports), remotePort: Self.single(theirs.ports))
  }

  /// The entries that an SA may belong to whose negotiation nobody could read; nil where it was
  /// read.
  func hiddenVerdict(on child: ChildSA, _ peer: IPAddress) -> PolicyVerdictRecord? {
    guard child.selectorsOfInitiator.isEmpty, child.selectorsOfResponder.isEmpty else { return nil }
    return hiddenVerdict(peer)
  }

  /// The same for ESP or AH of which not even an IKE SA is known.
  func hiddenVerdict(_ peer: IPAddress) -> PolicyVerdictRecord? {
    let verdict = engine.answerHidden(from: peer)
    return verdict.detail.candidates.isEmpty ? nil : PolicyVerdictRecord(verdict)
  }
}
