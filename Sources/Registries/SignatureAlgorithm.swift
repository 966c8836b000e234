import Bytes

/// A signature algorithm of RFC 7427, known by its DER AlgorithmIdentifier.
package struct SignatureAlgorithm: Hashable, Sendable {
  /// The name in X.509's words.
  package let name: String
  /// The contract identifier, such as `rsa-pss-sha256`.
  package let id: String
  /// The AlgorithmIdentifier in DER, as the AUTH payload carries it (RFC 7427 §3).
  package let algorithmIdentifier: [UInt8]
  /// What the field thinks of it.
  package let status: RegistryStatus?

  /// The algorithm whose AlgorithmIdentifier is exactly `der`.
  package static func identified(by der: [UInt8]) -> SignatureAlgorithm? { table[der] }

  /// All of them.
  package static var all: [SignatureAlgorithm] { Array(table.values) }

  private static let table: [[UInt8]: SignatureAlgorithm] = {
    var table: [[UInt8]: SignatureAlgorithm] = [:]
    for entry in registry.entries {
      guard let der = entry["algorithm_identifier_hex"].flatMap({ bytes(hexadecimal: $0) })
      else { continue }
      table[der] = SignatureAlgorithm(
        name: entry.name, id: entry.id, algorithmIdentifier: der, status: entry.status)
    }
    return table
  }()

  /// The table.
  package static let registry = Registry(
    """
    name|id|algorithm_identifier_hex|bytes|status|rfc
    sha1WithRSAEncryption|rsa-pkcs1-sha1|300d06092a864886f70d0101050500|15|broken|RFC 7427
    sha256WithRSAEncryption|rsa-pkcs1-sha256|300d06092a864886f70d01010b0500|15||RFC 7427
    sha384WithRSAEncryption|rsa-pkcs1-sha384|300d06092a864886f70d01010c0500|15||RFC 7427
    sha512WithRSAEncryption|rsa-pkcs1-sha512|300d06092a864886f70d01010d0500|15||RFC 7427
    dsa-with-sha1|dsa-sha1|300906072a8648ce380403|11|broken|RFC 7427
    dsa-with-sha256|dsa-sha256|300b0609608648016503040302|13||RFC 7427
    ecdsa-with-SHA1|ecdsa-sha1|300906072a8648ce3d0401|11|broken|RFC 7427
    ecdsa-with-SHA256|ecdsa-sha256|300a06082a8648ce3d040302|12|recommended|RFC 7427
    ecdsa-with-SHA384|ecdsa-sha384|300a06082a8648ce3d040303|12||RFC 7427
    ecdsa-with-SHA512|ecdsa-sha512|300a06082a8648ce3d040304|12||RFC 7427
    RSASSA-PSS, empty parameters|rsa-pss-empty|300d06092a864886f70d01010a3000|15|broken|RFC 7427
    RSASSA-PSS with SHA-256|rsa-pss-sha256|304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120|67|mandatory|RFC 7427
    RSASSA-PSS with SHA-384|rsa-pss-sha384|304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130|67||RFC 7427
    RSASSA-PSS with SHA-512|rsa-pss-sha512|304106092a864886f70d01010a3034a00f300d06096086480165030402030500a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140|67||RFC 7427
    Ed25519|ed25519|300506032b6570|7||RFC 8420
    Ed448|ed448|300506032b6571|7||RFC 8420
    """, number: nil)
}
