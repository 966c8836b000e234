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
    if let code { return packet + code.of(packet[...]).prefix(protection.icvBytes) }
    var tag = [UInt8](repeating: 0, count: 16)
    EVP_EncryptFinal_ex(encryption, &scratch, &length)
    EVP_CIPHER_CTX_ctrl(encryption, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
    return packet + tag
  }

  /// Verifies and decrypts a packet with nothing around libcrypto's own work.
  func open(_ packet: [UInt8]) -> Bool {
    let start = 8 + protection.ivBytes
    let end = packet.count - protection.icvBytes
    return packet.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      var length: Int32 = 0
      if let code {
        let found = code.of(base, end)
        guard CRYPTO_memcmp(found, base + end, protection.icvBytes) == 0 else { return false }
        EVP_DecryptInit_ex(decryption, nil, nil, nil, base + 8)
        return EVP_DecryptUpdate(decryption, &scratch, &length, base + start, Int32(end - start))
          == 1
      }
      var nonce: (UInt32, UInt64) = (0, 0)
      return withUnsafeMutableBytes(of: &nonce) { nonce in
        for index in 0..<4 { nonce[index] = salt[index] }
        for index in 0..<8 { nonce[4 + index] = base[8 + index] }
        EVP_DecryptInit_ex(
          decryption, nil, nil, nil, nonce.baseAddress?.assumingMemoryBound(to: UInt8.self))
        EVP_CIPHER_CTX_ctrl(
          decryption, EVP_CTRL_AEAD_SET_TAG, 16, UnsafeMutableRawPointer(mutating: base + end))
        EVP_DecryptUpdate(decryption, nil, &length, base, 8)
        EVP_DecryptUpdate(decryption, &scratch, &length, base + start, Int32(end - start))
        return EVP_DecryptFinal_ex(decryption, &tail, &length) == 1
      }
    }
  }
}

/// HMAC from states that have taken the key: a packet costs its own blocks and one more.
final class CodeState {
  private let isSHA1: Bool
  private var inner1 = SHA_CTX()
  private var outer1 = SHA_CTX()
  private var inner256 = SHA256_CTX()
  private var outer256 = SHA256_CTX()
  private var digest = [UInt8](repeating: 0, count: 32)

  init(_ protection: Protection, key: [UInt8]) {
    isSHA1 = protection == .sha1
    func pad(_ byte: UInt8) -> [UInt8] {
      key.map { $0 ^ byte } + [UInt8](repeating: byte, count: 64 - key.count)
    }
    SHA1_Init(&inner1)
    SHA1_Update(&inner1, pad(0x36), 64)
    SHA1_Init(&outer1)
    SHA1_Update(&outer1, pad(0x5c), 64)
    SHA256_Init(&inner256)
    SHA256_Update(&inner256, pad(0x36), 64)
    SHA256_Init(&outer256)
    SHA256_Update(&outer256, pad(0x5c), 64)
  }

  func of(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { of($0.baseAddress, $0.count) }
  }

  func of(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    if isSHA1 {
      var inner = inner1
      var outer = outer1
      SHA1_Update(&inner, bytes, count)
      SHA1_Final(&digest, &inner)
      SHA1_Update(&outer, digest, 20)
      SHA1_Final(&digest, &outer)
    } else {
      var inner = inner256
      var outer = outer256
      SHA256_Update(&inner, bytes, count)
      SHA256_Final(&digest, &inner)
      SHA256_Update(&outer, digest, 32)
      SHA256_Final(&digest, &outer)
    }
    return digest
  }
}
