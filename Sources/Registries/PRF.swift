/// A pseudorandom function of either IKE version, by its contract identifier.
package struct PRF: Hashable, Sendable {
  /// The contract identifier: `hmac-sha1`, `aes128-xcbc`.
  package let id: String
  /// Output length in bytes.
  package let outputBytes: Int
  /// Length of SK_d, SK_pi and SK_pr in bytes (RFC 7296 §2.14).
  package let preferredKeyBytes: Int
  /// Key length in bytes where the function takes one length only; else nil.
  package let fixedKeyBytes: Int?
  /// What the field thinks of it.
  package let status: RegistryStatus?

  /// The function of that contract identifier; nil when there is none.
  package static func named(_ id: String) -> PRF? { table[id] }

  /// All functions, by identifier.
  package static var all: [PRF] { table.values.sorted { $0.id < $1.id } }

  private static let table: [String: PRF] = {
    var table: [String: PRF] = [:]
    for entry in PseudorandomFunction.registry.entries {
      let output = entry.integer("output_bytes") ?? 0
      table[entry.id] = PRF(
        id: entry.id, outputBytes: output,
        preferredKeyBytes: entry.integer("preferred_key_bytes") ?? output,
        fixedKeyBytes: entry.integer("fixed_key_bytes"), status: entry.status)
    }
    // IKEv1 only, by its hash number (GM/T 0022).
    table["hmac-sm3"] = PRF(
      id: "hmac-sm3", outputBytes: 32, preferredKeyBytes: 32, fixedKeyBytes: nil, status: nil)
    return table
  }()
}
