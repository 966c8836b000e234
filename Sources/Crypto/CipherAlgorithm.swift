/// An encryption transform of IKE or ESP: how it is keyed and how it frames a packet.
package struct CipherAlgorithm: Hashable, Sendable {
  /// How ciphertext is made.
  package enum Mode: Hashable, Sendable {
    /// No encryption (RFC 2410).
    case null
    /// Cipher block chaining with an explicit IV of one block.
    case cbc
    /// Counter mode: nonce, IV, block counter from 1 (RFC 3686 §4).
    case ctr
    /// Galois/counter mode (RFC 4106).
    case gcm
    /// Counter with CBC-MAC (RFC 4309).
    case ccm
    /// ChaCha20-Poly1305 (RFC 7634).
    case chachaPoly
    /// AES-GMAC: the payload stays in clear and is authenticated only (RFC 4543).
    case gmac
    /// Known by name, beyond libcrypto.
    case unsupported
  }

  /// The name in key files and in the timeline, such as `aes-cbc`, `aes-gcm-16`; the key's length
  /// stands apart.
  package let identifier: String
  package let mode: Mode
  /// Key lengths in bytes, without the salt.
  package let keyLengths: KeyLengths
  /// Bytes of salt (or nonce) behind the key in key material.
  package let saltBytes: Int
  /// What the ciphertext's length is a multiple of, beside ESP's four bytes.
  package let blockBytes: Int
  /// Bytes of IV in each packet; 0 where the sequence number is the IV (RFC 8750).
  package let ivBytes: Int
  /// Bytes of the integrity value an AEAD brings itself; 0 for the others.
  package let icvBytes: Int
  /// libcrypto's name, with `#` for the key's length in bits.
  let libraryName: String

  /// Which key lengths a cipher takes, in bytes.
  package enum KeyLengths: Hashable, Sendable {
    /// One of these; the first is the default where none is negotiated.
    case oneOf([Int])
    /// Any from the first to the second; the third is the default.
    case from(Int, to: Int, usually: Int)

    /// The length where none is negotiated.
    package var usual: Int {
      switch self {
      case .oneOf(let lengths): lengths.first ?? 0
      case .from(_, _, let usual): usual
      }
    }

    /// True where the negotiation has to tell the length.
    package var vary: Bool {
      if case .oneOf(let lengths) = self { lengths.count > 1 } else { true }
    }

    package func contains(_ length: Int) -> Bool {
      switch self {
      case .oneOf(let lengths): lengths.contains(length)
      case .from(let low, let high, _): (low...high).contains(length)
      }
    }

    /// In words for an error: "16, 24 or 32", "5 to 56".
    package var description: String {
      switch self {
      case .from(let low, let high, _): return "\(low) to \(high)"
      case .oneOf(let lengths):
        guard let last = lengths.last, lengths.count > 1 else { return "\(lengths.first ?? 0)" }
        return lengths.dropLast().map(String.init).joined(separator: ", ") + " or \(last)"
      }
    }
  }

  /// True where the cipher brings its own integrity value.
  package var isAEAD: Bool { icvBytes > 0 }
  /// True where the IV is not in the packet.
  package var hasImplicitIV: Bool { isAEAD && ivBytes == 0 }

  /// The transform of that name; nil for an unknown one.
  package init?(identifier: String) {
    guard let known = Self.byIdentifier[identifier] else { return nil }
    self = known
  }

  /// AES in CBC mode.
  package static let aesCBC = CipherAlgorithm("aes-cbc", .cbc, aesKeys, block: 16, "AES-#-CBC")
  /// No encryption.
  package static let null = CipherAlgorithm("null", .null, .oneOf([0]), block: 1, "")

  /// Every transform, each name once.
  package static let all: [CipherAlgorithm] =
    [
      null, aesCBC,
      .init("des-cbc", .cbc, .oneOf([8]), block: 8, "DES-CBC"),
      .init("3des-cbc", .cbc, .oneOf([24]), block: 8, "DES-EDE3-CBC"),
      .init("cast-cbc", .cbc, .from(5, to: 16, usually: 16), block: 8, "CAST5-CBC"),
      .init("blowfish-cbc", .cbc, .from(5, to: 56, usually: 16), block: 8, "BF-CBC"),
      .init("idea-cbc", .cbc, .oneOf([16]), block: 8, "IDEA-CBC"),
      .init("seed-cbc", .cbc, .oneOf([16]), block: 16, "SEED-CBC"),
      .init("sm4-cbc", .cbc, .oneOf([16]), block: 16, "SM4-CBC"),
      .init("camellia-cbc", .cbc, aesKeys, block: 16, "CAMELLIA-#-CBC"),
      .init("aes-ctr", .ctr, aesKeys, salt: 4, iv: 8, "AES-#-CTR"),
      .init("camellia-ctr", .ctr, aesKeys, salt: 4, iv: 8, "CAMELLIA-#-CTR"),
      .init("null-auth-aes-gmac", .gmac, aesKeys, salt: 4, iv: 8, icv: 16, "AES-#-GCM"),
      .init("aes-ccm-8-iiv", .ccm, aesKeys, salt: 3, iv: 0, icv: 8, "AES-#-CCM"),
      .init("aes-gcm-16-iiv", .gcm, aesKeys, salt: 4, iv: 0, icv: 16, "AES-#-GCM"),
      .init("chacha20-poly1305", .chachaPoly, .oneOf([32]), salt: 4, iv: 8, icv: 16, chacha),
      .init("chacha20-poly1305-iiv", .chachaPoly, .oneOf([32]), salt: 4, iv: 0, icv: 16, chacha),
    ]
    + [8, 12, 16].flatMap { icv -> [CipherAlgorithm] in
      [
        .init("aes-gcm-\(icv)", .gcm, aesKeys, salt: 4, iv: 8, icv: icv, "AES-#-GCM"),
        .init("aes-ccm-\(icv)", .ccm, aesKeys, salt: 3, iv: 8, icv: icv, "AES-#-CCM"),
        .init("camellia-ccm-\(icv)", .unsupported, aesKeys, salt: 3, iv: 8, icv: icv, ""),
      ]
    }
    + [
      ("twofish-cbc", 16), ("serpent-cbc", 16), ("mars-cbc", 16), ("rc6-cbc", 16),
      ("rc5-cbc", 8), ("des-iv64", 8), ("des-iv32", 8), ("3idea-cbc", 8), ("rc4", 1),
    ].map { name, block in
      .init(name, .unsupported, .from(5, to: 255, usually: 16), block: block, "")
    }

  private static let byIdentifier = Dictionary(
    all.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
  private static let aesKeys = KeyLengths.oneOf([16, 24, 32])
  private static let chacha = "ChaCha20-Poly1305"

  private init(
    _ identifier: String, _ mode: Mode, _ keys: KeyLengths, salt: Int = 0, block: Int = 1,
    iv: Int? = nil, icv: Int = 0, _ libraryName: String
  ) {
    self.identifier = identifier
    self.mode = mode
    self.libraryName = libraryName
    keyLengths = keys
    saltBytes = salt
    blockBytes = block
    ivBytes = iv ?? (mode == .null ? 0 : block)
    icvBytes = icv
  }

  /// Bytes of key and salt that key material of this cipher takes; `keyBits` 0 or nil stands for
  /// the usual length. Nil for a length the cipher cannot have.
  package func materialBytes(keyBits: Int?) -> Int? {
    let bits = keyBits ?? 0
    let key = bits == 0 ? keyLengths.usual : bits / 8
    guard bits % 8 == 0, keyLengths.contains(key) else { return nil }
    return key + saltBytes
  }

  /// Key and salt apart, from key material that has them in this order.
  package func split(_ material: Secret) throws(CryptoError) -> (key: Secret, salt: Secret) {
    let keyBytes = material.count - saltBytes
    guard keyLengths.contains(keyBytes) else {
      throw .keyLength(
        algorithm: identifier,
        expected: saltBytes == 0
          ? keyLengths.description : "\(keyLengths.description), and \(saltBytes) of salt,",
        got: material.count)
    }
    return (material.prefix(keyBytes), material.part(keyBytes..<material.count))
  }
}
