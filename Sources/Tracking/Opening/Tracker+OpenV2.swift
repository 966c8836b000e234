import Bytes
import Crypto
import ISAKMP
import Keys
import Registries

extension Tracker {
  /// Keys for an IKEv2 SA, looked for once both SPIs are known.
  private mutating func secretsV2(_ sa: IKESA) -> SecretsV2? {
    if sa.secretsV2 != nil || sa.lookedForSecretsV2 { return sa.secretsV2 }
    guard !keys.ikeSAs.isEmpty, sa.responderSPI != 0 else { return nil }
    sa.lookedForSecretsV2 = true
    let initExchange = sa.exchanges.last { $0.type == .ikeSAInit } ?? rekeyExchange(of: sa)
    if sa.chosen == nil { sa.chosen = initExchange?.chosen }
    sa.secretsV2 =
      keys.ikeSAs(initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI)
      .lazy.filter { $0.version != 1 }.compactMap {
        SecretsV2($0, sa: sa, initExchange: initExchange, replaced: sa.rekeys?.secretsV2)
      }.first
    return sa.secretsV2
  }

  /// The CREATE_CHILD_SA exchange that made an IKE SA.
  private mutating func rekeyExchange(of sa: IKESA) -> Exchange? {
    rekeyedTo[RekeyedSPIs(initiator: sa.initiatorSPI, responder: sa.responderSPI)]?.exchange
  }

  mutating func openV2(
    _ message: Message, _ bytes: RawSpan, _ seen: inout SeenMessage, _ sa: IKESA,
    _ exchange: Exchange
  ) -> OpenedMessage? {
    guard let payload = message.payloads.last, case .encrypted(let encrypted) = payload.body,
      let opener = secretsV2(sa)?.opener(from: seen.from)
    else { return nil }
    let whole = bytes.extracting(0..<encrypted.range.upperBound)
    guard
      case .opened(let plaintext, let integrity) = opener.open(
        whole, bodyOffset: encrypted.range.lowerBound)
    else {
      misfit(&seen, sa)
      if messageOpened != nil {
        lendUnverified(
          opener.openUnverified(whole, bodyOffset: encrypted.range.lowerBound),
          first: payload.nextPayload, seen, sa)
      }
      return nil
    }
    let opened = chainV2(plaintext, first: payload.nextPayload, &seen)
    guard integrity == .good || opener.encryptsNothing || isSound(opened, seen) else {
      seen.innerMalformed = nil
      misfit(&seen, sa)
      return nil
    }
    return opened
  }

  /// True for a chain of known payloads to its last byte: what stands in for an integrity value that
  /// nothing given can verify. A wrong key gives random bytes.
  private mutating func isSound(_ opened: OpenedMessage, _ seen: SeenMessage) -> Bool {
    seen.innerMalformed == nil
      && (opened.payloads.last?.range.upperBound ?? 0) == opened.bytes.count
      && opened.payloads.allSatisfy { $0.type.entry != nil }
  }

  /// What nothing verifies is no ground to believe anything; it is lent, said to be so, to whoever
  /// wants bytes, when it is a chain of payloads to its last byte.
  private mutating func lendUnverified(
    _ plaintext: [UInt8]?, first: UInt8, _ seen: SeenMessage, _ sa: IKESA
  ) {
    guard let plaintext else { return }
    var seen = seen
    let opened = chainV2(plaintext, first: first, &seen)
    guard !opened.payloads.isEmpty, isSound(opened, seen) else { return }
    messageOpened?(OpenedIKEMessage(seen, opened, tunnel: sa, isVerified: false))
  }

  /// Opens each SKF payload on its own and joins what was inside (RFC 7383 §2.6).
  mutating func openFragments(
    _ pieces: [[UInt8]], _ firstPayload: UInt8, _ seen: inout SeenMessage, _ sa: IKESA,
    _ exchange: Exchange
  ) -> OpenedMessage? {
    guard let opener = secretsV2(sa)?.opener(from: seen.from) else { return nil }
    var plaintext: [UInt8] = []
    var isVerified = true
    for piece in pieces {
      guard let message = try? Message(parsing: piece.rawSpan),
        case .encryptedFragment(let fragment)? = message.payloads.last?.body,
        case .opened(let part, let integrity) = opener.open(
          piece.rawSpan.extracting(0..<fragment.range.upperBound),
          bodyOffset: fragment.range.lowerBound)
      else {
        misfit(&seen, sa)
        return nil
      }
      plaintext += part
      isVerified = isVerified && integrity == .good
    }
    let opened = chainV2(plaintext, first: firstPayload, &seen)
    guard isVerified || opener.encryptsNothing || isSound(opened, seen) else {
      seen.innerMalformed = nil
      misfit(&seen, sa)
      return nil
    }
    seen.opening = .opened
    seen.innerTypes = opened.payloads.map(\.type.rawValue)
    return opened
  }

  private mutating func misfit(_ seen: inout SeenMessage, _ sa: IKESA) {
    seen.opening = .doesNotFit
    if sa.misfits.count < 64 { sa.misfits.append(seen.sighting) }
  }

  private mutating func chainV2(
    _ plaintext: [UInt8], first: UInt8, _ seen: inout SeenMessage
  ) -> OpenedMessage {
    let list = PayloadList(
      parsing: plaintext.rawSpan, first: first,
      context: PayloadContext(
        version: .v2, exchange: seen.header.exchangeType, boundedBy: "the decrypted payloads"))
    seen.innerMalformed = list.notes.malformed
    return OpenedMessage(payloads: list.payloads, bytes: plaintext)
  }

  /// Derives the keys of a child SA (RFC 7296 §2.17).
  mutating func deriveChildV2(_ child: ChildSA, _ exchange: Exchange, _ sa: IKESA) {
    guard let secrets = secretsV2(sa), let skD = secrets.skD, let prf = secrets.prf,
      let chosen = exchange.chosen, let transforms = ChildTransforms(chosen),
      let kind = ChildProtocol(chosen.protocolID), let toInitiator = child.spiToInitiator,
      let toResponder = child.spiToResponder
    else { return }
    let isFirst = exchange.type == .ikeAuth
    var dhSecret: Secret?
    if !isFirst, !exchange.keyExchange.isEmpty {
      dhSecret = self.dhSecret(of: exchange, child, sa)
      guard dhSecret != nil else { return }
    }
    let noncesOf =
      isFirst ? (sa.exchanges.last { $0.type == .ikeSAInit } ?? rekeyExchange(of: sa)) : exchange
    guard let noncesOf, let initiatorNonce = noncesOf.nonces[noncesOf.startedBy],
      let responderNonce = noncesOf.nonces[noncesOf.startedBy.peer]
    else { return }
    let schedule = IKEv2KeySchedule(
      prf: prf, initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI,
      initiatorNonce: initiatorNonce, responderNonce: responderNonce)
    let byStarter = exchange.startedBy == .initiator
    let derived = try? schedule.childKeys(
      skD: skD, initiatorNonce: initiatorNonce, responderNonce: responderNonce, dhSecret: dhSecret,
      protocol: kind, spiToResponder: byStarter ? toResponder : toInitiator,
      spiToInitiator: byStarter ? toInitiator : toResponder, transforms: transforms,
      origin: secrets.origin)
    guard let derived else { return }
    let isExtended = chosen.first(.esn)?.name == "esn"
    for (keys, receiver) in [
      (derived.toResponder, exchange.startedBy.peer), (derived.toInitiator, exchange.startedBy),
    ] {
      var keys = keys
      keys.esn = isExtended
      keysDerived(keys, for: child, receiver: receiver, sa)
    }
  }

  /// Keeps the first messages, which AUTH proves, and IKEv1's SA payload, which HASH proves.
  mutating func rememberRaw(
    _ bytes: RawSpan, _ message: Message, _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    guard !keys.isEmpty, seen.copyOf == nil, isPhase1(exchange),
      bytes.byteCount <= Transcript.longestMessage
    else { return }
    if exchange.version == .v2 {
      guard exchange.type == .ikeSAInit else { return }
      if seen.isResponse {
        sa.transcript.initResponse = bytes.copy()
      } else {
        sa.transcript.latestInitRequest = bytes.copy()
      }
    } else if seen.step == 1,
      let payload = message.payloads.first(where: { $0.type == .saV1 })
    {
      sa.transcript.saBody = bytes.copy(payload.bodyRange)
    }
    for payload in message.payloads where payload.type == .idV1 {
      sa.identityBodies[seen.from] = bytes.copy(payload.bodyRange)
    }
  }

  /// The proposal was chosen: this request and this response are the ones that AUTH signs.
  mutating func rememberInit(_ exchange: Exchange, _ sa: IKESA) {
    guard !keys.isEmpty else { return }
    sa.transcript.initRequest = sa.transcript.latestInitRequest
  }
}
