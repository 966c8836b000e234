/// ASA `tunnel-group NAME`: how a peer or a group of clients is authenticated (X-ASA-04).
package struct TunnelGroup: Named, Hashable {
  /// What the group is for.
  package enum Kind: String, Hashable, Sendable {
    /// `ipsec-l2l`: one other gateway.
    case siteToSite = "ipsec-l2l"
    /// `remote-access`, `ipsec-ra`: clients.
    case remoteAccess = "remote-access"
    /// `webvpn` and whatever else there is.
    case other
  }

  /// The group's name; of a site-to-site group usually the peer's address.
  package let name: String
  /// `type …`; nil where no such line was seen.
  package var kind: Sourced<Kind>?
  /// `[ikev1] pre-shared-key`.
  package var ikev1Key: Sourced<Secret>?
  /// `[ikev1] trust-point NAME`.
  package var ikev1Trustpoint: Sourced<String>?
  /// `ikev2 local-authentication …`.
  package var ikev2Local: [Sourced<IKEAuthentication>] = []
  /// `ikev2 remote-authentication …`.
  package var ikev2Remote: [Sourced<IKEAuthentication>] = []
  /// `peer-id-validate req|cert|nocheck`; `req` by default.
  package var peerIDValidation: Sourced<String>?
  /// `isakmp keepalive …`.
  package var keepalive: Sourced<Keepalive>?
  /// `default-group-policy NAME`.
  package var groupPolicy: Sourced<String>?
  /// Everything else in its sub-modes, as written.
  package var others: [SourceLine] = []
  /// The first line that names it.
  package let line: SourceLine
}

/// ASA `group-policy NAME` (X-ASA-10). Nil is "not written": inherited from `DfltGrpPolicy`.
package struct GroupPolicy: Named, Hashable {
  /// The policy's name.
  package let name: String
  /// `vpn-tunnel-protocol …`: `ikev1`, `ikev2`, `ipsec` (7.x), `l2tp-ipsec`, `ssl-client` …
  package var tunnelProtocols: Sourced<[String]>?
  /// `vpn-filter value ACL`; the empty name for `none`.
  package var filter: Sourced<String>?
  /// `vpn-idle-timeout`, minutes; 0 for `none`.
  package var idleMinutes: Sourced<Int>?
  /// `vpn-session-timeout`, minutes; 0 for `none`.
  package var sessionMinutes: Sourced<Int>?
  /// `pfs enable|disable`.
  package var pfs: Sourced<Bool>?
  /// `ipsec-udp enable|disable`: IPsec over UDP for clients.
  package var ipsecOverUDP: Sourced<Bool>?
  /// `ipsec-udp-port n`.
  package var ipsecOverUDPPort: Sourced<Int>?
  /// `split-tunnel-policy …`.
  package var splitTunnelPolicy: Sourced<String>?
  /// `split-tunnel-network-list value ACL`.
  package var splitTunnelList: Sourced<String>?
  /// Everything else, as written.
  package var others: [SourceLine] = []
  /// The first line that names it.
  package let line: SourceLine
}
