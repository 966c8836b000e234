/// An integrity algorithm of ESP, AH or IKE, by its contract identifier.
package struct Integrity: Hashable, Sendable {
  /// The contract identifier: `hmac-sha1-96`, `hmac-sha256-128`.
  package let id: String
  /// Key length in bytes; nil where any length goes.
  package let keyBytes: Int?
  /// Bytes of the integrity check value on the wire.
  package let icvBytes: Int
  /// What the field thinks of it.
  package let status: RegistryStatus?

  /// The algorithm of that contract identifier; nil when there is none.
  package static func named(_ id: String) -> Integrity? { table[id] }

  /// All algorithms, by identifier.
  package static var all: [Integrity] { table.values.sorted { $0.id < $1.id } }

  private static let table: [String: Integrity] = {
    var table: [String: Integrity] = [:]
    for entry in IntegrityAlgorithm.registry.entries where entry.id != "none" {
      table[entry.id] = Integrity(
        id: entry.id, keyBytes: entry.integer("key_bytes"),
        icvBytes: entry.integer("icv_bytes") ?? 0, status: entry.status)
    }
    // Only IKEv1 has a number for it; RFC 2857 gives the sizes.
    table["hmac-ripemd160-96"] = Integrity(
      id: "hmac-ripemd160-96", keyBytes: 20, icvBytes: 12, status: .optional)
    return table
  }()
}
