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

  /// Makes a row of key material ready; nil when it has nothing that can be used.
  init?(_ row: IKESAKeys, sa: IKESA, initExchange: Exchange?) {
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
    if let dh = row[.dhSecret], let prf, let cipher, let exchange = initExchange,
      let initiatorNonce = exchange.nonces[.initiator],
      let responderNonce = exchange.nonces[.responder]
    {
      let schedule = IKEv2KeySchedule(
        prf: prf, initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI,
        initiatorNonce: initiatorNonce, responderNonce: responderNonce)
      if let seed = try? schedule.skeyseed(dhSecret: dh),
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

  private static func makeOpener(
    _ cipher: CipherAlgorithm?, _ key: Secret?, _ integrity: Crypto.IntegrityAlgorithm?,
    _ integrityKey: Secret?
  ) -> IKEv2Opener? {
    guard let cipher, let key else { return nil }
    return try? IKEv2Opener(
      cipher: cipher, encryptionKey: key, integrity: cipher.isAEAD ? nil : integrity,
      integrityKey: integrityKey ?? Secret([UInt8]()))
  }

  /// What opens the messages that an end sends.
  func opener(from role: Role) -> IKEv2Opener? {
    role == .initiator ? fromInitiator : fromResponder
  }
}
