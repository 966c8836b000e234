import Diagnosis
import TestSupport
import Testing
import Timeline

/// Repeated MM5 or IKE_AUTH may be a key, a filter, or fragments: what tells them apart.
@Suite("What tells look-alikes apart")
struct DiscriminatorTests {
  private typealias Number = GatewaysV2.ExchangeNumber

  private func answer(_ made: Made) throws -> FindingRecord {
    let timeline = try made.analysed()
    #expect(timeline.loud.count == 1, "found \(timeline.loud)")
    return try #require(timeline.findings.first)
  }

  private func ruledOut(_ finding: FindingRecord) -> Set<String> {
    Set(finding.ruledOut.map(\.cause))
  }

  // MARK: - MM5 repeated

  /// MM5 goes out four times, on port 500 or 4500, of some size, whole or in IP fragments; the
  /// responder repeats MM4 in between or is silent.
  private func mm5(
    natPort: UInt16? = nil, padding: Int = 0, fragmented: Bool = false, repeatsMM4: Bool = false,
    method: UInt16 = 1, icmp: Bool = false
  ) -> Made {
    let tunnel = GatewaysV1()
    let transform = GatewaysV1.transform(authentication: method)
    if natPort != nil { tunnel.believed[.initiator] = Host("10.9.9.9") }
    tunnel.offer([transform])
    tunnel.accept(transform)
    tunnel.exchangeKeys()
    let fourth = tunnel.last(.responder)
    if let natPort { tunnel.float(initiatorPort: natPort) }
    let address: [UInt8] = [192, 0, 2, 1]
    let fifth = tunnel.sealed1(
      GatewaysV1.ExchangeNumber.main,
      [
        IKEBuilder.identificationV1(type: 1, ipProtocol: 17, port: 500, address),
        IKEBuilder.Payload(8, noise(32, seed: 35)),
      ] + (padding > 0 ? [IKEBuilder.Payload(6, [4] + noise(padding, seed: 36))] : []))
    for _ in 0..<4 {
      if fragmented {
        tunnel.sendFragmented(.initiator, fifth, after: 3)
      } else {
        tunnel.send(.initiator, fifth, after: 3)
      }
      if icmp { tunnel.icmp(about: .initiator) }
      if repeatsMM4 { tunnel.udp(.responder, fourth, after: 1) }
    }
    return Made(tunnel.wire)
  }

  @Test("on port 500, small, with MM4 repeated: the key")
  func keyByRepeatedMM4() throws {
    let found = try answer(mm5(repeatsMM4: true))
    #expect(found.cause == "psk_mismatch")
    #expect(ruledOut(found).isSuperset(of: ["udp4500_filtered", "ip_fragments_lost"]))
  }

  @Test("on port 4500, small, nothing back on that port: the filter")
  func filterByPort() throws {
    let found = try answer(mm5(natPort: 61_000))
    #expect(found.cause == "udp4500_filtered")
    #expect(found.certainty == "likely")
    #expect(ruledOut(found).isSuperset(of: ["psk_mismatch", "ip_fragments_lost"]))
    #expect(found.explanation.contains("NAT"))
  }

  @Test("on port 4500 with an ICMP error for that port: the error says it")
  func icmpOnNATPort() throws {
    #expect(try answer(mm5(natPort: 61_000, icmp: true)).cause == "peer_port_unreachable")
  }

  @Test("larger than the path and in IP fragments on port 500: the fragments")
  func fragmentsBySize() throws {
    let found = try answer(mm5(padding: 1800, fragmented: true, method: 3))
    #expect(found.cause == "ip_fragments_lost")
    #expect(ruledOut(found).isSuperset(of: ["udp4500_filtered", "psk_mismatch"]))
  }

  @Test(
    "in IP fragments on port 4500 where nothing was heard: the fragments, and the port is named")
  func fragmentsOnNATPort() throws {
    let found = try answer(mm5(natPort: 61_000, padding: 1800, fragmented: true, method: 3))
    #expect(found.cause == "ip_fragments_lost")
    #expect(found.explanation.contains("4500"), "undecided: both are named")
    #expect(!ruledOut(found).contains("udp4500_filtered"))
  }

  @Test("large and whole on port 4500: only possibly the port, and the size is named")
  func largeAndWhole() throws {
    let found = try answer(mm5(natPort: 61_000, padding: 1300, method: 3))
    #expect(["udp4500_filtered", "ip_fragments_lost"].contains(found.cause))
    #expect(found.certainty == "possible")
  }

  // MARK: - IKE_AUTH repeated

  /// IKE_AUTH goes out four times without an answer, behind a NAT or not; another tunnel of the same
  /// two hosts uses port 4500.
  private func auth(natPort: UInt16?, otherTunnel: Bool = false, padding: Int = 0) -> Made {
    let wire = Wire()
    if otherTunnel {
      let other = GatewaysV2(wire, number: 2)
      other.believed[.initiator] = Host("10.9.9.9")
      other.establish(natPort: 61_000, toInitiator: 0xc0de_0101, toResponder: 0xc0de_0102)
      for _ in 0..<4 {
        other.esp(.initiator, 0xc0de_0102)
        other.esp(.responder, 0xc0de_0101)
      }
    }
    let tunnel = GatewaysV2(wire)
    if natPort != nil { tunnel.believed[.initiator] = Host("10.9.9.9") }
    tunnel.initiate()
    if let natPort { tunnel.float(initiatorPort: natPort) }
    let extra = padding > 0 ? [IKEBuilder.Payload(37, [4] + noise(padding, seed: 37))] : []
    tunnel.say(.initiator, Number.auth, id: 1, tunnel.authRequest(extra: extra))
    tunnel.again(.initiator, times: 3, every: 3)
    return Made(wire)
  }

  @Test("IKE_AUTH on 4500, small, unanswered: the filter")
  func filterV2() throws {
    let found = try answer(auth(natPort: 61_000))
    #expect(found.cause == "udp4500_filtered")
    #expect(found.certainty == "likely")
  }

  @Test("another tunnel of the same two hosts works on 4500: the filter is only a possibility")
  func otherTunnel() throws {
    let found = try answer(auth(natPort: 61_000, otherTunnel: true))
    #expect(found.cause == "udp4500_filtered")
    #expect(found.certainty == "possible")
    #expect(found.explanation.contains("works"), "the other tunnel is named")
  }

  @Test("an IKE_AUTH of the length of one notify in answer is a refusal, not a filter")
  func answered() throws {
    let tunnel = GatewaysV2()
    tunnel.initiate()
    tunnel.exchange(
      .initiator, Number.auth, id: 1, tunnel.authRequest(), [IKEBuilder.notifyV2(24)])
    let found = try answer(Made(tunnel.wire))
    #expect(found.cause == "authentication_failed")
    #expect(ruledOut(found).isSuperset(of: ["udp4500_filtered", "ip_fragments_lost"]))
  }

  // MARK: - Replies

  @Test("answers in the capture and the request repeated: the replies are lost, not the requests")
  func repliesLost() throws {
    let tunnel = GatewaysV2()
    for _ in 0..<4 {
      tunnel.initRequest(after: 3)
      tunnel.initResponse()
    }
    let found = try answer(Made(tunnel.wire))
    #expect(found.cause == "replies_lost")
    #expect(ruledOut(found).contains("peer_not_answering"))
  }

  @Test("no answer in the capture: the peer does not answer, as far as this point can tell")
  func notAnswering() throws {
    let tunnel = GatewaysV2()
    tunnel.initRequest()
    tunnel.again(.initiator, times: 3, every: 3)
    let found = try answer(Made(tunnel.wire))
    #expect(found.cause == "peer_not_answering")
    #expect(found.remedy.contains("A capture at the peer tells whether the message arrives"))
  }

  @Test("an ICMP error from a router on the way is the path's")
  func routerSays() throws {
    let tunnel = GatewaysV2()
    for _ in 0..<3 {
      tunnel.initRequest(after: 3)
      tunnel.icmp(about: .initiator, code: 13, from: "203.0.113.1")
    }
    let found = try answer(Made(tunnel.wire))
    #expect(found.cause == "peer_port_unreachable")
    #expect(found.side == "path")
    #expect(found.explanation.contains("administratively prohibited"))
  }

  // MARK: - Keys of authorities

  @Test("IKEv2 asks for authorities by the hashes of their keys: another root is not trusted")
  func authorityHashes() throws {
    var root = CertificateBuilder()
    root.subject = root.issuer
    root.isAuthority = true
    root.seed = 5
    var other = root
    other.seed = 6
    let own = CertificateBuilder()
    let untrusted = try answer(signedV2(chain: [own, root], askedFor: [other]))
    #expect(untrusted.cause == "certificate_untrusted")
    let trusted = try answer(signedV2(chain: [own, root], askedFor: [other, root]))
    #expect(trusted.cause == "authentication_failed")
    let alone = try answer(signedV2(chain: [own], askedFor: [other]))
    #expect(alone.cause == "authentication_failed", "the issuer's key was never seen")
  }

  @Test("ESP with SPI 0 on port 4500 is what its receiver cannot place")
  func zeroSPI() throws {
    let found = try answer(markerless(.zeroSPI))
    #expect(found.cause == "non_esp_marker_missing")
    #expect(found.explanation.contains("SPI 0"))
  }
}
