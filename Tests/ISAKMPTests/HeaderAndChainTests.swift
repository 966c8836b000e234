import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

@Suite("Messages")
struct HeaderAndChainTests {
  @Test("start with the header of RFC 2408 §3.1")
  func header() throws {
    let bytes: [UInt8] =
      [
        0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0,
        0x08, 0x10, 0x20, 0x01, 0xde, 0xad, 0xbe, 0xef, 0, 0, 0, 44,
      ] + filler(16)
    let message = try #require(parsed(bytes))
    #expect(message.header.initiatorSPI == 0x1122_3344_5566_7788)
    #expect(message.header.responderSPI == 0x99aa_bbcc_ddee_ff00)
    #expect(message.header.nextPayload == 8)
    #expect(message.header.majorVersion == 1)
    #expect(message.header.minorVersion == 0)
    #expect(message.header.exchangeType == .quick)
    #expect(message.header.flags == .encryption)
    #expect(message.header.messageID == 0xdead_beef)
    #expect(message.header.length == 44)
    #expect(message.encryptedBody == 28..<44)
    #expect(message.payloads.isEmpty)
    #expect(message.malformed == nil)
    #expect(message.oddities.isEmpty)
    #expect(message.notation() == "[ encrypted ]")
  }

  @Test("without a whole header are refused, with needed and available bytes", arguments: 0..<28)
  func noHeader(count: Int) {
    #expect {
      try Message(parsing: filler(count).rawSpan)
    } throws: { error in
      let error = error as? WireError
      return error?.problem == .truncated && error?.needed == 28 && error?.available == count
    }
  }

  @Test("of a version that is neither 1 nor 2 keep their header")
  func otherVersion() throws {
    let message = try #require(parsed(IKEBuilder.message(version: 3, exchange: 34, [])))
    #expect(message.version == nil)
    #expect(message.malformed?.offset == 17)
    #expect(message.header.exchangeType == .ikeSAInit)
  }

  @Test("whose length reaches beyond the datagram keep what is there")
  func longLength() throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 34, [.init(40, filler(32)), .init(43, filler(16))], claimedLength: 500)
    let message = try #require(parsed(bytes))
    #expect(message.payloads.count == 2)
    #expect(message.malformed?.needed == 500)
    #expect(message.malformed?.available == bytes.count)
    #expect(message.malformed?.boundedBy == "the datagram")
    let cut = try #require(parsed(bytes, missing: 416))
    #expect(cut.malformed?.boundedBy == "the captured length")
  }

  @Test("whose length ends before the datagram do so, and the rest is noted")
  func shortLength() throws {
    let bytes = IKEBuilder.message(version: 1, exchange: 2, [.init(13, filler(16))]) + [1, 2, 3]
    let message = try #require(parsed(bytes))
    #expect(message.byteCount == 48)
    #expect(message.malformed == nil)
    #expect(message.oddities.map(\.problem) == [.trailing])
  }

  @Test("whose length is below the header's are malformed and read as far as they go")
  func tinyLength() throws {
    let bytes = IKEBuilder.message(
      version: 1, exchange: 2, [.init(13, filler(16))], claimedLength: 27)
    let message = try #require(parsed(bytes))
    #expect(message.payloads.count == 1)
    #expect(message.malformed?.offset == 24)
  }

  @Test("are lists of payloads with their places")
  func places() throws {
    let bytes = IKEBuilder.message(
      version: 1, exchange: 2, [.init(4, filler(8)), .init(10, filler(16)), .init(13, filler(4))])
    let message = try #require(parsed(bytes))
    #expect(message.payloads.map(\.range) == [28..<40, 40..<60, 60..<68])
    #expect(message.payloads.map(\.bodyRange) == [32..<40, 44..<60, 64..<68])
    #expect(message.payloads.map(\.nextPayload) == [10, 13, 0])
    #expect(Array(bytes[message.payloads[1].bodyRange]) == filler(16))
    #expect(message.notation() == "[ KE NONCE VID ]")
  }

  @Test("with a payload that reaches beyond the end keep its beginning")
  func cutPayload() throws {
    let bytes = IKEBuilder.message(
      version: 1, exchange: 2,
      [.init(13, filler(8)), .init(10, filler(16), claimedLength: 100), .init(13, filler(4))])
    let message = try #require(parsed(bytes))
    #expect(message.payloads.count == 2)
    guard case .nonce(let nonce) = message.payloads[1].body else {
      Issue.record("no nonce")
      return
    }
    #expect(nonce.starts(with: filler(16)))
    let malformed = try #require(message.malformed)
    #expect(malformed.layer == "payload 2 (NONCE)")
    #expect((malformed.offset, malformed.needed, malformed.available) == (40, 100, 28))
    #expect(malformed.boundedBy == "the message length")
    #expect(message.notation() == "[ VID NONCE malformed ]")
  }

  @Test("with a payload length below 4 stop there", arguments: UInt16(0)...3)
  func tinyPayload(length: UInt16) throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 34,
      [.init(40, filler(16)), .init(43, filler(8), claimedLength: length)])
    let message = try #require(parsed(bytes))
    #expect(message.payloads.count == 1)
    #expect(message.malformed?.layer == "payload 2 (V)")
    #expect(message.malformed?.offset == 48)
  }

  @Test("that say no payload follows while bytes are left have them noted")
  func leftover() throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 34, [.init(40, filler(16), claimedNext: 0), .init(43, filler(8))])
    let message = try #require(parsed(bytes))
    #expect(message.payloads.count == 1)
    #expect(message.malformed == nil)
    #expect(message.oddities.map(\.problem) == [.trailing])
  }

  @Test("that promise another payload and end are malformed")
  func promise() throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 34, [.init(40, filler(16), claimedNext: 43)])
    let message = try #require(parsed(bytes))
    #expect(message.payloads.count == 1)
    #expect(message.malformed?.needed == 4)
    #expect(message.malformed?.available == 0)
  }

  @Test("with reserved bits, second payloads and unknown ones are odd and read")
  func oddities() throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 34,
      [
        .init(40, filler(16), flags: 0x01), .init(40, filler(16)), .init(200, [1], flags: 0x80),
      ])
    let message = try #require(parsed(bytes))
    #expect(message.malformed == nil)
    #expect(message.payloads.count == 3)
    #expect(message.payloads[2].isCritical)
    #expect(message.oddities.count == 3)
    #expect(message.oddities[0].description.contains("reserved bits are 0x01"))
    #expect(message.oddities[1].description.contains("a second"))
    #expect(message.oddities[2].description.contains("critical"))
    #expect(message.notation() == "[ No No payload-200 ]")
  }

  @Test("keep sixteen oddities and no more")
  func manyOddities() throws {
    let payloads = (0..<200).map { _ in IKEBuilder.Payload(43, [1], flags: 0x7f) }
    let message = try #require(
      parsed(IKEBuilder.message(version: 2, exchange: 34, payloads)))
    #expect(message.payloads.count == 200)
    #expect(message.oddities.count == DecodingNotes.limit)
    #expect(message.notation() == "[ V×200 ]")
  }

  @Test("of very many different payloads have a short notation all the same")
  func longNotation() throws {
    let payloads = (0..<500).map { IKEBuilder.notifyV2(UInt16(20000 + $0)) }
    let message = try #require(parsed(IKEBuilder.message(version: 2, exchange: 37, payloads)))
    #expect(message.notation().hasSuffix("N(20039) …+460 ]"))
  }

  @Test("of IKEv2 end with SK, whose next payload is the first inside")
  func encrypted() throws {
    let bytes = IKEBuilder.message(
      version: 2, exchange: 35, flags: 8, messageID: 1,
      [IKEBuilder.encrypted(firstInside: 35, filler(40))])
    let message = try #require(parsed(bytes))
    let payload = try #require(message.payloads.last)
    #expect(payload.nextPayload == 35)
    guard case .encrypted(let encrypted) = payload.body else {
      Issue.record("no SK")
      return
    }
    #expect(encrypted.range == 32..<72)
    #expect(message.malformed == nil)
    #expect(message.oddities.isEmpty)
    #expect(message.notation() == "[ SK { … } ]")
  }

  @Test("of IKEv1 that were opened end in padding, which is normal")
  func padded() throws {
    let body = IKEBuilder.chain([.init(8, filler(20)), .init(10, filler(16))]) + [0, 0, 0, 3]
    let list = opened(body, first: 8, version: .v1, exchange: .quick)
    #expect(list.payloads.map(\.range) == [0..<24, 24..<44])
    #expect(list.end == 44)
    #expect(list.isSound)
    #expect(!opened(filler(64), first: 8, version: .v1, exchange: .quick).isSound)
    #expect(list.notes.malformed == nil)
    #expect(list.notes.oddities.isEmpty)
  }

  @Test("that are Cisco fragments are in clear whatever their flags say")
  func ciscoFragment() throws {
    let bytes = IKEBuilder.message(
      version: 1, exchange: 2, flags: 1,
      [IKEBuilder.ciscoFragment(id: 7, number: 2, isLast: true, filler(100))])
    let message = try #require(parsed(bytes))
    guard case .ciscoFragment(let fragment) = message.payloads.first?.body else {
      Issue.record("no fragment")
      return
    }
    #expect((fragment.id, fragment.number, fragment.isLast) == (7, 2, true))
    #expect(fragment.range == 36..<136)
    #expect(message.notation() == "[ FRAG(2, last) ]")
  }
}
