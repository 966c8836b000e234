import Bytes
import Crypto
import TestSupport

/// Both ends of an IKEv1 negotiation with a pre-shared key, AES-128-CBC, SHA-1 and group 14: every
/// key and every byte by the formulas of RFC 2409, with nothing of the code under test but
/// libcrypto's arithmetic.
struct SealedV1 {
  static let preSharedKey = "correct horse"
  static let cookies = (
    initiator: UInt64(0x1111_2222_3333_4444), responder: UInt64(0x5555_6666_7777_8888)
  )
  /// Private values of both ends.
  let privateValues = (
    initiator: Secret((1...32).map { UInt8($0) }), responder: Secret((1...32).map { UInt8($0 * 3) })
  )
  let publicValues: (initiator: [UInt8], responder: [UInt8])
  let nonces = (
    initiator: Array(repeating: UInt8(0x11), count: 20),
    responder: Array(repeating: UInt8(0x22), count: 20)
  )
  let dhSecret: [UInt8]
  private let skeyid: [UInt8]
  private let skeyidD: [UInt8]
  private let skeyidA: [UInt8]
  private let cipherKey: [UInt8]
  private var lastBlock: [UInt8]
  private var phase1Block: [UInt8] = []

  init() throws {
    let group = "modp2048"
    publicValues = (
      try Crypto.KeyExchange.publicValue(group: group, privateValue: privateValues.initiator),
      try Crypto.KeyExchange.publicValue(group: group, privateValue: privateValues.responder)
    )
    dhSecret = try Crypto.KeyExchange.sharedSecret(
      group: group, privateValue: privateValues.initiator, peerPublic: publicValues.responder
    ).exposed()
    let cookies =
      IKEBuilder.be64(Self.cookies.initiator) + IKEBuilder.be64(Self.cookies.responder)
    // RFC 2409 §5.
    skeyid = try hmac(Array(Self.preSharedKey.utf8), nonces.initiator + nonces.responder)
    skeyidD = try hmac(skeyid, dhSecret + cookies + [0])
    skeyidA = try hmac(skeyid, skeyidD + dhSecret + cookies + [1])
    cipherKey = Array(try hmac(skeyid, skeyidA + dhSecret + cookies + [2]).prefix(16))
    lastBlock = sha1(publicValues.initiator + publicValues.responder)
  }

  /// Main mode, both ends' messages, and quick mode for ESP with AES-128-CBC and HMAC-SHA1-96; with
  /// `privateOfChild`, a key exchange of its own.
  mutating func negotiate(
    _ wire: Wire, spis: (initiator: UInt32, responder: UInt32), id: UInt32,
    childKE: (initiator: [UInt8], responder: [UInt8])? = nil
  ) throws {
    try mainMode(wire)
    try quickMode(wire, spis: spis, id: id, childKE: childKE)
  }

  private mutating func mainMode(_ wire: Wire) throws {
    let sa = Messages.saV1
    wire.ike(Messages.main([sa], responder: 0))
    wire.ike(Messages.main([sa]), from: Wire.bob, to: Wire.alice)
    wire.ike(
      Messages.main([
        IKEBuilder.Payload(4, publicValues.initiator), IKEBuilder.Payload(10, nonces.initiator),
      ]))
    wire.ike(
      Messages.main([
        IKEBuilder.Payload(4, publicValues.responder), IKEBuilder.Payload(10, nonces.responder),
      ]), from: Wire.bob, to: Wire.alice)
    lastBlock = Array(lastBlock.prefix(16))
    for isInitiator in [true, false] {
      let identity = IKEBuilder.identificationV1(
        type: 1, [192, 0, 2, isInitiator ? 1 : 2])
      let own = isInitiator ? publicValues.initiator : publicValues.responder
      let other = isInitiator ? publicValues.responder : publicValues.initiator
      let i = IKEBuilder.be64(Self.cookies.initiator)
      let r = IKEBuilder.be64(Self.cookies.responder)
      let hash = try hmac(
        skeyid, own + other + (isInitiator ? i + r : r + i) + sa.body + identity.body)
      let message = try sealed([identity, IKEBuilder.Payload(8, hash)], exchange: 2, id: 0)
      send(message, wire, fromInitiator: isInitiator)
    }
    phase1Block = lastBlock
  }

  private mutating func quickMode(
    _ wire: Wire, spis: (initiator: UInt32, responder: UInt32), id: UInt32,
    childKE: (initiator: [UInt8], responder: [UInt8])?
  ) throws {
    lastBlock = Array(sha1(phase1Block + IKEBuilder.be32(id)).prefix(16))
    let childNonces = Self.childNonces
    func rest(_ spi: UInt32, _ nonce: [UInt8], _ publicValue: [UInt8]?) -> [IKEBuilder.Payload] {
      let transform = IKEBuilder.phase2Transform(group: publicValue == nil ? nil : 14)
      let sa = IKEBuilder.saV1([
        IKEBuilder.proposal(protocolID: 3, spi: IKEBuilder.be32(spi), [transform])
      ])
      return [sa, IKEBuilder.Payload(10, nonce)]
        + (publicValue.map { [IKEBuilder.Payload(4, $0)] } ?? [])
        + [
          IKEBuilder.identificationV1(type: 4, [10, 1, 0, 0, 255, 255, 255, 0]),
          IKEBuilder.identificationV1(type: 4, [10, 2, 0, 0, 255, 255, 255, 0]),
        ]
    }
    let first = rest(spis.initiator, childNonces.initiator, childKE?.initiator)
    let second = rest(spis.responder, childNonces.responder, childKE?.responder)
    let hash1 = try hmac(skeyidA, IKEBuilder.be32(id) + IKEBuilder.chain(first))
    let hash2 = try hmac(
      skeyidA, IKEBuilder.be32(id) + childNonces.initiator + IKEBuilder.chain(second))
    let hash3 = try hmac(
      skeyidA, [0] + IKEBuilder.be32(id) + childNonces.initiator + childNonces.responder)
    for (payloads, isInitiator) in [
      ([IKEBuilder.Payload(8, hash1)] + first, true),
      ([IKEBuilder.Payload(8, hash2)] + second, false), ([IKEBuilder.Payload(8, hash3)], true),
    ] {
      send(try sealed(payloads, exchange: 32, id: id), wire, fromInitiator: isInitiator)
    }
  }

  static let childNonces = (
    initiator: Array(repeating: UInt8(0x33), count: 20),
    responder: Array(repeating: UInt8(0x44), count: 20)
  )

  /// KEYMAT of one direction: 16 bytes for AES, 20 for HMAC-SHA1 (RFC 2409 §5.5).
  func keyMaterial(spi: UInt32, dhSecret: [UInt8] = []) throws -> [UInt8] {
    let seed =
      dhSecret + [3] + IKEBuilder.be32(spi) + Self.childNonces.initiator
      + Self.childNonces.responder
    let first = try hmac(skeyidD, seed)
    return Array((first + (try hmac(skeyidD, first + seed))).prefix(36))
  }

  private func send(_ message: [UInt8], _ wire: Wire, fromInitiator: Bool) {
    if fromInitiator {
      wire.ike(message)
    } else {
      wire.ike(message, from: Wire.bob, to: Wire.alice)
    }
  }

  /// A message encrypted with the running IV, padded with zeros (RFC 2409 appendix B).
  private mutating func sealed(
    _ payloads: [IKEBuilder.Payload], exchange: UInt8, id: UInt32
  ) throws -> [UInt8] {
    var plaintext = IKEBuilder.chain(payloads)
    plaintext += Array(repeating: 0, count: (16 - plaintext.count % 16) % 16)
    let body = try encrypted(plaintext, key: cipherKey, iv: lastBlock)
    lastBlock = Array(body.suffix(16))
    return IKEBuilder.raw(
      version: 1, initiatorSPI: Self.cookies.initiator, responderSPI: Self.cookies.responder,
      first: payloads.first?.type ?? 0, exchange: exchange, flags: 1, messageID: id, body: body)
  }
}

/// HMAC-SHA1.
func hmac(_ key: [UInt8], _ text: [UInt8]) throws -> [UInt8] {
  let context = try MACContext(.hmac(.sha1), key: Secret(key))
  context.authenticate([text])
  return context.bytes()
}

func sha1(_ text: [UInt8]) -> [UInt8] { HashAlgorithm.sha1.digest([text]) }

/// AES-CBC, whole blocks.
func encrypted(_ plaintext: [UInt8], key: [UInt8], iv: [UInt8]) throws -> [UInt8] {
  let context = try CipherContext(
    .aesCBC, key: Secret(key), salt: Secret([UInt8]()), isEncrypting: true)
  var buffer: [UInt8] = []
  _ = context.apply(to: plaintext.rawSpan, iv: iv.rawSpan, into: &buffer)
  return Array(buffer.prefix(plaintext.count))
}

/// An ESP packet in tunnel mode under KEYMAT of AES-128-CBC and HMAC-SHA1-96 (RFC 4303 §2).
func sealedESP(spi: UInt32, sequence: UInt32, keyMaterial: [UInt8]) throws -> [UInt8] {
  let inner: [UInt8] =
    [0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 1, 0, 7, 10, 2, 0, 9]
    + [0x13, 0x88, 0, 53, 0, 8, 0, 0]
  let plaintext = inner + [1, 2, 2, 4]
  let iv = Array(repeating: UInt8(0x66), count: 16)
  let packet =
    IKEBuilder.be32(spi) + IKEBuilder.be32(sequence) + iv
    + (try encrypted(plaintext, key: Array(keyMaterial[..<16]), iv: iv))
  return packet + (try hmac(Array(keyMaterial[16..<36]), packet)).prefix(12)
}
