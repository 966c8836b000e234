import Bytes
import Crypto
import Keys
import Testing

@Suite("IKEv2 in the laboratory", .enabled(if: LabCapture.folder != nil, "no captures beside"))
struct IKEv2LabTests {
  static let names = [
    "ikev2-psk-ok", "ikev2-ike-3des-md5-modp1024", "ikev2-ike-aes128ctr-sha256-modp2048",
    "ikev2-ike-aes128gcm16-prfsha256-ecp256", "ikev2-ike-aes256-sha512-ecp521",
    "ikev2-ike-aes256ccm16-prfsha256-modp2048", "esp-aes256-sha512-ikev2",
    "esp-aes128gcm16-esn-ikev2", "esp-aes256ccm16-ikev2", "esp-chacha20poly1305-ikev2",
    "ah-sha1-ikev2",
  ]

  @Test("SK payloads open, AUTH verifies, and SK_d gives the child keys", arguments: names)
  func schedule(_ name: String) throws {
    let capture = try #require(LabCapture(name))
    let material = KeyFileReader.read(capture.keys, file: name)
    let ike = try #require(material.ikeSAs.first)
    let messages = capture.datagrams.filter { $0.kind == .ike }.compactMap { RawMessage($0.bytes) }
      .filter { $0.initiatorSPI == ike.initiatorSPI }
    // The last IKE_SA_INIT pair: an INVALID_KE_PAYLOAD round may come before.
    let request = try #require(messages.last { $0.exchange == 34 && $0.flags & 0x20 == 0 })
    let response = try #require(messages.last { $0.exchange == 34 && $0.flags & 0x20 != 0 })
    let nonces = [request, response].map { message -> [UInt8] in
      message.payloads.first { $0.type == 40 }?.body ?? []
    }
    let schedule = IKEv2KeySchedule(
      prf: try #require(ike.prf.flatMap { PseudoRandomFunction(identifier: $0) }),
      initiatorSPI: request.initiatorSPI, responderSPI: response.responderSPI,
      initiatorNonce: nonces[0], responderNonce: nonces[1])

    let authRequest = try payloads(of: messages, ike, isResponse: false)
    let authResponse = try payloads(of: messages, ike, isResponse: true)

    let psk = try #require(material.preSharedKeys.first?.secret)
    for (payloads, first, nonce, idType, skP) in [
      (authRequest, request, nonces[1], UInt8(35), IKESecret.skPi),
      (authResponse, response, nonces[0], UInt8(36), IKESecret.skPr),
    ] {
      let id = try #require(payloads.first { $0.type == idType }?.body)
      let auth = try #require(payloads.first { $0.type == 39 }?.body)
      let octets = try schedule.signedOctets(
        message: first.bytes, peerNonce: nonce, skP: try #require(ike[skP]), idBody: id)
      #expect(auth[0] == 2)
      #expect(
        try schedule.sharedKeyAuthentication(secret: psk, signedOctets: octets)
          == Array(auth[4...]))
      #expect(
        try schedule.sharedKeyAuthentication(secret: Secret([1]), signedOctets: octets)
          != Array(auth[4...]))
    }

    let toInitiator = try #require(spi(authRequest))
    let toResponder = try #require(spi(authResponse))
    let known = try #require(material.childSAs.first { $0.spi.exact == toResponder })
    let other = try #require(material.childSAs.first { $0.spi.exact == toInitiator })
    let transforms = ChildTransforms(
      cipher: known.encryption.flatMap { CipherAlgorithm(identifier: $0) },
      keyBits: known.encryptionKey.count * 8,
      integrity: known.integrity.flatMap { IntegrityAlgorithm(identifier: $0) })
    let derived = try schedule.childKeys(
      skD: try #require(ike[.skD]), initiatorNonce: nonces[0], responderNonce: nonces[1],
      dhSecret: nil, protocol: known.protocol, spiToResponder: toResponder,
      spiToInitiator: toInitiator, transforms: transforms, origin: KeyOrigin(file: name, line: 0))
    expectSame(derived.toResponder, known)
    expectSame(derived.toInitiator, other)
  }

  private func expectSame(_ derived: ChildSAKeys, _ known: ChildSAKeys) {
    #expect(derived.encryptionKey == known.encryptionKey)
    #expect(derived.salt == known.salt)
    #expect(derived.integrityKey == known.integrityKey)
    #expect(derived.spi == known.spi)
  }

  private func spi(_ payloads: [RawPayload]) -> UInt32? {
    payloads.first { $0.type == 33 }.flatMap { payload -> UInt32? in
      childSPI(ofSA: payload.body, isIKEv1: false)
    }
  }

  /// The payloads inside the IKE_AUTH message of that direction, which must be whole.
  private func payloads(
    of messages: [RawMessage], _ ike: IKESAKeys, isResponse: Bool
  ) throws -> [RawPayload] {
    let message = try #require(
      messages.first { $0.exchange == 35 && ($0.flags & 0x20 != 0) == isResponse })
    let cipher = try #require(ike.encryption.flatMap { CipherAlgorithm(identifier: $0) })
    let opener = try IKEv2Opener(
      cipher: cipher, encryptionKey: try #require(ike[isResponse ? .skEr : .skEi]),
      integrity: ike.integrity.flatMap { IntegrityAlgorithm(identifier: $0) },
      integrityKey: ike[isResponse ? .skAr : .skAi] ?? Secret([]))
    let encrypted = try #require(message.payloads.first { $0.type == 46 })
    guard
      case .opened(let plaintext, .good) = open(
        opener, message.bytes, bodyOffset: encrypted.offset + 4)
    else {
      Issue.record("not opened")
      return []
    }
    // One flipped bit, and the other end's keys, are noticed.
    var damaged = message.bytes
    damaged[damaged.count / 2] ^= 1
    #expect(open(opener, damaged, bodyOffset: encrypted.offset + 4) == .integrityFailed)
    for length in encrypted.offset..<message.bytes.count {
      let cut = Array(message.bytes[..<length])
      if case .opened = open(opener, cut, bodyOffset: encrypted.offset + 4) {
        Issue.record("opened although cut at \(length)")
      }
    }
    return RawMessage.payloads(
      plaintext, from: 0, first: message.bytes[encrypted.offset])
  }

  private func open(
    _ opener: IKEv2Opener, _ bytes: [UInt8], bodyOffset: Int
  ) -> IKEOpenOutcome {
    opener.open(bytes.rawSpan, bodyOffset: bodyOffset)
  }
}
