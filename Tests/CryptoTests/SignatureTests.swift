import Bytes
import Crypto
import Testing

@Suite("Signatures")
struct SignatureTests {
  /// An AlgorithmIdentifier with its length in front and the signature behind (RFC 7427 §3).
  static func digital(_ identifier: String, _ signature: [UInt8]) -> [UInt8] {
    [UInt8(identifier.utf8.count / 2)] + hex(identifier) + signature
  }

  static let pss =
    "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120"

  static let good: [(key: [UInt8], method: UInt8, value: [UInt8])] = [
    (Signed.rsaKey, 1, Signed.rsaSHA1), (Signed.rsaKey, 1, Signed.rsaSHA256),
    (Signed.caKey, 9, Signed.ecdsaRaw), (Signed.caKey, 9, Signed.ecdsaDER),
    (Signed.dsaKey, 3, Signed.dsaRaw),
    (Signed.rsaKey, 14, digital("300d06092a864886f70d01010b0500", Signed.rsaSHA256)),
    (Signed.rsaKey, 14, digital("300d06092a864886f70d0101050500", Signed.rsaSHA1)),
    (Signed.rsaKey, 14, digital(pss, Signed.rsaPSS)),
    (Signed.caKey, 14, digital("300a06082a8648ce3d040302", Signed.ecdsaDER)),
    (Signed.edKey, 14, digital("300506032b6570", Signed.ed25519)),
  ]

  @Test("IKEv2's methods verify, and notice other octets and damage", arguments: good)
  func ikev2(_ signed: (key: [UInt8], method: UInt8, value: [UInt8])) throws {
    let key = try #require(PublicKey(subjectPublicKeyInfo: signed.key))
    let octets = Signed.octets
    #expect(key.verifiesIKEv2(signed.value, method: signed.method, signedOctets: octets) == true)
    #expect(
      key.verifiesIKEv2(signed.value, method: signed.method, signedOctets: octets + [0]) == false)
    var damaged = signed.value
    damaged[damaged.count - 1] ^= 1
    #expect(key.verifiesIKEv2(damaged, method: signed.method, signedOctets: octets) == false)
    for length in 0..<signed.value.count {
      let cut = Array(signed.value[..<length])
      #expect(key.verifiesIKEv2(cut, method: signed.method, signedOctets: octets) != true)
    }
  }

  @Test("A method that does not go with the key is not judged")
  func otherKey() throws {
    let key = try #require(PublicKey(subjectPublicKeyInfo: Signed.rsaKey))
    #expect(key.verifiesIKEv2([1, 2], method: 9, signedOctets: []) == nil)
    #expect(key.verifiesIKEv2([1, 2], method: 99, signedOctets: []) == nil)
    #expect(key.verifiesIKEv2([], method: 14, signedOctets: []) == nil)
    #expect(key.verifiesIKEv2([200, 1], method: 14, signedOctets: []) == nil)
    #expect(PublicKey(subjectPublicKeyInfo: [0x30, 0x03, 1, 2, 3]) == nil)
  }

  @Test("IKEv1's RSA signature is over the bare hash")
  func ikev1() throws {
    let key = try #require(PublicKey(subjectPublicKeyInfo: Signed.rsaKey))
    let hash = HashAlgorithm.sha1.digest([Signed.octets])
    #expect(key.verifiesIKEv1(Signed.ikev1RSA, hash: hash))
    #expect(!key.verifiesIKEv1(Signed.ikev1RSA, hash: hash.reversed()))
    #expect(!key.verifiesIKEv1(Signed.rsaSHA1, hash: hash))
    #expect(!key.verifiesIKEv1([], hash: hash))
  }
}

@Suite("Certificates")
struct CertificateTests {
  @Test("A certificate tells its names, validity and key")
  func fields() throws {
    let leaf = try #require(Certificate(der: Signed.leaf))
    #expect(
      leaf.subject.description
        == "C=DE, O=Evil\\u{1b}[31m Corp, OU=vpn, CN=gw.example.com")
    #expect(leaf.subject.value("OU") == "vpn")
    #expect(leaf.issuer.description == "C=CH, O=Example, Ltd., CN=Test CA")
    #expect(leaf.serial == "deadbeef01")
    #expect(leaf.notBefore.rfc3339() == "2026-11-22T02:16:38.000000Z")
    #expect(leaf.notAfter.rfc3339() == "2027-11-22T02:16:38.000000Z")
    #expect(
      leaf.alternativeNames == [
        "dns:gw.example.com", "ip:192.0.2.1", "ip:2001:db8::1", "email:admin@example.com",
        "uri:https://example.com/",
      ])
    #expect(leaf.publicKey?.kind == .rsa)
    #expect(leaf.publicKey?.bits == 1024)
    #expect(leaf.signatureAlgorithm == "ecdsa-with-SHA256")
    #expect(!leaf.isAuthority)
    #expect(hexadecimal(leaf.publicKeyHash) == "00a5f38f1c45a5ddc4ff9e1952d6d16902be80d6")
  }

  @Test("An authority says so, and its signature is told from another's")
  func chain() throws {
    let leaf = try #require(Certificate(der: Signed.leaf))
    let authority = try #require(Certificate(der: Signed.authority))
    #expect(authority.isAuthority)
    #expect(authority.pathLength == 1)
    #expect(leaf.pathLength == nil)
    #expect(leaf.isSigned(by: authority))
    #expect(!leaf.isSelfSigned)
    #expect(authority.isSelfSigned)
    #expect(leaf.authorityKeyIdentifier == authority.subjectKeyIdentifier)
    #expect(authority.publicKeyHash == HashAlgorithm.sha1.digest([Signed.caKey]))
  }

  @Test("A name in DER reads as the certificate has it")
  func name() throws {
    let leaf = try #require(Certificate(der: Signed.leaf))
    let name = try #require(DistinguishedName(der: leaf.subjectDER))
    #expect(name == leaf.subject)
    #expect(DistinguishedName(der: leaf.subjectDER + [0]) == nil)
    for length in 0..<leaf.subjectDER.count {
      #expect(DistinguishedName(der: Array(leaf.subjectDER[..<length])) == nil)
    }
  }

  @Test("Cut and damaged certificates are refused or read, never trusted")
  func damage() throws {
    let authority = try #require(Certificate(der: Signed.authority))
    for length in 0..<Signed.leaf.count {
      #expect(Certificate(der: Array(Signed.leaf[..<length])) == nil)
    }
    var signed = 0
    for index in Signed.leaf.indices {
      var damaged = Signed.leaf
      damaged[index] ^= 0x41
      if let found = Certificate(der: damaged), found.isSigned(by: authority) { signed += 1 }
    }
    #expect(signed == 0)
  }
}
