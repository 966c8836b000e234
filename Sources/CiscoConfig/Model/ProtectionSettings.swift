package import Bytes

/// The settings that crypto map entries, dynamic map entries and IPsec profiles have in common.
///
/// Repeated peers add, repeated other settings replace (X-PARSE-10). Nil is "not set": the global
/// value or the platform's default holds.
package struct ProtectionSettings: Hashable, Sendable {
  /// `match address ACL`.
  package var accessList: Sourced<String>?
  /// `set peer …`, in the order listed.
  package var peers: [Sourced<Peer>] = []
  /// `set [ikev1] transform-set n1 n2 …`, names in priority order.
  package var transformSets: Sourced<[String]>?
  /// `set ikev2 ipsec-proposal n1 n2 …`, names in priority order.
  package var ipsecProposals: Sourced<[String]>?
  /// `set pfs [groupN]`.
  package var pfs: Sourced<PerfectForwardSecrecy>?
  /// `set security-association lifetime seconds`.
  package var lifetimeSeconds: Sourced<Int>?
  /// `set security-association lifetime kilobytes`.
  package var lifetimeKilobytes: Sourced<KilobyteLifetime>?
  /// `set security-association idle-time`, seconds.
  package var idleSeconds: Sourced<Int>?
  /// `set security-association level per-host` (I-CM-12), and `set inheritance data` of an ASA.
  package var isPerHost: Sourced<Bool>?
  /// `set security-association replay window-size n`; 0 for `replay disable`.
  package var replayWindow: Sourced<Int>?
  /// `set [ikev1] phase1-mode main|aggressive [group]`; for an initiator of an ASA.
  package var phase1Mode: Sourced<Phase1Mode>?
  /// `set ikev2 mode tunnel|transport|transport-require`.
  package var ikev2Mode: Sourced<EncapsulationMode>?
  /// `set connection-type`.
  package var connectionType: Sourced<ConnectionType>?
  /// `set nat-t-disable`.
  package var isNATTraversalDisabled: Sourced<Bool>?
  /// `set trustpoint NAME [chain]`.
  package var trustpoint: Sourced<String>?
  /// `set reverse-route` (ASA) or `reverse-route …` (IOS); the words behind it.
  package var reverseRoute: Sourced<String>?
  /// IOS `set isakmp-profile`.
  package var isakmpProfile: Sourced<String>?
  /// IOS `set ikev2-profile`.
  package var ikev2Profile: Sourced<String>?
  /// IOS `set identity`.
  package var identity: Sourced<String>?
  /// IOS `set ip access-group ACL in`: filter of packets already decrypted.
  package var accessGroupIn: Sourced<String>?
  /// IOS `set ip access-group ACL out`: filter of packets not yet encrypted.
  package var accessGroupOut: Sourced<String>?
  /// IOS `set session-key …` of a manual entry, in the order of the file.
  package var sessionKeys: [SessionKey] = []
  /// `set tfc-packets`, `set df-bit`, `set validate-icmp-errors`, `qos pre-classify`,
  /// `set group` (GDOI), descriptions and the like: understood, without effect on a verdict.
  package var others: [SourceLine] = []

  /// Nothing set.
  package init() {}
}

/// The other end of a tunnel, as a configuration names it.
package struct Peer: Hashable, Sendable, CustomStringConvertible {
  /// How the peer is named.
  package enum Name: Hashable, Sendable {
    /// By address.
    case address(IPAddress)
    /// By host name or placeholder: no address is known (X-IKE-13).
    case hostname(String)
  }

  /// How the peer is named.
  package let name: Name
  /// `dynamic`: the name is resolved when the tunnel is built.
  package let isDynamic: Bool
  /// `default`: the peer to come back to.
  package let isDefault: Bool

  /// A peer.
  package init(_ name: Name, isDynamic: Bool = false, isDefault: Bool = false) {
    self.name = name
    self.isDynamic = isDynamic
    self.isDefault = isDefault
  }

  /// The address, where the peer is named by one.
  package var address: IPAddress? {
    if case .address(let address) = name { address } else { nil }
  }

  /// The address or the name.
  package var description: String {
    switch name {
    case .address(let address): address.description
    case .hostname(let text): printable(text)
    }
  }
}

/// `set pfs [groupN]`.
package struct PerfectForwardSecrecy: Hashable, Sendable {
  /// The Diffie-Hellman group; nil where none was written: the platform's default (S-TRAP-08).
  package let group: Int?

  /// PFS with a group, or with the platform's default.
  package init(group: Int?) { self.group = group }
}

/// A lifetime by volume.
package enum KilobyteLifetime: Hashable, Sendable {
  /// That many kilobytes of 1024 bytes.
  case kilobytes(Int)
  /// `unlimited` or `disable`.
  case unlimited
}

/// The exchange that an ASA starts phase 1 with.
package enum Phase1Mode: Hashable, Sendable {
  /// Main mode, the default.
  case main
  /// Aggressive mode, with the group of its key exchange where written.
  case aggressive(group: Int?)
}

/// ASA `set connection-type` (X-ASA-06).
package enum ConnectionType: String, Hashable, Sendable {
  /// Initiates and answers, the default.
  case bidirectional
  /// Never initiates.
  case answerOnly = "answer-only"
  /// Never answers.
  case originateOnly = "originate-only"
}

/// `set session-key inbound|outbound ah|esp SPI …` of an `ipsec-manual` entry: the very keys of the
/// capture (I-MAN-04).
package struct SessionKey: Hashable, Sendable {
  /// Which way the packets go.
  package enum Direction: String, Hashable, Sendable {
    /// To this device.
    case inbound
    /// To the peer.
    case outbound
  }

  /// Which protocol the key is for.
  package enum SecurityProtocol: String, Hashable, Sendable {
    /// Authentication Header.
    case ah
    /// Encapsulating Security Payload.
    case esp
  }

  /// Which way the packets go.
  package let direction: Direction
  /// AH or ESP.
  package let securityProtocol: SecurityProtocol
  /// The SPI, as in the packets.
  package let spi: UInt32
  /// The cipher's key (ESP).
  package let cipherKey: Secret?
  /// The authenticator's key (AH, and ESP where written).
  package let authenticatorKey: Secret?
  /// Where it stands, keys masked.
  package let line: SourceLine
}
