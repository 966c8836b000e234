// Unsafe here: libcrypto's plain digest states in one raw allocation each. The allocation is as
// large as the largest state, aligned for it, zeroed, and only ever used as the state of the one
// algorithm it was made for; input pointers live for the call that borrows them.

import Bytes
import CLibcrypto

/// A hash being computed; restarting it and copying a prepared state into it allocate nothing.
@safe
final class HashState {
  let algorithm: HashAlgorithm
  private let state: UnsafeMutableRawPointer
  /// The largest of libcrypto's states (SHA512_CTX, 216 bytes).
  private static let stateBytes = MemoryLayout<SHA512_CTX>.size

  init(_ algorithm: HashAlgorithm) {
    self.algorithm = algorithm
    unsafe state = .allocate(byteCount: Self.stateBytes, alignment: 16)
    unsafe state.initializeMemory(as: UInt8.self, repeating: 0, count: Self.stateBytes)
    restart()
  }

  deinit {
    unsafe OPENSSL_cleanse(state, Self.stateBytes)
    unsafe state.deallocate()
  }

  /// Becomes a copy of `other`, which must be of the same algorithm.
  @inline(__always)
  func copy(_ other: HashState) {
    unsafe state.copyMemory(from: other.state, byteCount: Self.stateBytes)
  }

  /// Copies the first `bytes` of the state, which every algorithm's chaining value begins.
  func copyChainingValue(to target: UnsafeMutablePointer<UInt32>, bytes: Int) {
    unsafe UnsafeMutableRawPointer(target).copyMemory(
      from: state, byteCount: min(bytes, Self.stateBytes))
  }

  /// Starts over with no input.
  func restart() {
    switch algorithm {
    case .md5: _ = unsafe MD5_Init(state.assumingMemoryBound(to: MD5_CTX.self))
    case .sha1: _ = unsafe SHA1_Init(state.assumingMemoryBound(to: SHA_CTX.self))
    case .sha224: _ = unsafe SHA224_Init(state.assumingMemoryBound(to: SHA256_CTX.self))
    case .sha256: _ = unsafe SHA256_Init(state.assumingMemoryBound(to: SHA256_CTX.self))
    case .sha384: _ = unsafe SHA384_Init(state.assumingMemoryBound(to: SHA512_CTX.self))
    case .sha512: _ = unsafe SHA512_Init(state.assumingMemoryBound(to: SHA512_CTX.self))
    case .ripemd160: _ = unsafe RIPEMD160_Init(state.assumingMemoryBound(to: RIPEMD160_CTX.self))
    }
  }

  /// Takes in `bytes`.
  func update(_ bytes: RawSpan) {
    guard bytes.byteCount > 0 else { return }
    unsafe bytes.withUnsafeBytes { unsafe self.update($0) }
  }

  /// Takes in `bytes`.
  func update(_ bytes: UnsafeRawBufferPointer) {
    let data = bytes.baseAddress
    let count = bytes.count
    switch algorithm {
    case .md5:
      _ = unsafe MD5_Update(state.assumingMemoryBound(to: MD5_CTX.self), data, count)
    case .sha1:
      _ = unsafe SHA1_Update(state.assumingMemoryBound(to: SHA_CTX.self), data, count)
    case .sha224:
      _ = unsafe SHA224_Update(state.assumingMemoryBound(to: SHA256_CTX.self), data, count)
    case .sha256:
      _ = unsafe SHA256_Update(state.assumingMemoryBound(to: SHA256_CTX.self), data, count)
    case .sha384:
      _ = unsafe SHA384_Update(state.assumingMemoryBound(to: SHA512_CTX.self), data, count)
    case .sha512:
      _ = unsafe SHA512_Update(state.assumingMemoryBound(to: SHA512_CTX.self), data, count)
    case .ripemd160:
      _ = unsafe RIPEMD160_Update(state.assumingMemoryBound(to: RIPEMD160_CTX.self), data, count)
    }
  }

  /// Writes the digest to the start of `output`, which holds at least `outputBytes` bytes.
  func finish(toStartOf output: inout [UInt8]) {
    guard output.count >= algorithm.outputBytes else { return }
    unsafe output.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe finish(into: start)
    }
  }

  /// Writes the digest to `output`, which has room for `outputBytes` bytes.
  func finish(into output: UnsafeMutablePointer<UInt8>) {
    switch algorithm {
    case .md5: _ = unsafe MD5_Final(output, state.assumingMemoryBound(to: MD5_CTX.self))
    case .sha1: _ = unsafe SHA1_Final(output, state.assumingMemoryBound(to: SHA_CTX.self))
    case .sha224: _ = unsafe SHA224_Final(output, state.assumingMemoryBound(to: SHA256_CTX.self))
    case .sha256: _ = unsafe SHA256_Final(output, state.assumingMemoryBound(to: SHA256_CTX.self))
    case .sha384: _ = unsafe SHA384_Final(output, state.assumingMemoryBound(to: SHA512_CTX.self))
    case .sha512: _ = unsafe SHA512_Final(output, state.assumingMemoryBound(to: SHA512_CTX.self))
    case .ripemd160:
      _ = unsafe RIPEMD160_Final(output, state.assumingMemoryBound(to: RIPEMD160_CTX.self))
    }
  }
}
