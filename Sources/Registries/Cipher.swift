/// A cipher, the same for both IKE versions, ESP and key files, by its contract identifier.
package struct Cipher: Hashable, Sendable {
  /// How a cipher protects.
  package enum Kind: String, Hashable, Sendable {
    /// Encrypts; integrity comes from elsewhere.
    case cipher
    /// Encrypts and authenticates.
    case aead
    /// Authenticates what stays in clear (RFC 4543).
    case authOnly = "auth-only"
    /// Does nothing (RFC 2410).
    case null
    /// A number that IANA holds back.
    case reserved
  }

  /// The contract identifier: `aes-cbc`, `aes-gcm-16`, `3des-cbc`.
  package let id: String
  /// How it protects.
  package let kind: Kind
  /// Key lengths in bits without the salt, as single values or one range; empty when unknown.
  package let keyBits: [ClosedRange<Int>]
  /// Key length in bits where no key length attribute is sent; nil where one is required.
  package let defaultKeyBits: Int?
  /// Bytes of salt (nonce) behind the key in key material.
  package let saltBytes: Int
  /// Block to which the plaintext is padded, in bytes (ESP aligns to 4 besides).
  package let blockBytes: Int
  /// Bytes of IV in each packet.
  package let ivBytes: Int
  /// Bytes of its own integrity check value; 0 where integrity comes from elsewhere.
  package let icvBytes: Int
  /// What the field thinks of it.
  package let status: RegistryStatus?

  /// True when no integrity algorithm stands beside it.
  package var isAuthenticated: Bool { kind == .aead || kind == .authOnly }

  /// True when the key may have `bits` bits.
  package func accepts(keyBits bits: Int) -> Bool { keyBits.contains { $0.contains(bits) } }

  /// The cipher of that contract identifier; nil when there is none.
  package static func named(_ id: String) -> Cipher? { table[id] }

  /// All ciphers, by identifier.
  package static var all: [Cipher] { table.values.sorted { $0.id < $1.id } }

  /// IKEv2's table says more (salt, ICV); those that only IKEv1 has follow.
  private static let table: [String: Cipher] = {
    var table: [String: Cipher] = [:]
    let rows = EncryptionAlgorithm.registry.entries + EncryptionAlgorithmV1.registry.entries
    for entry in rows where table[entry.id] == nil { table[entry.id] = Cipher(entry) }
    // Only IKEv1's ESP has a number for it; RFC 4196 gives the sizes.
    for entry in seed.entries { table[entry.id] = Cipher(entry) }
    return table
  }()

  private static let seed = Registry(
    """
    name|id|key_bits|key_bits_default|block_bytes|iv_bytes|status
    SEED-CBC|seed-cbc|128|128|16|16|optional
    """, number: nil)

  private init(_ entry: RegistryEntry) {
    id = entry.id
    kind = entry["kind"].flatMap(Kind.init(rawValue:)) ?? .cipher
    keyBits = (entry["key_bits"] ?? "").split(separator: ",").compactMap { part in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let low = ends.first, let high = ends.last, low <= high else { return nil }
      return low...high
    }
    defaultKeyBits = entry.integer("key_bits_default")
    saltBytes = entry.integer("salt_bytes") ?? 0
    blockBytes = entry.integer("block_bytes") ?? 1
    ivBytes = entry.integer("iv_bytes") ?? 0
    icvBytes = entry.integer("icv_bytes") ?? 0
    status = entry.status
  }
}
