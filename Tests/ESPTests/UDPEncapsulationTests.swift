import Bytes
import TestSupport
import Testing

@testable import ESP

private func classified(_ payload: [UInt8], missing: Int = 0) -> UDPEncapsulation {
  UDPEncapsulation.classify(payload.rawSpan, missing: missing)
}

private func words(_ text: String) -> [UInt8] { bytes(hexadecimal: text) ?? [] }

@Suite("A payload on port 4500")
struct UDPEncapsulationTests {
  @Test("is a keepalive, IKE behind its marker, ESP, or nothing")
  func kinds() {
    #expect(classified([0xff]) == .keepalive)
    #expect(classified([0, 0, 0, 0, 1, 2, 3, 4]) == .ike(4..<8))
    #expect(
      classified(PacketBuilder.esp(0xc001_cafe, 1, words("00112233445566778899aabb"))) == .esp)
    #expect(classified([]) == .empty)
    #expect(classified([0xfe]) == .tooShort)
    #expect(classified([1, 2, 3]) == .tooShort)
  }

  @Test("is no ESP with a reserved SPI, or a length that is no multiple of four")
  func impossibleESP() {
    let body = words("00112233445566778899aabb")
    #expect(classified(PacketBuilder.esp(255, 1, body)) == .other)
    #expect(classified(PacketBuilder.esp(0xc001_cafe, 1, body + [1])) == .other)
    #expect(classified(PacketBuilder.esp(0xc001_cafe, 1, body), missing: 2) == .other)
    #expect(classified(PacketBuilder.esp(0xc001_cafe, 1, body), missing: 4) == .esp)
  }

  @Test(
    "is no ESP when it is another protocol's message",
    arguments: [
      // DNS query for example.com (29 bytes and padding to a multiple of four).
      "1a2b01000001000000000000076578616d706c6503636f6d0000010001000000",
      // QUIC version 1 long header.
      "c300000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11",
      // STUN binding request.
      "000100002112a442b7e7a701bc34d686fa87dfae",
      // DTLS 1.2 handshake.
      "16fefd0000000000000001000401000000",
      // WireGuard cookie reply.
      "03000000" + String(repeating: "5a", count: 60),
      // RTP: PCMU with a time stamp; RTCP: sender report and source description.
      "8000567887654321deadbeef" + String(repeating: "d5", count: 160),
      "80c80006deadbeefe8f5a1b2c3d4e5f6000186a00000006400003e80"
        + "81ca0003deadbeef0103612e62000000",
      // SIP.
      "4f5054494f4e53207369703a61406220534950",
    ])
  func otherProtocols(text: String) {
    var payload = words(text)
    while payload.count % 4 != 0 { payload.append(0) }
    #expect(classified(payload) == .other)
  }
}

@Suite("An authentication header")
struct AHPacketTests {
  private func parsed(_ bytes: [UInt8], isIPv6: Bool = false) -> Result<AHPacket, WireError> {
    Result { () throws(WireError) in try AHPacket(parsing: bytes.rawSpan, isIPv6: isIPv6) }
  }

  @Test("gives its fields, its integrity value and its payload")
  func fields() throws {
    let value = [UInt8](repeating: 0xaa, count: 12)
    let packet = try parsed(PacketBuilder.ah(4, 0x1234_5678, 9, integrityValue: value, [1, 2, 3]))
      .get()
    #expect(packet.nextHeader == 4)
    #expect(packet.spi == 0x1234_5678)
    #expect(packet.sequence == 9)
    #expect(packet.integrityValue == 12..<24)
    #expect(packet.payload == 24..<27)
    #expect(packet.isAligned)
  }

  @Test("fills whole 64-bit units in IPv6")
  func alignment() throws {
    let odd = PacketBuilder.ah(6, 1, 1, integrityValue: [UInt8](repeating: 0, count: 16), [])
    #expect(try parsed(odd, isIPv6: true).get().isAligned == false)
    #expect(try parsed(odd, isIPv6: false).get().isAligned)
  }

  @Test("is malformed when it is shorter than it says, at every length")
  func prefixes() throws {
    let whole = PacketBuilder.ah(4, 1, 1, integrityValue: [UInt8](repeating: 0, count: 12), [])
    for count in 0..<whole.count {
      #expect(throws: WireError.self) { try parsed(Array(whole.prefix(count))).get() }
    }
    #expect(throws: Never.self) { try parsed(whole).get() }
    var small = whole
    small[1] = 0
    #expect(throws: WireError.self) { try parsed(small).get() }
  }
}
