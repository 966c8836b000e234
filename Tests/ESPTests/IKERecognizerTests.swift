import Bytes
import TestSupport
import Testing

@testable import ESP

private func answer(
  _ message: [UInt8], missing: Int = 0, at place: IKERecognizer.Place = .expected
) -> IKERecognizer.Answer {
  IKERecognizer.recognize(message.rawSpan, missing: missing, at: place)
}

/// A message and its name in a test's output.
struct NamedMessage: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var bytes: [UInt8]

  init(_ name: String, _ bytes: [UInt8]) {
    testDescription = name
    self.bytes = bytes
  }
}

private let nonce = IKEBuilder.Payload(10, [UInt8](repeating: 7, count: 20))
private let nonce2 = IKEBuilder.Payload(40, [UInt8](repeating: 7, count: 20))
private let ciphertext = [UInt8](repeating: 0x5a, count: 64)

@Suite("An ISAKMP message")
struct IKERecognizerTests {
  static let clear: [NamedMessage] = [
    NamedMessage("main mode", IKEBuilder.message(version: 1, exchange: 2, [nonce, nonce])),
    NamedMessage(
      "aggressive mode", IKEBuilder.message(version: 1, responderSPI: 9, exchange: 4, [nonce])),
    NamedMessage(
      "Cisco's fragment",
      IKEBuilder.message(
        version: 1, responderSPI: 9, exchange: 2,
        [IKEBuilder.ciscoFragment(id: 1, number: 1, isLast: false, ciphertext)])),
    NamedMessage("IKE_SA_INIT", IKEBuilder.message(version: 2, exchange: 34, flags: 8, [nonce2])),
    NamedMessage(
      "IKE_AUTH",
      IKEBuilder.message(
        version: 2, responderSPI: 9, exchange: 35, flags: 8, messageID: 1,
        [IKEBuilder.encrypted(firstInside: 35, ciphertext)])),
    NamedMessage(
      "IKE_AUTH fragment",
      IKEBuilder.message(
        version: 2, responderSPI: 9, exchange: 35, flags: 0x20, messageID: 1,
        [IKEBuilder.encryptedFragment(1, of: 3, firstInside: 35, ciphertext)])),
  ]

  static let encrypted: [NamedMessage] = [
    NamedMessage(
      "main mode 5",
      IKEBuilder.raw(
        version: 1, responderSPI: 9, first: 5, exchange: 2, flags: 1, body: ciphertext)),
    NamedMessage(
      "quick mode",
      IKEBuilder.raw(
        version: 1, responderSPI: 9, first: 8, exchange: 32, flags: 1, messageID: 0xdead_beef,
        body: ciphertext)),
    NamedMessage(
      "informational",
      IKEBuilder.raw(
        version: 1, responderSPI: 9, first: 8, exchange: 5, flags: 1, messageID: 77,
        body: ciphertext)),
  ]

  @Test("in clear is certain on any port", arguments: clear)
  func certain(message: NamedMessage) {
    #expect(answer(message.bytes) == .certain)
    #expect(answer(message.bytes, at: .anywhere) == .certain)
  }

  @Test("that is encrypted is only possible on another port", arguments: encrypted)
  func possible(message: NamedMessage) {
    #expect(answer(message.bytes) == .certain)
    #expect(answer(message.bytes, at: .anywhere) == .possible)
  }

  @Test("cut by the snap length is recognised by what is left", arguments: clear)
  func cut(message: NamedMessage) {
    for count in 28..<message.bytes.count {
      let part = Array(message.bytes.prefix(count))
      #expect(answer(part, missing: message.bytes.count - count) == .certain)
      #expect(
        answer(part, missing: message.bytes.count - count, at: .anywhere) != .no || count < 36)
    }
  }

  @Test("with one thing wrong is still IKE on its own port, and nowhere else")
  func malformed() {
    let length = IKEBuilder.message(
      version: 2, exchange: 34, flags: 8, [nonce2], claimedLength: 900)
    let exchange = IKEBuilder.message(version: 1, exchange: 77, [nonce])
    let version = IKEBuilder.message(version: 3, exchange: 34, flags: 8, [nonce2])
    let flags = IKEBuilder.message(version: 2, exchange: 34, flags: 0xc8, [nonce2])
    for message in [length, exchange, version, flags] {
      #expect(answer(message) == .certain || message == version)
      #expect(answer(message, at: .anywhere) == .no)
    }
  }

  @Test("is not seen in random bytes, in text or in zeros")
  func lookAlikes() {
    var random = SeededGenerator(seed: 3)
    var expected = 0
    for _ in 0..<20_000 {
      let bytes = (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(answer(bytes, at: .anywhere) == .no)
      if answer(bytes) != .no { expected += 1 }
    }
    #expect(expected <= 2)
    #expect(answer([UInt8](repeating: 0, count: 100)) == .no)
    #expect(answer(Array("OPTIONS sip:a@example.com SIP/2.0 and so on".utf8)) == .no)
    #expect(answer([0xff]) == .no)
  }

  @Test("is nothing at lengths below its header")
  func prefixes() {
    for message in Self.clear + Self.encrypted {
      for count in 0..<28 { #expect(answer(Array(message.bytes.prefix(count))) == .no) }
    }
  }
}
