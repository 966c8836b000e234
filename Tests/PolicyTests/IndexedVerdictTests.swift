import Bytes
import CiscoConfig
import Testing

@testable import Policy

/// What is answered for many flows in a row must be what is answered for one.
@Suite("Verdicts by the index")
struct IndexedVerdictTests {
  /// An ASA with so many elements in two entries, every seventh a deny.
  private func engine(_ count: Int) throws -> PolicyEngine {
    var text = """
      hostname big
      interface Ethernet0
       nameif outside
       ip address 192.0.2.1 255.255.255.0
      crypto map m 10 match address A
      crypto map m 10 set peer 192.0.2.2
      crypto map m 20 match address B
      crypto map m 20 set peer 192.0.2.3
      crypto map m interface outside

      """
    for number in 0..<count {
      let action = number % 7 == 0 ? "deny" : "permit"
      let list = number % 2 == 0 ? "A" : "B"
      let (high, low) = (number / 250 % 250, number % 250)
      text += "access-list \(list) extended \(action) tcp 10.\(high).\(low).0 255.255.255.0 "
      text += "172.16.\(low).0 255.255.255.0 eq \(443 + number % 3)\n"
    }
    return PolicyEngine(
      try CryptoConfiguration(parsing: Array(text.utf8), path: "big.cfg", dialect: .asa))
  }

  private func packet(_ number: Int) throws -> Packet {
    let (high, low) = (number / 250 % 250, number % 250)
    let source = try #require(IPAddress("10.\(high).\(low).\(1 + number % 200)"))
    let destination = try #require(IPAddress("172.16.\(low).9"))
    return Packet(
      source, destination, protocolNumber: 6, sourcePort: 40000,
      destinationPort: UInt16(443 + number % 4))
  }

  @Test("entry, element, scope and reason are those of the plain evaluation, in every direction")
  func same() throws {
    let engine = try engine(600)
    let index = try #require(FlowIndex(engine, map: "m"))
    var outcomes: Set<String> = []
    for number in 0..<700 {
      for direction in FlowQuestion.Direction.allCases {
        let packet = try packet(number)
        var question = FlowQuestion(
          direction, direction == .out ? packet : packet.reversed, interface: "outside")
        question.saExists = direction != .inClear
        question.viaSA = .init(map: "m", sequence: number % 2 == 0 ? 10 : 20)
        guard let quick = index.verdict(on: question) else { continue }
        let whole = engine.answer(question)
        let place = "\(direction) \(question.packet)"
        #expect(quick.outcome == whole.outcome, "\(place)")
        #expect(quick.reason == whole.reason, "\(place)")
        #expect(quick.map == whole.map && quick.sequence == whole.sequence, "\(place)")
        #expect(quick.ace == whole.ace && quick.acl == whole.acl, "\(place)")
        #expect(quick.saScope == whole.saScope && quick.peer == whole.peer, "\(place)")
        #expect(quick.sentence == whole.sentence, "\(place)")
        outcomes.insert(quick.outcome.rawValue)
      }
    }
    #expect(outcomes == ["protect", "bypass", "drop", "accept"])
  }

  @Test("a look-up at 10,000 elements costs far less than trying them (printed)")
  func cost() throws {
    let engine = try engine(10_000)
    let index = try #require(FlowIndex(engine, map: "m"))
    let packets = try (0..<1000).map { try packet($0 * 37) }
    let clock = ContinuousClock()
    var found = 0
    let byIndex = clock.measure {
      for _ in 0..<20 {
        for packet in packets where index.decide(packet).element != nil { found += 1 }
      }
    }
    var foundPlainly = 0
    let plainly = clock.measure {
      for packet in packets.prefix(100) where index.decidePlainly(packet).element != nil {
        foundPlainly += 1
      }
    }
    let rate =
      20_000
      / (Double(byIndex.components.attoseconds) / 1e18
        + Double(byIndex.components.seconds))
    print("flow index: \(Int(rate)) look-ups/s at 10,000 elements, \(byIndex) for 20,000")
    #expect(found > 0 && foundPlainly > 0)
    #expect(byIndex / 200 < plainly)
  }
}
