package import Crypto

/// Every key and authentication value of IKEv2 by the formulas of RFC 7296.
package struct IKEv2KeySchedule: Hashable, Sendable {
  package var prf: PseudoRandomFunction
  package var initiatorSPI: UInt64
  package var responderSPI: UInt64
  /// Ni and Nr of the exchange that made the IKE SA (IKE_SA_INIT or its rekeying CREATE_CHILD_SA).
  package var initiatorNonce: [UInt8]
  package var responderNonce: [UInt8]

  package init(
    prf: PseudoRandomFunction, initiatorSPI: UInt64, responderSPI: UInt64,
    initiatorNonce: [UInt8], responderNonce: [UInt8]
  ) {
    self.prf = prf
    self.initiatorSPI = initiatorSPI
    self.responderSPI = responderSPI
    self.initiatorNonce = initiatorNonce
    self.responderNonce = responderNonce
  }

  /// SKEYSEED of a first IKE SA: prf(Ni | Nr, g^ir) (§2.14). A PRF with a fixed key takes half of
  /// it from the start of each nonce.
  package func skeyseed(dhSecret: Secret) throws(CryptoError) -> Secret {
    var key = initiatorNonce + responderNonce
    if prf.hasFixedKey {
      key =
        Array(initiatorNonce.prefix(prf.keyBytes / 2))
        + responderNonce.prefix(prf.keyBytes / 2)
    }
    return try prf.secret(key: Secret(key), [dhSecret])
  }

  /// SKEYSEED of a rekeyed IKE SA: prf(old SK_d, g^ir | Ni | Nr), by the old SA's PRF (§2.18);
  /// also what each further key exchange of RFC 9370 §2.2.2 makes.
  package func skeyseed(
    oldSKD: Secret, oldPRF: PseudoRandomFunction, dhSecret: Secret
  ) throws(CryptoError) -> Secret {
    try oldPRF.secret(key: oldSKD, [dhSecret, initiatorNonce, responderNonce])
  }

  /// SK_d, SK_ai, SK_ar, SK_ei, SK_er, SK_pi and SK_pr (§2.14); SK_e with its salt behind it, no
  /// SK_a for an AEAD (RFC 5282 §7).
  package func secrets(
    skeyseed: Secret, cipher: CipherAlgorithm, keyBits: Int?, integrity: IntegrityAlgorithm?
  ) throws(CryptoError) -> [IKESecret: Secret] {
    let transforms = ChildTransforms(cipher: cipher, keyBits: keyBits, integrity: nil)
    let cipherBytes = try transforms.materialBytes()
    let integrityBytes = cipher.isAEAD ? 0 : integrity?.keyBytes ?? 0
    let lengths: [(IKESecret, Int)] = [
      (.skD, prf.keyBytes), (.skAi, integrityBytes), (.skAr, integrityBytes),
      (.skEi, cipherBytes), (.skEr, cipherBytes), (.skPi, prf.keyBytes), (.skPr, prf.keyBytes),
    ]
    let material = try prf.stretch(
      key: skeyseed,
      seed: [
        initiatorNonce, responderNonce, networkOrder(initiatorSPI), networkOrder(responderSPI),
      ],
      count: lengths.reduce(0) { $0 + $1.1 })
    var result: [IKESecret: Secret] = [:]
    var used = 0
    for (name, length) in lengths where length > 0 {
      result[name] = material.part(used..<(used + length))
      used += length
    }
    return result
  }

  /// SK_d, SK_pi and SK_pr mixed with a post-quantum pre-shared key: prf+(PPK, SK) (RFC 8784 §3).
  package func mixed(
    ppk: Secret, into secrets: [IKESecret: Secret]
  ) throws(CryptoError) -> [IKESecret: Secret] {
    var result = secrets
    for name in [IKESecret.skD, .skPi, .skPr] {
      guard let secret = secrets[name] else { continue }
      result[name] = try prf.stretch(key: ppk, seed: [secret], count: secret.count)
    }
    return result
  }

  /// The keys of both directions of a child SA (§2.17).
  ///
  /// The nonces are those of the exchange that made the child: IKE_SA_INIT's for the first one.
  /// `dhSecret` is g^ir of the CREATE_CHILD_SA exchange where it had one. `spiToResponder` is the SPI
  /// that the responder of that exchange chose, `spiToInitiator` its initiator's.
  package func childKeys(
    skD: Secret, initiatorNonce: [UInt8], responderNonce: [UInt8], dhSecret: Secret?,
    protocol: ChildProtocol, spiToResponder: UInt32, spiToInitiator: UInt32,
    transforms: ChildTransforms, origin: KeyOrigin
  ) throws(CryptoError) -> (toResponder: ChildSAKeys, toInitiator: ChildSAKeys) {
    let count = try transforms.materialBytes()
    var seed: [any ByteSource] = [initiatorNonce, responderNonce]
    if let dhSecret { seed.insert(dhSecret, at: 0) }
    let material = try prf.stretch(key: skD, seed: seed, count: 2 * count)
    return (
      try transforms.keys(
        from: material.prefix(count), `protocol`, spi: spiToResponder, origin: origin),
      try transforms.keys(
        from: material.part(count..<(2 * count)), `protocol`, spi: spiToInitiator, origin: origin)
    )
  }

  /// The octets that an AUTH payload signs: the sender's first message, the other end's nonce, and
  /// prf(SK_p of the sender, its ID payload without generic header) (§2.15).
  package func signedOctets(
    message: [UInt8], peerNonce: [UInt8], skP: Secret, idBody: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    message + peerNonce + (try prf.bytes(key: skP, [idBody]))
  }

  /// The AUTH value of a shared secret: prf(prf(secret, "Key Pad for IKEv2"), signed octets)
  /// (§2.15); the secret is a pre-shared key or an EAP method's MSK.
  package func sharedKeyAuthentication(
    secret: Secret, signedOctets: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    let key = try prf.secret(key: secret, [Array("Key Pad for IKEv2".utf8)])
    return try prf.bytes(key: key, [signedOctets])
  }
}
