// Unsafe here: libcrypto's cipher context, made once and freed in `deinit`, and calls with borrowed
// pointers. Before each call the output is known to hold as many bytes as the input (no padding is
// removed by libcrypto, so no mode writes more), and every length fits Int32.

import Bytes
import CLibcrypto

/// A cipher without integrity (CBC, CTR, NULL): the key is set up once, then one packet after the
/// other with its own IV.
///
/// Used by one thread at a time. A packet costs no allocation.
@safe
package final class CipherContext {
  package let algorithm: CipherAlgorithm
  // Of the algorithm, apart: a copy of the whole description costs references a packet.
  private let isBlockChained: Bool
  private let blockBytes: Int
  private let ivBytes: Int
  /// A block cipher's key is prepared for one direction.
  private let isEncrypting: Bool
  /// Nil for NULL.
  private let context: OpaquePointer?
  /// CTR's counter block: nonce, IV, 32-bit counter that starts at 1 (RFC 3686 §4).
  private var counterBlock = [UInt8](repeating: 0, count: 16)

  /// Sets the key up.
  ///
  /// - Parameters:
  ///   - algorithm: A cipher of mode CBC, CTR or NULL.
  ///   - key: The key without its salt.
  ///   - salt: CTR's nonce, 4 bytes; empty for the others.
  ///   - isEncrypting: True for a context that encrypts.
  /// - Throws: For an AEAD, a cipher libcrypto lacks, and a key or salt of the wrong length.
  package init(
    _ algorithm: CipherAlgorithm, key: Secret, salt: Secret = Secret([]),
    isEncrypting: Bool = false
  ) throws(CryptoError) {
    self.algorithm = algorithm
    self.isEncrypting = isEncrypting
    isBlockChained = algorithm.mode == .cbc
    blockBytes = algorithm.blockBytes
    ivBytes = algorithm.ivBytes
    switch algorithm.mode {
    case .null: unsafe context = nil
    case .cbc, .ctr:
      unsafe context = try makeContext(algorithm, key: key, isEncrypting: isEncrypting)
    case .unsupported:
      throw .unsupported(
        algorithm: algorithm.identifier, reason: "libcrypto does not have this cipher")
    case .gcm, .ccm, .chachaPoly, .gmac:
      throw .invalidInput(algorithm: algorithm.identifier, what: "is an AEAD")
    }
    guard salt.count == algorithm.saltBytes else {
      throw .keyLength(
        algorithm: "\(algorithm.identifier) salt", expected: "\(algorithm.saltBytes)",
        got: salt.count)
    }
    for index in 0..<salt.count { counterBlock[index] = salt.rawSpan.byte(at: index) }
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
    wipe(&counterBlock)
  }

  /// Decrypts (or, in an encrypting context, encrypts) `input` to the start of `buffer`, which is
  /// grown when it is too short. False for an IV of the wrong length or an input that is not whole
  /// blocks.
  package func apply(to input: RawSpan, iv: RawSpan, into buffer: inout [UInt8]) -> Bool {
    let count = input.byteCount
    guard iv.byteCount == ivBytes, count % blockBytes == 0,
      count <= Int(Int32.max)
    else { return false }
    grow(&buffer, to: count)
    guard count > 0 else { return true }
    return unsafe buffer.withUnsafeMutableBytes { output in
      unsafe input.withUnsafeBytes { input in
        guard let context = unsafe context else {
          unsafe output.copyMemory(from: input)
          return true
        }
        guard unsafe start(context, iv: iv) else { return false }
        return unsafe transform(
          context, input, output.baseAddress, encrypting: isEncrypting)
      }
    }
  }

  private func start(_ context: OpaquePointer, iv: RawSpan) -> Bool {
    let direction: Int32 = isEncrypting ? 1 : 0
    if isBlockChained {
      return unsafe iv.withUnsafeBytes { iv in
        unsafe EVP_CipherInit_ex(
          context, nil, nil, nil, iv.bindMemory(to: UInt8.self).baseAddress, direction) == 1
      }
    }
    for index in 0..<8 { counterBlock[4 + index] = iv.byte(at: index) }
    counterBlock[15] = 1
    return unsafe EVP_CipherInit_ex(context, nil, nil, nil, counterBlock, direction) == 1
  }
}

/// Encrypts or decrypts `input` to `output`, which has room for it.
@inline(__always)
func transform(
  _ context: OpaquePointer, _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawPointer?,
  encrypting: Bool
) -> Bool {
  var written: Int32 = 0
  let target = unsafe output?.assumingMemoryBound(to: UInt8.self)
  let source = unsafe input.bindMemory(to: UInt8.self).baseAddress
  let ok =
    encrypting
    ? unsafe EVP_EncryptUpdate(context, target, &written, source, Int32(input.count))
    : unsafe EVP_DecryptUpdate(context, target, &written, source, Int32(input.count))
  return ok == 1
}

/// Makes `buffer` at least `count` long; buffers are reused, so this seldom does anything.
@inline(__always)
func grow(_ buffer: inout [UInt8], to count: Int) {
  if buffer.count < count {
    buffer.append(contentsOf: repeatElement(0, count: count - buffer.count))
  }
}

/// A context of libcrypto with cipher and key set and padding off.
func makeContext(
  _ algorithm: CipherAlgorithm, key: Secret, isEncrypting: Bool
) throws(CryptoError) -> OpaquePointer {
  let direction: Int32 = isEncrypting ? 1 : 0
  let cipher = try Libcrypto.cipher(algorithm, keyBytes: key.count)
  guard let context = unsafe EVP_CIPHER_CTX_new() else {
    throw .library(operation: "EVP_CIPHER_CTX_new")
  }
  let isReady = unsafe key.rawSpan.withUnsafeBytes { bytes in
    unsafe EVP_CipherInit_ex(context, cipher.pointer, nil, nil, nil, direction) == 1
      && EVP_CIPHER_CTX_set_key_length(context, Int32(key.count)) == 1
      && EVP_CIPHER_CTX_set_padding(context, 0) == 1
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
