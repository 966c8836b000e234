import Bytes

/// A signature algorithm as RFC 7427 names it in an AUTH payload.
package enum SignatureScheme: Hashable, Sendable {
  case rsaPKCS1(HashAlgorithm)
  /// The mask generation uses the same hash; the salt may have any length.
  case rsaPSS(HashAlgorithm)
  case dsa(HashAlgorithm)
  case ecdsa(HashAlgorithm)
  case ed25519
  case ed448

  /// The keys it goes with.
  package var kind: PublicKey.Kind {
    switch self {
    case .rsaPKCS1, .rsaPSS: .rsa
    case .dsa: .dsa
    case .ecdsa: .ecdsa
    case .ed25519: .ed25519
    case .ed448: .ed448
    }
  }

  var hash: HashAlgorithm? {
    switch self {
    case .rsaPKCS1(let hash), .rsaPSS(let hash), .dsa(let hash), .ecdsa(let hash): hash
    case .ed25519, .ed448: nil
    }
  }

  /// The scheme of an AlgorithmIdentifier in DER (RFC 7427 appendix A, RFC 8420 appendix A).
  package init?(algorithmIdentifier der: [UInt8]) {
    let text = hexadecimal(der)
    if let known = Self.byIdentifier[text] {
      self = known
      return
    }
    // Parameters of PSS may be written in other ways: what counts is the hash within them.
    guard text.contains(Self.pssOID) else { return nil }
    for (oid, hash) in Self.hashOIDs where text.contains(oid) {
      self = .rsaPSS(hash)
      return
    }
    self = .rsaPSS(.sha1)
  }

  private static let pssOID = "06092a864886f70d01010a"
  private static let hashOIDs: [(String, HashAlgorithm)] = [
    ("0609608648016503040201", .sha256), ("0609608648016503040202", .sha384),
    ("0609608648016503040203", .sha512),
  ]
  private static let byIdentifier: [String: SignatureScheme] = [
    "300d06092a864886f70d0101050500": .rsaPKCS1(.sha1),
    "300d06092a864886f70d01010b0500": .rsaPKCS1(.sha256),
    "300d06092a864886f70d01010c0500": .rsaPKCS1(.sha384),
    "300d06092a864886f70d01010d0500": .rsaPKCS1(.sha512),
    "300906072a8648ce380403": .dsa(.sha1),
    "300b0609608648016503040302": .dsa(.sha256),
    "300906072a8648ce3d0401": .ecdsa(.sha1),
    "300a06082a8648ce3d040302": .ecdsa(.sha256),
    "300a06082a8648ce3d040303": .ecdsa(.sha384),
    "300a06082a8648ce3d040304": .ecdsa(.sha512),
    "300506032b6570": .ed25519,
    "300506032b6571": .ed448,
  ]
}
