import Bytes
import Crypto
import Keys
import Testing

@Suite(
  "IKEv2 fragments and certificates in the laboratory",
  .enabled(if: LabCapture.folder != nil, "no captures beside"))
struct FragmentedAuthTests {
  @Test("SKF payloads open one by one, and the certificate within verifies AUTH")
  func fragments() throws {
    let name = "ikev2-fragmentation-ok"
    let capture = try #require(LabCapture(name))
    let material = KeyFileReader.read(capture.keys, file: name)
    let ike = try #require(material.ikeSAs.first)
    let messages = capture.datagrams.filter { $0.kind == .ike }.compactMap { RawMessage($0.bytes) }
    let request = try #require(messages.last { $0.exchange == 34 && $0.flags & 0x20 == 0 })
    let response = try #require(messages.last { $0.exchange == 34 && $0.flags & 0x20 != 0 })
    let nonces = [request, response].map { message -> [UInt8] in
      message.payloads.first { $0.type == 40 }?.body ?? []
    }
    let schedule = IKEv2KeySchedule(
      prf: try #require(ike.prf.flatMap { PseudoRandomFunction(identifier: $0) }),
      initiatorSPI: request.initiatorSPI, responderSPI: response.responderSPI,
      initiatorNonce: nonces[0], responderNonce: nonces[1])
    for isResponse in [false, true] {
      let payloads = try reassembled(messages, ike, isResponse: isResponse)
      let id = try #require(payloads.first { $0.type == (isResponse ? 36 : 35) }?.body)
      let auth = try #require(payloads.first { $0.type == 39 }?.body)
      let body = try #require(payloads.first { $0.type == 37 }?.body)
      let certificate = try #require(Certificate(der: Array(body[1...])))
      let octets = try schedule.signedOctets(
        message: (isResponse ? response : request).bytes, peerNonce: nonces[isResponse ? 0 : 1],
        skP: try #require(ike[isResponse ? .skPr : .skPi]), idBody: id)
      let key = try #require(certificate.publicKey)
      #expect(
        key.verifiesIKEv2(Array(auth[4...]), method: auth[0], signedOctets: octets) == true)
      #expect(
        key.verifiesIKEv2(Array(auth[4...]), method: auth[0], signedOctets: octets + [0]) == false)
      #expect(certificate.notBefore < certificate.notAfter)
      #expect(!certificate.isAuthority)
    }
  }

  private func reassembled(
    _ messages: [RawMessage], _ ike: IKESAKeys, isResponse: Bool
  ) throws -> [RawPayload] {
    let cipher = try #require(ike.encryption.flatMap { CipherAlgorithm(identifier: $0) })
    let opener = try IKEv2Opener(
      cipher: cipher, encryptionKey: try #require(ike[isResponse ? .skEr : .skEi]),
      integrity: ike.integrity.flatMap { IntegrityAlgorithm(identifier: $0) },
      integrityKey: ike[isResponse ? .skAr : .skAi] ?? Secret([]))
    var parts: [Int: [UInt8]] = [:]
    var first: UInt8 = 0
    for message in messages
    where message.exchange == 35 && (message.flags & 0x20 != 0) == isResponse {
      guard let fragment = message.payloads.first(where: { $0.type == 53 }) else { continue }
      let number = Int(fragment.body[0]) << 8 | Int(fragment.body[1])
      if number == 1 { first = message.bytes[fragment.offset] }
      guard
        case .opened(let plaintext, .good) = open(opener, message.bytes, fragment.offset + 8)
      else {
        Issue.record("fragment \(number) not opened")
        continue
      }
      parts[number] = plaintext
    }
    #expect(parts.count > 1)
    return RawMessage.payloads(
      parts.sorted { $0.key < $1.key }.flatMap(\.value), from: 0, first: first)
  }

  private func open(_ opener: IKEv2Opener, _ bytes: [UInt8], _ offset: Int) -> IKEOpenOutcome {
    opener.open(bytes.rawSpan, bodyOffset: offset)
  }
}
