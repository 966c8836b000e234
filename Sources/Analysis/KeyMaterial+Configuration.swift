import Bytes
package import CiscoConfig
import Crypto
package import Keys

extension KeyMaterial {
  /// The keys of a Cisco configuration that was given as a file of keys; nil for a text that is no
  /// configuration, or says nothing of keys.
  package init?(configuration text: [UInt8], path: String) {
    guard let configuration = try? CryptoConfiguration(parsing: text, path: path) else {
      return nil
    }
    self.init()
    for device in [configuration] + configuration.contexts { add(device) }
    if isEmpty, problems.isEmpty { return nil }
  }

  /// Takes in the keys of a configuration: its pre-shared keys, and the session keys of its manual
  /// entries.
  package mutating func add(_ configuration: CryptoConfiguration) {
    for key in configuration.preSharedKeys { add(Keys.PreSharedKey(key, configuration.path)) }
    for map in configuration.cryptoMaps {
      for entry in map.entries { add(entry, of: configuration) }
    }
  }

  private mutating func add(_ entry: CryptoMapEntry, of configuration: CryptoConfiguration) {
    guard !entry.sessionKeys.isEmpty else { return }
    let transforms =
      entry.transformSets?.value.first.flatMap { configuration.transformSets[$0] }?.transforms ?? []
    let peer = entry.peers.lazy.compactMap { peer -> IPAddress? in
      if case .address(let address) = peer.value.name { address } else { nil }
    }.first
    for key in entry.sessionKeys {
      do throws(KeyProblem) {
        add(try key.childKeys(peer, transforms, configuration.path))
      } catch {
        add(error)
      }
    }
  }
}

extension Keys.PreSharedKey {
  /// A configuration's key; what the file hides is kept as the knowledge that there is one.
  init(_ key: PeerKey, _ path: String) {
    let value: Value
    if let bytes = key.key.revealed() {
      value = .known(Crypto.Secret(bytes))
    } else if key.key.form == .encrypted {
      value = .encrypted(type: 6)
    } else {
      value = .masked
    }
    self.init(
      local: key.local, remote: key.remote, value: value,
      origin: KeyOrigin(file: path, line: key.line.number))
  }
}

extension SessionKey {
  /// The keys of one direction of a manual SA (IOS: `set session-key`).
  fileprivate func childKeys(
    _ peer: IPAddress?, _ transforms: [Transform], _ path: String
  ) throws(KeyProblem) -> ChildSAKeys {
    let origin = KeyOrigin(file: path, line: line.number)
    guard !transforms.isEmpty else {
      throw KeyProblem(origin, "the entry's transform set is not in this configuration")
    }
    if let hidden = [cipherKey, authenticatorKey].compactMap({ $0 }).first(where: { !$0.isKnown }) {
      throw KeyProblem(origin, "the session key is hidden in the file: \(hidden.form.rawValue)")
    }
    var builder = ChildKeyBuilder(origin: origin)
    builder.childProtocol = securityProtocol == .esp ? .esp : .ah
    builder.spi = SPIPattern(spi)
    let pattern = peer.map { AddressPattern($0) }
    if direction == .inbound { builder.source = pattern } else { builder.destination = pattern }
    for transform in transforms {
      switch transform.role {
      case .espEncryption where securityProtocol == .esp:
        builder.cipherName = transform.algorithm.spelling
        builder.cipherKey = cipherKey?.revealed() ?? []
      case .espAuthentication where securityProtocol == .esp,
        .ahAuthentication where securityProtocol == .ah:
        builder.integrityName = transform.algorithm.spelling
        builder.integrityKey = authenticatorKey?.revealed() ?? []
      default: break
      }
    }
    return try builder.build()
  }
}
