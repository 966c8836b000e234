/// IOS `crypto isakmp profile`.
package struct ISAKMPProfile: Named, Hashable {
  /// The profile's name.
  package let name: String
  /// `match identity …` patterns; any one suffices.
  package var matches: [Sourced<IdentityMatch>] = []
  /// `keyring NAME …`.
  package var keyrings: [Sourced<String>] = []
  /// `self-identity …`.
  package var selfIdentity: Sourced<IKEIdentity>?
  /// `local-address …`: an address or an interface.
  package var localAddress: Sourced<Peer.Name>?
  /// `vrf NAME`: where decrypted packets go.
  package var vrf: Sourced<String>?
  /// `initiate mode aggressive`.
  package var initiatesAggressive: Sourced<Bool>?
  /// `keepalive s retry r`.
  package var keepalive: Sourced<Keepalive>?
  /// `ca trust-point NAME`.
  package var trustpoint: Sourced<String>?
  /// Client, authorisation, accounting and template lines, as written.
  package var others: [SourceLine] = []
  /// The header.
  package let line: SourceLine
}

/// A pattern of `match identity`, with the VRF the peer must be seen in.
package struct IdentityMatch: Hashable, Sendable {
  /// The pattern.
  package let identity: IKEIdentity
  /// The front VRF, where written.
  package let vrf: String?
}

/// Dead peer detection.
package struct Keepalive: Hashable, Sendable {
  /// When a peer is asked.
  package enum Mode: String, Hashable, Sendable {
    /// At every interval.
    case periodic
    /// Only when there is something to send and nothing was heard.
    case onDemand = "on-demand"
  }

  /// Seconds without sign of life before the peer is asked; 0 for `disable`.
  package let seconds: Int
  /// Seconds between repeated questions, where written.
  package let retry: Int?
  /// When a peer is asked, where written.
  package let mode: Mode?

  /// Detection with an interval.
  package init(seconds: Int, retry: Int?, mode: Mode?) {
    self.seconds = seconds
    self.retry = retry
    self.mode = mode
  }
}

/// How an IKEv2 end proves itself.
package struct IKEAuthentication: Hashable, Sendable {
  /// The methods.
  package enum Method: String, Hashable, Sendable {
    /// `pre-share`, `pre-shared-key`.
    case preSharedKey = "pre-share"
    /// `rsa-sig`, and `certificate` of an ASA.
    case signature = "rsa-sig"
    /// `ecdsa-sig`.
    case ecdsa = "ecdsa-sig"
    /// `eap`, `anyconnect-eap`.
    case eap
  }

  /// The method.
  package let method: Method
  /// The key, where the line itself has one.
  package let key: Secret?
  /// The trustpoint, where the line names one.
  package let trustpoint: String?
}

/// IOS `crypto ikev2 profile`.
package struct IKEv2Profile: Named, Hashable {
  /// The profile's name.
  package let name: String
  /// `match identity remote …` patterns; any one suffices.
  package var matches: [Sourced<IdentityMatch>] = []
  /// `match address local …`.
  package var localAddresses: [Sourced<Peer.Name>] = []
  /// `match fvrf NAME|any`.
  package var frontVRF: Sourced<String>?
  /// `match certificate MAP`.
  package var certificateMaps: [Sourced<String>] = []
  /// `identity local …`.
  package var localIdentity: Sourced<IKEIdentity>?
  /// `authentication local …`.
  package var localAuthentication: [Sourced<IKEAuthentication>] = []
  /// `authentication remote …`.
  package var remoteAuthentication: [Sourced<IKEAuthentication>] = []
  /// `keyring local NAME`, or `keyring NAME`.
  package var keyring: Sourced<String>?
  /// `pki trustpoint NAME …`.
  package var trustpoints: [Sourced<String>] = []
  /// `dpd s r periodic|on-demand`.
  package var keepalive: Sourced<Keepalive>?
  /// `lifetime n`, seconds.
  package var lifetime: Sourced<Int>?
  /// `ivrf NAME`.
  package var insideVRF: Sourced<String>?
  /// Template, AAA, NAT and other lines, as written.
  package var others: [SourceLine] = []
  /// The header.
  package let line: SourceLine
}
