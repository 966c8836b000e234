import Bytes
import Testing

@testable import Registries

@Suite("Algorithms")
struct AlgorithmTests {
  @Test("of IKEv1 and ESP lead to the same descriptions as those of IKEv2")
  func shared() throws {
    #expect(EncryptionAlgorithmV1(rawValue: 7).cipher == EncryptionAlgorithm(rawValue: 12).cipher)
    #expect(EncryptionAlgorithmV1(rawValue: 5).cipher == EncryptionAlgorithm(rawValue: 3).cipher)
    #expect(EncryptionAlgorithmV1(rawValue: 8).cipher == EncryptionAlgorithm(rawValue: 23).cipher)
    #expect(HashAlgorithmV1.sha1.pseudorandomFunction == PseudorandomFunction.hmacSHA1.function)
    #expect(HashAlgorithmV1.sha512.pseudorandomFunction == PseudorandomFunction.hmacSHA512.function)
  }

  @Test("of every row that names a cipher, integrity or PRF are described")
  func everyReference() {
    for entry in EncryptionAlgorithm.registry.entries + EncryptionAlgorithmV1.registry.entries {
      #expect(Cipher.named(entry.id) != nil, "\(entry.id)")
    }
    for entry in HashAlgorithmV1.registry.entries {
      #expect(entry["prf"].flatMap { PRF.named($0) } != nil, "\(entry.id)")
    }
    for entry in Phase2Values.registry.entries
    where entry["attribute"] == "authentication-algorithm" && entry.id != "rsa-sig" {
      #expect(Integrity.named(entry.id) != nil, "\(entry.id)")
    }
    for entry in IPsecTransformsV1.registry.entries
    where entry["protocol"] == "ah" && entry.id != "rsa-sig" && entry.id != "null" {
      #expect(Integrity.named(entry.id) != nil, "\(entry.id)")
    }
    for entry in IPsecTransformsV1.registry.entries
    where entry["protocol"] == "esp" && !["rc4", "private-251"].contains(entry.id) {
      #expect(Cipher.named(entry.id) != nil, "\(entry.id)")
    }
  }

  @Test(
    "have the sizes of their RFCs",
    arguments: [
      ("aes-cbc", 0, 16, 16, 0), ("3des-cbc", 0, 8, 8, 0), ("aes-ctr", 4, 1, 8, 0),
      ("aes-gcm-16", 4, 1, 8, 16), ("aes-gcm-8", 4, 1, 8, 8), ("aes-ccm-12", 3, 1, 8, 12),
      ("chacha20-poly1305", 4, 1, 8, 16), ("null", 0, 1, 0, 0), ("null-auth-aes-gmac", 4, 1, 8, 16),
    ])
  func cipherSizes(id: String, salt: Int, block: Int, iv: Int, icv: Int) throws {
    let cipher = try #require(Cipher.named(id))
    #expect(cipher.saltBytes == salt)
    #expect(cipher.blockBytes == block)
    #expect(cipher.ivBytes == iv)
    #expect(cipher.icvBytes == icv)
    #expect(cipher.isAuthenticated == (icv > 0))
  }

  @Test("know which key lengths they take")
  func keyLengths() throws {
    let aes = try #require(Cipher.named("aes-cbc"))
    #expect(aes.accepts(keyBits: 192))
    #expect(!aes.accepts(keyBits: 160))
    #expect(aes.defaultKeyBits == nil)
    let blowfish = try #require(Cipher.named("blowfish-cbc"))
    #expect(blowfish.accepts(keyBits: 41))
    #expect(!blowfish.accepts(keyBits: 449))
    #expect(blowfish.defaultKeyBits == 128)
    #expect(try #require(Cipher.named("3des-cbc")).defaultKeyBits == 192)
    #expect(try #require(Cipher.named("des-cbc")).status == .broken)
  }

  @Test(
    "for integrity have the key and check value lengths of their RFCs",
    arguments: [
      ("hmac-md5-96", 16, 12), ("hmac-sha1-96", 20, 12), ("hmac-sha256-128", 32, 16),
      ("hmac-sha384-192", 48, 24), ("hmac-sha512-256", 64, 32), ("aes-xcbc-96", 16, 12),
      ("aes-cmac-96", 16, 12), ("hmac-sha256-96", 32, 12), ("aes-256-gmac", 32, 16),
      ("hmac-ripemd160-96", 20, 12),
    ])
  func integritySizes(id: String, key: Int, icv: Int) throws {
    let integrity = try #require(Integrity.named(id))
    #expect(integrity.keyBytes == key)
    #expect(integrity.icvBytes == icv)
  }

  @Test("that are pseudorandom functions have their lengths")
  func functions() throws {
    #expect(try #require(PRF.named("hmac-sha384")).outputBytes == 48)
    #expect(try #require(PRF.named("hmac-sha1")).preferredKeyBytes == 20)
    #expect(try #require(PRF.named("hmac-sha1")).fixedKeyBytes == nil)
    #expect(try #require(PRF.named("aes128-xcbc")).fixedKeyBytes == 16)
  }

  @Test(
    "that are groups have the lengths of public values and secrets",
    arguments: [
      (2, "modp1024", 128, 128), (14, "modp2048", 256, 256), (18, "modp8192", 1024, 1024),
      (19, "ecp256", 64, 32), (21, "ecp521", 132, 66), (31, "curve25519", 32, 32),
    ])
  func groups(number: UInt16, id: String, publicBytes: Int, secretBytes: Int) {
    let group = DiffieHellmanGroup(rawValue: number)
    #expect(group.id == id)
    #expect(group.initiatorBytes == publicBytes)
    #expect(group.sharedSecretBytes == secretBytes)
    #expect(DiffieHellmanGroup.named(id) == group)
  }

  @Test("of RFC 7427 are known by their DER")
  func signatures() {
    let der = bytes(hexadecimal: "300a06082a8648ce3d040302")
    #expect(der.flatMap { SignatureAlgorithm.identified(by: $0) }?.id == "ecdsa-sha256")
    #expect(SignatureAlgorithm.identified(by: []) == nil)
    #expect(SignatureAlgorithm.all.count == 16)
  }
}
