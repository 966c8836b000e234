import Bytes
import CiscoConfig
import Testing

@testable import Policy

@Suite("Index over the elements of a map set")
struct FlowIndexTests {
  @Test(
    "the index decides every flow as the plain evaluation does",
    arguments: Array(UInt64(1)...24))
  func sameDecision(seed: UInt64) throws {
    var random = RandomConfiguration(
      seed: seed, entries: 1 + Int(seed % 7), elements: 20 + Int(seed) * 12)
    let engine = PolicyEngine(try random.configuration())
    let index = try #require(FlowIndex(engine, map: "M"))
    #expect(index.count > 10)
    let times: [Set<String>?] = [nil, [], ["T0"], ["T0", "T1", "T2"]]
    for round in 0..<400 {
      let packet = random.packet()
      let active = times[round % times.count]
      for direction in [FlowQuestion.Direction.out, .inClear] {
        let saExists = round % 3 == 0
        let fast = index.decide(packet, direction, saExists: saExists, active: active)
        let plain = index.decidePlainly(packet, direction, saExists: saExists, active: active)
        #expect(fast == plain, "seed \(seed): \(packet) \(direction.rawValue)")
      }
    }
  }

  @Test(
    "the same on IOS: manual, group, incomplete and dynamic entries, wildcards with gaps, options",
    arguments: Array(UInt64(1)...24))
  func sameDecisionOfRouter(seed: UInt64) throws {
    var random = RandomRouter(seed: seed, entries: 2 + Int(seed % 9), elements: 30 + Int(seed) * 8)
    let engine = PolicyEngine(try random.configuration())
    let index = try #require(FlowIndex(engine, map: "M"))
    let times: [Set<String>?] = [nil, [], ["T0"], ["T0", "T1", "T2"]]
    for round in 0..<400 {
      let packet = random.packet()
      for direction in [FlowQuestion.Direction.out, .inClear] {
        let fast = index.decide(
          packet, direction, saExists: round % 3 == 0, active: times[round % times.count])
        let plain = index.decidePlainly(
          packet, direction, saExists: round % 3 == 0, active: times[round % times.count])
        #expect(fast == plain, "seed \(seed): \(packet) \(direction.rawValue)")
      }
    }
  }

  @Test("every kind of entry, element and answer comes up among the random ones")
  func coverage() throws {
    var words: Set<String> = []
    var reasons: Set<String> = []
    for seed in UInt64(1)...24 {
      var router = RandomRouter(seed: seed, entries: 2 + Int(seed % 9), elements: 60)
      var firewall = RandomConfiguration(seed: seed, entries: 1 + Int(seed % 7), elements: 80)
      words.formUnion(router.text.split { " \n".contains($0) }.map(String.init))
      words.formUnion(firewall.text.split { " \n".contains($0) }.map(String.init))
      for (engine, packets) in [
        (PolicyEngine(try router.configuration()), (0..<200).map { _ in router.packet() }),
        (PolicyEngine(try firewall.configuration()), (0..<200).map { _ in firewall.packet() }),
      ] {
        let index = try #require(FlowIndex(engine, map: "M"))
        for packet in packets {
          let decision = index.decide(packet)
          reasons.insert(decision.reason?.rawValue ?? decision.outcome.rawValue)
        }
      }
    }
    for word in [
      "object-group", "group-object", "service-object", "protocol-object", "icmp-object", "range",
      "any6", "time-range", "inactive", "gdoi", "ipsec-manual", "dynamic", "fragments",
      "established", "answer-only", "port-object",
    ] { #expect(words.contains(word), "\(word)") }
    let wanted: Set<String> = [
      "protect", "no-permit-matched", "dynamic-no-sa", "incomplete-map", "acl-missing-or-empty",
      "manual-no-sa", "ip-options", "multicast-not-supported", "answer-only-no-sa", "cannot-tell",
    ]
    #expect(reasons.isSuperset(of: wanted), "\(wanted.subtracting(reasons))")
  }

  @Test("the decisions of a random set are not all the same")
  func varietyOfDecisions() throws {
    var outcomes: [String: Int] = [:]
    for seed in UInt64(1)...24 {
      var random = RandomConfiguration(seed: seed, entries: 5, elements: 60)
      let engine = PolicyEngine(try random.configuration())
      let index = try #require(FlowIndex(engine, map: "M"))
      for _ in 0..<100 {
        let decision = index.decide(random.packet())
        outcomes[decision.reason?.rawValue ?? decision.outcome.rawValue, default: 0] += 1
      }
    }
    #expect(outcomes.count >= 4, "\(outcomes)")
    #expect(outcomes.values.allSatisfy { $0 < 2000 }, "\(outcomes)")
  }

  @Test("a list longer than a block is searched to its end")
  func severalBlocks() throws {
    let lines = (0..<9000).map { number in
      "access-list L permit ip host 10.\(number / 256).\(number % 256).1 host 10.200.0.1"
    }
    let text = (lines + ["crypto map M 1 match address L", "crypto map M 1 set peer 192.0.2.9"])
      .joined(separator: "\n")
    let configuration = try CryptoConfiguration(
      parsing: Array(text.utf8), path: "long.cfg", dialect: .asa)
    let engine = PolicyEngine(configuration)
    let index = try #require(FlowIndex(engine, map: "M"))
    let target = IPAddress(ipv4: 0x0ac8_0001)
    for number in [0, 1, 4095, 4096, 8191, 8192, 8999, 9000] {
      let source = IPAddress(
        ipv4: 0x0a00_0001 | UInt32(number / 256) << 16 | UInt32(number % 256) << 8)
      let packet = Packet(source, target, protocolNumber: 17, sourcePort: 1, destinationPort: 2)
      #expect(index.decide(packet).element == (number < 9000 ? number : nil))
    }
  }

  @Test("the verdict of a question names what the index found")
  func verdictAgrees() throws {
    var random = RandomConfiguration(seed: 11, entries: 4, elements: 80)
    let engine = PolicyEngine(try random.configuration())
    let index = try #require(FlowIndex(engine, map: "M"))
    for _ in 0..<200 {
      let packet = random.packet()
      var question = FlowQuestion(.out, packet, interface: "outside")
      question.activeTimeRanges = []
      let verdict = engine.answer(question)
      guard verdict.outcome != .cannotTell else { continue }
      let decision = index.decide(packet, active: [])
      #expect(verdict.outcome == decision.outcome && verdict.reason == decision.reason)
      #expect(verdict.ace?.index == decision.element.map { $0 + 1 })
    }
  }
}
