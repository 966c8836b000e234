import CLibcrypto

/// How the packets of a decryption benchmark are protected.
enum Protection: String, CaseIterable {
  case sha1 = "aes-cbc-sha1"
  case sha256 = "aes-cbc-sha256"
  case gcm = "aes-gcm"

  var ivBytes: Int { self == .gcm ? 8 : 16 }
  var icvBytes: Int { self == .sha1 ? 12 : 16 }
  /// Of HMAC; none for an AEAD.
  var integrityKeyBytes: Int { self == .sha1 ? 20 : self == .sha256 ? 32 : 0 }

  /// Names as in key files.
  var names: (encryption: String, integrity: String) {
    switch self {
    case .sha1: ("aes-cbc", "hmac-sha1-96")
    case .sha256: ("aes-cbc", "hmac-sha256-128")
    case .gcm: ("aes-gcm-16", "")
    }
  }

  var cipher: OpaquePointer? { self == .gcm ? EVP_aes_128_gcm() : EVP_aes_128_cbc() }
}

/// One direction of a child SA: its keys in libcrypto's contexts, set up once.
final class ProtectedSA {
  let protection: Protection
  let spi: UInt32
  let key: [UInt8]
  let salt: [UInt8]
  let integrityKey: [UInt8]
  var sequence: UInt32 = 0
  private let encryption = EVP_CIPHER_CTX_new()
  private let decryption = EVP_CIPHER_CTX_new()
  private let code: CodeState?
  private var scratch = [UInt8](repeating: 0, count: 4096)
  private var tail = [UInt8](repeating: 0, count: 32)

  init(_ protection: Protection, spi: UInt32, _ generator: inout Generator) {
    self.protection = protection
    self.spi = spi
    key = generator.bytes(16)
    salt = protection == .gcm ? generator.bytes(4) : []
    integrityKey = generator.bytes(protection.integrityKeyBytes)
    code = integrityKey.isEmpty ? nil : CodeState(protection, key: integrityKey)
    EVP_EncryptInit_ex(encryption, protection.cipher, nil, key, nil)
    EVP_DecryptInit_ex(decryption, protection.cipher, nil, key, nil)
    EVP_CIPHER_CTX_set_padding(encryption, 0)
    EVP_CIPHER_CTX_set_padding(decryption, 0)
  }

  deinit {
    EVP_CIPHER_CTX_free(encryption)
    EVP_CIPHER_CTX_free(decryption)
  }

  /// An ESP packet around a plaintext (RFC 4303 §2).
  func packet(_ plaintext: [UInt8], _ generator: inout Generator) -> [UInt8] {
    sequence += 1
    var inner = plaintext
    let block = protection == .gcm ? 4 : 16
    let padding = (block - (plaintext.count + 2) % block) % block
    for index in 0..<padding { inner.append(UInt8(index + 1)) }
    inner += [UInt8(padding), 4]
    var packet: [UInt8] = []
    packet.put(spi)
    packet.put(sequence)
    let header = packet
    let iv = generator.bytes(protection.ivBytes)
    packet += iv
    var ciphertext = [UInt8](repeating: 0, count: inner.count)
    var length: Int32 = 0
    EVP_EncryptInit_ex(encryption, nil, nil, nil, salt + iv)
    if protection == .gcm { EVP_EncryptUpdate(encryption, nil, &length, header, 8) }
    EVP_EncryptUpdate(encryption, &ciphertext, &length, inner, Int32(inner.count))
    packet += ciphertext
    if let code { return packet + code.of(packet).prefix(protection.icvBytes) }
    var tag = [UInt8](repeating: 0, count: 16)
    EVP_EncryptFinal_ex(encryption, &scratch, &length)
    EVP_CIPHER_CTX_ctrl(encryption, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
    return packet + tag
  }

  /// What opens its packets, free of whatever Swift does for an object of a class.
  var opener: Opener {
    Opener(
      context: decryption, kind: protection,
      salt: salt.reduce(0) { $0 << 8 | UInt32($1) }.bigEndian,
      states: code?.states)
  }
}

/// Verifies and decrypts packets with nothing around libcrypto's own work, in the order of calls that
/// its manual gives, contexts set up once.
struct Opener {
  let context: OpaquePointer?
  let kind: Protection
  let salt: UInt32
  let states: UnsafeMutablePointer<CodeState.States>?

  @inline(__always)
  func open(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let start = 8 + kind.ivBytes
    let end = count - kind.icvBytes
    var length: Int32 = 0
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2176) { output in
      guard let output = output.baseAddress else { return false }
      if let states {
        let digest = output + 2112
        CodeState.code(kind == .sha1, states, base, end, digest)
        guard CRYPTO_memcmp(digest, base + end, kind.icvBytes) == 0 else { return false }
        EVP_DecryptInit_ex(context, nil, nil, nil, base + 8)
        return EVP_DecryptUpdate(context, output, &length, base + start, Int32(end - start)) == 1
      }
      let nonce = UnsafeMutableRawPointer(output + 2112)
      nonce.storeBytes(of: salt, as: UInt32.self)
      (nonce + 4).copyMemory(from: base + 8, byteCount: 8)
      EVP_DecryptInit_ex(context, nil, nil, nil, output + 2112)
      EVP_CIPHER_CTX_ctrl(
        context, EVP_CTRL_AEAD_SET_TAG, 16, UnsafeMutableRawPointer(mutating: base + end))
      EVP_DecryptUpdate(context, nil, &length, base, 8)
      EVP_DecryptUpdate(context, output, &length, base + start, Int32(end - start))
      return EVP_DecryptFinal_ex(context, output + 2144, &length) == 1
    }
  }
}

/// HMAC from states that have taken the key: a packet costs its own blocks and one more.
final class CodeState {
  struct States {
    var inner1 = SHA_CTX()
    var outer1 = SHA_CTX()
    var inner256 = SHA256_CTX()
    var outer256 = SHA256_CTX()
  }

  let states = UnsafeMutablePointer<States>.allocate(capacity: 1)
  private let isSHA1: Bool

  init(_ protection: Protection, key: [UInt8]) {
    isSHA1 = protection == .sha1
    states.initialize(to: States())
    func pad(_ byte: UInt8) -> [UInt8] {
      key.map { $0 ^ byte } + [UInt8](repeating: byte, count: 64 - key.count)
    }
    SHA1_Init(&states.pointee.inner1)
    SHA1_Update(&states.pointee.inner1, pad(0x36), 64)
    SHA1_Init(&states.pointee.outer1)
    SHA1_Update(&states.pointee.outer1, pad(0x5c), 64)
    SHA256_Init(&states.pointee.inner256)
    SHA256_Update(&states.pointee.inner256, pad(0x36), 64)
    SHA256_Init(&states.pointee.outer256)
    SHA256_Update(&states.pointee.outer256, pad(0x5c), 64)
  }

  deinit { states.deallocate() }

  func of(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      Self.code(isSHA1, states, base, bytes.count, &digest)
    }
    return digest
  }

  /// Writes the code of `count` bytes to `digest`, which has room for 32.
  @inline(__always)
  static func code(
    _ isSHA1: Bool, _ states: UnsafeMutablePointer<States>, _ bytes: UnsafePointer<UInt8>,
    _ count: Int, _ digest: UnsafeMutablePointer<UInt8>
  ) {
    if isSHA1 {
      var state = states.pointee.inner1
      SHA1_Update(&state, bytes, count)
      SHA1_Final(digest, &state)
      state = states.pointee.outer1
      SHA1_Update(&state, digest, 20)
      SHA1_Final(digest, &state)
    } else {
      var state = states.pointee.inner256
      SHA256_Update(&state, bytes, count)
      SHA256_Final(digest, &state)
      state = states.pointee.outer256
      SHA256_Update(&state, digest, 32)
      SHA256_Final(digest, &state)
    }
  }
}
