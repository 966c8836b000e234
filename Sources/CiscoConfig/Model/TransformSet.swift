/// Tunnel or transport mode, as configured (the wire may differ, S-TRAP-15).
package enum EncapsulationMode: String, Hashable, Sendable {
  /// `mode tunnel`, the default.
  case tunnel
  /// `mode transport`: where both ends are the peers themselves (I-MODE-01).
  case transport
  /// `mode transport require`: nothing else is accepted.
  case transportRequired
}

/// `crypto ipsec [ikev1] transform-set`.
package struct TransformSet: Named, Hashable {
  /// The set's name.
  package let name: String
  /// The transforms in the order written; the order has no meaning (A-TS-03, X-PARSE-05).
  package var transforms: [Transform]
  /// Tunnel or transport; nil where the line is absent (tunnel).
  package var mode: Sourced<EncapsulationMode>?
  /// The line that defines it.
  package var line: SourceLine
}

/// ASA `crypto ipsec ikev2 ipsec-proposal`: lists of which the peers take one each (X-ASA-02).
package struct IPsecProposal: Named, Hashable {
  /// The proposal's name.
  package let name: String
  /// `protocol esp encryption …`.
  package var encryption: [Algorithm] = []
  /// `protocol esp integrity …`.
  package var integrity: [Algorithm] = []
  /// The lines that set the lists.
  package var lines: [SourceLine] = []
  /// The line that opens it.
  package let line: SourceLine
}

/// `crypto ipsec profile`: what `tunnel protection` refers to.
@dynamicMemberLookup
package struct IPsecProfile: Named, Hashable {
  /// The profile's name.
  package let name: String
  /// What it asks for.
  package var settings = ProtectionSettings()
  /// The line that opens it.
  package let line: SourceLine

  /// The settings, as if they were the profile's own.
  package subscript<Value>(dynamicMember path: KeyPath<ProtectionSettings, Value>) -> Value {
    settings[keyPath: path]
  }
}
