import Bytes
import ISAKMP
import Registries
import Timeline
import Tracking

/// One IKE SA as the rules see it: what was asked and answered, refused, or left without an answer.
final class TunnelFacts {
  let ike: IKESA
  let id: String
  let policies: [TunnelPolicy]
  let certificates: [CertificateRecord]
  let refusals: [Refusal]
  /// Every message, in the order of the wire; put together when asked for, and kept while the rules
  /// look at this tunnel: the messages of all tunnels at once take as much room as everything else.
  var messages: [SeenMessage] {
    if let gathered { return gathered }
    let messages = ordered()
    if isLookedAt { gathered = messages }
    return messages
  }

  /// How many messages pass a test, which are not put together for it.
  func count(passing test: (borrowing SeenMessage) -> Bool) -> Int {
    ike.exchanges.reduce(0) { $0 + $1.messages.count(passing: test) }
  }

  /// True while rules look at this tunnel.
  var isLookedAt = false {
    didSet { if !isLookedAt { gathered = nil } }
  }
  private var gathered: [SeenMessage]?

  private func ordered() -> [SeenMessage] {
    var messages: [SeenMessage] = []
    messages.reserveCapacity(ike.exchanges.reduce(0) { $0 + $1.messages.count })
    for exchange in ike.exchanges { messages += exchange.messages }
    let isOrdered = messages.indices.dropFirst().allSatisfy {
      !messages[$0].sighting.isBefore(messages[$0 - 1].sighting)
    }
    return isOrdered ? messages : messages.sorted { $0.sighting.isBefore($1.sighting) }
  }

  init(_ input: TunnelInput) {
    ike = input.ike
    id = input.id
    policies = input.policies
    certificates = input.certificates
    refusals = RefusalFinder(ike: input.ike).find()
  }

  // MARK: - Names

  /// `198.51.100.1`.
  func address(_ role: Role) -> String { ike.endpoint(role).address.description }

  /// `initiator 198.51.100.1`.
  func end(_ role: Role) -> String { "\(role.name) \(address(role))" }

  /// The identity that an end claims, in quotes, or its address.
  func claimed(_ role: Role) -> String {
    guard let identity = ike.identity(of: role) else { return address(role) }
    return identityText(identity)
  }

  /// `IKEv1 main mode`, `IKEv2`.
  var modeName: String {
    switch ike.mode {
    case .main: "IKEv1 main mode"
    case .aggressive: "IKEv1 aggressive mode"
    case .base: "IKEv1 base mode"
    case .ikev2: "IKEv2"
    case .none: ike.version == .v1 ? "IKEv1" : "IKEv2"
    }
  }

  var isV1: Bool { ike.version == .v1 }

  // MARK: - Exchanges

  /// The exchanges that make the IKE SA.
  var phase1: [Exchange] {
    ike.exchanges.filter {
      [.main, .aggressive, .base, .authenticationOnly, .ikeSAInit].contains($0.type)
    }
  }

  func exchanges(_ type: ExchangeType) -> [Exchange] { ike.exchanges.filter { $0.type == type } }

  /// The first message of all, where it was seen.
  var firstMessage: SeenMessage? { phase1.first?.messages.first }

  /// True when both ends have proved who they are, as far as can be seen.
  var isEstablished: Bool { ike.establishedAt != nil }

  /// True when the responder has sent anything.
  var isAnswered: Bool { ike.isAnswered }

  /// True when anything encrypted was opened.
  var isOpened: Bool { ike.isOpened }

  /// The chosen authentication method, where it is IKEv1's.
  var method: AuthenticationMethodV1? {
    (ike.chosen ?? ike.offered.first)?.authenticationMethod
  }

  /// True when a pre-shared key is what proves identities, as far as the offer tells; nil in IKEv2
  /// where nothing was opened.
  var usesPreSharedKey: Bool? {
    if let method { return method.baseMethod == "psk" }
    if !ike.certificates.isEmpty { return false }
    return isV1 ? nil : (ike.isOpened ? true : nil)
  }

  // MARK: - What went wrong

  /// What makes the IKE SA and stands still.
  var stall: Stall? {
    guard !isEstablished else { return nil }
    let making = ike.exchanges.filter {
      [.main, .aggressive, .base, .ikeSAInit, .ikeAuth, .ikeIntermediate].contains($0.type)
    }
    return making.last.flatMap(Stall.init)
  }

  /// Quick modes and CREATE_CHILD_SA that stand still.
  var childStalls: [Stall] {
    ike.exchanges.filter { $0.type == .quick || $0.type == .createChildSA }.compactMap(Stall.init)
  }

  /// Informational requests that nobody answers (IKEv2).
  var informationalStalls: [Stall] {
    exchanges(.informationalV2).compactMap(Stall.init)
  }

  /// The refusal of a stage, the latest.
  func refusal(_ stage: Refusal.Stage) -> Refusal? { refusals.last { $0.stage == stage } }

  func notifies(_ kinds: NotifyKind...) -> [SeenNotify] {
    ike.notifies.filter { notify in kinds.contains { $0.matches(notify.notify) } }
  }

  /// True when an end announced a capability by a vendor identifier.
  func announces(_ capability: String, _ role: Role? = nil) -> Bool {
    ike.vendors.contains {
      (role == nil || $0.from == role) && $0.meaning?.capability == capability
    }
  }

  // MARK: - Configuration

  /// What the configuration of an end says.
  func policy(_ role: Role) -> TunnelPolicy? { policies.first { $0.side == role } }

  /// Lines about a matter, of all configurations.
  func lines(_ topics: PolicyTopic...) -> [ConfigLineRecord] {
    policies.flatMap { policy in topics.flatMap { policy.lines[$0] ?? [] } }
  }
}

/// An identity with its type: `FQDN "branch.lab.test"`, `address 10.0.0.1`.
func identityText(_ identity: Identification) -> String {
  if let address = identity.address { return "address \(address)" }
  if identity.type.rawValue == 9 { return "a distinguished name" }
  return "\(identity.type.name) \"\(printable(identity.data))\""
}
