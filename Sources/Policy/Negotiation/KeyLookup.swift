package import Bytes
package import CiscoConfig

/// The pre-shared key that a configuration has for a peer.
package enum KeyLookup: Sendable {
  /// The key's line; the key itself may be hidden there.
  case found(Secret, SourceLine, via: String)
  /// The peer proves itself by a certificate.
  case certificate(SourceLine, via: String)
  /// Nothing in the file. On IOS an AAA server may still hold the key (I-KEY-01).
  case none

  /// The verdict on the key alone.
  package var verdict: Verdict {
    switch self {
    case .found(let secret, _, let via):
      var verdict = secret.isKnown ? Verdict(.accept) : Verdict(.cannotTell, .keyMasked)
      verdict.tunnelGroup = via
      if !secret.isKnown { verdict.use("X-KEY-01") }
      return verdict
    case .certificate(_, let via):
      var verdict = Verdict(.accept)
      verdict.tunnelGroup = via
      return verdict
    case .none:
      return Verdict(.refuse, .noKeyOrTunnelGroup)
    }
  }
}

extension PolicyEngine {
  /// The IKEv1 key for a peer: on an ASA of its tunnel group, else of the default one (X-ASA-04);
  /// on IOS of the keyrings and the global keys, the longest match first (X-IKE-08).
  package func key(for peer: IPAddress, hostname: String? = nil) -> KeyLookup {
    dialect == .asa ? tunnelGroupKey(peer) : ringKey(peer, hostname: hostname)
  }

  private func tunnelGroupKey(_ peer: IPAddress) -> KeyLookup {
    let names = ["\(peer)", "DefaultL2LGroup", "DefaultRAGroup"]
    for group in names.compactMap({ configuration.tunnelGroups[$0] }) {
      if let key = group.ikev1Key { return .found(key.value, key.line, via: group.name) }
      if let trustpoint = group.ikev1Trustpoint {
        return .certificate(trustpoint.line, via: group.name)
      }
      if group.name == "\(peer)" { break }
    }
    return longestMatch(configuration.isakmpKeys, peer, nil, via: "isakmp key")
  }

  private func ringKey(_ peer: IPAddress, hostname: String?) -> KeyLookup {
    let rings = configuration.keyrings.flatMap { ring in
      ring.keys.map { (key: $0, via: ring.name) }
    }
    let all = configuration.isakmpKeys.map { (key: $0, via: "crypto isakmp key") } + rings
    var best: (length: Int, key: PreSharedKey, via: String)?
    for (key, via) in all {
      guard let length = key.matchLength(peer, hostname) else { continue }
      if length > best?.length ?? -1 { best = (length, key, via) }
    }
    return best.map { .found($0.key.key, $0.key.line, via: $0.via) } ?? .none
  }

  func longestMatch(
    _ keys: [PreSharedKey], _ peer: IPAddress, _ hostname: String?, via: String
  ) -> KeyLookup {
    let matching = keys.compactMap { key in
      key.matchLength(peer, hostname).map { (length: $0, key: key) }
    }
    let best = matching.max { $0.length < $1.length }
    return best.map { .found($0.key.key, $0.key.line, via: via) } ?? .none
  }

  /// Whether two ends share a key: equal, different, or not to be told (X-KEY-01).
  package static func compareKeys(_ left: Secret, _ right: Secret) -> Verdict {
    guard let left = left.revealed(), let right = right.revealed() else {
      var verdict = Verdict(.cannotTell, .keyMasked)
      verdict.use("X-KEY-01")
      return verdict
    }
    return left == right ? Verdict(.accept) : Verdict(.refuse, .keyMismatch)
  }
}

extension PreSharedKey {
  /// How closely the key names a peer: the prefix length, more than any for a host name; nil where
  /// it does not.
  fileprivate func matchLength(_ address: IPAddress, _ hostname: String?) -> Int? {
    switch peer {
    case .address(let prefix): prefix.contains(address) ? prefix.length : nil
    case .hostname(let name): name == hostname ? 129 : nil
    }
  }
}
