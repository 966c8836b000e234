// Unsafe here: calls of libcrypto with borrowed pointers. The scratch output is as long as the
// longest input handed over at once, and the context is freed once, in `deinit`.

import Bytes
import CLibcrypto

/// The chain of AES blocks beneath AES-XCBC-MAC (RFC 3566 §4) and AES-CMAC (RFC 4493 §2): CBC with a
/// zero IV, whose last block is masked by one of two derived keys, depending on whether it is full.
@safe
final class BlockChain {
  private let context: OpaquePointer
  /// Masks the last block when it is full, and when it had to be padded.
  private var fullMask: [UInt8]
  private var paddedMask: [UInt8]
  /// Bytes not yet chained: the last block must not go in before it is known to be the last.
  private var pending = [UInt8](repeating: 0, count: 16)
  private var pendingCount = 0
  private var scratch = [UInt8](repeating: 0, count: 2048)
  private static let zeroBlock = [UInt8](repeating: 0, count: 16)

  /// RFC 3566 §4: three keys are the encryptions of 0x01…, 0x02… and 0x03… under the key.
  convenience init(xcbcKey key: Secret) throws(CryptoError) {
    guard key.count == 16 else {
      throw .keyLength(algorithm: "aes-xcbc", expected: "16", got: key.count)
    }
    let keys = try [UInt8(1), 2, 3].map { constant throws(CryptoError) in
      try Self.encryptBlock([UInt8](repeating: constant, count: 16), key: key)
    }
    try self.init(key: Secret(keys[0]), fullMask: keys[1], paddedMask: keys[2])
  }

  /// RFC 4493 §2.3: two masks are the encryption of zero, doubled once and twice in GF(2^128).
  convenience init(cmacKey key: Secret) throws(CryptoError) {
    let once = Self.doubled(try Self.encryptBlock(Self.zeroBlock, key: key))
    try self.init(key: key, fullMask: once, paddedMask: Self.doubled(once))
  }

  private init(key: Secret, fullMask: [UInt8], paddedMask: [UInt8]) throws(CryptoError) {
    unsafe context = try Self.encryptor(key)
    self.fullMask = fullMask
    self.paddedMask = paddedMask
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
    wipe(&fullMask)
    wipe(&paddedMask)
    wipe(&pending)
  }

  func begin() {
    pendingCount = 0
    _ = unsafe EVP_EncryptInit_ex(context, nil, nil, nil, Self.zeroBlock)
  }

  func update(_ bytes: RawSpan) {
    var offset = 0
    while offset < bytes.byteCount {
      if pendingCount == 16 { chainPending() }
      if pendingCount == 0, bytes.byteCount - offset > 16 {
        // Whole blocks, leaving at least one byte for the last block.
        let blocks = min((bytes.byteCount - offset - 1) / 16 * 16, scratch.count)
        chain(bytes.extracting(offset..<(offset + blocks)))
        offset += blocks
      } else {
        pending[pendingCount] = bytes.byte(at: offset)
        pendingCount += 1
        offset += 1
      }
    }
  }

  func finish(into output: UnsafeMutablePointer<UInt8>) {
    let isFull = pendingCount == 16
    if !isFull {
      pending[pendingCount] = 0x80
      for index in (pendingCount + 1)..<16 { pending[index] = 0 }
    }
    for index in 0..<16 { pending[index] ^= isFull ? fullMask[index] : paddedMask[index] }
    chainPending()
    for index in 0..<16 { unsafe output[index] = scratch[index] }
  }

  private func chainPending() {
    chain(pending.rawSpan)
    pendingCount = 0
  }

  /// Encrypts whole blocks, at most `scratch.count` bytes; only the chaining value is wanted, and
  /// the context keeps it.
  private func chain(_ blocks: RawSpan) {
    var written: Int32 = 0
    unsafe blocks.withUnsafeBytes { input in
      _ = unsafe EVP_EncryptUpdate(
        context, &scratch, &written, input.bindMemory(to: UInt8.self).baseAddress,
        Int32(input.count))
    }
  }

  private static func encryptor(_ key: Secret) throws(CryptoError) -> OpaquePointer {
    let cipher = try Libcrypto.cipher(CipherAlgorithm.aesCBC, keyBytes: key.count)
    guard let context = unsafe EVP_CIPHER_CTX_new() else {
      throw .library(operation: "EVP_CIPHER_CTX_new")
    }
    let ready = unsafe key.rawSpan.withUnsafeBytes { bytes in
      unsafe EVP_EncryptInit_ex(
        context, cipher.pointer, nil, bytes.bindMemory(to: UInt8.self).baseAddress, zeroBlock)
    }
    guard ready == 1, unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1 else {
      unsafe EVP_CIPHER_CTX_free(context)
      throw .library(operation: "EVP_EncryptInit_ex")
    }
    return unsafe context
  }

  private static func encryptBlock(_ block: [UInt8], key: Secret) throws(CryptoError) -> [UInt8] {
    let context = unsafe try encryptor(key)
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    var result = [UInt8](repeating: 0, count: 32)
    var written: Int32 = 0
    guard unsafe EVP_EncryptUpdate(context, &result, &written, block, 16) == 1, written == 16 else {
      throw .library(operation: "EVP_EncryptUpdate")
    }
    return Array(result[..<16])
  }

  private static func doubled(_ block: [UInt8]) -> [UInt8] {
    var result = block
    for index in 0..<16 {
      let carry = index < 15 ? block[index + 1] >> 7 : 0
      result[index] = block[index] << 1 | carry
    }
    if block[0] & 0x80 != 0 { result[15] ^= 0x87 }
    return result
  }
}
