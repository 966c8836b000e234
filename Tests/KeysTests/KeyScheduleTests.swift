import Bytes
import Crypto
import Keys
import Testing

@Suite("Key schedules by their formulas")
struct KeyScheduleTests {
  static let schedule = IKEv1KeySchedule(
    hash: .sha1, initiatorCookie: 0x0102_0304_0506_0708, responderCookie: 0x1112_1314_1516_1718)
  static let nonces = (
    i: [UInt8](repeating: 0x11, count: 20), r: [UInt8](repeating: 0x22, count: 16)
  )

  // RFC 2409 appendix B: K1 = prf(SKEYID_e, 0), K2 = prf(SKEYID_e, K1), Ka = K1 | K2 | …
  @Test("A key longer than SKEYID_e is expanded, a shorter one is its beginning")
  func expansion() throws {
    let skeyidE = Secret((0..<20).map { UInt8($0) })
    let prf = PseudoRandomFunction(hash: .sha1)
    let k1 = try prf.bytes(key: skeyidE, [UInt8(0)])
    let k2 = try prf.bytes(key: skeyidE, [k1])
    func key(_ cipher: String, _ bits: Int?) throws -> [UInt8] {
      try Self.schedule.encryptionKey(
        skeyidE: skeyidE, cipher: try #require(CipherAlgorithm(identifier: cipher)), keyBits: bits
      ).exposed()
    }
    #expect(try key("aes-cbc", 256) == Array((k1 + k2)[..<32]))
    #expect(try key("3des-cbc", nil) == Array((k1 + k2)[..<24]))
    #expect(try key("aes-cbc", 128) == Array(skeyidE.exposed()[..<16]))
    #expect(try key("des-cbc", 0) == Array(skeyidE.exposed()[..<8]))
    #expect(throws: CryptoError.self) { try key("aes-cbc", 100) }
  }

  @Test("SKEYID depends on the authentication method, and its children on each other")
  func skeyid() throws {
    let (schedule, nonces) = (Self.schedule, Self.nonces)
    let dh = Secret([9, 9, 9])
    let shared = try schedule.skeyid(
      preSharedKey: Secret("key".utf8), initiatorNonce: nonces.i, responderNonce: nonces.r)
    let signed = try schedule.skeyid(
      dhSecret: dh, initiatorNonce: nonces.i, responderNonce: nonces.r)
    let encrypted = try schedule.skeyidOfPublicKeyEncryption(
      initiatorNonce: nonces.i, responderNonce: nonces.r)
    #expect(Set([shared, signed, encrypted]).count == 3)
    let prf = PseudoRandomFunction(hash: .sha1)
    let cookies = hex("01020304050607081112131415161718")
    let secrets = try schedule.derivedSecrets(skeyid: shared, dhSecret: dh)
    let d = try prf.bytes(key: shared, [[9, 9, 9] + cookies + [0]])
    let a = try prf.bytes(key: shared, [d + [9, 9, 9] + cookies + [1]])
    #expect(secrets[.skeyidD]?.exposed() == d)
    #expect(secrets[.skeyidA]?.exposed() == a)
    #expect(
      secrets[.skeyidE]?.exposed()
        == (try prf.bytes(key: shared, [a + [9, 9, 9] + cookies + [2]])))
  }

  // RFC 2409 §5.5: K1 = prf(SKEYID_d, [g^xy |] protocol | SPI | Ni | Nr), Kn with Kn-1 in front.
  @Test("KEYMAT chains, and PFS and the SPI change it")
  func keymat() throws {
    let (schedule, nonces) = (Self.schedule, Self.nonces)
    let d = Secret("skeyid_d".utf8)
    let prf = PseudoRandomFunction(hash: .sha1)
    func material(_ dh: Secret?, _ spi: UInt32) throws -> [UInt8] {
      try schedule.keyMaterial(
        skeyidD: d, dhSecret: dh, protocol: .esp, spi: spi, initiatorNonce: nonces.i,
        responderNonce: nonces.r, count: 36
      ).exposed()
    }
    let seed = [3] + hex("00001234") + nonces.i + nonces.r
    let k1 = try prf.bytes(key: d, [seed])
    let k2 = try prf.bytes(key: d, [k1 + seed])
    #expect(try material(nil, 0x1234) == Array((k1 + k2)[..<36]))
    let p1 = try prf.bytes(key: d, [[7, 7] + seed])
    let p2 = try prf.bytes(key: d, [p1 + [7, 7] + seed])
    #expect(try material(Secret([7, 7]), 0x1234) == Array((p1 + p2)[..<36]))
    #expect(try material(nil, 0x1235) != material(nil, 0x1234))
  }

  @Test("A PRF with a fixed key takes the first half of each nonce")
  func fixedKey() throws {
    let prf = try #require(PseudoRandomFunction(identifier: "aes128-xcbc"))
    let schedule = IKEv2KeySchedule(
      prf: prf, initiatorSPI: 1, responderSPI: 2, initiatorNonce: Self.nonces.i,
      responderNonce: Self.nonces.r)
    let dh = Secret([1, 2, 3])
    let key = Self.nonces.i[..<8] + Self.nonces.r[..<8]
    #expect(try schedule.skeyseed(dhSecret: dh) == prf.secret(key: Secret(key), [dh]))
  }

  @Test("IKEv2 secrets are cut in the RFC's order, with salts and without integrity keys for AEAD")
  func order() throws {
    let prf = try #require(PseudoRandomFunction(identifier: "hmac-sha256"))
    let schedule = IKEv2KeySchedule(
      prf: prf, initiatorSPI: 1, responderSPI: 2, initiatorNonce: Self.nonces.i,
      responderNonce: Self.nonces.r)
    let seed = Secret([5])
    let gcm = try #require(CipherAlgorithm(identifier: "aes-gcm-16"))
    let secrets = try schedule.secrets(
      skeyseed: seed, cipher: gcm, keyBits: 128, integrity: nil)
    let all = try prf.stretch(
      key: seed,
      seed: [Self.nonces.i, Self.nonces.r, hex("00000000000000010000000000000002")],
      count: 32 + 20 + 20 + 32 + 32
    ).exposed()
    #expect(secrets[.skD]?.exposed() == Array(all[..<32]))
    #expect(secrets[.skEi]?.exposed() == Array(all[32..<52]))
    #expect(secrets[.skEr]?.exposed() == Array(all[52..<72]))
    #expect(secrets[.skPi]?.exposed() == Array(all[72..<104]))
    #expect(secrets[.skPr]?.exposed() == Array(all[104..<136]))
    #expect(secrets[.skAi] == nil && secrets[.skAr] == nil)
    // RFC 8784 §3: each mixed secret keeps its length; the others stay.
    let mixed = try schedule.mixed(ppk: Secret("ppk".utf8), into: secrets)
    #expect(mixed[.skD] != secrets[.skD] && mixed[.skD]?.count == 32)
    #expect(mixed[.skEi] == secrets[.skEi])
  }
}

@Suite("Aggressive mode in the laboratory", .enabled(if: LabCapture.folder != nil, "no captures"))
struct AggressiveTests {
  static let names = LabCapture.names.filter { $0.contains("aggressive") }

  @Test("The responder's hash is that of its pre-shared key and of no other", arguments: names)
  func hash(_ name: String) throws {
    let capture = try #require(LabCapture(name))
    let material = KeyFileReader.read(capture.keys, file: name)
    let messages = capture.datagrams.filter { $0.kind == .ike }.compactMap { RawMessage($0.bytes) }
      .filter { $0.exchange == 4 && $0.flags & 1 == 0 }
    guard let first = messages.first,
      let second = messages.first(where: {
        $0.responderSPI != 0 && $0.initiatorSPI == first.initiatorSPI
          && $0.payloads.contains { $0.type == 8 } && $0.payloads.contains { $0.type == 10 }
      })
    else { return }
    func body(_ message: RawMessage, _ type: UInt8) -> [UInt8] {
      message.payloads.first { $0.type == type }?.body ?? []
    }
    let hash = body(second, 8)
    let algorithm: HashAlgorithm = hash.count == 32 ? .sha256 : hash.count == 16 ? .md5 : .sha1
    let schedule = IKEv1KeySchedule(
      hash: algorithm, initiatorCookie: second.initiatorSPI, responderCookie: second.responderSPI)
    func expected(_ key: Secret) throws -> [UInt8] {
      try schedule.responderHash(
        skeyid: try schedule.skeyid(
          preSharedKey: key, initiatorNonce: body(first, 10), responderNonce: body(second, 10)),
        initiatorPublic: body(first, 4), responderPublic: body(second, 4), saBody: body(first, 1),
        idBody: body(second, 5))
    }
    let keys = material.preSharedKeys.compactMap(\.secret)
    let right = try keys.filter { try expected($0) == hash }
    #expect(!right.isEmpty)
    #expect(try expected(Secret("not it".utf8)) != hash)
  }
}
