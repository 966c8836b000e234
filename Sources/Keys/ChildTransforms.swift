package import Crypto

/// The negotiated algorithms of a child SA, as far as keys depend on them.
package struct ChildTransforms: Hashable, Sendable {
  /// Nil for AH.
  package var cipher: CipherAlgorithm?
  /// Key length in bits as negotiated; nil where the cipher has only one.
  package var keyBits: Int?
  /// Nil for AEAD and for encryption alone.
  package var integrity: IntegrityAlgorithm?

  package init(
    cipher: CipherAlgorithm?, keyBits: Int?, integrity: IntegrityAlgorithm?
  ) {
    self.cipher = cipher
    self.keyBits = keyBits
    self.integrity = integrity
  }

  /// Bytes of key material for one direction.
  package func materialBytes() throws(CryptoError) -> Int {
    var count = (integrity?.keyBytes ?? 0) + (integrity?.saltBytes ?? 0)
    if let cipher {
      guard let bytes = cipher.materialBytes(keyBits: keyBits) else {
        throw .keyLength(
          algorithm: cipher.identifier, expected: cipher.keyLengths.description,
          got: (keyBits ?? 0) / 8)
      }
      count += bytes
    }
    return count
  }

  /// The keys of one direction from its key material: the cipher's key, its salt, the integrity
  /// key (RFC 7296 §2.17; IKEv1 stacks do the same).
  package func keys(
    from material: Secret, _ protocol: ChildProtocol, spi: UInt32, origin: KeyOrigin
  ) throws(CryptoError) -> ChildSAKeys {
    var keys = ChildSAKeys(`protocol`, spi: SPIPattern(spi), origin: origin)
    var used = 0
    if let cipher {
      used = cipher.materialBytes(keyBits: keyBits) ?? 0
      (keys.encryptionKey, keys.salt) = try cipher.split(material.prefix(used))
      keys.encryption = cipher.identifier
    }
    if let integrity {
      let end = used + integrity.keyBytes + integrity.saltBytes
      keys.integrityKey = material.part(used..<max(used, end))
      keys.integrity = integrity.identifier
    }
    return keys
  }
}
