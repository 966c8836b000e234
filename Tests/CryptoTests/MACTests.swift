import Bytes
import Crypto
import Testing

func hex(_ text: String) -> [UInt8] {
  bytes(hexadecimal: text.filter { !$0.isWhitespace }) ?? []
}

struct MACVector: Sendable {
  var algorithm: MACAlgorithm
  var key: [UInt8]
  var data: [UInt8]
  var value: String

  init(_ algorithm: MACAlgorithm, _ key: [UInt8], _ data: [UInt8], _ value: String) {
    self.algorithm = algorithm
    self.key = key
    self.data = data
    self.value = value
  }
}

private let jefe = Array("Jefe".utf8)
private let question = Array("what do ya want for nothing?".utf8)
private let longKey = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)

private func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] {
  [UInt8](repeating: byte, count: count)
}

private func counting(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0) } }

@Suite("Message authentication codes")
struct MACTests {
  static let hmac: [MACVector] = [
    // RFC 2202
    .init(
      .hmac(.md5), repeated(0x0b, 16), Array("Hi There".utf8), "9294727a3638bb1c13f48ef8158bfc9d"),
    .init(.hmac(.md5), jefe, question, "750c783e6ab0b503eaa86e310a5db738"),
    .init(.hmac(.md5), repeated(0xaa, 16), repeated(0xdd, 50), "56be34521d144c88dbb8c733f0e8b3f6"),
    .init(.hmac(.md5), repeated(0xaa, 80), longKey, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"),
    .init(
      .hmac(.sha1), repeated(0x0b, 20), Array("Hi There".utf8),
      "b617318655057264e28bc0b6fb378c8ef146be00"),
    .init(.hmac(.sha1), jefe, question, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    .init(
      .hmac(.sha1), repeated(0xaa, 20), repeated(0xdd, 50),
      "125d7342b9ac11cd91a39af48aa17b4f63f175d3"),
    .init(.hmac(.sha1), repeated(0xaa, 80), longKey, "aa4ae5e15272d00e95705637ce8a3b55ed402112"),
    // RFC 4231
    .init(
      .hmac(.sha256), repeated(0x0b, 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    .init(
      .hmac(.sha256), jefe, question,
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    .init(
      .hmac(.sha384), jefe, question,
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
    ),
    .init(
      .hmac(.sha512), jefe, question,
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ),
    .init(
      .hmac(.sha256), repeated(0xaa, 131), longKey,
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    .init(
      .hmac(.sha224), jefe, question, "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"),
    // RFC 2286
    .init(.hmac(.ripemd160), jefe, question, "dda6c0213a485a9e24f4742064a7f033b43c4069"),
  ]

  // RFC 3566 §4.6
  static let xcbc: [MACVector] = [
    .init(.xcbc, counting(16), [], "75f0251d528ac01c4573dfd584d79f29"),
    .init(.xcbc, counting(16), counting(3), "5b376580ae2f19afe7219ceef172756f"),
    .init(.xcbc, counting(16), counting(16), "d2a246fa349b68a79998a4394ff7a263"),
    .init(.xcbc, counting(16), counting(20), "47f51b4564966215b8985c63055ed308"),
    .init(.xcbc, counting(16), counting(32), "f54f0ec8d2b9f3d36807734bd5283fd4"),
    .init(.xcbc, counting(16), counting(34), "becbb3bccdb518a30677d5481fb6b4d8"),
    .init(.xcbc, counting(16), repeated(0, 1000), "f0dafee895db30253761103b5d84528f"),
  ]

  // RFC 4493 §4
  static let cmacKey = hex("2b7e151628aed2a6abf7158809cf4f3c")
  static let cmacText = hex(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
  )
  static let cmac: [MACVector] = [
    .init(.cmac, cmacKey, [], "bb1d6929e95937287fa37d129b756746"),
    .init(.cmac, cmacKey, Array(cmacText[..<16]), "070a16b46b4d4144f79bdd9dd04a287c"),
    .init(.cmac, cmacKey, Array(cmacText[..<40]), "dfa66747de9ae63030ca32611497c827"),
    .init(.cmac, cmacKey, cmacText, "51f0bebf7e3b9d92fc49741779363cfe"),
  ]

  @Test("RFC vectors", arguments: hmac + xcbc + cmac)
  func published(_ vector: MACVector) throws {
    let context = try MACContext(vector.algorithm, key: Secret(vector.key))
    context.authenticate([vector.data])
    #expect(hexadecimal(context.bytes()) == vector.value)
    // A second message under the same key, handed over byte by byte.
    context.authenticate(vector.data.map { $0 })
    #expect(hexadecimal(context.bytes()) == vector.value)
    #expect(hexadecimal(context.secret().exposed()) == vector.value)
  }

  @Test("A value matches its truncations and nothing else")
  func truncation() throws {
    let context = try MACContext(.hmac(.sha256), key: Secret(jefe))
    context.authenticate([question])
    let value = context.bytes()
    func matches(_ bytes: [UInt8]) -> Bool { context.matches(bytes.rawSpan) }
    #expect(matches(Array(value[..<12])))
    #expect(matches(Array(value[..<16])))
    #expect(!matches([]))
    #expect(!matches(value + [0]))
    #expect(!matches(Array(value[1..<13])))
  }

  @Test("A key of the wrong length is an error that says which is right")
  func wrongKey() {
    #expect(throws: CryptoError.keyLength(algorithm: "aes-xcbc", expected: "16", got: 3)) {
      try MACContext(.xcbc, key: Secret([1, 2, 3]))
    }
    #expect(throws: CryptoError.self) { try MACContext(.cmac, key: Secret([1, 2, 3])) }
  }
}

@Suite("Pseudo-random functions")
struct PRFTests {
  // RFC 4434 §2 and RFC 4615 §4: keys of 16, 10 and 18 bytes.
  static let vectors: [(String, Int, String)] = [
    ("aes128-xcbc", 16, "47f51b4564966215b8985c63055ed308"),
    ("aes128-xcbc", 10, "0fa087af7d866e7653434e602fdde835"),
    ("aes128-xcbc", 18, "8cd3c93ae598a9803006ffb67c40e9e4"),
    ("aes128-cmac", 18, "84a348a4a45d235babfffc0d2b4da09a"),
    ("aes128-cmac", 16, "980ae87b5f4c9c5214f5b6a8455e4c2d"),
    ("aes128-cmac", 10, "290d9e112edb09ee141fcf64c0b72f3d"),
  ]

  @Test("Keys of any length are brought to the PRF's own", arguments: vectors)
  func keys(_ identifier: String, _ length: Int, _ value: String) throws {
    let prf = try #require(PseudoRandomFunction(identifier: identifier))
    var key = counting(length)
    if length == 18 { key = counting(16) + hex("edcb") }
    #expect(hexadecimal(try prf.bytes(key: Secret(key), [counting(20)])) == value)
  }

  @Test("prf+ chains its blocks and stops at the count asked for")
  func stretch() throws {
    let prf = try #require(PseudoRandomFunction(identifier: "hmac-sha1"))
    let (key, seed) = (Secret(jefe), question)
    let first = try prf.bytes(key: key, [seed, UInt8(1)])
    let second = try prf.bytes(key: key, [first, seed, UInt8(2)])
    let stretched = try prf.stretch(key: key, seed: [seed], count: 33)
    #expect(stretched.exposed() == Array((first + second)[..<33]))
    #expect(try prf.stretch(key: key, seed: [seed], count: 0).isEmpty)
    #expect(throws: CryptoError.self) { try prf.stretch(key: key, seed: [seed], count: 256 * 20) }
  }

  @Test("No secret shows in a description, a dump or an interpolation")
  func secrets() {
    let secret = Secret("password".utf8)
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
      #expect(!text.contains("pass") && !text.contains("112"))
    }
  }
}
