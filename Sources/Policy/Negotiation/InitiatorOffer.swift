package import CiscoConfig

/// What an initiator with this configuration would ask for (rules §0.7).
package struct InitiatorOffer: Sendable {
  package let map: String
  package let sequence: Int
  /// The peers in the order tried.
  package let peers: [Peer]
  /// The element that scopes the SA.
  package let ace: Verdict.ACEReference
  /// The proxies, seen from the initiator.
  package let proxy: ProxyRequest
  /// Transform sets in listed order, in the ASA's spelling.
  package let transformSets: [(name: String, transforms: [String])]
  /// IKEv2 IPsec proposals in listed order.
  package let proposals: [(name: String, proposal: IKE2Proposal)]
  package let pfsGroup: Int?
  package let lifetimeSeconds: UInt64
  package let lifetimeKilobytes: UInt64?
}

extension PolicyEngine {
  /// The offers of an entry, one for each element of each permit ACE (I-ACL-03, X-ACL-02), at most
  /// `limit`. Dynamic, manual and answer-only entries never initiate (rules §0.7, X-ASA-06).
  package func initiatorOffers(map: String, sequence: Int, limit: Int = 256) -> [InitiatorOffer] {
    guard let entry = maps[map]?.entries.first(where: { $0.sequence == sequence && !$0.isDynamic }),
      entry.kind == .isakmp, entry.settings.connectionType?.value != .answerOnly,
      !entry.settings.peers.isEmpty
    else { return [] }
    var offers: [InitiatorOffer] = []
    for ace in entry.list?.entries ?? [] where ace.isPermit && ace.isActive {
      for proxy in ace.proxies(limit: limit - offers.count) {
        offers.append(offer(entry, ace, proxy))
      }
    }
    return offers
  }

  private func offer(
    _ entry: CompiledEntry, _ ace: CompiledACE, _ proxy: ProxyRequest
  ) -> InitiatorOffer {
    let lifetimes = lifetimes(of: entry.settings)
    let sets = (entry.settings.transformSets?.value ?? []).compactMap { name in
      configuration.transformSets[name].map { set in
        (name, set.transforms.map { Spelling.transform($0.name) })
      }
    }
    let proposals = (entry.settings.ipsecProposals?.value ?? []).compactMap { name in
      configuration.ipsecProposals[name].map { proposal in
        (
          name,
          IKE2Proposal(
            encryption: proposal.encryption.map(\.spelling),
            integrity: proposal.integrity.map(\.spelling).filter { $0 != "null" })
        )
      }
    }
    return InitiatorOffer(
      map: entry.map, sequence: entry.sequence, peers: entry.settings.peers.map(\.value),
      ace: ace.reference, proxy: proxy, transformSets: sets, proposals: proposals,
      pfsGroup: entry.settings.pfs.map { initiatorPFSGroup($0.value) },
      lifetimeSeconds: lifetimes.seconds, lifetimeKilobytes: lifetimes.kilobytes)
  }

  /// The phase 1 offer of an initiator: all its policies in order (A-IKE-07).
  package var phase1Offers: [Phase1Question.Offer] {
    configuration.ikev1Policies.map { policy in
      let values = policy.values(for: dialect)
      return Phase1Question.Offer(
        priority: policy.priority, encryption: values.encryption.spelling,
        hash: values.hash.spelling, authentication: values.authentication,
        group: "\(values.group)",
        lifetime: values.lifetime == 0 ? nil : UInt64(clamping: values.lifetime))
    }
  }

  /// The IKEv2 offer of an initiator: each policy is a proposal.
  package var ike2Offers: [IKE2Proposal] {
    ike2Policies.map { lists in
      IKE2Proposal(
        number: lists.number, encryption: lists.encryption, integrity: lists.integrity,
        prf: lists.prf, groups: lists.groups)
    }
  }
}

extension CompiledACE {
  /// The elements of the line as proxies; ranges that IKEv1 cannot express are left out
  /// (X-ACL-04).
  func proxies(limit: Int) -> [ProxyRequest] {
    var result: [ProxyRequest] = []
    for service in services {
      guard let element = service.element else { continue }
      for source in sources {
        for destination in destinations where result.count < limit {
          guard let local = source.range, let remote = destination.range,
            local.isIPv6 == remote.isIPv6
          else { continue }
          result.append(
            ProxyRequest(
              local: local, remote: remote, protocolNumber: element.ipProtocol,
              localPort: element.sourcePorts?.only, remotePort: element.destinationPorts?.only))
        }
      }
    }
    return result
  }
}

extension ClosedRange<UInt16> {
  /// The port, where the range is one.
  fileprivate var only: UInt16? { lowerBound == upperBound ? lowerBound : nil }
}
