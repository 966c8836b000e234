/// A pre-shared key and the peers it is for: `crypto isakmp key …`, or a line of a keyring.
package struct PreSharedKey: Hashable, Sendable {
  /// Whom the key is for.
  package enum Selector: Hashable, Sendable {
    /// Peers in that network; `0.0.0.0/0` is the wildcard key (X-IKE-08).
    case address(IPPrefix)
    /// The peer of that host name.
    case hostname(String)
  }

  /// Whom the key is for.
  package let peer: Selector
  /// The key.
  package let key: Secret
  /// `no-xauth` and the like, as written.
  package let options: [String]
  /// Where it stands, the key masked.
  package let line: SourceLine
}

/// IOS `crypto keyring NAME [vrf V]` of IKEv1.
package struct Keyring: Named, Hashable {
  /// The keyring's name.
  package let name: String
  /// The front VRF it is confined to.
  package var vrf: String?
  /// `local-address …`: the local ends it serves; empty for all.
  package var localAddresses: [Sourced<Peer.Name>] = []
  /// The keys in the order of the file.
  package var keys: [PreSharedKey] = []
  /// Further lines, such as `rsa-pubkey`.
  package var others: [SourceLine] = []
  /// The header.
  package let line: SourceLine
}

/// IOS `crypto ikev2 keyring NAME`.
package struct IKEv2Keyring: Named, Hashable {
  /// The keyring's name.
  package let name: String
  /// The peers in the order of the file.
  package var peers: [IKEv2KeyringPeer] = []
  /// The header.
  package let line: SourceLine
}

/// `peer NAME` of an IKEv2 keyring.
package struct IKEv2KeyringPeer: Hashable, Sendable {
  /// The peer's name in the keyring.
  package let name: String
  /// `address …`: the networks the peer may be in.
  package var addresses: [Sourced<IPPrefix>] = []
  /// `hostname …`.
  package var hostname: Sourced<String>?
  /// `identity …`.
  package var identity: Sourced<IKEIdentity>?
  /// The key this end proves itself with (`pre-shared-key [local]`).
  package var localKey: Sourced<Secret>?
  /// The key the peer must prove itself with (`pre-shared-key [remote]`).
  package var remoteKey: Sourced<Secret>?
  /// The `peer` line.
  package let line: SourceLine
}

/// An identity that is sent, or a pattern that the peer's identity must fit.
package enum IKEIdentity: Hashable, Sendable {
  /// `address a [mask]`; sent: the address in use where none is written.
  case address(IPPrefix?)
  /// `fqdn NAME`, `host NAME`; nil where the device's own name is meant.
  case fqdn(String?)
  /// `fqdn domain NAME`, `host domain NAME`: any name under it.
  case domain(String)
  /// `email NAME`, `user-fqdn NAME`, `user NAME`.
  case email(String)
  /// `email domain NAME`, `user domain NAME`.
  case emailDomain(String)
  /// `key-id NAME`.
  case keyID(String)
  /// `group NAME` (an IKEv1 group of clients).
  case group(String)
  /// `dn`: the certificate's distinguished name.
  case distinguishedName
  /// `auto`: address for pre-shared keys, distinguished name for certificates (A-ID-02).
  case auto
  /// `any`.
  case any
  /// A word that is none of these.
  case other(String)
}
