/// An algorithm as a configuration names it, in one spelling: `aes-256` whether it was written
/// `aes 256`, `aes-256` or `aes-cbc-256`; unknown words survive.
package struct Algorithm: Hashable, Sendable, CustomStringConvertible {
  /// Ciphers: `des`, `3des`, `aes-128`, `aes-192`, `aes-256`, `aes-gcm-128` …, `aes-gmac-128` …,
  /// `null`, `seal`. Hashes: `md5`, `sha1`, `sha256`, `sha384`, `sha512`, `null`.
  package let spelling: String

  /// An algorithm of that spelling.
  package init(_ spelling: String) { self.spelling = spelling }

  /// The spelling.
  package var description: String { spelling }

  /// The length of the key in bits where the name carries one.
  package var keyBits: Int? {
    guard let dash = spelling.utf8.lastIndex(of: UInt8(ascii: "-")) else { return nil }
    return Int(spelling[spelling.utf8.index(after: dash)...])
  }

  /// True for ciphers that carry their own authentication (GCM, GMAC).
  package var isCombinedMode: Bool {
    spelling.hasPrefix("aes-gcm") || spelling.hasPrefix("aes-gmac")
  }
}

/// One word of a transform set, with the key length it may have.
package struct Transform: Hashable, Sendable, CustomStringConvertible {
  /// What a transform does; a set has at most one of each (I-TS-02).
  package enum Role: String, Hashable, Sendable {
    /// `ah-…`: the Authentication Header.
    case ahAuthentication
    /// `esp-aes`, `esp-3des`, `esp-null` …
    case espEncryption
    /// `esp-sha-hmac`, `esp-md5-hmac` …
    case espAuthentication
    /// `comp-lzs`.
    case compression
    /// A word that names no transform.
    case unknown
  }

  /// One spelling for both dialects: `esp-aes-128` (also for a bare `esp-aes`), `esp-aes-256` (also
  /// for `esp-aes 256`), `esp-gcm-128`, `esp-sha-hmac`, `ah-md5-hmac`.
  package let name: String
  /// What it does.
  package let role: Role
  /// The algorithm: `aes-256` for `esp-aes 256`, `sha1` for `esp-sha-hmac`.
  package let algorithm: Algorithm

  /// A transform.
  package init(name: String, role: Role, algorithm: Algorithm) {
    self.name = name
    self.role = role
    self.algorithm = algorithm
  }

  /// The name.
  package var description: String { name }
}
