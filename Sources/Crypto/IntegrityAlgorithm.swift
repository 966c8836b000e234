/// An integrity transform of IKE, ESP or AH: a code and how many of its bytes travel.
package struct IntegrityAlgorithm: Hashable, Sendable {
  /// What makes the value in the packet.
  package enum Method: Hashable, Sendable {
    /// A keyed code, truncated.
    case mac(MACAlgorithm)
    /// AES-GMAC in AH (RFC 4543 §4): an 8-byte IV before the 16-byte value, a salt behind the key.
    case gmac
    /// A value is there and nobody can check it: only its length is known.
    case unchecked
  }

  /// The name in key files and in the timeline, such as `hmac-sha1-96`.
  package let identifier: String
  package let method: Method
  /// Key length in bytes, without a salt; 0 where any will do.
  package let keyBytes: Int
  /// Salt behind the key, in bytes.
  package let saltBytes: Int
  /// Bytes of the value in the packet.
  package let icvBytes: Int

  private init(_ identifier: String, _ mac: MACAlgorithm, key: Int, icv: Int) {
    self.init(identifier, .mac(mac), key: key, salt: 0, icv: icv)
  }

  private init(_ identifier: String, _ method: Method, key: Int, salt: Int, icv: Int) {
    self.identifier = identifier
    self.method = method
    keyBytes = key
    saltBytes = salt
    icvBytes = icv
  }

  /// The transform of that name; nil for an unknown one, for `none` and for the empty name.
  package init?(identifier: String) {
    guard let known = Self.byIdentifier[identifier] else { return nil }
    self = known
  }

  /// Every transform, each name once.
  package static let all: [IntegrityAlgorithm] = [
    .init("hmac-md5-96", .hmac(.md5), key: 16, icv: 12),
    .init("hmac-md5-128", .hmac(.md5), key: 16, icv: 16),
    .init("hmac-sha1-96", .hmac(.sha1), key: 20, icv: 12),
    .init("hmac-sha1-160", .hmac(.sha1), key: 20, icv: 20),
    // The truncation of draft-ietf-ipsec-ciph-sha-256-00, which Linux kept until 2.6.33.
    .init("hmac-sha256-96", .hmac(.sha256), key: 32, icv: 12),
    .init("hmac-sha256-128", .hmac(.sha256), key: 32, icv: 16),
    .init("hmac-sha384-192", .hmac(.sha384), key: 48, icv: 24),
    .init("hmac-sha512-256", .hmac(.sha512), key: 64, icv: 32),
    .init("hmac-ripemd160-96", .hmac(.ripemd160), key: 20, icv: 12),
    .init("aes-xcbc-96", .xcbc, key: 16, icv: 12),
    .init("aes-cmac-96", .cmac, key: 16, icv: 12),
    .init("aes-128-gmac", .gmac, key: 16, salt: 4, icv: 16),
    .init("aes-192-gmac", .gmac, key: 24, salt: 4, icv: 16),
    .init("aes-256-gmac", .gmac, key: 32, salt: 4, icv: 16),
    .init("unchecked-64", .unchecked, key: 0, salt: 0, icv: 8),
    .init("unchecked-96", .unchecked, key: 0, salt: 0, icv: 12),
    .init("unchecked-128", .unchecked, key: 0, salt: 0, icv: 16),
    .init("unchecked-160", .unchecked, key: 0, salt: 0, icv: 20),
    .init("unchecked-192", .unchecked, key: 0, salt: 0, icv: 24),
    .init("unchecked-256", .unchecked, key: 0, salt: 0, icv: 32),
  ]

  private static let byIdentifier = Dictionary(
    all.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })

  /// Other lengths at which the same code is seen truncated in the field, most likely first: what
  /// to try when the agreed one does not fit.
  package var otherTruncations: [Int] {
    guard case .mac(let mac) = method else { return [] }
    return [12, 16, 24, 32, 20].filter { $0 != icvBytes && $0 <= mac.outputBytes }
  }
}
