import Bytes
import Crypto
import ISAKMP
import Keys
import Registries

extension Tracker {
  /// Checks authentication data with the pre-shared keys at hand: one that verifies exonerates the
  /// key, one that does not is proof of a mismatch.
  mutating func checkProofs(
    _ payloads: [Payload], _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    guard sa.authenticationChecks.count < 64 else { return }
    for payload in payloads {
      switch payload.body {
      case .signature(let signature) where isPhase1(exchange):
        checkSignatureV1(signature, seen, exchange, sa)
      case .authentication(let proof) where proof.method != .psk:
        checkSignatureV2(proof, seen, sa)
      case .hash(let hash) where isPhase1(exchange) && usesPreSharedKey(sa):
        checkV1(hash, seen, exchange, sa)
      case .authentication(let proof) where proof.method == .psk:
        checkV2(proof, seen, exchange, sa)
      default: break
      }
    }
  }

  private mutating func usesPreSharedKey(_ sa: IKESA) -> Bool {
    sa.chosen?.first(.auth)?.name.contains("psk") ?? false
  }

  /// HASH_I and HASH_R (RFC 2409 §5) under each key that may be meant.
  private mutating func checkV1(
    _ hash: [UInt8], _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    guard let name = sa.chosen?.first(.hash)?.name, let algorithm = HashAlgorithm(rawValue: name),
      let initiatorNonce = exchange.nonces[.initiator],
      let responderNonce = exchange.nonces[.responder],
      let initiatorPublic = exchange.keyExchange[.initiator]?.data,
      let responderPublic = exchange.keyExchange[.responder]?.data,
      let identity = sa.identityBodies[seen.from], !sa.transcript.saBody.isEmpty
    else { return }
    let schedule = IKEv1KeySchedule(
      hash: algorithm, initiatorCookie: sa.initiatorSPI, responderCookie: sa.responderSPI)
    for key in preSharedKeys(for: sa) {
      guard let secret = key.secret,
        let skeyid = try? schedule.skeyid(
          preSharedKey: secret, initiatorNonce: initiatorNonce, responderNonce: responderNonce)
      else { continue }
      let wanted =
        seen.from == .initiator
        ? try? schedule.initiatorHash(
          skeyid: skeyid, initiatorPublic: initiatorPublic, responderPublic: responderPublic,
          saBody: sa.transcript.saBody, idBody: identity)
        : try? schedule.responderHash(
          skeyid: skeyid, initiatorPublic: initiatorPublic, responderPublic: responderPublic,
          saBody: sa.transcript.saBody, idBody: identity)
      if let wanted { note(wanted == hash, key, seen, sa) }
    }
  }

  /// AUTH by a shared key (RFC 7296 §2.15) under each key that may be meant.
  private mutating func checkV2(
    _ proof: Authentication, _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    guard let octets = signedOctets(from: seen.from, sa), let prf = sa.secretsV2?.prf else {
      return
    }
    let schedule = IKEv2KeySchedule(
      prf: prf, initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI, initiatorNonce: [],
      responderNonce: [])
    for key in preSharedKeys(for: sa) {
      guard let secret = key.secret,
        let wanted = try? schedule.sharedKeyAuthentication(secret: secret, signedOctets: octets)
      else { continue }
      note(wanted == proof.data, key, seen, sa)
    }
  }

  /// What AUTH of an end proves; nil where keys or the first messages are missing.
  private func signedOctets(from role: Role, _ sa: IKESA) -> [UInt8]? {
    guard let secrets = sa.secretsV2, let prf = secrets.prf, let skP = secrets.skP[role],
      let initExchange = sa.exchanges.last(where: { $0.type == .ikeSAInit }),
      let initiatorNonce = initExchange.nonces[.initiator],
      let responderNonce = initExchange.nonces[.responder],
      let identity = sa.identityBodies[role], !sa.transcript.initRequest.isEmpty,
      !sa.transcript.initResponse.isEmpty,
      // IKE_INTERMEDIATE adds its own messages to what is signed (RFC 9242 §3.3).
      !sa.exchanges.contains(where: { $0.type == .ikeIntermediate })
    else { return nil }
    let schedule = IKEv2KeySchedule(
      prf: prf, initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI,
      initiatorNonce: initiatorNonce, responderNonce: responderNonce)
    let fromInitiator = role == .initiator
    return try? schedule.signedOctets(
      message: fromInitiator ? sa.transcript.initRequest : sa.transcript.initResponse,
      peerNonce: fromInitiator ? responderNonce : initiatorNonce, skP: skP, idBody: identity)
  }

  /// SIG: over HASH_I or HASH_R, by the key of the sender's certificate (RFC 2409 §5.1). SKEYID
  /// takes the shared secret, so this needs it in the key material.
  private mutating func checkSignatureV1(
    _ signature: [UInt8], _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    guard let key = senderKey(seen.from, sa),
      let secret = sa.secretsV1?.lazy.compactMap(\.skeyid).first,
      let name = sa.chosen?.first(.hash)?.name, let algorithm = HashAlgorithm(rawValue: name),
      let initiatorPublic = exchange.keyExchange[.initiator]?.data,
      let responderPublic = exchange.keyExchange[.responder]?.data,
      let identity = sa.identityBodies[seen.from], !sa.transcript.saBody.isEmpty
    else { return }
    let schedule = IKEv1KeySchedule(
      hash: algorithm, initiatorCookie: sa.initiatorSPI, responderCookie: sa.responderSPI)
    let hash =
      seen.from == .initiator
      ? try? schedule.initiatorHash(
        skeyid: secret, initiatorPublic: initiatorPublic, responderPublic: responderPublic,
        saBody: sa.transcript.saBody, idBody: identity)
      : try? schedule.responderHash(
        skeyid: secret, initiatorPublic: initiatorPublic, responderPublic: responderPublic,
        saBody: sa.transcript.saBody, idBody: identity)
    guard let hash else { return }
    noteCertificate(key.verifiesIKEv1(signature, hash: hash), seen, sa)
  }

  /// AUTH by a signature (RFC 7296 §2.15, RFC 7427) under the key of the sender's certificate.
  private mutating func checkSignatureV2(
    _ proof: Authentication, _ seen: SeenMessage, _ sa: IKESA
  ) {
    guard let key = senderKey(seen.from, sa), let octets = signedOctets(from: seen.from, sa) else {
      return
    }
    var value = proof.data
    if let identifier = proof.algorithmIdentifier {
      value = [UInt8(truncatingIfNeeded: identifier.count)] + identifier + proof.data
    }
    let verifies = key.verifiesIKEv2(value, method: proof.method.rawValue, signedOctets: octets)
    if let verifies { noteCertificate(verifies, seen, sa) }
  }

  /// The key of the first certificate that an end sent, which is its own (RFC 7296 §3.6).
  private func senderKey(_ role: Role, _ sa: IKESA) -> PublicKey? {
    sa.certificates.first { $0.from == role && $0.facts?.publicKey != nil }?.facts?.publicKey
  }

  private func noteCertificate(_ verifies: Bool, _ seen: SeenMessage, _ sa: IKESA) {
    sa.authenticationChecks.append(
      AuthenticationCheck(
        sighting: seen.sighting, from: seen.from, means: .certificate, owner: seen.from,
        verifies: verifies))
  }

  private mutating func note(
    _ verifies: Bool, _ key: PreSharedKey, _ seen: SeenMessage, _ sa: IKESA
  ) {
    guard sa.authenticationChecks.count < 64 else { return }
    sa.authenticationChecks.append(
      AuthenticationCheck(
        sighting: seen.sighting, from: seen.from,
        means: .preSharedKey(origin: key.origin.description), owner: owner(of: key, sa),
        verifies: verifies))
  }

  /// The keys given for an IKE SA's two ends, at most a few.
  mutating func preSharedKeys(for sa: IKESA) -> [PreSharedKey] {
    guard !keys.preSharedKeys.isEmpty else { return [] }
    let ends = Ends(sa)
    var found: [PreSharedKey] = []
    for key in keys.preSharedKeys where key.secret != nil && key.isFor(ends) {
      found.append(key)
      if found.count == 8 { break }
    }
    return found
  }

  /// The end whose key it is: the one that the key's file calls local.
  private mutating func owner(of key: PreSharedKey, _ sa: IKESA) -> Role? {
    guard let local = key.local else { return nil }
    if sa.names(of: .initiator).contains(local) { return .initiator }
    if sa.names(of: .responder).contains(local) { return .responder }
    return nil
  }
}

/// The two ends of an IKE SA, as a key file may speak of them.
private struct Ends {
  let names: (initiator: [String], responder: [String])
  let addresses: (initiator: IPAddress, responder: IPAddress)

  init(_ sa: IKESA) {
    names = (sa.names(of: .initiator), sa.names(of: .responder))
    addresses = (sa.endpoint(.initiator).address, sa.endpoint(.responder).address)
  }
}

extension PreSharedKey {
  /// True when the key may be meant for the two ends of an IKE SA, whichever of them is local.
  fileprivate func isFor(_ ends: Ends) -> Bool {
    func fits(_ name: String?, _ pattern: AddressPattern?, _ role: Role) -> Bool {
      guard let name, !name.isEmpty else { return true }
      let isInitiator = role == .initiator
      if (isInitiator ? ends.names.initiator : ends.names.responder).contains(name) { return true }
      return pattern?.matches(isInitiator ? ends.addresses.initiator : ends.addresses.responder)
        ?? false
    }
    return fits(local, localPattern, .initiator) && fits(remote, remotePattern, .responder)
      || fits(local, localPattern, .responder) && fits(remote, remotePattern, .initiator)
  }
}

extension IKESA {
  /// What a key file may call an end: its addresses and the identities it claimed.
  fileprivate func names(of role: Role) -> [String] {
    let first = role == .initiator ? firstInitiator : firstResponder
    return [endpoint(role).address, first.address].map(\.description)
      + identities.filter { $0.from == role }.map(\.identity.text)
  }
}
