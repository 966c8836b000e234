import Bytes
package import Crypto

/// What became of an encrypted IKE message.
package enum IKEOpenOutcome: Hashable, Sendable {
  /// The plaintext: IKEv1 with its padding (nobody but the payloads' lengths tells where it
  /// starts), IKEv2 without.
  case opened(plaintext: [UInt8], integrity: Integrity)
  /// The integrity value does not fit: wrong keys, or a damaged message.
  case integrityFailed
  /// Decrypted, and the padding's length is impossible: wrong keys where nothing checked integrity.
  case paddingImplausible
  /// Fewer bytes than IV, one block and integrity value take.
  case tooShort(needed: Int, got: Int)
  /// The ciphertext is not whole blocks: another cipher, or cut.
  case misaligned(blockBytes: Int, got: Int)

  /// How sure the plaintext is.
  package enum Integrity: Hashable, Sendable {
    /// The integrity value was verified.
    case good
    /// Nothing to verify it with: IKEv1, or an integrity transform or key that is not known.
    case notChecked
  }
}

/// Opens IKEv1 messages of one IKE SA: CBC with an IV that the exchange carries on.
package final class IKEv1Opener {
  private let cipher: CipherContext

  /// - Parameters:
  ///   - cipher: The negotiated cipher.
  ///   - key: The final key, after appendix B's expansion.
  /// - Throws: For a cipher libcrypto lacks and a key of the wrong length.
  package init(cipher: CipherAlgorithm, key: Secret) throws(CryptoError) {
    self.cipher = try CipherContext(cipher, key: key)
  }

  /// Bytes of an IV.
  package var blockBytes: Int { cipher.algorithm.blockBytes }

  /// Decrypts what follows the ISAKMP header.
  ///
  /// A cut tail that is not a whole block is an error here, since the next IV is the last block.
  package func open(_ body: RawSpan, iv: [UInt8]) -> IKEOpenOutcome {
    guard body.byteCount >= blockBytes else {
      return .tooShort(needed: blockBytes, got: body.byteCount)
    }
    guard body.byteCount % blockBytes == 0 else {
      return .misaligned(blockBytes: blockBytes, got: body.byteCount)
    }
    var plaintext: [UInt8] = []
    guard cipher.apply(to: body, iv: iv.rawSpan, into: &plaintext) else {
      return .tooShort(needed: blockBytes, got: iv.count)
    }
    return .opened(plaintext: plaintext, integrity: .notChecked)
  }

  /// The last ciphertext block: the IV of the exchange's next message; for the last message of
  /// phase 1, what phase 2's IVs come from.
  package func lastBlock(of body: RawSpan) -> [UInt8] {
    body.copy(max(0, body.byteCount - blockBytes)..<body.byteCount)
  }
}

/// Opens SK and SKF payloads of one direction of an IKEv2 SA.
package final class IKEv2Opener {
  private let cipher: CipherAlgorithm
  private let plain: CipherContext?
  private let aead: AEADContext?
  private let mac: MACContext?
  private let icvBytes: Int

  /// - Parameters:
  ///   - cipher: The negotiated cipher.
  ///   - encryptionKey: SK_ei or SK_er, with the salt behind it.
  ///   - integrity: The negotiated integrity transform; nil for an AEAD.
  ///   - integrityKey: SK_ai or SK_ar; nil when only the encryption key is known, and nothing can
  ///     be verified.
  /// - Throws: For an algorithm libcrypto lacks and a key of the wrong length.
  package init(
    cipher: CipherAlgorithm, encryptionKey: Secret, integrity: IntegrityAlgorithm?,
    integrityKey: Secret?
  ) throws(CryptoError) {
    self.cipher = cipher
    let (key, salt) = try cipher.split(encryptionKey)
    if cipher.isAEAD {
      aead = try AEADContext(cipher, key: key, salt: salt)
      (plain, mac, icvBytes) = (nil, nil, cipher.icvBytes)
    } else {
      plain = try CipherContext(cipher, key: key, salt: salt)
      aead = nil
      icvBytes = integrity?.icvBytes ?? 0
      if case .mac(let algorithm) = integrity?.method, let integrityKey {
        mac = try MACContext(algorithm, key: integrityKey)
      } else {
        mac = nil
      }
    }
  }

  /// True where the plaintext stands in the message as it is (RFC 2410).
  package var encryptsNothing: Bool { cipher.mode == .null }

  /// Opens one message.
  ///
  /// - Parameters:
  ///   - message: From the first byte of the IKE header to the last byte of the SK payload.
  ///   - bodyOffset: Where the IV starts: behind the SK payload's generic header, or behind the
  ///     SKF payload's fragment numbers.
  /// - Returns: The payloads within, without padding, or why there are none.
  package func open(_ message: RawSpan, bodyOffset: Int) -> IKEOpenOutcome {
    let ivBytes = cipher.ivBytes
    let got = message.byteCount - max(0, min(bodyOffset, message.byteCount))
    let needed = ivBytes + max(cipher.blockBytes, 1) + icvBytes
    guard bodyOffset >= 0, got >= needed else { return .tooShort(needed: needed, got: got) }
    let iv = message.extracting(bodyOffset..<(bodyOffset + ivBytes))
    let end = message.byteCount - icvBytes
    let ciphertext = message.extracting((bodyOffset + ivBytes)..<end)
    let icv = message.extracting(end..<message.byteCount)
    guard ciphertext.byteCount % cipher.blockBytes == 0 else {
      return .misaligned(blockBytes: cipher.blockBytes, got: ciphertext.byteCount)
    }
    var buffer: [UInt8] = []
    if let aead {
      let aad = message.extracting(0..<bodyOffset)
      guard aead.open(ciphertext, iv: iv, aad: aad, tag: icv, into: &buffer) else {
        return .integrityFailed
      }
    } else {
      if let mac {
        mac.begin()
        mac.update(message.extracting(0..<end))
        mac.finish()
        guard mac.matches(icv) else { return .integrityFailed }
      }
      guard let plain, plain.apply(to: ciphertext, iv: iv, into: &buffer) else {
        return .tooShort(needed: needed, got: got)
      }
    }
    return withoutPadding(buffer, count: ciphertext.byteCount)
  }

  /// Decrypts a message whose integrity value does not fit, for those who want to see what would
  /// come out; nil for an AEAD, which gives nothing then, and for what cannot be decrypted.
  ///
  /// - Parameters: As for `open`.
  package func openUnverified(_ message: RawSpan, bodyOffset: Int) -> [UInt8]? {
    let start = bodyOffset + cipher.ivBytes
    let end = message.byteCount - icvBytes
    guard let plain, bodyOffset >= 0, end - start >= max(cipher.blockBytes, 1),
      (end - start) % cipher.blockBytes == 0
    else { return nil }
    var buffer: [UInt8] = []
    guard
      plain.apply(
        to: message.extracting(start..<end), iv: message.extracting(bodyOffset..<start),
        into: &buffer),
      case .opened(let plaintext, _) = withoutPadding(buffer, count: end - start)
    else { return nil }
    return plaintext
  }

  /// The last byte is the padding's length, not counting itself (RFC 7296 §3.14).
  private func withoutPadding(_ buffer: [UInt8], count: Int) -> IKEOpenOutcome {
    let length = Int(buffer[count - 1])
    guard length + 1 <= count else { return .paddingImplausible }
    return .opened(
      plaintext: Array(buffer[..<(count - 1 - length)]),
      integrity: mac == nil && aead == nil ? .notChecked : .good)
  }
}
