import Bytes
import Crypto
import Keys
import Testing

@Suite("IKEv1 in the laboratory", .enabled(if: LabCapture.folder != nil, "no captures beside"))
struct IKEv1LabTests {
  static let names = LabCapture.names.filter {
    ($0.hasPrefix("esp-") || $0.hasPrefix("ah-")) && $0.hasSuffix("-ikev1")
  }

  @Test("Phase 1 opens, quick mode verifies, and SKEYID_d gives the child keys", arguments: names)
  func schedule(_ name: String) throws {
    let capture = try #require(LabCapture(name))
    let material = KeyFileReader.read(capture.keys, file: name)
    let ike = try #require(material.ikeSAs.first)
    let messages = capture.datagrams.filter { $0.kind == .ike }.compactMap { RawMessage($0.bytes) }
      .filter { $0.initiatorSPI == ike.initiatorSPI && $0.version == 1 }
    let integrity = try #require(ike.integrity)
    let hash = try #require(
      HashAlgorithm.allCases.first { integrity.hasPrefix("hmac-\($0.rawValue)-") })
    let schedule = IKEv1KeySchedule(
      hash: hash, initiatorCookie: try #require(ike.initiatorSPI),
      responderCookie: try #require(ike.responderSPI))
    let cipher = try #require(ike.encryption.flatMap { CipherAlgorithm(identifier: $0) })
    let opener = try IKEv1Opener(cipher: cipher, key: try #require(ike[.encryptionKey]))

    let publics = messages.filter { $0.exchange == 2 && $0.flags & 1 == 0 }
      .compactMap { $0.payloads.first { $0.type == 4 }?.body }
    let phase1 = messages.filter { $0.exchange == 2 && $0.flags & 1 == 1 }
    var iv = schedule.phase1IV(
      initiatorPublic: publics[0], responderPublic: publics[1], blockBytes: opener.blockBytes)
    for message in phase1 {
      let payloads = try open(opener, message, iv: &iv)
      #expect(payloads.map(\.type).starts(with: [5, 8]))
    }

    let quick = messages.filter { $0.exchange == 32 }
    let messageID = try #require(quick.first?.messageID)
    let skeyidA = try #require(ike[.skeyidA])
    var quickIV = schedule.phase2IV(lastPhase1Block: iv, messageID: messageID)
    let exchange = try quick.filter { $0.messageID == messageID }.prefix(3).map {
      try open(opener, $0, iv: &quickIV)
    }
    let nonces = exchange.prefix(2).map { $0.first { $0.type == 10 }?.body ?? [] }
    #expect(
      try schedule.exchangeHash1(
        skeyidA: skeyidA, messageID: messageID, rest: chain(exchange[0].dropFirst()))
        == exchange[0][0].body)
    #expect(
      try schedule.quickModeHash2(
        skeyidA: skeyidA, messageID: messageID, initiatorNonce: nonces[0],
        rest: chain(exchange[1].dropFirst())) == exchange[1][0].body)
    #expect(
      try schedule.quickModeHash3(
        skeyidA: skeyidA, messageID: messageID, initiatorNonce: nonces[0],
        responderNonce: nonces[1]) == exchange[2][0].body)

    for payloads in exchange.prefix(2) {
      let body = try #require(payloads.first { $0.type == 1 }?.body)
      let spi = try #require(childSPI(ofSA: body, isIKEv1: true))
      let known = try #require(material.childSAs.first { $0.spi.exact == spi })
      let derived = try schedule.childKeys(
        skeyidD: try #require(ike[.skeyidD]), dhSecret: nil, protocol: known.protocol, spi: spi,
        initiatorNonce: nonces[0], responderNonce: nonces[1],
        transforms: ChildTransforms(
          cipher: known.encryption.flatMap { CipherAlgorithm(identifier: $0) },
          keyBits: known.encryptionKey.count * 8,
          integrity: known.integrity.flatMap { IntegrityAlgorithm(identifier: $0) }),
        origin: KeyOrigin(file: name, line: 0))
      #expect(derived.encryptionKey == known.encryptionKey)
      #expect(derived.salt == known.salt)
      #expect(derived.integrityKey == known.integrityKey)
    }
  }

  /// The payloads with their generic headers, as hashed; padding is no longer there.
  private func chain(_ payloads: ArraySlice<RawPayload>) -> [UInt8] {
    let all = Array(payloads)
    return all.indices.flatMap { index -> [UInt8] in
      let next = index + 1 < all.count ? all[index + 1].type : 0
      let length = all[index].body.count + 4
      return [next, 0, UInt8(length >> 8), UInt8(length & 255)] + all[index].body
    }
  }

  private func open(
    _ opener: IKEv1Opener, _ message: RawMessage, iv: inout [UInt8]
  ) throws -> [RawPayload] {
    let body = Array(message.bytes[28...])
    guard case .opened(let plaintext, .notChecked) = opener.open(body.rawSpan, iv: iv) else {
      Issue.record("not opened")
      return []
    }
    iv = opener.lastBlock(of: body.rawSpan)
    return RawMessage.payloads(plaintext, from: 0, first: message.firstPayload)
  }
}
