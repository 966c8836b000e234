package import CiscoConfig

/// A change of the configuration while tunnels are up.
package enum ConfigurationEvent: String, Sendable {
  case transformSetRedefined = "transform-set-redefined"
  case globalLifetimeChanged = "global-lifetime-changed"
  case onlyTransformDeleted = "only-transform-deleted"
  case onlyACEDeleted = "only-ace-deleted"
  case cleared = "clear-crypto-sa"

  /// What comes of a change.
  package enum Effect: String, Sendable {
    /// The SAs are deleted and made again.
    case deleteThenRenegotiate = "delete-then-renegotiate"
    /// Existing SAs stay; the next negotiation sees it.
    case noEffectUntilNextNegotiation = "no-effect-until-next-negotiation"
    /// The crypto map entries lose their reference.
    case mapReferencesRemoved = "crypto-map-references-removed"
    /// The crypto map goes with it.
    case mapRemoved = "crypto-map-removed"
  }

  /// What comes of it: A-TS-02 and I-TS-05, A-LT-04, A-TS-04, A-ACL-09.
  package func effect(on dialect: Dialect) -> Effect {
    switch self {
    case .transformSetRedefined, .globalLifetimeChanged:
      dialect == .asa ? .deleteThenRenegotiate : .noEffectUntilNextNegotiation
    case .onlyTransformDeleted: .mapReferencesRemoved
    case .onlyACEDeleted: .mapRemoved
    case .cleared: .deleteThenRenegotiate
    }
  }
}

/// The temporary entry that a dynamic map makes for a peer, as IOS keeps it (I-DY-03, I-DY-04).
package struct TemporaryEntry: Sendable {
  private var isInstalled = false

  package init() {}

  /// Something that happens to it.
  package enum Event: String, Sendable {
    case peerInitiates = "peer-initiates"
    case saExpiring = "sa-expiring"
    case saRekeyedByRouter = "sa-rekeyed-by-router"
    case allSAsExpired = "all-sa-expired"
    case outboundPacket = "outbound-packet"
  }

  /// What comes of an event, in the words of the cases.
  package mutating func apply(_ event: Event) -> String {
    switch event {
    case .peerInitiates:
      isInstalled = true
      return "temporary-entry-installed"
    case .saExpiring:
      return isInstalled ? "router-may-initiate-rekey" : "nothing"
    case .saRekeyedByRouter:
      return isInstalled ? "protected" : "nothing"
    case .allSAsExpired:
      isInstalled = false
      return "temporary-entry-removed"
    case .outboundPacket:
      return isInstalled
        ? Verdict.Outcome.protect.rawValue : "drop:\(ReasonCode.dynamicNoSA.rawValue)"
    }
  }
}
