package import CiscoConfig

/// How IPsec packets are wrapped between the two ends, as the ASA's options decide it.
package enum Encapsulation: String, Sendable {
  /// ESP (or AH) in IP.
  case esp
  /// UDP port 4500 (RFC 3948).
  case natTraversal = "nat-t"
  /// Cisco's IPsec over UDP, for clients.
  case ipsecOverUDP = "ipsec-over-udp"
  /// Cisco's IPsec over TCP, for clients.
  case ipsecOverTCP = "ipsec-over-tcp"

  /// The encapsulation to expect (A-NAT-04, A-NAT-05, A-TCP-03).
  ///
  /// IPsec over TCP and over UDP are for clients only, so they do not touch a gateway's tunnel
  /// (M-04); an entry may opt out of NAT traversal (X-ASA-07).
  package init(
    isClient: Bool, natTraversal: Bool, overUDP: Bool, overTCP: Bool, isBehindNAT: Bool,
    entryDisablesNATTraversal: Bool = false
  ) {
    if isClient, overTCP {
      self = .ipsecOverTCP
    } else if natTraversal, isBehindNAT, !entryDisablesNATTraversal {
      self = .natTraversal
    } else if isClient, overUDP {
      self = .ipsecOverUDP
    } else {
      self = .esp
    }
  }
}

extension CryptoConfiguration {
  /// True when NAT traversal is on: as written, else by the release. An ASA had it off in 7.x and
  /// has it on since 8.x (M-27); IOS has it on.
  package var isNATTraversalEnabled: Bool {
    if let written = settings.natTraversal { return written.value }
    guard dialect == .asa, let version else { return true }
    return version.isAtLeast(8, 0)
  }

  /// The encapsulation to expect for a site-to-site entry.
  package func encapsulation(of settings: ProtectionSettings, isBehindNAT: Bool) -> Encapsulation {
    Encapsulation(
      isClient: false, natTraversal: isNATTraversalEnabled, overUDP: false, overTCP: false,
      isBehindNAT: isBehindNAT,
      entryDisablesNATTraversal: settings.isNATTraversalDisabled?.value == true)
  }
}

/// What kind of tunnel a peer behind a shared NAT address wants.
package enum NATNeighbour: Sendable {
  case siteToSite
  case remoteAccess

  /// Whether each of several peers behind one address is let in: in a mixture the remote access
  /// tunnels fail, the address being the name of the site-to-site tunnel group (A-NAT-06).
  package static func verdicts(_ peers: [NATNeighbour]) -> [Verdict] {
    let isMixed = peers.contains(.siteToSite) && peers.contains(.remoteAccess)
    return peers.map { peer in
      var verdict =
        isMixed && peer == .remoteAccess
        ? Verdict(.refuse, .tunnelGroupNameClash) : Verdict(.accept)
      verdict.use("A-NAT-06")
      return verdict
    }
  }
}
