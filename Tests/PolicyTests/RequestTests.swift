import Bytes
import CiscoConfig
import Testing

@testable import Policy

/// Requests of the second phase where mode, names or NAT decide, and what would repair a refusal.
@Suite("Requests of the second phase")
struct RequestTests {
  private func engine(
    _ settings: String, mode: String = "",
    list: String = "ip 10.1.0.0 0.0.0.255 10.2.0.0 0.0.0.255",
    more: String = ""
  ) throws -> PolicyEngine {
    let text = """
      hostname r
      crypto ipsec transform-set t esp-aes esp-sha-hmac
      \(mode)crypto map m 10 ipsec-isakmp
      \(settings) match address 101
      interface Serial0
       ip address 192.0.2.1 255.255.255.0
       ip nat outside
       crypto map m
      interface Ethernet0
       ip address 10.1.0.1 255.255.255.0
       ip nat inside
      ip route 0.0.0.0 0.0.0.0 192.0.2.254
      access-list 101 permit \(list)
      \(more)
      """
    return PolicyEngine(
      try CryptoConfiguration(parsing: Array(text.utf8), path: "r.cfg", dialect: .ios))
  }

  private static let named = " set peer 192.0.2.9\n set transform-set t\n"

  private func request(
    _ local: String = "10.1.0.0/24", _ remote: String = "10.2.0.0/24",
    offers: [[String]] = [["esp-aes-128", "esp-sha-hmac"]], pfs: Int? = nil
  ) throws -> QuickModeQuestion {
    QuickModeQuestion(
      peer: IPAddress(ipv4: 0xc000_0209),
      proxy: ProxyRequest(
        local: try #require(AddressRange(text: local)),
        remote: try #require(AddressRange(text: remote))), offers: offers, pfsGroup: pfs)
  }

  @Test(
    "the mode: tunnel takes tunnel, transport takes either, require takes transport (I-MODE-01)",
    arguments: [
      ("", false, true), ("", true, false), (" mode transport\n", true, true),
      (" mode transport\n", false, true), (" mode transport require\n", false, false),
      (" mode transport require\n", true, true), ("", nil, true),
    ] as [(String, Bool?, Bool)])
  func mode(_ mode: String, _ isTransport: Bool?, _ works: Bool) throws {
    var question = try request()
    question.isTransport = isTransport
    let verdict = try engine(Self.named, mode: mode).answer(question)
    #expect(verdict.outcome == (works ? .accept : .refuse))
    if !works {
      #expect(verdict.reason == .transformMismatch)
      let fields = verdict.trace.flatMap(\.steps).flatMap(\.fields)
      #expect(fields.contains { $0.name == "mode" && !$0.equal })
    }
  }

  @Test("a peer named by a host name: cannot be told, in both versions of IKE (X-IKE-13)")
  func hostname() throws {
    let engine = try engine(" set peer hub.example.net\n set transform-set t\n")
    let first = engine.answer(try request())
    #expect(first.outcome == .cannotTell && first.detail.candidates.map(\.sequence) == [10])
    let second = engine.answer(
      IKE2ChildQuestion(
        peer: IPAddress(ipv4: 0xc000_0209),
        initiatorSelectors: [try #require(AddressRange(text: "10.2.0.0/24"))],
        responderSelectors: [try #require(AddressRange(text: "10.1.0.0/24"))]))
    #expect(second.outcome == .cannotTell)
    #expect(second.detail.candidates.first?.condition.contains("host name") == true)
  }

  @Test("an open entry and one behind it that accepts: both are candidates, and it ends there")
  func openThenAccepted() throws {
    let engine = try engine(
      " set peer hub.example.net\n set transform-set t\n",
      more: """
        crypto map m 20 ipsec-isakmp
         set peer 192.0.2.9
         set transform-set t
         match address 101
        crypto map m 30 ipsec-isakmp
         set peer 192.0.2.9
         set transform-set t
         match address 101
        """)
    let verdict = engine.answer(try request())
    #expect(verdict.outcome == .cannotTell)
    #expect(verdict.detail.candidates.map(\.sequence) == [10, 20])
  }

  @Test("what would work stands beside each kind of refusal")
  func repairs() throws {
    let engine = try engine(Self.named + " set pfs group5\n")
    func repair(_ question: QuickModeQuestion) -> String {
      engine.answer(question).detail.wouldWork ?? ""
    }
    #expect(try repair(request("10.1.0.0/16", pfs: 5)).contains("this end initiating"))
    #expect(
      try repair(request("10.2.0.0/24", "10.1.0.0/24", pfs: 5)).contains("the other way round"))
    #expect(
      try repair(request(offers: [["esp-3des", "esp-md5-hmac"]], pfs: 5))
        == "the peer offering esp-aes-128 esp-sha-hmac; or esp-3des esp-md5-hmac in this entry")
    #expect(try repair(request()).contains("group5"))
    #expect(try repair(request(pfs: 2)).contains("group5"))
    var stranger = try request(pfs: 5)
    stranger.peer = IPAddress(ipv4: 0xc000_0299)
    #expect(repair(stranger).contains("192.0.2.153"))
  }

  @Test("NAT by a route map: what it permits is translated, what it denies keeps its address")
  func routeMap() throws {
    let engine = try engine(
      Self.named,
      more: """
        access-list 120 deny ip 10.1.0.0 0.0.0.255 10.2.0.0 0.0.0.255
        access-list 120 permit ip 10.1.0.0 0.0.0.255 any
        route-map NAT permit 10
         match ip address 120
        ip nat inside source route-map NAT interface Serial0 overload
        """)
    func ask(_ flow: String) throws -> Verdict {
      var question = FlowQuestion(.out, try Packet(flow: flow))
      question.isBeforeNAT = true
      return engine.answer(question)
    }
    #expect(try ask("tcp 10.1.0.9:1 > 10.2.0.9:2").outcome == .protect)
    let other = try ask("tcp 10.1.0.9:1 > 10.9.0.9:2")
    #expect(other.outcome == .bypass)
    #expect(other.detail.nat?.effect == "dynamic")
    #expect(other.sentence.contains("192.0.2.1 > 10.9.0.9") || other.sentence.contains("192.0.2.1"))
  }
}
