import Bytes
import Crypto
import ISAKMP
import Keys
import Registries

extension Tracker {
  /// Opens an encrypted message where there are keys for it.
  mutating func open(
    _ message: Message, _ bytes: RawSpan, _ seen: inout SeenMessage, _ sa: IKESA,
    _ exchange: Exchange
  ) -> OpenedMessage? {
    guard !keys.isEmpty else { return nil }
    let opened =
      message.version == .v1
      ? openV1(message, bytes, &seen, sa, exchange)
      : openV2(message, bytes, &seen, sa, exchange)
    guard let opened else { return nil }
    seen.opening = .opened
    seen.innerTypes = opened.payloads.map(\.type.rawValue)
    return opened
  }

  /// Keys for an IKEv1 SA, looked for once its suite is known.
  private mutating func secretsV1(_ sa: IKESA) -> [SecretsV1] {
    if let secrets = sa.secretsV1 { return secrets }
    guard !keys.ikeSAs.isEmpty else { return [] }
    let phase1 = sa.exchanges.first { isPhase1($0) }
    // A shared secret gives keys together with a pre-shared key only: each one given is tried.
    let pairings = preSharedKeys(for: sa).map(\.secret) + [nil]
    let secrets = keys.ikeSAs(initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI)
      .filter { $0.version != 2 }.prefix(16)
      .flatMap { row in
        pairings.compactMap {
          SecretsV1(row, sa: sa, exchange: phase1, preSharedKey: $0)
        }.prefix(row.secrets[.skeyidD] == nil ? 8 : 1)
      }
    sa.secretsV1 = secrets
    return secrets
  }

  /// IKEv1 chains its IVs (RFC 2409 appendix B), and an observer may see messages repeated, out of
  /// order, or under the keys of one end only: every IV that can be meant is tried, and a plaintext
  /// is believed when it is a sound chain of payloads.
  private mutating func openV1(
    _ message: Message, _ bytes: RawSpan, _ seen: inout SeenMessage, _ sa: IKESA,
    _ exchange: Exchange
  ) -> OpenedMessage? {
    guard let range = message.encryptedBody else { return nil }
    let body = bytes.extracting(range)
    let secrets = secretsV1(sa)
    var result: OpenedMessage?
    for (row, secret) in secrets.enumerated() {
      guard let opener = secret.opener else { continue }
      for iv in ivCandidates(secret, opener, message.header, sa, exchange) {
        guard let opened = tryOpen(opener, body, iv, message.header, secret) else { continue }
        verifyHash(opened, secret, &seen, exchange)
        noteRow(row, &seen, sa)
        result = opened
        break
      }
      if result != nil { break }
      if let opened = openWithoutIV(opener, body, message.header, secret) {
        result = opened
        break
      }
    }
    rememberBlock(body, message.header, sa, exchange, secrets.first?.opener)
    if result == nil, secrets.contains(where: { $0.opener != nil }), seen.missing == 0 {
      seen.opening = .doesNotFit
      if sa.misfits.count < 64 { sa.misfits.append(seen.sighting) }
    }
    return result
  }

  /// Messages of the two ends that open under different rows only prove that the ends disagree.
  private mutating func noteRow(_ row: Int, _ seen: inout SeenMessage, _ sa: IKESA) {
    seen.openedWith = row
    let other = sa.rowOpened[seen.from.peer]
    if let other, other != row { sa.keysDisagree = true }
    sa.rowOpened[seen.from] = row
  }

  private mutating func ivCandidates(
    _ secret: SecretsV1, _ opener: IKEv1Opener, _ header: ISAKMPHeader, _ sa: IKESA,
    _ exchange: Exchange
  ) -> [[UInt8]] {
    var first: [UInt8]?
    if let phase1 = sa.exchanges.first(where: { isPhase1($0) }),
      let initiator = phase1.keyExchange[.initiator], let responder = phase1.keyExchange[.responder]
    {
      first = secret.schedule.phase1IV(
        initiatorPublic: initiator.data, responderPublic: responder.data,
        blockBytes: opener.blockBytes)
    }
    let phase1 = (first.map { [$0] } ?? []) + sa.transcript.phase1Blocks
    if isPhase1(exchange) { return phase1.reversed() }
    let own = sa.transcript.exchangeBlocks[header.messageID] ?? []
    let initial = phase1.suffix(6).reversed().map {
      secret.schedule.phase2IV(lastPhase1Block: $0, messageID: header.messageID)
    }
    return own.reversed() + initial
  }

  private mutating func tryOpen(
    _ opener: IKEv1Opener, _ body: RawSpan, _ iv: [UInt8], _ header: ISAKMPHeader,
    _ secret: SecretsV1
  ) -> OpenedMessage? {
    guard iv.count == opener.blockBytes,
      case .opened(let plaintext, _) = opener.open(body, iv: iv)
    else { return nil }
    return chain(plaintext, from: 0, first: header.nextPayload, header, secret)
  }

  /// A plaintext as a chain of payloads; nil when it is none. A wrong key or IV gives random bytes,
  /// which pass all of these checks about once in a million.
  private mutating func chain(
    _ plaintext: [UInt8], from start: Int, first: UInt8, _ header: ISAKMPHeader,
    _ secret: SecretsV1
  ) -> OpenedMessage? {
    let list = PayloadList(
      parsing: plaintext.rawSpan, from: start, first: first,
      context: PayloadContext(
        version: .v1, exchange: header.exchangeType, boundedBy: "the decrypted message"))
    guard let head = list.payloads.first, plaintext.count - list.end < 256 else { return nil }
    if head.type == .hashV1 {
      guard head.range.count == secret.hashBytes + 4 else { return nil }
    } else if list.notes.malformed != nil {
      return nil
    }
    guard list.payloads.allSatisfy({ $0.type.entry != nil || $0.type.rawValue >= 128 }),
      !list.notes.oddities.contains(where: { $0.isReservedBits })
    else { return nil }
    // What breaks off behind a sound start is a malformed message, not a wrong key, when the hash
    // stands where it should.
    guard list.notes.malformed == nil || list.payloads.count > 1 else { return nil }
    return OpenedMessage(payloads: list.payloads, bytes: plaintext)
  }

  /// A message whose IV is not known (the capture began later): CBC garbles the first block only,
  /// which the HASH payload fills; the chain behind it must be sound.
  private mutating func openWithoutIV(
    _ opener: IKEv1Opener, _ body: RawSpan, _ header: ISAKMPHeader, _ secret: SecretsV1
  ) -> OpenedMessage? {
    guard header.nextPayload == PayloadType.hashV1.rawValue,
      secret.hashBytes + 4 >= opener.blockBytes,
      case .opened(let plaintext, _) = opener.open(
        body, iv: [UInt8](repeating: 0, count: opener.blockBytes))
    else { return nil }
    let start = secret.hashBytes + 4
    for first in [PayloadType.saV1, .notifyV1, .deleteV1, .attributesV1]
    where start < plaintext.count {
      let list = PayloadList(
        parsing: plaintext.rawSpan, from: start, first: first.rawValue,
        context: PayloadContext(
          version: .v1, exchange: header.exchangeType, boundedBy: "the decrypted message"))
      if list.notes.malformed == nil, list.notes.oddities.isEmpty, !list.payloads.isEmpty,
        plaintext.count - list.end < 2 * opener.blockBytes,
        list.payloads.allSatisfy({ $0.type.entry != nil })
      {
        return OpenedMessage(payloads: list.payloads, bytes: plaintext)
      }
    }
    return nil
  }

  private mutating func rememberBlock(
    _ body: RawSpan, _ header: ISAKMPHeader, _ sa: IKESA, _ exchange: Exchange,
    _ opener: IKEv1Opener?
  ) {
    guard let opener, body.byteCount >= opener.blockBytes else { return }
    let block = opener.lastBlock(of: body)
    if isPhase1(exchange) {
      if !sa.transcript.phase1Blocks.contains(block) {
        sa.transcript.phase1Blocks.append(block)
        if sa.transcript.phase1Blocks.count > 32 { sa.transcript.phase1Blocks.remove(at: 8) }
      }
      return
    }
    var blocks = sa.transcript.exchangeBlocks[header.messageID] ?? []
    guard !blocks.contains(block), blocks.count < 32 else { return }
    blocks.append(block)
    if sa.transcript.exchangeBlocks.count > 1024 { sa.transcript.exchangeBlocks.removeAll() }
    sa.transcript.exchangeBlocks[header.messageID] = blocks
  }

  /// Checks the HASH payload of a quick mode or informational message (RFC 2409 §5.5, §5.7).
  private mutating func verifyHash(
    _ opened: OpenedMessage, _ secret: SecretsV1, _ seen: inout SeenMessage, _ exchange: Exchange
  ) {
    guard let skeyidA = secret.skeyidA, !isPhase1(exchange), let head = opened.payloads.first,
      case .hash(let given) = head.body, let last = opened.payloads.last
    else { return }
    let rest = Array(opened.bytes[head.range.upperBound..<last.range.upperBound])
    let messageID = seen.header.messageID
    let starterNonce = exchange.nonces[exchange.startedBy] ?? []
    let answererNonce = exchange.nonces[exchange.startedBy.peer] ?? []
    let wanted: [UInt8]?
    switch (exchange.type, seen.step) {
    case (.quick, 2):
      wanted = try? secret.schedule.quickModeHash2(
        skeyidA: skeyidA, messageID: messageID, initiatorNonce: starterNonce, rest: rest)
    case (.quick, 3) where opened.payloads.count == 1:
      wanted = try? secret.schedule.quickModeHash3(
        skeyidA: skeyidA, messageID: messageID, initiatorNonce: starterNonce,
        responderNonce: answererNonce)
    case (.quick, 3...): wanted = nil
    default:
      wanted = try? secret.schedule.exchangeHash1(
        skeyidA: skeyidA, messageID: messageID, rest: rest)
    }
    if let wanted { exchange.hashVerified[seen.step] = wanted == given }
  }

  /// Derives the keys of a child from an opened quick mode (RFC 2409 §5.5).
  mutating func deriveChildV1(_ child: ChildSA, _ exchange: Exchange, _ sa: IKESA) {
    let dhSecret =
      exchange.keyExchange.isEmpty ? nil : self.dhSecret(of: exchange, child, sa)
    guard exchange.keyExchange.isEmpty || dhSecret != nil, let chosen = exchange.chosen,
      let transforms = ChildTransforms(chosen), let kind = ChildProtocol(chosen.protocolID),
      let initiatorNonce = exchange.nonces[exchange.startedBy],
      let responderNonce = exchange.nonces[exchange.startedBy.peer]
    else { return }
    for secret in secretsV1(sa) {
      guard let skeyidD = secret.skeyidD else { continue }
      for (spi, receiver) in [
        (child.spiToInitiator, Role.initiator), (child.spiToResponder, Role.responder),
      ] {
        guard let spi,
          let derived = try? secret.schedule.childKeys(
            skeyidD: skeyidD, dhSecret: dhSecret, protocol: kind, spi: spi,
            initiatorNonce: initiatorNonce, responderNonce: responderNonce,
            transforms: transforms, origin: secret.origin)
        else { continue }
        keysDerived(derived, for: child, receiver: receiver, sa)
      }
    }
  }
}

extension WireError {
  /// True for reserved bits that are set.
  fileprivate var isReservedBits: Bool {
    if case .invalid(let what) = problem { what.hasPrefix("reserved") } else { false }
  }
}

extension ChildTransforms {
  /// The transforms of a chosen ESP or AH suite; nil for algorithms that are not known.
  init?(_ suite: Suite) {
    let encryption = suite.first(.encryption)
    let cipher = encryption.flatMap { CipherAlgorithm(identifier: $0.name) }
    if encryption != nil, cipher == nil { return nil }
    let name = suite.first(.integrity)?.name
    let integrity = name.flatMap { Crypto.IntegrityAlgorithm(identifier: $0) }
    if let name, name != "none", integrity == nil { return nil }
    self.init(cipher: cipher, keyBits: encryption?.keyBits, integrity: integrity)
  }
}

extension ChildProtocol {
  /// ESP or AH by its number in a proposal.
  init?(_ protocolID: SecurityProtocol) {
    switch protocolID {
    case .esp: self = .esp
    case .ah: self = .ah
    default: return nil
    }
  }
}
