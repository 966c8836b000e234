import ISAKMP
import Registries
import Timeline
import Tracking

/// A suite as the timeline shows it.
func proposal(_ suite: Suite) -> ProposalRecord {
  var record = ProposalRecord()
  record.number = Int(suite.transformNumber ?? suite.proposalNumber)
  record.protocol = suite.protocolID.id
  record.transforms = suite.algorithms.map { algorithm in
    var transform = TransformRecord()
    transform.type = algorithm.role.rawValue
    transform.name = algorithm.name
    transform.id = Int(algorithm.id)
    transform.keyBits = algorithm.keyBits
    return transform
  }
  return record
}

extension Visibility {
  /// The contract's word.
  var name: String {
    switch self {
    case .decrypted: "decrypted"
    case .authenticated: "authenticated"
    case .clear: "clear"
    }
  }
}

extension ChildSA.Link {
  /// The contract's word.
  var name: String {
    switch self {
    case .exchange: "spi"
    case .keys: "keys"
    case .addresses: "addresses"
    }
  }
}

extension ChildSA {
  /// True when its packets are AH.
  var isAH: Bool { flows.first?.key.ipProtocol == 51 }
}

extension IKESA {
  /// The contract's word for how it ended, judged by what was and was not answered.
  var outcome: String {
    if state == .negotiating, hasGivenUp { return "failed" }
    return state.name
  }

  /// True when the last request was repeated at least twice and nothing came back.
  private var hasGivenUp: Bool {
    guard let exchange = exchanges.last(where: { $0.type != .informational }),
      let last = exchange.messages.lastIndex(where: { $0.copyOf == nil })
    else { return false }
    return exchange.copies(of: last) >= 2
  }
}

extension HostPair {
  /// The flows of one child SA between two hosts, as far as time and order tell.
  struct Pairing {
    var toInitiator: SecurityFlow?
    var toResponder: SecurityFlow?
  }

  /// The flows paired, first with first, in each direction; who sent the first packet counts as
  /// the initiator.
  var children: [Pairing] {
    guard let responder = flows.first?.key.destination else { return [] }
    let there = flows.filter { $0.key.destination == responder }
    let back = flows.filter { $0.key.destination != responder }
    return (0..<max(there.count, back.count)).map { index in
      Pairing(
        toInitiator: index < back.count ? back[index] : nil,
        toResponder: index < there.count ? there[index] : nil)
    }
  }
}
