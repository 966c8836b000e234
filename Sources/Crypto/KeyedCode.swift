// Unsafe here: one allocation of two cache lines for the states after the key, freed once by its
// owner, and libcrypto's plain digest states on the stack, each only used with the algorithm that it
// was set up for. Callers give pointers to as many bytes as they say.

import Bytes
import CLibcrypto

/// HMAC (RFC 2104) whose key was taken in: the chaining values behind the two padded keys, and
/// nothing else, so that a packet of an SA touches one cache line of it.
///
/// libcrypto's whole state is 96 to 216 bytes, of which only the chaining value differs between keys.
@safe @usableFromInline
struct KeyedCode {
  private let hash: HashAlgorithm
  /// Chaining values, the inner key's first; SHA-512 takes two words for each of its own.
  private let words: UnsafeMutablePointer<UInt32>

  private static let wordCount = 32
  /// Bytes from `address` on that are used.
  @inlinable @inline(__always)
  static var byteCount: Int { 128 }

  /// Where the chaining values are.
  var address: UInt { unsafe UInt(bitPattern: words) }

  /// Nil for a hash that ESP does not use.
  init?(_ hash: HashAlgorithm, key: Secret) {
    switch hash {
    case .md5, .sha1, .sha256, .sha384, .sha512: break
    case .sha224, .ripemd160: return nil
    }
    self.hash = hash
    unsafe words = .allocate(capacity: Self.wordCount)
    unsafe words.initialize(repeating: 0, count: Self.wordCount)
    var block = Self.paddedKey(hash, key)
    for index in block.indices { block[index] ^= 0x36 }
    keep(block, at: 0)
    for index in block.indices { block[index] ^= 0x36 ^ 0x5c }
    keep(block, at: outer)
    wipe(&block)
  }

  /// To be called once, by the owner.
  func destroy() {
    unsafe OPENSSL_cleanse(words, Self.wordCount * 4)
    unsafe words.deallocate()
  }

  /// Where the outer key's chaining value stands.
  private var outer: Int { hash.blockBytes == 128 ? 16 : 8 }

  private static func paddedKey(_ hash: HashAlgorithm, _ key: Secret) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: hash.blockBytes)
    if key.count > hash.blockBytes {
      let state = HashState(hash)
      state.update(key.rawSpan)
      state.finish(toStartOf: &block)
    } else {
      for index in 0..<key.count { block[index] = key.rawSpan.byte(at: index) }
    }
    return block
  }

  /// Hashes one block and keeps the chaining value.
  private func keep(_ block: [UInt8], at place: Int) {
    let state = HashState(hash)
    state.update(block.rawSpan)
    // Every state of libcrypto begins with its chaining value.
    unsafe state.copyChainingValue(to: words + place, bytes: outer * 4)
  }

  /// Whether the code of `count` bytes, and of a sequence number's high half behind them, starts with
  /// the `icvBytes` at `expected`; compared in constant time.
  @inline(__always)
  func fits(
    _ bytes: UnsafeRawPointer, _ count: Int, high: UInt32?, _ expected: UnsafeRawPointer,
    icvBytes: Int
  ) -> Bool {
    var digest = InlineArray<8, UInt64>(repeating: 0)
    return unsafe withUnsafeMutableBytes(of: &digest) { digest in
      guard let output = unsafe digest.baseAddress?.assumingMemoryBound(to: UInt8.self),
        icvBytes <= hash.outputBytes
      else { return false }
      switch hash {
      case .sha1: unsafe sha1(bytes, count, high, output)
      case .sha256: unsafe sha256(bytes, count, high, output)
      case .md5: unsafe md5(bytes, count, high, output)
      default: unsafe sha512(bytes, count, high, output)
      }
      return unsafe CRYPTO_memcmp(output, expected, icvBytes) == 0
    }
  }

  @inline(__always)
  private func sha1(
    _ bytes: UnsafeRawPointer, _ count: Int, _ high: UInt32?, _ output: UnsafeMutablePointer<UInt8>
  ) {
    var state = unsafe SHA_CTX(after: words)
    _ = unsafe SHA1_Update(&state, bytes, count)
    if var word = high?.bigEndian { _ = unsafe SHA1_Update(&state, &word, 4) }
    _ = unsafe SHA1_Final(output, &state)
    unsafe state = SHA_CTX(after: words + 8)
    _ = unsafe SHA1_Update(&state, output, 20)
    _ = unsafe SHA1_Final(output, &state)
  }

  @inline(__always)
  private func sha256(
    _ bytes: UnsafeRawPointer, _ count: Int, _ high: UInt32?, _ output: UnsafeMutablePointer<UInt8>
  ) {
    var state = unsafe SHA256_CTX(after: words)
    _ = unsafe SHA256_Update(&state, bytes, count)
    if var word = high?.bigEndian { _ = unsafe SHA256_Update(&state, &word, 4) }
    _ = unsafe SHA256_Final(output, &state)
    unsafe state = SHA256_CTX(after: words + 8)
    _ = unsafe SHA256_Update(&state, output, 32)
    _ = unsafe SHA256_Final(output, &state)
  }

  private func md5(
    _ bytes: UnsafeRawPointer, _ count: Int, _ high: UInt32?, _ output: UnsafeMutablePointer<UInt8>
  ) {
    var state = unsafe MD5_CTX(after: words)
    _ = unsafe MD5_Update(&state, bytes, count)
    if var word = high?.bigEndian { _ = unsafe MD5_Update(&state, &word, 4) }
    _ = unsafe MD5_Final(output, &state)
    unsafe state = MD5_CTX(after: words + 8)
    _ = unsafe MD5_Update(&state, output, 16)
    _ = unsafe MD5_Final(output, &state)
  }

  private func sha512(
    _ bytes: UnsafeRawPointer, _ count: Int, _ high: UInt32?, _ output: UnsafeMutablePointer<UInt8>
  ) {
    var state = unsafe SHA512_CTX(after: words, digestBytes: hash.outputBytes)
    _ = unsafe SHA512_Update(&state, bytes, count)
    if var word = high?.bigEndian { _ = unsafe SHA512_Update(&state, &word, 4) }
    _ = unsafe SHA512_Final(output, &state)
    unsafe state = SHA512_CTX(after: words + 16, digestBytes: hash.outputBytes)
    _ = unsafe SHA512_Update(&state, output, hash.outputBytes)
    _ = unsafe SHA512_Final(output, &state)
  }
}

extension SHA_CTX {
  /// The state behind one block, by its chaining value.
  @inline(__always)
  fileprivate init(after words: UnsafeMutablePointer<UInt32>) {
    self.init()
    unsafe (h0, h1, h2, h3, h4) = (words[0], words[1], words[2], words[3], words[4])
    Nl = 512
  }
}

extension SHA256_CTX {
  /// The state behind one block, by its chaining value.
  @inline(__always)
  fileprivate init(after words: UnsafeMutablePointer<UInt32>) {
    self.init()
    unsafe h = (
      words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]
    )
    Nl = 512
    md_len = 32
  }
}

extension MD5_CTX {
  /// The state behind one block, by its chaining value.
  fileprivate init(after words: UnsafeMutablePointer<UInt32>) {
    self.init()
    unsafe (A, B, C, D) = (words[0], words[1], words[2], words[3])
    Nl = 512
  }
}

extension SHA512_CTX {
  /// The state behind one block, by its chaining value.
  fileprivate init(after words: UnsafeMutablePointer<UInt32>, digestBytes: Int) {
    self.init()
    unsafe withUnsafeMutableBytes(of: &h) { target in
      unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: words, count: 64))
    }
    Nl = 1024
    md_len = UInt32(digestBytes)
  }
}
