import Bytes
import Crypto
import ISAKMP
import Keys
import Registries

/// The keys of an IKEv2 SA, made ready.
final class SecretsV2 {
  let fromInitiator: IKEv2Opener?
  let fromResponder: IKEv2Opener?
  let prf: PseudoRandomFunction?
  let skD: Secret?
  let skP: [Role: Secret]
  let origin: KeyOrigin

  /// Makes a row of key material ready, `replaced` being the keys of the IKE SA that a rekey
  /// replaced by this one; nil when it has nothing that can be used.
  init?(_ row: IKESAKeys, sa: IKESA, initExchange: Exchange?, replaced: SecretsV2?) {
    let suite = sa.chosen
    let encryption = suite?.first(.encryption)
    let cipher = (encryption?.name ?? row.encryption).flatMap {
      CipherAlgorithm(identifier: $0)
    }
    let integrity = (suite?.first(.integrity)?.name ?? row.integrity).flatMap {
      Crypto.IntegrityAlgorithm(identifier: $0)
    }
    prf = (suite?.first(.prf)?.name ?? row.prf).flatMap { PseudoRandomFunction(identifier: $0) }
    origin = row.origin
    var secrets = row.secrets
    let dhSecret =
      row[.dhSecret]
      ?? sharedSecret(row[.dhPrivate], group: suite?.group?.id ?? row.group, initExchange)
    if let dh = dhSecret, let prf, let cipher, let exchange = initExchange,
      let initiatorNonce = exchange.nonces[exchange.startedBy],
      let responderNonce = exchange.nonces[exchange.startedBy.peer]
    {
      let schedule = IKEv2KeySchedule(
        prf: prf, initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI,
        initiatorNonce: initiatorNonce, responderNonce: responderNonce)
      if let seed = Self.seed(schedule, dh, replaced),
        let derived = try? schedule.secrets(
          skeyseed: seed, cipher: cipher, keyBits: encryption?.keyBits, integrity: integrity)
      {
        secrets.merge(derived) { given, _ in given }
      }
    }
    skD = secrets[.skD]
    var proofs: [Role: Secret] = [:]
    proofs[.initiator] = secrets[.skPi]
    proofs[.responder] = secrets[.skPr]
    skP = proofs
    fromInitiator = Self.makeOpener(cipher, secrets[.skEi], integrity, secrets[.skAi])
    fromResponder = Self.makeOpener(cipher, secrets[.skEr], integrity, secrets[.skAr])
    guard fromInitiator != nil || fromResponder != nil || skD != nil else { return nil }
  }

  /// SKEYSEED of a first IKE SA, or of one that replaces another (RFC 7296 §2.14, §2.18).
  private static func seed(
    _ schedule: IKEv2KeySchedule, _ dh: Secret, _ replaced: SecretsV2?
  ) -> Secret? {
    if let replaced, let skD = replaced.skD, let prf = replaced.prf {
      return try? schedule.skeyseed(oldSKD: skD, oldPRF: prf, dhSecret: dh)
    }
    return try? schedule.skeyseed(dhSecret: dh)
  }

  private static func makeOpener(
    _ cipher: CipherAlgorithm?, _ key: Secret?, _ integrity: Crypto.IntegrityAlgorithm?,
    _ integrityKey: Secret?
  ) -> IKEv2Opener? {
    guard let cipher, let key else { return nil }
    return try? IKEv2Opener(
      cipher: cipher, encryptionKey: withoutCounterFlags(key, cipher),
      integrity: cipher.isAEAD ? nil : integrity,
      integrityKey: integrityKey)
  }

  /// Tables for tools that know AES-CTR alone spell AES-CCM's key with the first byte of its
  /// counter blocks, 3 (RFC 3610 §2.3), between key and salt.
  private static func withoutCounterFlags(_ key: Secret, _ cipher: CipherAlgorithm) -> Secret {
    let end = key.count - 4
    guard cipher.mode == .ccm, end > 0, end % 8 == 0, key.rawSpan.byte(at: end) == 3 else {
      return key
    }
    return Secret(joining: [key.prefix(end), key.part((end + 1)..<key.count)])
  }

  /// What opens the messages that an end sends.
  func opener(from role: Role) -> IKEv2Opener? {
    role == .initiator ? fromInitiator : fromResponder
  }
}
