// Unsafe here: libcrypto's cipher context, made once and freed in `deinit`, and calls with borrowed
// pointers. The output is known to hold as many bytes as the input before each call, tags are
// written into and read from a raw buffer of 16 bytes, nonces into another (a salt
// has at most 4 bytes, an IV 8), and every length fits Int32.

import Bytes
import CLibcrypto

/// A cipher with integrity (GCM, CCM, ChaCha20-Poly1305, GMAC): the key is set up once, then one
/// packet after the other.
///
/// Used by one thread at a time. A packet costs no allocation.
@safe
package final class AEADContext {
  package let algorithm: CipherAlgorithm
  /// libcrypto chooses CCM's code by direction when the key is set.
  private let isEncrypting: Bool
  private let context: OpaquePointer
  // Of the algorithm, apart: a copy of the whole description costs references a packet.
  private let mode: CipherAlgorithm.Mode
  private let icvBytes: Int
  private let saltBytes: Int
  /// Salt, then IV (RFC 4106 §4, RFC 4309 §4, RFC 7634 §2): 16 bytes of room.
  private let nonce: UnsafeMutablePointer<UInt8>
  /// The tag, 16 bytes of room.
  private let tag: UnsafeMutablePointer<UInt8>

  /// Sets the key up, for opening or for sealing; `salt` has the algorithm's `saltBytes`.
  package init(
    _ algorithm: CipherAlgorithm, key: Secret, salt: Secret, isEncrypting: Bool = false
  ) throws(CryptoError) {
    guard algorithm.mode != .unsupported else {
      throw .unsupported(
        algorithm: algorithm.identifier, reason: "libcrypto does not have this cipher")
    }
    guard algorithm.isAEAD else {
      throw .invalidInput(algorithm: algorithm.identifier, what: "is not an AEAD")
    }
    guard salt.count == algorithm.saltBytes else {
      throw .keyLength(
        algorithm: "\(algorithm.identifier) salt", expected: "\(algorithm.saltBytes)",
        got: salt.count)
    }
    self.algorithm = algorithm
    self.isEncrypting = isEncrypting
    mode = algorithm.mode
    icvBytes = algorithm.icvBytes
    saltBytes = algorithm.saltBytes
    unsafe nonce = .allocate(capacity: 16)
    unsafe nonce.initialize(repeating: 0, count: 16)
    unsafe tag = .allocate(capacity: 16)
    unsafe tag.initialize(repeating: 0, count: 16)
    for index in 0..<min(salt.count, 8) { unsafe nonce[index] = salt.rawSpan.byte(at: index) }
    unsafe context = try Self.makeAEAD(
      algorithm, key: key, nonceBytes: salt.count + 8, isEncrypting: isEncrypting)
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
    unsafe OPENSSL_cleanse(nonce, 16)
    unsafe nonce.deallocate()
    unsafe tag.deallocate()
  }

  /// CCM wants the lengths of nonce and tag before the key (SP 800-38C: both go into block 0).
  private static func makeAEAD(
    _ algorithm: CipherAlgorithm, key: Secret, nonceBytes: Int, isEncrypting: Bool
  ) throws(CryptoError) -> OpaquePointer {
    let cipher = try Libcrypto.cipher(algorithm, keyBytes: key.count)
    guard let context = unsafe EVP_CIPHER_CTX_new() else {
      throw .library(operation: "EVP_CIPHER_CTX_new")
    }
    let direction: Int32 = isEncrypting ? 1 : 0
    let isReady = unsafe key.rawSpan.withUnsafeBytes { bytes in
      unsafe EVP_CipherInit_ex(context, cipher.pointer, nil, nil, nil, direction) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonceBytes), nil) == 1
        && (algorithm.mode != .ccm
          || EVP_CIPHER_CTX_ctrl(
            context, EVP_CTRL_AEAD_SET_TAG, Int32(algorithm.icvBytes), nil) == 1)
        && EVP_CipherInit_ex(
          context, nil, nil, bytes.bindMemory(to: UInt8.self).baseAddress, nil, direction) == 1
    }
    guard isReady else {
      unsafe EVP_CIPHER_CTX_free(context)
      ERR_clear_error()
      throw .library(operation: "EVP_CipherInit_ex (\(algorithm.identifier))")
    }
    return unsafe context
  }

  /// Verifies and decrypts one packet to the start of `buffer`, which is grown when too short.
  ///
  /// For GMAC the ciphertext is the clear payload: it is verified and copied.
  ///
  /// - Parameters:
  ///   - ciphertext: What follows the IV, without the tag.
  ///   - iv: 8 bytes.
  ///   - aad: What is authenticated beside it; for GMAC without the IV, which is added here
  ///     (RFC 4543 §3.3).
  ///   - tag: The tag, of the algorithm's `icvBytes`.
  ///   - buffer: Where the plaintext goes; holds nothing of worth after false.
  /// - Returns: True when the tag is right.
  package func open(
    _ ciphertext: RawSpan, iv: RawSpan, aad: RawSpan, tag: RawSpan, into buffer: inout [UInt8]
  ) -> Bool {
    let count = ciphertext.byteCount
    guard !isEncrypting, iv.byteCount == 8, tag.byteCount == icvBytes,
      count <= Int(Int32.max),
      aad.byteCount <= Int(Int32.max)
    else { return false }
    grow(&buffer, to: max(count, 1))
    set(iv)
    unsafe tag.withUnsafeBytes { bytes in
      guard let source = bytes.baseAddress else { return }
      unsafe UnsafeMutableRawPointer(self.tag).copyMemory(
        from: source, byteCount: min(bytes.count, 16))
    }
    return unsafe buffer.withUnsafeMutableBytes { output in
      unsafe ciphertext.withUnsafeBytes { input in
        guard start(textBytes: count), add(aad) else { return false }
        if mode == .gmac {
          guard add(iv), add(ciphertext) else { return false }
          unsafe output.copyMemory(from: input)
        } else if unsafe !transformAll(input, output.baseAddress) {
          return false
        }
        return finishOpening()
      }
    }
  }

  /// Encrypts one packet to the start of `buffer` and gives its tag; nil in a context made for
  /// opening, and for an impossible IV.
  package func seal(
    _ plaintext: RawSpan, iv: RawSpan, aad: RawSpan, into buffer: inout [UInt8]
  ) -> [UInt8]? {
    let count = plaintext.byteCount
    guard isEncrypting, iv.byteCount == 8, count <= Int(Int32.max), aad.byteCount <= Int(Int32.max)
    else {
      return nil
    }
    grow(&buffer, to: max(count, 1))
    set(iv)
    let isDone = unsafe buffer.withUnsafeMutableBytes { output in
      unsafe plaintext.withUnsafeBytes { input in
        guard start(textBytes: count), add(aad) else { return false }
        if mode == .gmac {
          guard add(iv), add(plaintext) else { return false }
          unsafe output.copyMemory(from: input)
        } else if unsafe !transformAll(input, output.baseAddress) {
          return false
        }
        var written: Int32 = 0
        return unsafe EVP_EncryptFinal_ex(context, tag, &written) == 1
          && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(icvBytes), tag)
            == 1
      }
    }
    return isDone
      ? unsafe Array(UnsafeBufferPointer(start: tag, count: icvBytes)) : nil
  }

  /// Puts the IV's 8 bytes behind the salt.
  private func set(_ iv: RawSpan) {
    unsafe UnsafeMutableRawPointer(nonce).storeBytes(
      of: iv.uint64(at: 0).bigEndian, toByteOffset: saltBytes, as: UInt64.self)
  }

  private func start(textBytes: Int) -> Bool {
    let isCCM = mode == .ccm
    let direction: Int32 = isEncrypting ? 1 : 0
    if isCCM {
      // When sealing, only the length is set; a tag given would be taken for a decryption.
      let expected: UnsafeMutablePointer<UInt8>? = unsafe isEncrypting ? nil : tag
      guard
        unsafe EVP_CipherInit_ex(context, nil, nil, nil, nil, direction) == 1
          && EVP_CIPHER_CTX_ctrl(
            context, EVP_CTRL_AEAD_SET_TAG, Int32(icvBytes), expected) == 1
      else { return false }
    }
    guard unsafe EVP_CipherInit_ex(context, nil, nil, nil, nonce, direction) == 1 else {
      return false
    }
    guard isCCM else { return true }
    var written: Int32 = 0
    return unsafe EVP_CipherUpdate(context, nil, &written, nil, Int32(textBytes)) == 1
  }

  private func add(_ aad: RawSpan) -> Bool {
    guard aad.byteCount > 0 else { return true }
    var written: Int32 = 0
    return unsafe aad.withUnsafeBytes { bytes in
      unsafe EVP_CipherUpdate(
        context, nil, &written, bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count))
        == 1
    }
  }

  /// CCM computes its tag during the one update, so it needs one even for an empty text.
  private func transformAll(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawPointer?
  ) -> Bool {
    guard unsafe input.isEmpty else {
      return unsafe transform(context, input, output, encrypting: isEncrypting)
    }
    guard mode == .ccm else { return true }
    return unsafe withUnsafeBytes(of: UInt8(0)) { byte in
      unsafe transform(
        context, UnsafeRawBufferPointer(rebasing: byte[..<0]), output, encrypting: isEncrypting)
    }
  }

  private func finishOpening() -> Bool {
    // CCM compared the tag during the update.
    guard mode != .ccm else { return true }
    var written: Int32 = 0
    var rest: (UInt64, UInt64) = (0, 0)
    return unsafe withUnsafeMutableBytes(of: &rest) { rest in
      unsafe EVP_CIPHER_CTX_ctrl(
        context, EVP_CTRL_AEAD_SET_TAG, Int32(icvBytes), tag) == 1
        && EVP_DecryptFinal_ex(
          context, rest.bindMemory(to: UInt8.self).baseAddress, &written) == 1
    }
  }
}
