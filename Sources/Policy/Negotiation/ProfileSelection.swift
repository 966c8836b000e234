package import Bytes
package import CiscoConfig

/// The phase 1 identity a peer sends, as far as profiles look at it.
package enum PeerIdentity: Sendable, Hashable {
  case address(IPAddress)
  case fqdn(String)
  case email(String)
  case keyID(String)
}

extension PolicyEngine {
  /// The ISAKMP profile of IOS that a peer's identity selects: the first with a pattern that fits;
  /// nil where none does, and then no keyring of a profile is used (X-IKE-09).
  package func isakmpProfile(for identity: PeerIdentity) -> ISAKMPProfile? {
    configuration.isakmpProfiles.first { profile in
      profile.matches.contains { $0.value.identity.fits(identity) }
    }
  }

  /// The IKEv2 profile that a peer's identity selects (X-IKE-04).
  package func ikev2Profile(for identity: PeerIdentity) -> IKEv2Profile? {
    configuration.ikev2Profiles.first { profile in
      profile.matches.contains { $0.value.identity.fits(identity) }
    }
  }

  /// The key for a peer under the profile that its identity selects: of the profile's keyrings
  /// only, where it names any.
  package func key(for peer: IPAddress, under profile: ISAKMPProfile) -> KeyLookup {
    guard !profile.keyrings.isEmpty else { return key(for: peer) }
    let names = profile.keyrings.map(\.value)
    let keys = configuration.keyrings.filter { names.contains($0.name) }.flatMap(\.keys)
    return longestMatch(keys, peer, nil, via: names.joined(separator: ", "))
  }
}

extension IKEIdentity {
  /// True when a peer's identity fits this pattern.
  func fits(_ identity: PeerIdentity) -> Bool {
    switch (self, identity) {
    case (.any, _): true
    case (.address(let network), .address(let address)): network?.contains(address) ?? true
    case (.fqdn(let name), .fqdn(let other)): name == nil || Self.equal(name, other)
    case (.domain(let domain), .fqdn(let name)): Self.isUnder(name, domain, separator: ".")
    case (.email(let name), .email(let other)): Self.equal(name, other)
    case (.emailDomain(let domain), .email(let name)):
      Self.isUnder(name, domain, separator: "@")
    case (.keyID(let name), .keyID(let other)), (.group(let name), .keyID(let other)):
      name == other
    default: false
    }
  }

  private static func equal(_ left: String?, _ right: String) -> Bool {
    left?.lowercased() == right.lowercased()
  }

  private static func isUnder(_ name: String, _ domain: String, separator: String) -> Bool {
    let name = name.lowercased()
    let domain = domain.lowercased()
    return name == domain || name.hasSuffix(separator + domain)
  }
}
