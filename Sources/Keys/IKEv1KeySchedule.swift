package import Crypto

/// Every key, IV and hash of IKEv1 by the formulas of RFC 2409.
///
/// Nonces, cookies, public values and payload bodies are those of the wire: `…Body` is a payload
/// without its generic header. Key material is a `Secret`, what travels is bytes.
package struct IKEv1KeySchedule: Hashable, Sendable {
  /// The negotiated PRF, or HMAC over the negotiated hash.
  package var prf: PseudoRandomFunction
  /// The negotiated hash.
  package var hash: HashAlgorithm
  package var initiatorCookie: UInt64
  package var responderCookie: UInt64

  package init(
    prf: PseudoRandomFunction? = nil, hash: HashAlgorithm, initiatorCookie: UInt64,
    responderCookie: UInt64
  ) {
    self.hash = hash
    self.prf = prf ?? PseudoRandomFunction(hash: hash)
    self.initiatorCookie = initiatorCookie
    self.responderCookie = responderCookie
  }

  private var cookies: [UInt8] { networkOrder(initiatorCookie) + networkOrder(responderCookie) }

  /// SKEYID with a pre-shared key: prf(psk, Ni_b | Nr_b) (§5).
  package func skeyid(
    preSharedKey: Secret, initiatorNonce: [UInt8], responderNonce: [UInt8]
  ) throws(CryptoError) -> Secret {
    try prf.secret(key: preSharedKey, [initiatorNonce, responderNonce])
  }

  /// SKEYID with signatures: prf(Ni_b | Nr_b, g^xy) (§5).
  package func skeyid(
    dhSecret: Secret, initiatorNonce: [UInt8], responderNonce: [UInt8]
  ) throws(CryptoError) -> Secret {
    try prf.secret(key: Secret(initiatorNonce + responderNonce), [dhSecret])
  }

  /// SKEYID with public key encryption: prf(hash(Ni_b | Nr_b), CKY-I | CKY-R) (§5), from the
  /// nonces in clear.
  package func skeyidOfPublicKeyEncryption(
    initiatorNonce: [UInt8], responderNonce: [UInt8]
  ) throws(CryptoError) -> Secret {
    let key = hash.digest([initiatorNonce, responderNonce])
    return try prf.secret(key: Secret(key), [cookies])
  }

  /// SKEYID_d, SKEYID_a and SKEYID_e (§5).
  package func derivedSecrets(
    skeyid: Secret, dhSecret: Secret
  ) throws(CryptoError) -> [IKESecret: Secret] {
    let d = try prf.secret(key: skeyid, [dhSecret, cookies, UInt8(0)])
    let a = try prf.secret(key: skeyid, [d, dhSecret, cookies, UInt8(1)])
    let e = try prf.secret(key: skeyid, [a, dhSecret, cookies, UInt8(2)])
    return [.skeyid: skeyid, .skeyidD: d, .skeyidA: a, .skeyidE: e]
  }

  /// The final cipher key from SKEYID_e, expanded where it is too short (appendix B).
  ///
  /// Appendix B passes over weak DES keys; one in 2^52 is, and no implementation seen does so.
  package func encryptionKey(
    skeyidE: Secret, cipher: CipherAlgorithm, keyBits: Int?
  ) throws(CryptoError) -> Secret {
    guard let count = cipher.materialBytes(keyBits: keyBits) else {
      throw .keyLength(
        algorithm: cipher.identifier, expected: cipher.keyLengths.description,
        got: (keyBits ?? 0) / 8)
    }
    guard count > skeyidE.count else { return skeyidE.prefix(count) }
    let context = try prf.context(key: skeyidE)
    context.authenticate([UInt8(0)])
    var blocks = [context.secret()]
    while blocks.count * prf.outputBytes < count, let last = blocks.last {
      context.authenticate([last])
      blocks.append(context.secret())
    }
    return Secret(joining: blocks).prefix(count)
  }

  /// The IV of phase 1's first encrypted message: hash(g^xi | g^xr), cut to a block (appendix B).
  package func phase1IV(
    initiatorPublic: [UInt8], responderPublic: [UInt8], blockBytes: Int
  ) -> [UInt8] {
    Array(hash.digest([initiatorPublic, responderPublic]).prefix(blockBytes))
  }

  /// The IV of the first message of a quick mode, informational or transaction exchange:
  /// hash(last ciphertext block of phase 1 | M-ID) (appendix B).
  package func phase2IV(lastPhase1Block: [UInt8], messageID: UInt32) -> [UInt8] {
    Array(
      hash.digest([lastPhase1Block, networkOrder(messageID)]).prefix(lastPhase1Block.count))
  }

  /// HASH_I (§5).
  package func initiatorHash(
    skeyid: Secret, initiatorPublic: [UInt8], responderPublic: [UInt8], saBody: [UInt8],
    idBody: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try prf.bytes(
      key: skeyid, [initiatorPublic, responderPublic, cookies, saBody, idBody])
  }

  /// HASH_R (§5).
  package func responderHash(
    skeyid: Secret, initiatorPublic: [UInt8], responderPublic: [UInt8], saBody: [UInt8],
    idBody: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    let swapped = networkOrder(responderCookie) + networkOrder(initiatorCookie)
    return try prf.bytes(
      key: skeyid, [responderPublic, initiatorPublic, swapped, saBody, idBody])
  }

  /// HASH(1) of a quick mode, and the hash of informational and transaction exchanges:
  /// prf(SKEYID_a, M-ID | what follows the hash payload) (§5.5, §5.7).
  package func exchangeHash1(
    skeyidA: Secret, messageID: UInt32, rest: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try prf.bytes(key: skeyidA, [networkOrder(messageID), rest])
  }

  /// HASH(2) of a quick mode (§5.5).
  package func quickModeHash2(
    skeyidA: Secret, messageID: UInt32, initiatorNonce: [UInt8], rest: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try prf.bytes(key: skeyidA, [networkOrder(messageID), initiatorNonce, rest])
  }

  /// HASH(3) of a quick mode (§5.5).
  package func quickModeHash3(
    skeyidA: Secret, messageID: UInt32, initiatorNonce: [UInt8], responderNonce: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try prf.bytes(
      key: skeyidA, [UInt8(0), networkOrder(messageID), initiatorNonce, responderNonce])
  }

  /// KEYMAT of one direction of a child SA, by the SPI that its receiver chose (§5.5); `dhSecret` is
  /// g(qm)^xy where the quick mode had PFS.
  package func keyMaterial(
    skeyidD: Secret, dhSecret: Secret?, protocol: ChildProtocol, spi: UInt32,
    initiatorNonce: [UInt8], responderNonce: [UInt8], count: Int
  ) throws(CryptoError) -> Secret {
    var seed: [any ByteSource] = []
    if let dhSecret { seed.append(dhSecret) }
    seed += [`protocol`.securityProtocolID, networkOrder(spi), initiatorNonce, responderNonce]
    let context = try prf.context(key: skeyidD)
    var blocks: [Secret] = []
    while blocks.count * prf.outputBytes < count {
      let last: [any ByteSource] = blocks.last.map { [$0] } ?? []
      context.authenticate(last + seed)
      blocks.append(context.secret())
    }
    return Secret(joining: blocks).prefix(count)
  }

  /// The keys of one direction of a child SA.
  package func childKeys(
    skeyidD: Secret, dhSecret: Secret?, protocol: ChildProtocol, spi: UInt32,
    initiatorNonce: [UInt8], responderNonce: [UInt8], transforms: ChildTransforms,
    origin: KeyOrigin
  ) throws(CryptoError) -> ChildSAKeys {
    let material = try keyMaterial(
      skeyidD: skeyidD, dhSecret: dhSecret, protocol: `protocol`, spi: spi,
      initiatorNonce: initiatorNonce, responderNonce: responderNonce,
      count: try transforms.materialBytes())
    return try transforms.keys(from: material, `protocol`, spi: spi, origin: origin)
  }
}
