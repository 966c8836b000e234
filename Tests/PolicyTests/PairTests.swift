import Bytes
import CiscoConfig
import Testing

@testable import Policy

@Suite("Two configurations against each other")
struct PairTests {
  private func end(
    _ name: String, _ address: String, peer: String, lists: [String], key: String = "secret",
    extra: String = ""
  ) throws -> CryptoConfiguration {
    var text = """
      hostname \(name)
      crypto isakmp policy 10
       encr aes
       authentication pre-share
       group 2
      crypto isakmp key \(key) address \(peer)
      crypto ipsec transform-set t esp-aes esp-sha-hmac
      crypto map m 10 ipsec-isakmp
       set peer \(peer)
       set transform-set t
       match address 101
      interface Serial0
       ip address \(address) 255.255.255.252
       crypto map m

      """
    for list in lists { text += "access-list 101 permit \(list)\n" }
    return try CryptoConfiguration(
      parsing: Array((text + extra).utf8), path: "\(name).cfg", dialect: .ios)
  }

  private func pair(
    _ own: [String], _ peer: [String], key: String = "secret", extra: String = ""
  ) throws -> PairReport {
    let left = try end("M", "192.0.2.1", peer: "192.0.2.2", lists: own)
    let right = try end("N", "192.0.2.2", peer: "192.0.2.1", lists: peer, key: key, extra: extra)
    return try #require(check(left, peer: right).pair)
  }

  private static let net = "ip 10.10.0.0 0.0.0.255 10.20.0.0 0.0.0.255"
  private static let mirror = "ip 10.20.0.0 0.0.0.255 10.10.0.0 0.0.0.255"
  private static let hosts = "ip host 10.10.0.5 host 10.20.0.9"
  private static let hostMirror = "ip host 10.20.0.9 host 10.10.0.5"

  @Test(
    "mirror images: either end begins (I-MIR-01, cases 1 and 2)",
    arguments: [
      ([net], [mirror]), ([hosts], [hostMirror]),
    ])
  func mirrors(_ own: [String], _ peer: [String]) throws {
    let report = try pair(own, peer)
    #expect(report.ownAddress == IPAddress("192.0.2.1"))
    #expect(report.peerAddress == IPAddress("192.0.2.2"))
    #expect(report.children.map(\.mirror) == [.mirror, .mirror])
    #expect(report.canInitiate(.own) && report.canInitiate(.peer))
    #expect(report.phase1.map(\.verdict.outcome) == [.accept, .accept])
    #expect(report.key?.outcome == .accept)
  }

  @Test("a subset works from its end only (I-MIR-03 case 3, I-MIR-04 case 4)")
  func subset() throws {
    let report = try pair([Self.hosts], [Self.mirror])
    #expect(report.children.map(\.mirror) == [.subset, .superset])
    #expect(report.canInitiate(.own) && !report.canInitiate(.peer))
    #expect(report.children.last?.verdict.reason == .proxyNotPermitted)
    #expect(report.notes == ["Only M can begin every SA it has an element for."])
  }

  @Test("identical lists are no mirror images (S-TRAP-06, I-MIR-02)")
  func identical() throws {
    let report = try pair([Self.net], [Self.net])
    #expect(report.children.allSatisfy { $0.mirror == .none })
    #expect(!report.canInitiate(.own) && !report.canInitiate(.peer))
  }

  @Test("an element for a third site in an entry towards this peer has no counterpart (M-09)")
  func thirdSite() throws {
    let report = try pair([Self.net, "ip 10.10.0.0 0.0.0.255 10.30.0.0 0.0.0.255"], [Self.mirror])
    #expect(report.children.filter { $0.initiator == .own }.map(\.mirror) == [.mirror, .none])
    #expect(!report.canInitiate(.own) && report.canInitiate(.peer))
  }

  @Test("different keys are told apart, and never shown")
  func keys() throws {
    let report = try pair([Self.net], [Self.mirror], key: "other")
    #expect(report.key?.reason == .keyMismatch)
    #expect(!"\(report)".contains("secret"))
  }

  @Test("a static initiator towards a dynamic responder is normal (M-07, I-MIR-06)")
  func dynamicResponder() throws {
    let left = try end("M", "192.0.2.1", peer: "192.0.2.2", lists: [Self.hosts])
    let text = """
      hostname N
      crypto isakmp policy 10
       encr aes
       authentication pre-share
       group 2
      crypto ipsec transform-set t esp-aes esp-sha-hmac
      crypto dynamic-map d 10
       set transform-set t
      crypto map m 10 ipsec-isakmp dynamic d
      interface Serial0
       ip address 192.0.2.2 255.255.255.252
       crypto map m
      """
    let right = try CryptoConfiguration(parsing: Array(text.utf8), path: "n.cfg", dialect: .ios)
    let report = try #require(check(left, peer: right).pair)
    #expect(report.children.map(\.verdict.outcome) == [.accept])
    #expect(report.canInitiate(.own) && !report.canInitiate(.peer))
  }

  @Test("PFS that only one end demands works from that end (A-PFS-01, A-PFS-02)")
  func pfs() throws {
    let report = try pair(
      [Self.net], [Self.mirror], extra: "crypto map m 10 ipsec-isakmp\n set pfs group2\n")
    #expect(report.children.map(\.verdict.outcome) == [.refuse, .accept])
    #expect(report.children.first?.verdict.reason == .pfsMissing)
  }
}
