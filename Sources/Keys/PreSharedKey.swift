package import Crypto

/// A pre-shared key and whom it is for.
package struct PreSharedKey: Hashable, Sendable {
  /// What a file gives for the key.
  package enum Value: Hashable, Sendable {
    /// The key itself.
    case known(Secret)
    /// Asterisks or another stand-in: the file was made without keys.
    case masked
    /// Encrypted under a key that is not in the file; the number is the password type (6, 8, …).
    case encrypted(type: Int)
  }

  /// This end: an address, a prefix or a name; nil where the form does not tell.
  package let local: String?
  /// The other end: an address, a prefix, a name or a group's name; nil for every peer.
  package let remote: String?
  /// `local` where it is an address or a prefix; read once, since it is asked for with every message.
  package let localPattern: AddressPattern?
  /// `remote` where it is an address or a prefix.
  package let remotePattern: AddressPattern?
  package var value: Value
  package var origin: KeyOrigin

  package init(local: String?, remote: String?, value: Value, origin: KeyOrigin) {
    self.local = local
    self.remote = remote
    localPattern = local.flatMap { AddressPattern($0) }
    remotePattern = remote.flatMap { AddressPattern($0) }
    self.value = value
    self.origin = origin
  }

  /// The key, where the file really gives it.
  package var secret: Secret? {
    if case .known(let secret) = value { secret } else { nil }
  }
}

extension PreSharedKey.Value {
  /// What a written key stands for: `0x…` with whole bytes is hexadecimal, asterisks are a mask,
  /// anything else is the key as it stands.
  package init(written text: String) {
    if !text.isEmpty, text.allSatisfy({ $0 == "*" }) {
      self = .masked
    } else if text.hasPrefix("0x"), text.count > 2, let bytes = KeyValues.hex(text) {
      self = .known(Secret(bytes))
    } else {
      self = .known(Secret(text.utf8))
    }
  }
}
