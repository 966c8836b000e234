import Bytes
package import CiscoConfig

/// A key of a manual entry, as the SA it makes: it opens packets of the capture (I-MAN-04).
package struct ManualSA: Sendable {
  package let securityProtocol: SessionKey.SecurityProtocol
  /// Whither the packets go: the local address for inbound keys, the peer for outbound ones.
  package let destination: String
  package let spi: UInt32
  /// `des-cbc`, `3des-cbc`, `aes-cbc`; nil for AH.
  package let cipher: String?
  package let cipherKey: Secret?
  /// `hmac-md5-96`, `hmac-sha1-96`; nil without authentication.
  package let authentication: String?
  package let authenticatorKey: Secret?
  package let line: SourceLine
}

extension PolicyEngine {
  /// The SAs that manual entries make, ESP first, in the order of the file.
  package var manualSAs: [ManualSA] {
    var result: [ManualSA] = []
    for set in boundMaps {
      let local = set.localAddress(configuration)
      for entry in set.entries where entry.isManual {
        result += entry.settings.sessionKeys.compactMap { key in
          manualSA(key, entry.settings, local: local)
        }
      }
    }
    return result.filter { $0.securityProtocol == .esp }
      + result.filter { $0.securityProtocol == .ah }
  }

  private func manualSA(
    _ key: SessionKey, _ settings: ProtectionSettings, local: String?
  ) -> ManualSA? {
    let peer = settings.peers.first?.value.description
    guard let destination = key.direction == .inbound ? local : peer else { return nil }
    let set = settings.transformSets?.value.first.flatMap { configuration.transformSets[$0] }
    let transforms = set?.transforms ?? []
    let role: Transform.Role =
      key.securityProtocol == .ah ? .ahAuthentication : .espAuthentication
    let cipher = transforms.first { $0.role == .espEncryption }?.algorithm.spelling
    let hash = transforms.first { $0.role == role }?.algorithm.spelling
    return ManualSA(
      securityProtocol: key.securityProtocol, destination: destination, spi: key.spi,
      cipher: key.securityProtocol == .ah ? nil : cipher.map { Self.wireName(cipher: $0) },
      cipherKey: key.cipherKey, authentication: hash.map { Self.wireName(hash: $0) },
      authenticatorKey: key.authenticatorKey, line: key.line)
  }

  /// Algorithms as key files name them.
  private static func wireName(cipher: String) -> String {
    if cipher == "null" { return "null" }
    return cipher.hasPrefix("aes-1") || cipher.hasPrefix("aes-2") ? "aes-cbc" : cipher + "-cbc"
  }

  private static func wireName(hash: String) -> String {
    switch hash {
    case "md5", "sha1": "hmac-\(hash)-96"
    case "sha256": "hmac-sha256-128"
    case "sha384": "hmac-sha384-192"
    case "sha512": "hmac-sha512-256"
    default: hash
    }
  }
}

extension CompiledMap {
  /// The own address on the first interface the set is bound to.
  fileprivate func localAddress(_ configuration: CryptoConfiguration) -> String? {
    let bound =
      map.interfaces.first.map(\.value)
      ?? configuration.interfaces.first { $0.cryptoMap?.value == map.name }?.name
    guard let name = map.localAddressInterface?.value ?? bound else { return nil }
    return configuration.interface(name)?.addresses.first.map { "\($0.value.address)" }
  }
}
