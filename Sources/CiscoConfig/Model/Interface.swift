package import Bytes

/// An interface and what is bound to it.
package struct Interface: Named, Hashable {
  /// The role in the address translation of IOS.
  package enum NATRole: String, Hashable, Sendable {
    /// `ip nat inside`.
    case inside
    /// `ip nat outside`.
    case outside
  }

  /// The interface's name as written (`GigabitEthernet0/0`).
  package let name: String
  /// ASA `nameif`: the name that all other commands use.
  package var nameif: Sourced<String>?
  /// ASA `security-level`.
  package var securityLevel: Int?
  /// The addresses, primary first.
  package var addresses: [Sourced<InterfaceAddress>] = []
  /// True for `ip address dhcp`, `negotiated`, `pppoe`: the address is not in the file.
  package var hasDynamicAddress = false
  /// IOS `ip unnumbered IF`.
  package var unnumbered: Sourced<String>?
  /// True for `shutdown`.
  package var isShutDown = false
  /// IOS `vrf forwarding`, `ip vrf forwarding`.
  package var vrf: Sourced<String>?
  /// IOS `crypto map NAME`.
  package var cryptoMap: Sourced<String>?
  /// `ip nat inside|outside`.
  package var natRole: Sourced<NATRole>?
  /// `tunnel …` settings; nil for an interface that is no tunnel.
  package var tunnel: TunnelSettings?
  /// The header.
  package let line: SourceLine

  /// An interface opened by a line.
  package init(name: String, line: SourceLine) {
    self.name = name
    self.line = line
  }

  /// The name that ACL bindings, routes and map bindings use: the nameif, else the name.
  package var reference: String { nameif?.value ?? name }

  /// True when the device has that address on this interface.
  package func has(_ address: IPAddress) -> Bool {
    addresses.contains { $0.value.address == address }
  }
}

/// An address of an interface, with its network.
package struct InterfaceAddress: Hashable, Sendable {
  /// The device's own address.
  package let address: IPAddress
  /// The network it is in.
  package let network: IPPrefix
  /// `standby a.b.c.d` of an ASA's failover pair.
  package let standby: IPAddress?
  /// `secondary` of IOS.
  package let isSecondary: Bool

  /// An address in a network.
  package init(
    address: IPAddress, network: IPPrefix, standby: IPAddress? = nil, isSecondary: Bool = false
  ) {
    self.address = address
    self.network = network
    self.standby = standby
    self.isSecondary = isSecondary
  }
}

/// `tunnel …` lines under an interface (X-VTI-01, X-VTI-02, X-ASA-22).
package struct TunnelSettings: Hashable, Sendable {
  /// What the tunnel carries its packets in.
  package enum Mode: Hashable, Sendable {
    /// `gre ip`, the default of IOS.
    case gre
    /// `gre multipoint` (DMVPN).
    case greMultipoint
    /// `ipsec ipv4`: proxies any to any of IPv4.
    case ipsecIPv4
    /// `ipsec ipv6`.
    case ipsecIPv6
    /// Any other mode, as written.
    case other(String)
  }

  /// `tunnel source …`: an address or an interface.
  package var source: Sourced<Peer.Name>?
  /// `tunnel destination …`: an address, a host name, or `dynamic`.
  package var destination: Sourced<Peer.Name>?
  /// `tunnel mode …`; nil where not written (GRE on IOS).
  package var mode: Sourced<Mode>?
  /// `tunnel protection ipsec profile NAME`.
  package var profile: Sourced<String>?
  /// `shared` behind the profile.
  package var isShared = false
  /// `tunnel protection ipsec policy ipv4 ACL`.
  package var policyAccessList: Sourced<String>?
  /// `tunnel vrf NAME`.
  package var vrf: Sourced<String>?
  /// `tunnel key n`.
  package var key: Sourced<Int>?

  /// Nothing set.
  package init() {}
}

/// A static route, as far as it tells which interface a packet leaves by.
package struct Route: Hashable, Sendable {
  /// Where the packets go to.
  package let destination: IPPrefix
  /// The next router, where written.
  package let nextHop: IPAddress?
  /// The interface (ASA: nameif), where written.
  package let interface: String?
  /// The administrative distance, 1 where not written.
  package let distance: Int
  /// IOS `ip route vrf NAME`.
  package let vrf: String?
  /// Where it stands.
  package let line: SourceLine
}
