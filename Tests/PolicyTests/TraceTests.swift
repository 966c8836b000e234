import Bytes
import CiscoConfig
import Testing

@testable import Policy

@Suite("Traces")
struct TraceTests {
  private func engine(_ elements: Int) throws -> PolicyEngine {
    var text = "interface E0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n"
    for number in 0..<elements {
      text += "access-list L permit tcp 10.0.0.0 255.0.0.0 host 172.16.0.\(number) eq 80\n"
    }
    text += "crypto ipsec transform-set T esp-aes esp-sha-hmac\n"
    text += "crypto map M 1 match address L\ncrypto map M 1 set peer 192.0.2.9\n"
    text += "crypto map M 1 set transform-set T\ncrypto map M interface outside\n"
    return PolicyEngine(
      try CryptoConfiguration(parsing: Array(text.utf8), path: "t.cfg", dialect: .asa))
  }

  private func question(_ flow: String) throws -> FlowQuestion {
    FlowQuestion(.out, try Packet(flow: flow), interface: "outside")
  }

  @Test("a long list is cut to its first, its matching and its nearest element")
  func shortened() throws {
    let engine = try engine(200)
    let verdict = engine.answer(try question("tcp 10.1.1.1:5 > 172.16.0.150:80"))
    let steps = try #require(verdict.trace.first { $0.label == "entry 1" }?.steps)
    // The first, the gap, the one that matched, and what it leads to.
    #expect(steps.count == 4)
    #expect(steps.first?.config?.line == 4)
    let matched = try #require(steps.dropLast().last)
    #expect(matched.result == .match && matched.config?.line == 154)
    let fits = matched.fields.allSatisfy(\.equal)
    #expect(fits)
    #expect(steps.last?.rule == "A-ACL-08")
  }

  @Test("a miss shows the element with the fewest differing fields")
  func nearestMiss() throws {
    let engine = try engine(200)
    let verdict = engine.answer(try question("tcp 10.1.1.1:5 > 172.16.0.77:443"))
    #expect(verdict.outcome == .bypass)
    let steps = try #require(verdict.trace.first { $0.label == "entry 1" }?.steps)
    let shown = steps.filter { !$0.fields.isEmpty }
    #expect(shown.contains { $0.fields.count { !$0.equal } == 1 })
    #expect(
      verdict.detail.nearestMiss
        == "L#78 of entry M 1 at line 81: 1 of 3 fields differs (service)")
  }

  @Test("all elements are kept where they are asked for")
  func everything() throws {
    let engine = try engine(200)
    var question = try question("tcp 10.1.1.1:5 > 172.16.0.150:80")
    question.allACEs = true
    let list = engine.answer(question).trace.first { $0.label == "entry 1" }
    #expect(list?.steps.count { !$0.fields.isEmpty } == 151)
  }

  @Test("each step of a refused request names the stage, the line and the fields")
  func negotiation() throws {
    let engine = try engine(3)
    let request = QuickModeQuestion(
      peer: IPAddress(ipv4: 0xc000_0209),
      proxy: ProxyRequest(
        local: try #require(AddressRange(text: "10.0.0.0/8")),
        remote: try #require(AddressRange(text: "172.16.0.0/24")), protocolNumber: 6),
      offers: [["esp-aes", "esp-sha-hmac"]])
    let verdict = engine.answer(request)
    #expect(verdict.reason == .proxyNotPermitted)
    let stages = try #require(verdict.trace.first?.steps)
    #expect(stages.first?.label == "peer" && stages.first?.result == .match)
    let relations = stages.dropFirst().compactMap {
      $0.fields.first { $0.name == "remote" }?.relation
    }
    #expect(relations == ["wider", "wider", "wider"])
    #expect(!verdict.sentence.isEmpty)
  }

  @Test("every verdict has a sentence, and no rule twice")
  func sentences() throws {
    for policyCase in PolicyCases.own where Query.kinds.contains(policyCase.kind) {
      let verdict = PolicyEngine(try policyCase.configuration())
        .answer(try Query(policyCase.input))
      #expect(!verdict.sentence.isEmpty, "\(policyCase.id)")
      #expect(Set(verdict.rules).count == verdict.rules.count, "\(policyCase.id)")
      #expect(!verdict.rules.isEmpty, "\(policyCase.id)")
    }
  }
}
