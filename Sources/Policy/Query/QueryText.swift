import Bytes

extension Query {
  /// What is asked, for a person: who, the traffic, and what is offered.
  package var asked: String {
    switch self {
    case .flow(let question): question.text
    case .phase1(let question): question.text
    case .quickMode(let question): question.text
    case .ike2Init(let question): question.text
    case .ike2Child(let question): question.text
    case .ike2ChildProposal(let question):
      "entry \(question.sequence): " + question.proposals.map(\.text).joined(separator: "; or ")
    case .tunnelGroup(let question): question.text
    }
  }
}

extension FlowQuestion {
  fileprivate var text: String {
    let way =
      switch direction {
      case .out: "on its way out"
      case .inClear: "come in clear"
      case .inDecrypted: "come in by an SA"
      }
    let place = interface.map { " at \($0)" } ?? ""
    let sa = viaSA.map { " of entry \($0.sequence)" } ?? ""
    return "\(packet)  \(way)\(sa)\(place)"
  }
}

extension Phase1Question {
  fileprivate var text: String {
    let who = peer.map { "from \($0), " } ?? ""
    let mode = isAggressive ? "aggressive mode: " : "main mode: "
    let list = offers.map { offer in
      let lifetime = offer.lifetime.map { " lifetime \($0)" } ?? ""
      return "\(offer.priority) \(offer.encryption) \(offer.hash) \(offer.authentication) "
        + "group \(offer.group)\(lifetime)"
    }
    return who + mode + list.joined(separator: "; or ")
  }
}

extension QuickModeQuestion {
  fileprivate var text: String {
    let sets = offers.map { $0.joined(separator: " ") }.joined(separator: "; or ")
    let pfs = pfsGroup.map { "PFS group\($0)" } ?? "no PFS"
    return "from \(peer): \(proxy.text), \(sets), \(pfs)"
  }
}

extension ProxyRequest {
  fileprivate var text: String {
    let service = protocolNumber == nil ? "any protocol" : serviceText
    return "local \(local.selector), remote \(remote.selector), \(service)"
  }
}

extension IKE2InitQuestion {
  fileprivate var text: String {
    let who = peer.map { "from \($0): " } ?? ""
    let group = keGroup.map { ", key exchange of group \($0)" } ?? ""
    return who + proposals.map(\.text).joined(separator: "; or ") + group
  }
}

extension IKE2ChildQuestion {
  fileprivate var text: String {
    let mine = responderSelectors.map(\.selector).joined(separator: ", ")
    let theirs = initiatorSelectors.map(\.selector).joined(separator: ", ")
    let offers = proposals.isEmpty ? "" : ", " + proposals.map(\.text).joined(separator: "; or ")
    return "from \(peer): local \(mine), remote \(theirs)\(offers)"
  }
}

extension IKE2Proposal {
  fileprivate var text: String {
    let groups = groups.map { "group\($0)" }
    return (encryption + integrity + prf + groups).joined(separator: " ")
  }
}

extension TunnelGroupQuestion {
  fileprivate var text: String {
    let subject = certificate?.subject.sorted { $0.key < $1.key }.flatMap { key, values in
      values.map { "\(key)=\(printable($0))" }
    }
    let parts = [
      subject.map { "certificate of \($0.joined(separator: ","))" },
      ikeIdentity.map { "identity \(printable($0))" }, peer.map { "peer \($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }
}
