import Bytes
import Crypto
import Testing

struct CipherVector: Sendable {
  var identifier: String
  var key: String
  var salt: String
  var iv: String
  var plaintext: String
  var ciphertext: String

  init(
    _ identifier: String, key: String, salt: String = "", iv: String, plaintext: String,
    ciphertext: String
  ) {
    self.identifier = identifier
    self.key = key
    self.salt = salt
    self.iv = iv
    self.plaintext = plaintext
    self.ciphertext = ciphertext
  }
}

@Suite("Ciphers without integrity")
struct CipherTests {
  static let vectors: [CipherVector] = [
    // RFC 3602 §4, cases 1 and 2
    .init(
      "aes-cbc", key: "06a9214036b8a15b512e03d534120006", iv: "3dafba429d9eb430b422da802c9fac41",
      plaintext: hexadecimal("Single block msg".utf8),
      ciphertext: "e353779c1079aeb82708942dbe77181a"),
    .init(
      "aes-cbc", key: "c286696d887c9aa0611bbb3e2025a45a", iv: "562e17996d093d28ddb3ba695a2e6f58",
      plaintext: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
      ciphertext: "d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1"),
    // NIST SP 800-38A F.2.6
    .init(
      "aes-cbc", key: "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
      iv: "000102030405060708090a0b0c0d0e0f", plaintext: "6bc1bee22e409f96e93d7e117393172a",
      ciphertext: "f58c4c04d6e5f1ba779eabfb5f7bfbd6"),
    // RFC 3686 §6, cases 1 and 2
    .init(
      "aes-ctr", key: "ae6852f8121067cc4bf7a5765577f39e", salt: "00000030",
      iv: "0000000000000000", plaintext: hexadecimal("Single block msg".utf8),
      ciphertext: "e4095d4fb7a7b3792d6175a3261311b8"),
    .init(
      "aes-ctr", key: "7e24067817fae0d743d6ce1f32539163", salt: "006cb6db",
      iv: "c0543b59da48d90b",
      plaintext: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
      ciphertext: "5104a106168a72d9790d41ee8edad388eb2e1efc46da57c8fce630df9141be28"),
    // FIPS 81 appendix C
    .init(
      "des-cbc", key: "0123456789abcdef", iv: "1234567890abcdef",
      plaintext: hexadecimal("Now is the time for all ".utf8),
      ciphertext: "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"),
    // The same through three equal keys
    .init(
      "3des-cbc", key: "0123456789abcdef0123456789abcdef0123456789abcdef",
      iv: "1234567890abcdef", plaintext: hexadecimal("Now is the time for all ".utf8),
      ciphertext: "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"),
    // RFC 2144 appendix B: one block, so a zero IV shows the bare cipher; keys of 128, 80, 40 bits
    .init(
      "cast-cbc", key: "0123456712345678234567893456789a", iv: "0000000000000000",
      plaintext: "0123456789abcdef", ciphertext: "238b4fe5847e44b2"),
    .init(
      "cast-cbc", key: "01234567123456782345", iv: "0000000000000000",
      plaintext: "0123456789abcdef", ciphertext: "eb6a711a2c02271b"),
    .init(
      "cast-cbc", key: "0123456712", iv: "0000000000000000",
      plaintext: "0123456789abcdef", ciphertext: "7ac816d16e9b302e"),
    // Schneier's Blowfish vectors: ECB of one block with a 64-bit key, and the CBC one (whole blocks)
    .init(
      "blowfish-cbc", key: "0123456789abcdef", iv: "0000000000000000",
      plaintext: "1111111111111111", ciphertext: "61f9c3802281b096"),
    .init(
      "blowfish-cbc", key: "0123456789abcdeff0e1d2c3b4a59687", iv: "fedcba9876543210",
      plaintext: "37363534333231204e6f77206973207468652074696d6520",
      ciphertext: "6b77b4d63006dee605b156e27403979358deb9e7154616d9"),
    // RFC 3713 appendix A: one block
    .init(
      "camellia-cbc", key: "0123456789abcdeffedcba9876543210",
      iv: "00000000000000000000000000000000", plaintext: "0123456789abcdeffedcba9876543210",
      ciphertext: "67673138549669730857065648eabe43"),
    .init(
      "camellia-cbc", key: "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff",
      iv: "00000000000000000000000000000000", plaintext: "0123456789abcdeffedcba9876543210",
      ciphertext: "9acc237dff16d76c20ef7c919e3a7509"),
    // RFC 5528 §4, case 1
    .init(
      "camellia-ctr", key: "ae6852f8121067cc4bf7a5765577f39e", salt: "00000030",
      iv: "0000000000000000", plaintext: hexadecimal("Single block msg".utf8),
      ciphertext: "d09dc29a8214619a20877c76db1f0b3f"),
    // RFC 4269 appendix B.1: SEED, one block
    .init(
      "seed-cbc", key: "00000000000000000000000000000000",
      iv: "00000000000000000000000000000000", plaintext: "000102030405060708090a0b0c0d0e0f",
      ciphertext: "5ebac6e0054e166819aff1cc6d346cdb"),
    .init("null", key: "", iv: "", plaintext: "0102030405", ciphertext: "0102030405"),
  ]

  @Test("RFC and NIST vectors, both ways, twice with one context", arguments: vectors)
  func published(_ vector: CipherVector) throws {
    let algorithm = try #require(CipherAlgorithm(identifier: vector.identifier))
    let context = try CipherContext(
      algorithm, key: Secret(hex(vector.key)), salt: Secret(hex(vector.salt)))
    let encrypting = try CipherContext(
      algorithm, key: Secret(hex(vector.key)), salt: Secret(hex(vector.salt)), isEncrypting: true)
    for _ in 0..<2 {
      #expect(apply(context, vector.ciphertext, iv: vector.iv) == vector.plaintext)
      #expect(apply(encrypting, vector.plaintext, iv: vector.iv) == vector.ciphertext)
    }
  }

  private func apply(_ context: CipherContext, _ text: String, iv: String) -> String? {
    var buffer: [UInt8] = []
    let (input, iv) = (hex(text), hex(iv))
    guard context.apply(to: input.rawSpan, iv: iv.rawSpan, into: &buffer) else { return nil }
    return hexadecimal(buffer[..<input.count])
  }

  @Test("A part of a block and an IV of another length are refused, not read past")
  func misfits() throws {
    let context = try CipherContext(.aesCBC, key: Secret(hex(String(repeating: "00", count: 16))))
    #expect(apply(context, "00", iv: String(repeating: "00", count: 16)) == nil)
    #expect(apply(context, String(repeating: "00", count: 16), iv: "00") == nil)
    #expect(apply(context, "", iv: String(repeating: "00", count: 16)) == "")
  }

  @Test("A cipher that libcrypto lacks, and a wrong key length, say so")
  func unsupported() throws {
    let twofish = try #require(CipherAlgorithm(identifier: "twofish-cbc"))
    #expect(throws: CryptoError.self) { try CipherContext(twofish, key: Secret(hex("00"))) }
    #expect(throws: CryptoError.keyLength(algorithm: "aes-cbc", expected: "16, 24 or 32", got: 5)) {
      try CipherContext(.aesCBC, key: Secret([1, 2, 3, 4, 5]))
    }
    #expect(CipherAlgorithm(identifier: "rot13") == nil)
  }
}
