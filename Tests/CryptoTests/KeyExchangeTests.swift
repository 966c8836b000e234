import Bytes
import Crypto
import Testing

@Suite("Key exchange")
struct KeyExchangeTests {
  @Test("Both ends get the same secret in every group", arguments: KeyExchange.groups)
  func agreement(_ group: String) throws {
    let length = group == "curve448" ? 56 : group == "curve25519" ? 32 : 20
    let (a, b) = (
      Secret((0..<length).map { UInt8($0 + 1) }), Secret((0..<length).map { UInt8(200 - $0) })
    )
    let (publicA, publicB) = (
      try KeyExchange.publicValue(group: group, privateValue: a),
      try KeyExchange.publicValue(group: group, privateValue: b)
    )
    let secret = try KeyExchange.sharedSecret(group: group, privateValue: a, peerPublic: publicB)
    #expect(
      try KeyExchange.sharedSecret(group: group, privateValue: b, peerPublic: publicA) == secret)
    #expect(publicA != publicB)
    if group.hasPrefix("modp") { #expect(secret.count == publicA.count) }
    if group.hasPrefix("ecp") { #expect(secret.count * 2 == publicA.count) }
  }

  // RFC 5903 §8.1
  @Test("The secret of ecp256 is the x coordinate of RFC 5903's example")
  func ecp256() throws {
    let i = Secret(hex("C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433"))
    let r = Secret(hex("C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53"))
    let publicR = try KeyExchange.publicValue(group: "ecp256", privateValue: r)
    let publicI = try KeyExchange.publicValue(group: "ecp256", privateValue: i)
    #expect(
      hexadecimal(publicI[..<32])
        == "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180")
    let secret = try KeyExchange.sharedSecret(
      group: "ecp256", privateValue: i, peerPublic: publicR)
    #expect(
      hexadecimal(secret.exposed())
        == "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de")
  }

  // RFC 7748 §6.1
  @Test("The secret of curve25519 is that of RFC 7748's example")
  func curve25519() throws {
    let alice = Secret(hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
    let bob = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    #expect(
      hexadecimal(try KeyExchange.publicValue(group: "curve25519", privateValue: alice))
        == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    let secret = try KeyExchange.sharedSecret(
      group: "curve25519", privateValue: alice, peerPublic: bob)
    #expect(
      hexadecimal(secret.exposed())
        == "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
  }

  // RFC 5114 §2.1 and appendix A.1: group 22.
  @Test("The public value of modp1024s160 is that of RFC 5114's example")
  func subgroup() throws {
    let value = try KeyExchange.publicValue(
      group: "modp1024s160", privateValue: Secret(hex("B9A3B3AE8FEFC1A2930496507086F8455D48943E")))
    #expect(hexadecimal(value).hasPrefix("2a853b3d92197501b9015b2deb3ed84f5e021dcc3e52f109"))
  }

  @Test("A point off the curve, a short value and an unknown group are errors")
  func misfits() {
    let secret = Secret([1, 2, 3])
    #expect(throws: CryptoError.self) {
      try KeyExchange.sharedSecret(
        group: "ecp256", privateValue: secret, peerPublic: [UInt8](repeating: 1, count: 64))
    }
    #expect(throws: CryptoError.self) {
      try KeyExchange.sharedSecret(group: "curve448", privateValue: secret, peerPublic: [1])
    }
    #expect(throws: CryptoError.self) {
      try KeyExchange.sharedSecret(group: "ec2n155", privateValue: secret, peerPublic: [1])
    }
    #expect(throws: CryptoError.self) {
      try KeyExchange.sharedSecret(
        group: "modp768", privateValue: Secret([]), peerPublic: [1])
    }
  }
}
