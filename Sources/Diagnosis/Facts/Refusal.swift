import ISAKMP
import Registries
import Tracking

/// An answer that turned a negotiation down, or seems to.
struct Refusal {
  /// What was turned down.
  enum Stage: Hashable {
    /// The first message: the offer for the IKE SA.
    case offer
    /// The key exchange, before anybody has proved who he is.
    case keyExchange
    /// The proof of identity.
    case authentication
    /// XAUTH, mode configuration.
    case configuration
    /// A child SA.
    case child
  }

  let stage: Stage
  let exchange: Exchange
  /// What was refused.
  let request: SeenMessage
  /// The message that refused.
  let reply: SeenMessage
  /// What it says; nil when it could not be read.
  let notify: SeenNotify?
  /// Later copies of the request and the reply.
  let copies: [Sighting]

  /// True when the content of the refusal is hidden.
  var isHidden: Bool { notify == nil }
  /// Who refused.
  var by: Role { reply.from }

  func says(_ kinds: NotifyKind...) -> Bool {
    notify.map { notify in kinds.contains { $0.matches(notify.notify) } } ?? false
  }

  /// The child SA that was refused.
  var child: ChildSA? { stage == .child ? exchange.children.first : nil }

  /// The notify's name and number as debug output has it: `NO_PROPOSAL_CHOSEN (14)`.
  var notifyName: String? { notify.map { "\($0.notify.name) (\($0.notify.type))" } }

  /// The request, the reply, and their copies as evidence.
  func evidence(_ asked: String, _ answered: String) -> [Evidence] {
    [
      Evidence(reply.sighting, "\(reply.label): \(answered)"),
      Evidence(request.sighting, "\(request.label): \(asked)"),
    ] + copies.map { Evidence($0, "repeated") }
  }
}

/// Finds what was refused in an IKE SA.
struct RefusalFinder {
  let ike: IKESA

  func find() -> [Refusal] {
    ike.version == .v1 ? findV1() : ike.exchanges.compactMap(refusalV2)
  }

  // MARK: - IKEv1

  /// An informational message speaks of what its sender's peer has sent last.
  private func findV1() -> [Refusal] {
    var found: [Refusal] = []
    var refused: Set<Int> = []
    for exchange in ike.exchanges where exchange.type == .informational {
      guard let reply = exchange.messages.first,
        let target = target(of: reply), !refused.contains(target.exchange.index)
      else { continue }
      let errors = exchange.notifies.filter(\.isRefusal)
      let isReadable = reply.opening == .clear || reply.opening == .opened
      guard !errors.isEmpty || !isReadable else { continue }
      guard let stage = stageV1(target.exchange, target.request) else { continue }
      refused.insert(target.exchange.index)
      found.append(
        Refusal(
          stage: stage, exchange: target.exchange, request: target.request, reply: reply,
          notify: errors.first, copies: copies(of: target, reply)))
    }
    return found
  }

  /// The latest message of the other end that still waits for its regular answer.
  private func target(of reply: SeenMessage) -> (exchange: Exchange, request: SeenMessage)? {
    var best: (exchange: Exchange, request: SeenMessage)?
    for exchange in ike.exchanges
    where exchange.type != .informational && exchange.state != .complete {
      guard
        let request = exchange.messages.last(where: {
          $0.copyOf == nil && $0.from != reply.from && $0.sighting.isBefore(reply.sighting)
        })
      else { continue }
      let isAnswered = exchange.messages.contains {
        $0.from == reply.from && $0.copyOf == nil && $0.step > request.step
      }
      if isAnswered { continue }
      if let known = best, request.sighting.isBefore(known.request.sighting) { continue }
      best = (exchange, request)
    }
    return best
  }

  private func stageV1(_ exchange: Exchange, _ request: SeenMessage) -> Refusal.Stage? {
    switch exchange.type {
    case .main:
      request.step <= 2 ? .offer : request.step <= 4 ? .keyExchange : .authentication
    case .aggressive: request.step <= 1 ? .offer : .authentication
    case .base: request.step <= 2 ? .offer : .authentication
    case .quick: .child
    case .transaction: .configuration
    default: nil
    }
  }

  private func copies(
    of target: (exchange: Exchange, request: SeenMessage), _ reply: SeenMessage
  ) -> [Sighting] {
    let again = target.exchange.messages.filter {
      $0.fingerprint == target.request.fingerprint && $0.sighting != target.request.sighting
    }
    return again.map(\.sighting)
  }

  // MARK: - IKEv2

  private func refusalV2(_ exchange: Exchange) -> Refusal? {
    guard let stage = stageV2(exchange),
      let index = exchange.messages.lastIndex(where: { $0.isResponse && $0.copyOf == nil })
    else { return nil }
    let reply = exchange.messages[index]
    guard let request = exchange.messages.last(where: { !$0.isResponse && $0.copyOf == nil })
    else { return nil }
    let errors = exchange.notifies.filter {
      $0.from == reply.from && $0.isRefusal && $0.sighting == reply.sighting
    }
    let copies = exchange.messages.filter { $0.copyOf != nil }.map(\.sighting)
    if let error = errors.first {
      guard exchange.chosen == nil || stage == .offer else { return nil }
      // Told which group to use, or to wait: what was done at the next try is no refusal.
      if exchange.type == .createChildSA, error.says(.invalidKE, .temporaryFailure),
        wasRetried(exchange)
      {
        return nil
      }
      return Refusal(
        stage: refine(stage, error, reply), exchange: exchange, request: request, reply: reply,
        notify: error, copies: copies)
    }
    guard reply.isEncrypted, reply.opening != .opened, !wasRetried(exchange),
      let hidden = AnswerShape(reply, exchange, ike).refusedStage
    else { return nil }
    return Refusal(
      stage: hidden, exchange: exchange, request: request, reply: reply, notify: nil,
      copies: copies)
  }

  /// A later request of the same end was answered in full: INVALID_KE_PAYLOAD and a retry, most
  /// likely.
  private func wasRetried(_ exchange: Exchange) -> Bool {
    guard exchange.type == .createChildSA || exchange.type == .ikeAuth else { return false }
    return ike.exchanges.contains { later in
      later.type == .createChildSA && later.startedBy == exchange.startedBy
        && later.messageID > exchange.messageID
        && (later.chosen != nil
          || later.messages.contains {
            $0.isResponse && $0.opening != .opened
              && AnswerShape($0, later, ike).refusedStage == nil
          })
    }
  }

  private func stageV2(_ exchange: Exchange) -> Refusal.Stage? {
    switch exchange.type {
    case .ikeSAInit: .offer
    case .ikeAuth: .authentication
    case .createChildSA: .child
    default: nil
    }
  }

  /// An IKE_AUTH answer that proves its sender's identity refuses the child only, and errors that
  /// speak of children say so by themselves (RFC 7296 §1.2, §2.21.2).
  private func refine(
    _ stage: Refusal.Stage, _ error: SeenNotify, _ reply: SeenMessage
  ) -> Refusal.Stage {
    guard stage == .authentication else { return stage }
    if error.says(.authenticationFailed) { return .authentication }
    let provesIdentity = reply.innerTypes.contains(PayloadType.authV2.rawValue)
    if error.says(.addressFailure, .configurationRequired) { return .configuration }
    let isOfChild = error.says(.selectorsRefused, .noProposalChosen, .singlePair)
    return provesIdentity || isOfChild ? .child : .authentication
  }
}

extension Sighting {
  /// Seen earlier: by time, then by frame.
  func isBefore(_ other: Sighting) -> Bool {
    time != other.time ? time < other.time : (capture, frame) < (other.capture, other.frame)
  }
}
