// Unsafe here: one raw buffer for the finished value, as large as the largest (64 bytes), and
// libcrypto's AES contexts behind `BlockChain`. Lengths are checked before each comparison.

import Bytes
import CLibcrypto

/// What computes a message authentication code, without its truncation.
package enum MACAlgorithm: Hashable, Sendable {
  /// HMAC (RFC 2104) over a hash.
  case hmac(HashAlgorithm)
  /// AES-128-XCBC-MAC (RFC 3566).
  case xcbc
  /// AES-CMAC with a key of 16, 24 or 32 bytes (RFC 4493).
  case cmac

  /// Bytes before truncation.
  package var outputBytes: Int {
    switch self {
    case .hmac(let hash): hash.outputBytes
    case .xcbc, .cmac: 16
    }
  }
}

/// A keyed authentication code: the key is set up once, then one message after the other.
///
/// Used by one thread at a time. A message costs no allocation.
@safe
package final class MACContext {
  /// What is computed.
  package let algorithm: MACAlgorithm
  private let outputBytes: Int
  private let engine: Engine
  private let value: UnsafeMutablePointer<UInt8>

  private enum Engine {
    case hmac(inner: HashState, outer: HashState, work: HashState)
    case chain(BlockChain)
  }

  /// Sets the key up. HMAC takes a key of any length; XCBC takes 16 bytes, CMAC 16, 24 or 32.
  package init(_ algorithm: MACAlgorithm, key: Secret) throws(CryptoError) {
    self.algorithm = algorithm
    outputBytes = algorithm.outputBytes
    switch algorithm {
    case .hmac(let hash): engine = Self.hmac(hash, key: key)
    case .xcbc: engine = .chain(try BlockChain(xcbcKey: key))
    case .cmac: engine = .chain(try BlockChain(cmacKey: key))
    }
    unsafe value = .allocate(capacity: 64)
    unsafe value.initialize(repeating: 0, count: 64)
    begin()
  }

  deinit {
    unsafe OPENSSL_cleanse(value, 64)
    unsafe value.deallocate()
  }

  private static func hmac(_ hash: HashAlgorithm, key: Secret) -> Engine {
    let (inner, outer) = (HashState(hash), HashState(hash))
    var block = [UInt8](repeating: 0, count: hash.blockBytes)
    if key.count > hash.blockBytes {
      inner.update(key.rawSpan)
      inner.finish(toStartOf: &block)
      inner.restart()
    } else {
      for index in 0..<key.count { block[index] = key.rawSpan.byte(at: index) }
    }
    for index in block.indices { block[index] ^= 0x36 }
    inner.update(block.rawSpan)
    for index in block.indices { block[index] ^= 0x36 ^ 0x5c }
    outer.update(block.rawSpan)
    wipe(&block)
    return .hmac(inner: inner, outer: outer, work: HashState(hash))
  }

  /// Starts a message.
  package func begin() {
    switch engine {
    case .hmac(let inner, _, let work): work.copy(inner)
    case .chain(let chain): chain.begin()
    }
  }

  /// Takes in a part of the message.
  package func update(_ bytes: RawSpan) {
    switch engine {
    case .hmac(_, _, let work): work.update(bytes)
    case .chain(let chain): chain.update(bytes)
    }
  }

  /// Takes in four bytes, most significant first: ESN's high half (RFC 4303 §2.2.1).
  package func update(_ word: UInt32) {
    let bigEndian = word.bigEndian
    unsafe withUnsafeBytes(of: bigEndian) { bytes in
      update(unsafe RawSpan(_unsafeBytes: bytes))
    }
  }

  /// Ends the message; `matches`, `bytes` and `secret` then speak of its value.
  package func finish() {
    switch engine {
    case .hmac(_, let outer, let work):
      unsafe work.finish(into: value)
      work.copy(outer)
      unsafe work.update(UnsafeRawBufferPointer(start: value, count: outputBytes))
      unsafe work.finish(into: value)
    case .chain(let chain):
      unsafe chain.finish(into: value)
    }
  }

  /// True when the finished value starts with `expected`, compared in constant time; false for an
  /// empty or too long one.
  package func matches(_ expected: RawSpan) -> Bool {
    let count = expected.byteCount
    guard count > 0, count <= outputBytes else { return false }
    return unsafe expected.withUnsafeBytes { bytes in
      unsafe CRYPTO_memcmp(bytes.baseAddress, value, count) == 0
    }
  }

  /// The finished value.
  package func bytes() -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: value, count: outputBytes))
  }

  /// The finished value, as the key that a PRF's output is.
  package func secret() -> Secret {
    let count = outputBytes
    return unsafe Secret(count: count) { buffer in
      unsafe buffer.baseAddress?.update(from: value, count: count)
    }
  }

  /// The code of the parts, one after the other.
  package func authenticate(_ parts: [any ByteSource]) {
    begin()
    for part in parts { part.withBytes { update($0) } }
    finish()
  }
}

/// Overwrites bytes that held a key.
func wipe(_ bytes: inout [UInt8]) {
  unsafe bytes.withUnsafeMutableBytes { buffer in
    unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
  }
}
