import Analysis
import Bytes
import CiscoConfig
import Policy
import Timeline

/// What a responder would answer to everything that an initiator with the other configuration would
/// ask: phase 1, then each element of each permit ACE of each entry that names it.
func negotiations(_ initiator: PolicyEngine, _ responder: PolicyEngine) -> [NegotiationRecord] {
  PeerNegotiation(initiator, responder)?.records() ?? [
    record(
      "addresses", initiator, responder,
      unknown("no crypto map entry of the one names an address of the other"))
  ]
}

/// Two configurations whose devices should meet, the first as initiator.
private struct PeerNegotiation {
  private let initiator: PolicyEngine
  private let responder: PolicyEngine
  /// The initiator's address that the responder sees.
  private let from: IPAddress
  private let entries: [(map: String, sequence: Int)]
  /// Questions that are put at most; the largest maps have thousands of ACEs.
  private static let most = 500

  init?(_ initiator: PolicyEngine, _ responder: PolicyEngine) {
    self.initiator = initiator
    self.responder = responder
    let own = initiator.configuration.addresses
    let theirs = responder.configuration.addresses
    entries = initiator.configuration.cryptoMaps.flatMap { map in
      map.entries.filter { entry in
        entry.settings.peers.contains { $0.value.address.map(theirs.contains) == true }
      }.map { (map.name, $0.sequence) }
    }
    let named = responder.configuration.cryptoMaps.flatMap { map in
      map.entries.flatMap { $0.settings.peers.compactMap(\.value.address) }
    }
    guard !entries.isEmpty, let from = own.first(where: named.contains) ?? own.first else {
      return nil
    }
    self.from = from
  }

  func records() -> [NegotiationRecord] {
    var records: [NegotiationRecord] = []
    let offers = entries.flatMap {
      initiator.initiatorOffers(map: $0.map, sequence: $0.sequence, limit: Self.most)
    }
    if offers.contains(where: { !$0.transformSets.isEmpty }) {
      let question = Phase1Question(peer: from, offers: initiator.phase1Offers)
      records.append(ask("IKEv1 phase 1", .phase1(question)))
    }
    if offers.contains(where: { !$0.proposals.isEmpty }) {
      let proposals = initiator.ike2Offers
      let question = IKE2InitQuestion(
        peer: from, proposals: proposals, keGroup: proposals.first?.groups.first)
      records.append(ask("IKE_SA_INIT", .ike2Init(question)))
    }
    for offer in offers.prefix(Self.most) { records += ask(offer) }
    return records
  }

  private func ask(_ offer: InitiatorOffer) -> [NegotiationRecord] {
    let subject =
      "\(offer.map) \(offer.sequence), line \(offer.ace.line), "
      + "\(offer.proxy.local.selector) ↔ \(offer.proxy.remote.selector)"
    var records: [NegotiationRecord] = []
    if !offer.transformSets.isEmpty {
      var question = QuickModeQuestion(
        peer: from, proxy: offer.proxy.mirrored, offers: offer.transformSets.map(\.transforms),
        pfsGroup: offer.pfsGroup)
      question.lifetimeSeconds = offer.lifetimeSeconds
      question.lifetimeKilobytes = offer.lifetimeKilobytes
      records.append(ask("quick mode, \(subject)", .quickMode(question)))
    }
    if !offer.proposals.isEmpty {
      var question = IKE2ChildQuestion(
        peer: from, initiatorSelectors: [offer.proxy.local],
        responderSelectors: [offer.proxy.remote], proposals: offer.proposals.map(\.proposal))
      question.protocolNumber = offer.proxy.protocolNumber
      question.initiatorPort = offer.proxy.localPort
      question.responderPort = offer.proxy.remotePort
      records.append(ask("child SA, \(subject)", .ike2Child(question)))
    }
    return records
  }

  private func ask(_ subject: String, _ query: Query) -> NegotiationRecord {
    record(subject, initiator, responder, PolicyVerdictRecord(responder.answer(query)))
  }
}

private func record(
  _ subject: String, _ initiator: PolicyEngine, _ responder: PolicyEngine,
  _ verdict: PolicyVerdictRecord
) -> NegotiationRecord {
  var record = NegotiationRecord()
  record.subject = subject
  record.initiator = initiator.configuration.path
  record.responder = responder.configuration.path
  record.verdict = verdict
  return record
}

private func unknown(_ sentence: String) -> PolicyVerdictRecord {
  var verdict = PolicyVerdictRecord()
  verdict.sentence = sentence
  return verdict
}

extension ProxyRequest {
  /// The same traffic seen from the other end.
  fileprivate var mirrored: ProxyRequest {
    ProxyRequest(
      local: remote, remote: local, protocolNumber: protocolNumber, localPort: remotePort,
      remotePort: localPort)
  }
}

extension CryptoConfiguration {
  /// The device's own addresses.
  fileprivate var addresses: [IPAddress] {
    interfaces.flatMap { $0.addresses.map(\.value.address) }
  }
}
