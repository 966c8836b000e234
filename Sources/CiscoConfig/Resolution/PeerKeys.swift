internal import Bytes

/// A pre-shared key of the configuration as a list of keys wants it: between whom, and the key.
package struct PeerKey: Hashable, Sendable {
  /// Which exchanges the key is for.
  package enum Use: String, Hashable, Sendable {
    /// IKEv1: both ends have the same key.
    case ikev1
    /// IKEv2: what this end proves itself with.
    case ikev2Local
    /// IKEv2: what the peer proves itself with.
    case ikev2Remote
  }

  /// This end's address, where one and only one comes into question; nil for any.
  package let local: String?
  /// The peer: an address, a network or a name; nil for every peer.
  package let remote: String?
  /// Which exchanges the key is for.
  package let use: Use
  /// The key; its bytes are nil where the file hides them.
  package let key: Secret
  /// Where it stands, the key masked.
  package let line: SourceLine
}

extension CryptoConfiguration {
  /// Every pre-shared key of the configuration, with the ends it is for: `crypto isakmp key`,
  /// keyrings, tunnel-groups and IKEv2 profiles, in this order.
  ///
  /// Keys that the file hides are among them, so that "no key" can be told from "key not shown".
  package var preSharedKeys: [PeerKey] {
    let locals = localAddresses
    return globalKeys(locals) + keyringKeys(locals) + ikev2KeyringKeys(locals)
      + tunnelGroups.flatMap { keys(of: $0, locals) } + profileKeys(locals)
  }

  private func globalKeys(_ locals: LocalAddresses) -> [PeerKey] {
    isakmpKeys.map { key in
      let remote = key.peer.text
      return PeerKey(
        local: locals.address(toward: remote), remote: remote, use: .ikev1, key: key.key,
        line: key.line)
    }
  }

  private func keyringKeys(_ locals: LocalAddresses) -> [PeerKey] {
    keyrings.flatMap { keyring in
      let own = keyring.localAddresses.compactMap { locals.address(of: $0.value) }
      return keyring.keys.map { key in
        let remote = key.peer.text
        let local = own.count == 1 ? own.first : locals.address(toward: remote)
        return PeerKey(local: local, remote: remote, use: .ikev1, key: key.key, line: key.line)
      }
    }
  }

  private func ikev2KeyringKeys(_ locals: LocalAddresses) -> [PeerKey] {
    ikev2Keyrings.flatMap(\.peers).flatMap { peer -> [PeerKey] in
      let addresses = peer.addresses.map { $0.value.text }
      let names = addresses.isEmpty ? [peer.hostname?.value] : addresses
      return names.flatMap { remote -> [PeerKey] in
        let local = locals.address(toward: remote)
        let pairs = [(peer.localKey, PeerKey.Use.ikev2Local), (peer.remoteKey, .ikev2Remote)]
        return pairs.compactMap { key, use in
          key.map { PeerKey(local: local, remote: remote, use: use, key: $0.value, line: $0.line) }
        }
      }
    }
  }

  /// The keys of a tunnel-group. Only a site-to-site group's name names its peer; those of
  /// clients and the default groups serve every peer.
  private func keys(of group: TunnelGroup, _ locals: LocalAddresses) -> [PeerKey] {
    let isDefault = group.name.hasPrefix("Default") && group.name.hasSuffix("Group")
    let isPeer = IPAddress(group.name) != nil || group.kind?.value == .siteToSite
    let remote = isPeer && !isDefault ? group.name : nil
    let local = locals.address(toward: remote)
    func peerKey(_ use: PeerKey.Use, _ key: Secret, _ line: SourceLine) -> PeerKey {
      PeerKey(local: local, remote: remote, use: use, key: key, line: line)
    }
    let ikev1 = group.ikev1Key.map { [peerKey(.ikev1, $0.value, $0.line)] } ?? []
    let own = group.ikev2Local.compactMap { method in
      method.value.key.map { peerKey(.ikev2Local, $0, method.line) }
    }
    let others = group.ikev2Remote.compactMap { method in
      method.value.key.map { peerKey(.ikev2Remote, $0, method.line) }
    }
    return ikev1 + own + others
  }

  /// Keys written in the lines of IKEv2 profiles are for whoever fits the profile.
  private func profileKeys(_ locals: LocalAddresses) -> [PeerKey] {
    ikev2Profiles.flatMap { profile -> [PeerKey] in
      let own = profile.localAddresses.compactMap { locals.address(of: $0.value) }
      let local = own.count == 1 ? own.first : nil
      var remotes: [String?] = profile.matches.compactMap { match in
        if case .address(let prefix?) = match.value.identity { prefix.text } else { nil }
      }
      if remotes.isEmpty { remotes = [nil] }
      let methods =
        profile.localAuthentication.map { ($0, PeerKey.Use.ikev2Local) }
        + profile.remoteAuthentication.map { ($0, .ikev2Remote) }
      return methods.flatMap { method, use -> [PeerKey] in
        guard let key = method.value.key else { return [] }
        return remotes.map {
          PeerKey(local: local, remote: $0, use: use, key: key, line: method.line)
        }
      }
    }
  }

  /// The interfaces' addresses, and for each peer of a crypto map those of the interfaces the map
  /// is bound to.
  private var localAddresses: LocalAddresses {
    var result = LocalAddresses(interfaces)
    for map in cryptoMaps {
      let names = map.localAddressInterface.map { [$0.value] } ?? map.interfaces.map(\.value)
      let addresses = names.flatMap { result.addresses(ofInterface: $0) }
      for entry in map.entries {
        for peer in entry.peers {
          guard let remote = peer.value.address else { continue }
          for address in addresses.prefix(64) where address.isIPv6 == remote.isIPv6 {
            result.byPeer[remote.description, default: []].insert(address.description)
          }
        }
      }
    }
    return result
  }
}

/// The local ends that a peer is met at.
private struct LocalAddresses {
  var byPeer: [String: Set<String>] = [:]
  private var byInterface: [String: [IPAddress]] = [:]

  init(_ interfaces: NamedList<Interface>) {
    for interface in interfaces {
      let addresses = interface.addresses.filter { !$0.value.isSecondary }.map(\.value.address)
      byInterface[interface.name.lowercased()] = addresses
      if let nameif = interface.nameif { byInterface[nameif.value.lowercased()] = addresses }
    }
  }

  /// The primary addresses of an interface, by its name or nameif.
  func addresses(ofInterface name: String) -> [IPAddress] { byInterface[name.lowercased()] ?? [] }

  /// The address that a local end comes to: written, or an interface's.
  func address(of name: Peer.Name) -> String? {
    switch name {
    case .address(let address): address.description
    case .hostname(let word): addresses(ofInterface: word).first?.description
    }
  }

  /// The one address toward a peer, when there is but one.
  func address(toward peer: String?) -> String? {
    guard let peer, let addresses = byPeer[peer], addresses.count == 1 else { return nil }
    return addresses.first
  }
}

extension PreSharedKey.Selector {
  /// An address, a network or a name; nil for the wildcard.
  fileprivate var text: String? {
    switch self {
    case .address(let prefix): prefix.text
    case .hostname(let name): printable(name)
    }
  }
}

extension IPPrefix {
  /// A host as its address, a network with its length; nil for every address.
  fileprivate var text: String? {
    if isAny { return nil }
    return isHost ? address.description : description
  }
}
