import Bytes
import Crypto
import Keys
import Testing

@Suite("AH")
struct AHTests {
  private static let key = [UInt8](repeating: 0x31, count: 32)

  private func keys(_ integrity: String, esn: Bool?) throws -> ChildSAKeys {
    let known = try #require(IntegrityAlgorithm(identifier: integrity))
    var keys = ChildSAKeys(.ah, spi: SPIPattern(7), origin: KeyOrigin(file: "t", line: 1))
    keys.integrity = integrity
    keys.integrityKey = Secret(Self.key[..<known.keyBytes])
    keys.esn = esn
    return keys
  }

  /// An IPv4 packet with options and AH, authenticated as its sender does: mutable fields zero.
  private func ipv4(_ icvBytes: Int, high: UInt32?, sequence: UInt32) throws -> [UInt8] {
    let icv = [UInt8](repeating: 0, count: icvBytes)
    let header = networkOrder(UInt32(7)) + networkOrder(sequence)
    let ah = [17, UInt8((12 + icvBytes) / 4 - 2), 0, 0] + header + icv
    let payload = Array("payload of AH".utf8)
    // Router alert stays, record route may change.
    let options: [UInt8] = [148, 4, 0, 0, 7, 3, 4, 1]
    let total = UInt8(28 + ah.count + payload.count)
    let front: [UInt8] = [0x47, 0, 0, total, 1, 2, 0, 0, 0, 51, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
    let zeroed = front + [148, 4, 0, 0, 0, 0, 0, 1] + ah + payload
    let code = try MACContext(.hmac(.sha256), key: Secret(Self.key))
    code.authenticate([zeroed, high.map(networkOrder) ?? []])
    var sent = front + options + ah + payload
    sent.replaceSubrange(40..<(40 + icvBytes), with: code.bytes().prefix(icvBytes))
    // What routers change.
    sent[1] = 0xb8
    sent[6] = 0x40
    sent[8] = 63
    sent[10] = 0xab
    sent[11] = 0xcd
    return sent
  }

  private func verify(_ verifier: AHVerifier, _ packet: [UInt8], _ offset: Int) -> AHOutcome {
    verifier.verify(packet.rawSpan, headerAt: offset)
  }

  @Test("Fields that routers change do not count, every other bit does")
  func mutable() throws {
    let verifier = try AHVerifier(try keys("hmac-sha256-128", esn: false))
    let packet = try ipv4(16, high: nil, sequence: 1)
    #expect(verify(verifier, packet, 28).integrity == .good)
    let free: Set<Int> = [1, 6, 7, 8, 10, 11, 24, 25, 26]
    for index in packet.indices where index != 0 && index != 29 && !(24..<28).contains(index) {
      var damaged = packet
      damaged[index] ^= 0x20
      let outcome = verify(verifier, damaged, 28)
      #expect((outcome.integrity == .good) == free.contains(index), "byte \(index)")
    }
    // Link-layer padding behind the packet is not the packet's.
    #expect(verify(verifier, packet + [0, 0, 0], 28).integrity == .good)
  }

  @Test("The high half of the sequence number and another truncation are found")
  func alternatives() throws {
    let extended = try AHVerifier(try keys("hmac-sha256-128", esn: nil))
    let packet = try ipv4(16, high: 2, sequence: 5)
    let outcome = verify(extended, packet, 28)
    #expect(outcome.integrity == .good && outcome.sequenceHigh == 2)
    let short = try AHVerifier(try keys("hmac-sha256-128", esn: false))
    #expect(
      verify(short, try ipv4(12, high: nil, sequence: 1), 28).integrity
        == .goodWithOtherTruncation(icvBytes: 12))
    let long = try AHVerifier(try keys("hmac-sha256-96", esn: false))
    #expect(
      verify(long, try ipv4(16, high: nil, sequence: 1), 28).integrity
        == .goodWithOtherTruncation(icvBytes: 16))
  }

  @Test("Cut packets and lying lengths are told, never read past")
  func cuts() throws {
    let verifier = try AHVerifier(try keys("hmac-sha256-128", esn: nil))
    let packet = try ipv4(16, high: nil, sequence: 1)
    for length in 0..<packet.count {
      #expect(verify(verifier, Array(packet[..<length]), 28).integrity != .good)
    }
    for offset in [-1, 0, 19, 27, 1000, Int.max, Int.min] {
      #expect(verify(verifier, packet, offset).integrity != .good)
    }
    var lying = packet
    lying[29] = 255
    #expect(verify(verifier, lying, 28).isTooShort)
  }

  @Test("A transform that cannot be verified is an error that names it")
  func unsupported() throws {
    let gmac = try keys("aes-128-gmac", esn: nil)
    #expect(throws: CryptoError.self) { try AHVerifier(gmac) }
  }
}
