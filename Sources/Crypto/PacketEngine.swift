// Unsafe here: libcrypto's cipher context, made once and freed with the engine; what is lent of an engine
// holds its address, and whoever takes that spells `unsafe` and keeps the engine; calls with pointers
// that are borrowed for the call; two names that live as long as the process. Before each call the
// output is known to hold as many bytes as the input, every length fits UInt32, and nothing is read
// beyond the packet, whose length is checked first.

import Bytes
import CLibcrypto

/// Verifies and decrypts the ESP packets of one SA with as little around the arithmetic as libcrypto
/// allows: block chaining with HMAC, and GCM; `CipherContext`, `MACContext` and `AEADContext` do
/// everything else.
///
/// Setting an IV through `EVP_DecryptInit_ex` costs more than decrypting a small packet. Block
/// chaining needs none: each block is masked with the ciphertext before it, so decrypting the IV as
/// if it were the first block sets every later one right. For GCM, IV and tag go in by one call.
///
/// Used by one thread at a time. A packet costs no allocation.
@safe
package final class PacketEngine {
  private let context: OpaquePointer
  /// Nil for GCM.
  private let code: KeyedCode?
  private let ivBytes: Int
  private let icvBytes: Int

  /// Sets the keys up.
  ///
  /// - Returns: Nil for other algorithms, for keys that do not fit theirs, and where this libcrypto
  ///   does not know how.
  package init?(
    _ cipher: CipherAlgorithm, key: Secret, salt: Secret, _ integrity: IntegrityAlgorithm?,
    integrityKey: Secret
  ) {
    guard salt.count == cipher.saltBytes,
      let context = unsafe try? makeContext(cipher, key: key, isEncrypting: false)
    else { return nil }
    var isReady = false
    var code: KeyedCode?
    var icvBytes = 0
    switch (cipher.mode, integrity?.method) {
    case (.cbc, .mac(.hmac(let hash))):
      code = KeyedCode(hash, key: integrityKey)
      isReady = code != nil && cipher.ivBytes == cipher.blockBytes
      icvBytes = integrity?.icvBytes ?? 0
    case (.gcm, nil) where cipher.ivBytes == 8:
      isReady = unsafe salt.rawSpan.withUnsafeBytes { bytes in
        unsafe EVP_CIPHER_CTX_ctrl(
          context, EVP_CTRL_AEAD_SET_IV_FIXED, 4,
          UnsafeMutableRawPointer(mutating: bytes.baseAddress))
          == 1
      }
      icvBytes = cipher.icvBytes
    default: break
    }
    // From here on `deinit` cleans up.
    unsafe self.context = context
    self.code = code
    ivBytes = cipher.ivBytes
    self.icvBytes = icvBytes
    guard isReady, (8...32).contains(icvBytes), icvBytes % 4 == 0 else { return nil }
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
    code?.destroy()
  }

  /// What opens packets, for whoever keeps the engine as long as that.
  ///
  /// Counting a reference for each packet would write to a place in memory that a packet touches for
  /// nothing else, and wait for everything that was read ahead of it.
  @unsafe package var lent: LentEngine {
    unsafe LentEngine(
      context: context, code: code, ivBytes: Int8(truncatingIfNeeded: ivBytes),
      icvBytes: Int8(truncatingIfNeeded: icvBytes))
  }
}

/// An engine without the engine: numbers that lead to its keys, which go with it.
@safe @usableFromInline
package struct LentEngine {
  fileprivate let context: OpaquePointer
  /// Nil for GCM.
  fileprivate let code: KeyedCode?
  fileprivate let ivBytes: Int8
  fileprivate let icvBytes: Int8

  /// Where the keys are, to ask the processor for them ahead of a packet.
  package var place: Place { unsafe Place(UInt(bitPattern: context), code?.address) }

  /// Where the keys of an engine are, and no more than that: it may outlive the engine.
  @usableFromInline
  package struct Place: Sendable {
    @usableFromInline
    let context: UInt
    /// 0 for GCM.
    @usableFromInline
    let code: UInt

    /// That of no engine.
    package init() { (context, code) = (0, 0) }

    fileprivate init(_ context: UInt, _ code: UInt?) {
      self.context = context
      self.code = code ?? 0
    }

    /// Asks the processor for the keys.
    @inlinable @inline(__always)
    package func prefetch() {
      guard context != 0 else { return }
      // A context of libcrypto 3 and, which the allocator nearly always puts right behind it, what its
      // provider keeps: GCM has tables of its key.
      Crypto.prefetch(context, count: 192 + 464)
      if code == 0 {
        Crypto.prefetch(context &+ (192 + 464), count: 976 - 464)
      } else {
        Crypto.prefetch(code, count: KeyedCode.byteCount)
      }
    }
  }

  /// Verifies and decrypts one packet.
  ///
  /// - Parameters:
  ///   - packet: From the SPI to the last byte of the integrity value.
  ///   - high: High half of the sequence number where that is extended.
  ///   - buffer: Where the plaintext goes; grown when too short.
  /// - Returns: Where the plaintext stands in `buffer`, its trailer included; nil when the packet
  ///   does not verify or its length is none of this cipher's.
  @inline(__always)
  package func open(
    _ packet: RawSpan, high: UInt32?, into buffer: inout [UInt8]
  ) -> Range<Int>? {
    let count = packet.byteCount
    guard count <= 1 << 24 else { return nil }
    grow(&buffer, to: count)
    let opened = unsafe buffer.withUnsafeMutableBufferPointer { output in
      unsafe packet.withUnsafeBytes { bytes in
        guard let output = output.baseAddress, let input = bytes.baseAddress else {
          return -1
        }
        return unsafe open(input, count, high: high, into: output)
      }
    }
    guard opened > 0 else { return nil }
    let start = code == nil ? 0 : Int(ivBytes)
    return start..<(start + opened)
  }

  /// Bytes of plaintext and trailer; -1 for none.
  @inline(__always)
  private func open(
    _ packet: UnsafeRawPointer, _ count: Int, high: UInt32?,
    into output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let (ivBytes, icvBytes) = (Int(ivBytes), Int(icvBytes))
    let text = count - 8 - ivBytes - icvBytes
    let end = unsafe packet + (count - icvBytes)
    guard text >= 2 else { return -1 }
    guard let code else {
      return unsafe opensCounted(packet, text, high: high, tag: end, output) ? text : -1
    }
    // Blocks have 8 or 16 bytes.
    guard text & (ivBytes - 1) == 0,
      unsafe code.fits(packet, count - icvBytes, high: high, end, icvBytes: icvBytes)
    else { return -1 }
    let input = unsafe (packet + 8).assumingMemoryBound(to: UInt8.self)
    return unsafe EVP_Cipher(context, output, input, UInt32(text + ivBytes)) >= 0 ? text : -1
  }

  private func opensCounted(
    _ packet: UnsafeRawPointer, _ text: Int, high: UInt32?, tag: UnsafeRawPointer,
    _ output: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    let names = ParameterNames.shared
    var parameters = unsafe (
      OSSL_PARAM(
        key: names.tag, data_type: UInt32(OSSL_PARAM_OCTET_STRING),
        data: UnsafeMutableRawPointer(mutating: tag), data_size: Int(icvBytes), return_size: 0),
      OSSL_PARAM(
        key: names.iv, data_type: UInt32(OSSL_PARAM_OCTET_STRING),
        data: UnsafeMutableRawPointer(mutating: packet + 8), data_size: 8, return_size: 0),
      OSSL_PARAM()
    )
    let isSet = unsafe withUnsafeBytes(of: &parameters) { bytes in
      unsafe EVP_CIPHER_CTX_set_params(
        context, bytes.baseAddress?.assumingMemoryBound(to: OSSL_PARAM.self)) == 1
    }
    guard isSet, unsafe authenticates(packet, high: high) else { return false }
    let input = unsafe (packet + 16).assumingMemoryBound(to: UInt8.self)
    return unsafe EVP_Cipher(context, output, input, UInt32(text)) >= 0
      && EVP_Cipher(context, nil, nil, 0) >= 0
  }

  /// Takes in SPI and sequence number, which an extended one stands between (RFC 4106 §5).
  @inline(__always)
  private func authenticates(_ packet: UnsafeRawPointer, high: UInt32?) -> Bool {
    guard let high else {
      return unsafe EVP_Cipher(context, nil, packet.assumingMemoryBound(to: UInt8.self), 8) >= 0
    }
    let header = unsafe (
      packet.loadUnaligned(as: UInt32.self), high.bigEndian,
      packet.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    )
    return unsafe withUnsafeBytes(of: header) { bytes in
      unsafe EVP_Cipher(context, nil, bytes.bindMemory(to: UInt8.self).baseAddress, 12) >= 0
    }
  }
}

/// libcrypto's names of what is set for each packet. `@unchecked Sendable`: never written again.
@safe
private struct ParameterNames: @unchecked Sendable {
  let tag: UnsafePointer<CChar>?
  /// The part of the IV that is not the salt.
  let iv: UnsafePointer<CChar>?

  static let shared = ParameterNames()

  private init() {
    unsafe tag = UnsafePointer(strdup(OSSL_CIPHER_PARAM_AEAD_TAG))
    unsafe iv = UnsafePointer(strdup(OSSL_CIPHER_PARAM_AEAD_TLS1_SET_IV_INV))
  }
}
