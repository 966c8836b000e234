import CiscoConfig

/// The shape of a phase 1 exchange (A-AM-02).
package enum ExchangeShape: String, Sendable {
  case main
  case aggressive

  package var messages: Int { self == .main ? 6 : 3 }
  package var exchanges: Int { self == .main ? 3 : 2 }
  package var protectsIdentity: Bool { self == .main }
}

/// IPsec headers around one another: the nearer peer is the outer one (I-NEST-01).
package enum NestedPeers {
  /// The outermost and the innermost destination of headers given from the outside in.
  package static func ends<Address>(_ destinations: [Address]) -> (outer: Address, inner: Address)?
  {
    guard let outer = destinations.first, let inner = destinations.last else { return nil }
    return (outer, inner)
  }
}

extension PolicyEngine {
  /// Whether a Cisco VPN client can connect by an authentication and an exchange (A-AM-03); it
  /// needs at least group 2 (A-IKE-14).
  package func clientConnects(authentication: String, isAggressive: Bool) -> Verdict {
    if isAggressive, configuration.settings.isAggressiveModeDisabled?.value == true {
      return Verdict(.refuse, .aggressiveModeDisabled)
    }
    let wanted = Spelling.authentication(authentication)
    let fits = configuration.ikev1Policies.contains { policy in
      let values = policy.values(for: dialect)
      return Spelling.authentication(values.authentication) == wanted && values.group >= 2
    }
    return fits ? Verdict(.accept) : Verdict(.refuse, .noAcceptableISAKMPPolicy)
  }
}
