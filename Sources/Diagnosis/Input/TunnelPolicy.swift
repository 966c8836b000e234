package import Timeline
package import Tracking

/// What one end's configuration says of a tunnel.
package struct TunnelPolicy: Sendable {
  /// The configuration's path, as the user gave it.
  package var path: String
  /// `asa` or `ios`.
  package var dialect: String
  /// Which end of the tunnel the configuration is of.
  package var side: Role
  /// What it answers to the first message's offer, were it the responder.
  package var phase1: PolicyVerdictRecord?
  /// What it answers to each child SA that was asked of it, by the child's ordinal.
  package var children: [Int: PolicyVerdictRecord] = [:]
  /// False when no crypto map entry, tunnel-group, key or profile is for the other end's address.
  package var knowsPeer: Bool?
  /// IKE versions that it speaks on the interface; empty when that is not known.
  package var versions: Set<Int> = []
  /// The lines that decide on a matter, for this peer.
  package var lines: [PolicyTopic: [ConfigLineRecord]] = [:]
  /// The child SA lifetime in seconds that it asks for with this peer, where it says one.
  package var childLifetimeSeconds: Int?
  /// The IKE SA lifetimes in seconds that its policies name.
  package var ikeLifetimesSeconds: [Int] = []
  /// What the entry for this peer accepts for a child SA, in order of preference.
  package var childSuites: [AcceptedSuite] = []
  /// Its names for what remedies speak of.
  package var names = ConfigurationNames()
  /// Whether `set pfs` stands in the entry for this peer; nil when there is no entry.
  package var requiresPFS: Bool?

  /// The file's name without its folders, for a sentence.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  package init(path: String, dialect: String, side: Role) {
    self.path = path
    self.dialect = dialect
    self.side = side
  }
}

/// What a configuration line is about.
package enum PolicyTopic: Hashable, Sendable, CaseIterable {
  /// `crypto ikev1 policy`, `crypto isakmp policy`, `crypto ikev2 policy` and proposals.
  case ikePolicy
  /// `pre-shared-key`, `crypto isakmp key`; the key itself never shown.
  case preSharedKey
  /// `set peer`, `tunnel-group ADDRESS`.
  case peer
  /// `crypto isakmp identity`, `match identity`, `identity local`.
  case identity
  /// `match address` and the access list.
  case accessList
  /// `set transform-set`, `set ikev2 ipsec-proposal` and the sets.
  case transformSet
  /// `set pfs`.
  case pfs
  /// `set security-association lifetime`.
  case lifetime
  /// `crypto isakmp nat-traversal`, `set nat-t-disable`.
  case natTraversal
  /// `isakmp keepalive`, `dpd`.
  case keepalive
  /// `crypto ikev1 enable`, `crypto isakmp enable`.
  case enable
  /// `ip local pool`, `address-pool`.
  case addressPool
  /// Trustpoints.
  case trustpoint
}

/// What a transform set or IPsec proposal accepts, in the timeline's names.
package struct AcceptedSuite: Hashable, Sendable {
  /// The set's name.
  package var name: String
  /// Ciphers with key length: `aes-cbc 128`, `3des-cbc`.
  package var encryption: [String]
  /// Integrity algorithms: `hmac-sha1-96`; empty where the cipher needs none.
  package var integrity: [String]

  package init(name: String, encryption: [String], integrity: [String]) {
    self.name = name
    self.encryption = encryption
    self.integrity = integrity
  }
}
