import Bytes
import Crypto
import ISAKMP
import Keys
import Registries

/// One set of IKEv1 keys for an IKE SA, made ready: what opens its messages, and what its children's
/// keys are derived from. With two different pre-shared keys each end has a set of its own.
final class SecretsV1 {
  let opener: IKEv1Opener?
  let schedule: IKEv1KeySchedule
  let skeyidD: Secret?
  let skeyidA: Secret?
  let skeyid: Secret?
  let origin: KeyOrigin
  /// Bytes of a HASH payload's hash.
  let hashBytes: Int

  /// Makes a row of key material ready for an SA whose suite is chosen, deriving what the row does
  /// not give; nil when the row has nothing that can be used.
  init?(_ row: IKESAKeys, sa: IKESA, exchange: Exchange?, preSharedKey: Secret?) {
    let names = AlgorithmNamesV1(row, sa.chosen)
    guard let hash = names.hash else { return nil }
    schedule = IKEv1KeySchedule(
      prf: row.prf.flatMap { PseudoRandomFunction(identifier: $0) }, hash: hash,
      initiatorCookie: sa.initiatorSPI, responderCookie: sa.responderSPI)
    origin = row.origin
    hashBytes = schedule.prf.outputBytes
    var secrets = row.secrets
    if let dh = row[.dhSecret]
      ?? sharedSecret(row[.dhPrivate], group: sa.chosen?.group?.id ?? row.group, exchange)
    {
      let skeyid =
        row[.skeyid]
        ?? Self.skeyid(schedule, dh, exchange, names.isSignature ? nil : preSharedKey)
      if let skeyid, let derived = try? schedule.derivedSecrets(skeyid: skeyid, dhSecret: dh) {
        secrets.merge(derived) { given, _ in given }
      }
    }
    skeyid = secrets[.skeyid]
    skeyidD = secrets[.skeyidD]
    skeyidA = secrets[.skeyidA]
    var key = secrets[.encryptionKey]
    if key == nil, let e = secrets[.skeyidE], let cipher = names.cipher {
      key = try? schedule.encryptionKey(skeyidE: e, cipher: cipher, keyBits: names.keyBits)
    }
    if let key, let cipher = names.cipher {
      opener = try? IKEv1Opener(cipher: cipher, key: key)
    } else {
      opener = nil
    }
    guard opener != nil || skeyidD != nil else { return nil }
  }

  /// SKEYID from a pre-shared key, or without one as signatures have it (RFC 2409 §5).
  private static func skeyid(
    _ schedule: IKEv1KeySchedule, _ dh: Secret, _ exchange: Exchange?, _ preSharedKey: Secret?
  ) -> Secret? {
    guard let exchange, let initiator = exchange.nonces[.initiator],
      let responder = exchange.nonces[.responder]
    else { return nil }
    if let preSharedKey {
      return try? schedule.skeyid(
        preSharedKey: preSharedKey, initiatorNonce: initiator, responderNonce: responder)
    }
    return try? schedule.skeyid(
      dhSecret: dh, initiatorNonce: initiator, responderNonce: responder)
  }
}

/// Algorithms of an IKEv1 SA: as the capture's chosen suite names them, else as the key file does.
struct AlgorithmNamesV1 {
  var hash: HashAlgorithm?
  var cipher: CipherAlgorithm?
  var keyBits: Int?
  var isSignature = false

  init(_ row: IKESAKeys, _ chosen: Suite?) {
    let hashName = chosen?.first(.hash)?.name
    hash = hashName.flatMap { HashAlgorithm(rawValue: $0) } ?? Self.hash(of: row)
    let encryption = chosen?.first(.encryption)
    cipher = (encryption?.name ?? row.encryption).flatMap { CipherAlgorithm(identifier: $0) }
    keyBits = encryption?.keyBits ?? chosen?.cipher?.keyBits ?? row.encryptionBits
    let method = chosen?.first(.auth)?.name ?? ""
    isSignature = method.contains("sig")
  }

  /// `hmac-sha1-96` and `hmac-sha1` both speak of SHA-1.
  private static func hash(of row: IKESAKeys) -> HashAlgorithm? {
    for name in [row.prf, row.integrity].compactMap({ $0 }) {
      let parts = name.split(separator: "-")
      if let hash = parts.lazy.compactMap({ HashAlgorithm(rawValue: String($0)) }).first {
        return hash
      }
    }
    return nil
  }
}

/// The shared secret of an exchange from the private value of either end, told by whose public
/// value belongs to it; nil where it belongs to neither and where the group cannot be computed.
func sharedSecret(_ own: Secret?, group: String?, _ exchange: Exchange?) -> Secret? {
  guard let own, let exchange, let group,
    let ownPublic = try? Crypto.KeyExchange.publicValue(group: group, privateValue: own)
  else { return nil }
  for role in [Role.initiator, .responder] where exchange.keyExchange[role]?.data == ownPublic {
    guard let peer = exchange.keyExchange[role.peer]?.data else { continue }
    return try? Crypto.KeyExchange.sharedSecret(group: group, privateValue: own, peerPublic: peer)
  }
  return nil
}
