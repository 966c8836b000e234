package import Crypto

/// What the capture tells of an IKE SA's key exchange, for deriving what a key file left out.
package struct IKEKeyExchange: Hashable, Sendable {
  /// Group by identifier, such as `modp2048`.
  package var group: String?
  /// KE payloads' public values.
  package var initiatorPublic: [UInt8]
  package var responderPublic: [UInt8]
  package var initiatorNonce: [UInt8]
  package var responderNonce: [UInt8]

  package init(
    group: String?, initiatorPublic: [UInt8], responderPublic: [UInt8], initiatorNonce: [UInt8],
    responderNonce: [UInt8]
  ) {
    self.group = group
    self.initiatorPublic = initiatorPublic
    self.responderPublic = responderPublic
    self.initiatorNonce = initiatorNonce
    self.responderNonce = responderNonce
  }

  /// g^xy from the private value of either end; whose it is shows by the public value that belongs
  /// to it. Nil when it is neither's.
  package func dhSecret(privateValue: Secret) throws(CryptoError) -> Secret? {
    guard let group else { return nil }
    let ours = try KeyExchange.publicValue(group: group, privateValue: privateValue)
    let theirs =
      ours == initiatorPublic ? responderPublic : ours == responderPublic ? initiatorPublic : nil
    guard let theirs else { return nil }
    return try KeyExchange.sharedSecret(
      group: group, privateValue: privateValue, peerPublic: theirs)
  }
}

extension IKESAKeys {
  /// Fills in what follows from the secrets that are there, for IKEv1 (RFC 2409 §5): g^xy from a
  /// private value, SKEYID from a pre-shared key or from g^xy, SKEYID_d, _a and _e, the final key.
  /// Nothing that the key file gave is replaced.
  ///
  /// - Parameters:
  ///   - schedule: The negotiated hash, and the cookies.
  ///   - exchange: What the capture tells.
  ///   - preSharedKey: The key where the peers authenticate by one; nil for signatures.
  ///   - cipher: The negotiated cipher.
  ///   - keyBits: Its key length, where negotiated.
  /// - Throws: For algorithms that cannot be computed.
  package mutating func deriveIKEv1(
    _ schedule: IKEv1KeySchedule, _ exchange: IKEKeyExchange, preSharedKey: Secret?,
    cipher: CipherAlgorithm?, keyBits: Int?
  ) throws(CryptoError) {
    try deriveDHSecret(exchange)
    let (i, r) = (exchange.initiatorNonce, exchange.responderNonce)
    if self[.skeyid] == nil {
      if let preSharedKey {
        self[.skeyid] = try schedule.skeyid(
          preSharedKey: preSharedKey, initiatorNonce: i, responderNonce: r)
      } else if let dhSecret = self[.dhSecret] {
        self[.skeyid] = try schedule.skeyid(
          dhSecret: dhSecret, initiatorNonce: i, responderNonce: r)
      }
    }
    if let skeyid = self[.skeyid], let dhSecret = self[.dhSecret] {
      let derived = try schedule.derivedSecrets(skeyid: skeyid, dhSecret: dhSecret)
      secrets.merge(derived) { given, _ in given }
    }
    if self[.encryptionKey] == nil, let skeyidE = self[.skeyidE], let cipher {
      self[.encryptionKey] = try schedule.encryptionKey(
        skeyidE: skeyidE, cipher: cipher, keyBits: keyBits)
    }
  }

  /// As `deriveIKEv1`, for a first IKE SA of IKEv2 (RFC 7296 §2.14): all of SK_* from g^ir.
  ///
  /// - Parameters:
  ///   - schedule: The negotiated PRF, the SPIs and nonces.
  ///   - exchange: What the capture tells.
  ///   - cipher: The negotiated cipher.
  ///   - keyBits: Its key length, where negotiated.
  ///   - integrity: The negotiated integrity transform; nil for an AEAD.
  /// - Throws: For algorithms that cannot be computed.
  package mutating func deriveIKEv2(
    _ schedule: IKEv2KeySchedule, _ exchange: IKEKeyExchange, cipher: CipherAlgorithm,
    keyBits: Int?, integrity: IntegrityAlgorithm?
  ) throws(CryptoError) {
    try deriveDHSecret(exchange)
    guard let dhSecret = self[.dhSecret] else { return }
    let derived = try schedule.secrets(
      skeyseed: schedule.skeyseed(dhSecret: dhSecret), cipher: cipher, keyBits: keyBits,
      integrity: integrity)
    secrets.merge(derived) { given, _ in given }
  }

  private mutating func deriveDHSecret(_ exchange: IKEKeyExchange) throws(CryptoError) {
    guard self[.dhSecret] == nil, let privateValue = self[.dhPrivate] else { return }
    self[.dhSecret] = try exchange.dhSecret(privateValue: privateValue)
  }

  /// What opens IKEv1 messages; nil without the final key.
  package func ikev1Opener(cipher: CipherAlgorithm) throws(CryptoError) -> IKEv1Opener? {
    guard let key = self[.encryptionKey] else { return nil }
    return try IKEv1Opener(cipher: cipher, key: key)
  }

  /// What opens the messages that one end of an IKEv2 SA sends; nil without its SK_e.
  ///
  /// The key file's algorithms come before those given, which the capture tells: a file may say how
  /// the same bytes open otherwise (CCM through CTR, unchecked), and its keys are laid out for that.
  package func ikev2Opener(
    sentByInitiator: Bool, cipher: CipherAlgorithm?, integrity: IntegrityAlgorithm?
  ) throws(CryptoError) -> IKEv2Opener? {
    guard let key = self[sentByInitiator ? .skEi : .skEr],
      let cipher = encryption.flatMap({ CipherAlgorithm(identifier: $0) }) ?? cipher
    else { return nil }
    let named = self.integrity.flatMap { IntegrityAlgorithm(identifier: $0) }
    return try IKEv2Opener(
      cipher: cipher, encryptionKey: key, integrity: named ?? integrity,
      integrityKey: self[sentByInitiator ? .skAi : .skAr] ?? Secret([]))
  }
}
