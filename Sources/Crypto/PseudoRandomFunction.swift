/// A pseudo-random function of IKE: what keys are stretched with.
package struct PseudoRandomFunction: Hashable, Sendable {
  /// The name in key files, such as `hmac-sha1`, `aes128-xcbc`.
  package let identifier: String
  /// The code beneath.
  package let mac: MACAlgorithm
  /// Bytes of an output.
  package var outputBytes: Int { mac.outputBytes }
  /// Preferred key length in bytes (RFC 7296 §2.13), that of SK_d, SK_pi and SK_pr.
  package var keyBytes: Int { mac.outputBytes }
  /// True where a nonce as key is cut to half the key's length each (RFC 7296 §2.14).
  package var hasFixedKey: Bool {
    if case .hmac = mac { false } else { true }
  }

  private init(_ identifier: String, _ mac: MACAlgorithm) {
    self.identifier = identifier
    self.mac = mac
  }

  /// The PRF of that name; nil for an unknown one.
  package init?(identifier: String) {
    guard let known = Self.all.first(where: { $0.identifier == identifier }) else { return nil }
    self = known
  }

  /// HMAC over a hash: the PRF of IKEv1, whose negotiated hash implies it (RFC 2409 §4).
  package init(hash: HashAlgorithm) {
    self.init("hmac-\(hash.rawValue)", .hmac(hash))
  }

  /// Every PRF, each name once.
  package static let all: [PseudoRandomFunction] = [
    .init("hmac-md5", .hmac(.md5)),
    .init("hmac-sha1", .hmac(.sha1)),
    .init("hmac-sha256", .hmac(.sha256)),
    .init("hmac-sha384", .hmac(.sha384)),
    .init("hmac-sha512", .hmac(.sha512)),
    .init("aes128-xcbc", .xcbc),
    .init("aes128-cmac", .cmac),
  ]

  /// prf(key, parts).
  package func secret(key: Secret, _ parts: [any ByteSource]) throws(CryptoError) -> Secret {
    let context = try context(key: key)
    context.authenticate(parts)
    return context.secret()
  }

  /// prf(key, parts), where the result travels in a message (HASH, AUTH).
  package func bytes(key: Secret, _ parts: [any ByteSource]) throws(CryptoError) -> [UInt8] {
    let context = try context(key: key)
    context.authenticate(parts)
    return context.bytes()
  }

  /// prf+(key, seed): at least `count` bytes, cut to `count` (RFC 7296 §2.13).
  package func stretch(
    key: Secret, seed: [any ByteSource], count: Int
  ) throws(CryptoError) -> Secret {
    guard count <= 255 * outputBytes else {
      throw .invalidInput(algorithm: identifier, what: "prf+ ends after 255 blocks")
    }
    let context = try context(key: key)
    var blocks: [Secret] = []
    var last = Secret([])
    while blocks.count * outputBytes < count {
      context.authenticate([last] + seed + [UInt8(truncatingIfNeeded: blocks.count + 1)])
      last = context.secret()
      blocks.append(last)
    }
    return Secret(joining: blocks).prefix(count)
  }

  /// A context with the key brought to the PRF's length (RFC 4434 §2, RFC 4615 §3).
  package func context(key: Secret) throws(CryptoError) -> MACContext {
    guard hasFixedKey, key.count != keyBytes else { return try MACContext(mac, key: key) }
    if mac == .xcbc, key.count < keyBytes {
      let padded = Secret(
        joining: [key, Secret([UInt8](repeating: 0, count: keyBytes - key.count))])
      return try MACContext(mac, key: padded)
    }
    let zero = try MACContext(mac, key: Secret([UInt8](repeating: 0, count: keyBytes)))
    zero.authenticate([key])
    return try MACContext(mac, key: zero.secret())
  }
}
