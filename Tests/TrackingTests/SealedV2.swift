import Bytes
import Crypto
import TestSupport

/// One IKEv2 SA, AES-128-CBC, HMAC-SHA1-96, PRF HMAC-SHA1: its keys and its encrypted messages by
/// the formulas of RFC 7296, with nothing of the code under test but libcrypto's arithmetic.
struct SealedV2 {
  let spis: (initiator: UInt64, responder: UInt64)
  let nonces: (initiator: [UInt8], responder: [UInt8])
  let skD: [UInt8]
  let skA: (initiator: [UInt8], responder: [UInt8])
  let skE: (initiator: [UInt8], responder: [UInt8])

  /// A first IKE SA (§2.14), or with `oldSKD` one that replaces another (§2.18).
  init(
    spis: (initiator: UInt64, responder: UInt64),
    nonces: (initiator: [UInt8], responder: [UInt8]), dhSecret: [UInt8], oldSKD: [UInt8]? = nil
  ) throws {
    self.spis = spis
    self.nonces = nonces
    let seed = nonces.initiator + nonces.responder
    let skeyseed = try oldSKD.map { try hmac($0, dhSecret + seed) } ?? hmac(seed, dhSecret)
    let keys = try stretched(
      skeyseed, seed + IKEBuilder.be64(spis.initiator) + IKEBuilder.be64(spis.responder), 132)
    skD = Array(keys[..<20])
    skA = (Array(keys[20..<40]), Array(keys[40..<60]))
    skE = (Array(keys[60..<76]), Array(keys[76..<92]))
  }

  /// KEYMAT of a child's two directions, 36 bytes each: towards the exchange's responder first
  /// (§2.17).
  func keyMaterial(
    nonces: (initiator: [UInt8], responder: [UInt8]), dhSecret: [UInt8] = []
  ) throws -> (toResponder: [UInt8], toInitiator: [UInt8]) {
    let material = try stretched(skD, dhSecret + nonces.initiator + nonces.responder, 72)
    return (Array(material[..<36]), Array(material[36...]))
  }

  /// A message with everything in its SK payload (§3.14).
  func sealed(
    _ payloads: [IKEBuilder.Payload], exchange: UInt8, id: UInt32, fromInitiator: Bool,
    isResponse: Bool
  ) throws -> [UInt8] {
    var plaintext = IKEBuilder.chain(payloads)
    let padding = 15 - plaintext.count % 16
    plaintext += Array(repeating: 0, count: padding) + [UInt8(padding)]
    let iv = Array(repeating: UInt8(0x77), count: 16)
    let key = fromInitiator ? skE.initiator : skE.responder
    let body = iv + (try encrypted(plaintext, key: key, iv: iv))
    let message = IKEBuilder.message(
      version: 2, initiatorSPI: spis.initiator, responderSPI: spis.responder, exchange: exchange,
      flags: (fromInitiator ? 8 : 0) | (isResponse ? 0x20 : 0), messageID: id,
      [
        IKEBuilder.encrypted(
          firstInside: payloads.first?.type ?? 0, body + Array(repeating: 0, count: 12))
      ])
    let covered = Array(message.dropLast(12))
    let code = try hmac(fromInitiator ? skA.initiator : skA.responder, covered)
    return covered + code.prefix(12)
  }
}

/// prf+ (§2.13).
private func stretched(_ key: [UInt8], _ seed: [UInt8], _ count: Int) throws -> [UInt8] {
  var result: [UInt8] = []
  var block: [UInt8] = []
  var number: UInt8 = 1
  while result.count < count {
    block = try hmac(key, block + seed + [number])
    result += block
    number += 1
  }
  return Array(result.prefix(count))
}

/// One end's Diffie-Hellman values in group 14, and what both share.
struct SealedExchange {
  let privateValue: Secret
  let publicValues: (initiator: [UInt8], responder: [UInt8])
  let shared: [UInt8]

  init(seed: UInt8) throws {
    privateValue = Secret((0..<32).map { UInt8($0) &+ seed })
    let other = Secret((0..<32).map { UInt8($0) &* 5 &+ seed })
    let group = "modp2048"
    publicValues = (
      try Crypto.KeyExchange.publicValue(group: group, privateValue: privateValue),
      try Crypto.KeyExchange.publicValue(group: group, privateValue: other)
    )
    shared = try Crypto.KeyExchange.sharedSecret(
      group: group, privateValue: privateValue, peerPublic: publicValues.responder
    ).exposed()
  }
}
