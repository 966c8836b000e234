import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

/// What holds of any bytes: places lie within them and in order, and everything prints without a
/// control character.
func checkInvariants(_ payloads: [Payload], within count: Int) -> Bool {
  var end = 0
  for payload in payloads {
    guard payload.range.lowerBound >= end, payload.range.upperBound <= count,
      payload.bodyRange.upperBound == payload.range.upperBound, !payload.notation().isEmpty
    else { return false }
    end = payload.range.upperBound
    for field in payload.fields
    where field.value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
      return false
    }
    if case .securityAssociation(let association) = payload.body {
      for proposal in association.proposals {
        guard payload.range.contains(proposal.range),
          proposal.transforms.allSatisfy({ proposal.range.contains($0.range) })
        else { return false }
      }
    }
  }
  return true
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}

/// Reads the bytes as a message and as opened payloads of both versions; true when all invariants
/// hold.
func survives(_ bytes: [UInt8], missing: Int = 0) -> Bool {
  if let message = parsed(bytes, missing: missing) {
    guard message.byteCount <= bytes.count, message.oddities.count <= DecodingNotes.limit,
      !message.notation().isEmpty, checkInvariants(message.payloads, within: message.byteCount)
    else { return false }
    if let body = message.encryptedBody, body.upperBound > bytes.count { return false }
  }
  for (version, exchange) in [(IKEVersion.v1, ExchangeType.quick), (.v2, .ikeAuth)] {
    let first = bytes.first ?? 0
    let list = opened(bytes, first: first, version: version, exchange: exchange)
    guard list.end <= bytes.count, checkInvariants(list.payloads, within: bytes.count) else {
      return false
    }
  }
  return true
}

/// A small generator whose numbers are the same in every run (xorshift64*).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}

/// Messages that between them hold every payload there is.
enum Specimens {
  static let phase1Offer = IKEBuilder.message(
    version: 1, exchange: 2,
    [
      IKEBuilder.saV1([
        IKEBuilder.proposal(
          protocolID: 1, [IKEBuilder.phase1Transform(1), IKEBuilder.phase1Transform(2, group: 2)])
      ]), .init(13, filler(16)), .init(13, filler(20)), .init(20, filler(20)), .init(7, [4]),
      .init(4, filler(128)), .init(10, filler(20)), IKEBuilder.identificationV1(type: 2, filler(9)),
      .init(8, filler(20)), .init(9, filler(64)), .init(6, [4] + filler(90)),
    ])
  static let quickMode = IKEBuilder.message(
    version: 1, exchange: 32,
    [
      .init(8, filler(20)),
      IKEBuilder.saV1([
        IKEBuilder.proposal(1, protocolID: 3, spi: filler(4), [IKEBuilder.phase2Transform()]),
        IKEBuilder.proposal(
          1, protocolID: 4, spi: filler(2), [IKEBuilder.transformV1(1, id: 2, [])]),
      ]), .init(10, filler(16)),
      IKEBuilder.identificationV1(type: 4, [10, 0, 0, 0, 255, 0, 0, 0]),
      IKEBuilder.identificationV1(type: 7, [10, 0, 0, 1, 10, 0, 0, 9]),
      .init(21, [1, 0, 0, 0, 10, 0, 0, 1]), IKEBuilder.notifyV1(36136, spi: filler(16), filler(4)),
      IKEBuilder.deleteV1(protocolID: 3, size: 4, [filler(4), filler(4)]),
      IKEBuilder.configuration(
        version: 1, type: 1,
        [IKEBuilder.attribute(16521, bytes: filler(5)), IKEBuilder.attribute(16520, 0)]),
      IKEBuilder.ciscoFragment(id: 1, number: 1, isLast: false, filler(30)),
      .init(15, filler(12)), .init(200, filler(5)),
    ])
  static let version2 = IKEBuilder.message(
    version: 2, exchange: 35, flags: 8,
    [
      IKEBuilder.saV2([
        IKEBuilder.proposal(
          1, protocolID: 3, spi: filler(4),
          [
            IKEBuilder.transformV2(type: 1, id: 20, keyBits: 256),
            IKEBuilder.transformV2(type: 5, id: 0),
          ])
      ]), IKEBuilder.keyExchangeV2(group: 19, filler(64)), .init(40, filler(32)),
      IKEBuilder.identificationV2(initiator: true, type: 9, [0x30, 2, 0x31, 0]),
      IKEBuilder.identificationV2(initiator: false, type: 2, filler(5)),
      .init(37, [12] + filler(30)), .init(38, [4] + filler(40)),
      .init(39, [14, 0, 0, 0, 3] + filler(20)), IKEBuilder.notifyV2(16431, [0, 2, 0, 3]),
      IKEBuilder.notifyV2(16407, [3, 4] + filler(8)),
      IKEBuilder.deleteV2(protocolID: 3, size: 4, [filler(4)]), .init(43, filler(9)),
      IKEBuilder.selectors(
        initiator: true, [IKEBuilder.selector([10, 0, 0, 0], [10, 0, 0, 255])]),
      IKEBuilder.selectors(
        initiator: false, [IKEBuilder.selector(filler(16), filler(16), ipProtocol: 6)]),
      IKEBuilder.configuration(version: 2, type: 2, [IKEBuilder.attribute(1, bytes: filler(4))]),
      IKEBuilder.eap(code: 2, type: 1, filler(4)), .init(49, filler(6)),
      IKEBuilder.encrypted(firstInside: 35, filler(48)),
    ])
  static let fragment = IKEBuilder.message(
    version: 2, exchange: 35, flags: 8, [IKEBuilder.encryptedFragment(1, of: 3, filler(60))])

  static let all = [phase1Offer, quickMode, version2, fragment]
}

@Suite("Hostile messages")
struct HostileMessageTests {
  @Test("are sound to begin with", arguments: Specimens.all)
  func sound(bytes: [UInt8]) throws {
    let message = try #require(parsed(bytes))
    #expect(message.malformed == nil)
    #expect(survives(bytes))
  }

  @Test("cut after any byte are read as far as they go", arguments: Specimens.all)
  func prefixes(bytes: [UInt8]) throws {
    let whole = try #require(parsed(bytes))
    for count in 0..<bytes.count {
      let prefix = Array(bytes[..<count])
      #expect(survives(prefix, missing: bytes.count - count), "\(count) bytes")
      guard count >= ISAKMPHeader.byteCount else { continue }
      let message = try #require(parsed(prefix))
      #expect(message.malformed != nil, "\(count) bytes")
      let complete = whole.payloads.count { $0.range.upperBound <= count }
      #expect(message.payloads.count >= complete, "\(count) bytes")
      #expect(message.payloads.count <= complete + 1, "\(count) bytes")
    }
  }

  @Test("with the tail of each payload missing keep the offset and what was needed")
  func offsets() throws {
    let bytes = Specimens.version2
    for count in stride(from: 29, to: bytes.count, by: 3) {
      let error = try #require(parsed(Array(bytes[..<count]))?.malformed)
      #expect(error.offset + error.needed > count || error.problem != .truncated)
      #expect(error.offset <= count)
    }
  }

  @Test("with any one byte set to the values that hurt survive", arguments: Specimens.all)
  func singleBytes(bytes: [UInt8]) {
    for index in bytes.indices {
      for value in [0, 1, 3, 4, 0x7f, 0x80, 0xff] as [UInt8] {
        var changed = bytes
        changed[index] = value
        #expect(survives(changed), "byte \(index) = \(value)")
      }
    }
  }

  @Test("with random changes survive", arguments: [1, 2, 3, 4] as [UInt64])
  func mutations(seed: UInt64) {
    var generator = SeededGenerator(state: seed &* 0x9e37_79b9_7f4a_7c15)
    for round in 0..<1500 {
      var bytes = Specimens.all[round % Specimens.all.count]
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        mutate(&bytes, &generator)
      }
      #expect(survives(bytes), "seed \(seed) round \(round): \(hexadecimal(bytes))")
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: bytes.removeSubrange(index..<min(index + 3, bytes.count))
    case 3: bytes.insert(contentsOf: bytes[index..<min(index + 9, bytes.count)], at: index)
    default:
      bytes[index] = [0, 3, 4, 8, 0xff][Int.random(in: 0..<5, using: &generator)]
    }
  }

  @Test("of 64 kB made of the smallest structures take time in proportion to their length")
  func smallestStructures() throws {
    // 16,000 payloads of 4 bytes; 8,000 transforms of 8; 16,000 attributes of 4; 8,000 selectors.
    let payloads = [IKEBuilder.Payload](repeating: .init(43, []), count: 16000)
    let transforms = [[UInt8]](repeating: [1, 0, 0, 12], count: 7000)
    let attributes = [[UInt8]](repeating: IKEBuilder.attribute(1, 7), count: 15000)
    let selectors = [[UInt8]](repeating: [10, 0, 0, 4], count: 15000)
    for bytes in [
      IKEBuilder.message(version: 2, exchange: 34, payloads),
      IKEBuilder.message(
        version: 2, exchange: 34,
        [IKEBuilder.saV2([IKEBuilder.proposal(protocolID: 1, transforms)])]),
      IKEBuilder.message(
        version: 1, exchange: 2,
        [
          IKEBuilder.saV1([
            IKEBuilder.proposal(protocolID: 1, [IKEBuilder.transformV1(1, id: 1, attributes)])
          ])
        ]),
      IKEBuilder.message(
        version: 2, exchange: 35, [IKEBuilder.selectors(initiator: true, selectors)]),
    ] {
      let clock = ContinuousClock()
      var message: Message?
      let duration = clock.measure { message = parsed(bytes) }
      #expect(message?.malformed == nil)
      // A quadratic loop over 16,000 elements would take minutes in a debug build.
      #expect(duration < .seconds(5), "\(bytes.count) bytes took \(duration)")
    }
  }
}
