// Unsafe here: handles of libcrypto. Fetched ciphers are never freed while the process lives (they
// sit in a table), so a handle taken from the table is always valid; libcrypto's ciphers and
// providers may be used from any thread.

import CLibcrypto
import Synchronization

/// libcrypto's providers and the ciphers fetched from them, each once a process.
enum Libcrypto {
  /// A fetched cipher: libcrypto counts its references and allows it on any thread.
  @safe
  struct Cipher: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  private static let ciphers = Mutex<[String: Cipher]>([:])

  /// Whether the legacy provider (DES, CAST, Blowfish, IDEA, SEED) is there. Loading it by hand turns
  /// the automatic default provider off, so that one is loaded by hand as well.
  private static let hasLegacy: Bool = {
    let standard = unsafe OSSL_PROVIDER_load(nil, "default")
    let legacy = unsafe OSSL_PROVIDER_load(nil, "legacy")
    return unsafe standard != nil && legacy != nil
  }()

  /// The cipher of that algorithm with keys of that length.
  static func cipher(
    _ algorithm: CipherAlgorithm, keyBytes: Int
  ) throws(CryptoError) -> Cipher {
    guard algorithm.keyLengths.contains(keyBytes) else {
      throw .keyLength(
        algorithm: algorithm.identifier, expected: algorithm.keyLengths.description, got: keyBytes)
    }
    guard !algorithm.libraryName.isEmpty else {
      throw .unsupported(
        algorithm: algorithm.identifier, reason: "libcrypto does not have this cipher")
    }
    let name = algorithm.libraryName.split(separator: "#", omittingEmptySubsequences: false)
      .joined(separator: String(keyBytes * 8))
    if let known = ciphers.withLock({ $0[name] }) { return known }
    guard let fetched = fetch(name) else {
      throw .unsupported(
        algorithm: algorithm.identifier,
        reason: "this libcrypto has no \(name); old ciphers are in its legacy provider")
    }
    ciphers.withLock { $0[name] = fetched }
    return fetched
  }

  private static func fetch(_ name: String) -> Cipher? {
    if let pointer = unsafe EVP_CIPHER_fetch(nil, name, nil) {
      return unsafe Cipher(pointer: pointer)
    }
    guard hasLegacy, let pointer = unsafe EVP_CIPHER_fetch(nil, name, nil) else {
      ERR_clear_error()
      return nil
    }
    ERR_clear_error()
    return unsafe Cipher(pointer: pointer)
  }
}
