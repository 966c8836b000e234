import Diagnosis
import Registries
import Testing
import Timeline

@testable import Tracking

@Suite("One answer a tunnel")
struct ResolutionTests {
  private func refused(_ ordinal: Int, initiator: String = "192.0.2.1") -> TunnelBuilder {
    let tunnel = TunnelBuilder(
      initiator: initiator, ordinal: ordinal, at: Double(ordinal) * 10, frame: 1 + ordinal * 10)
    tunnel.say(.main, 1, .initiator)
    tunnel.ike.offered = [TunnelBuilder.suite()]
    tunnel.ike.vendors = [(from: .initiator, id: [1], meaning: nil)]
    tunnel.notify(14, from: .responder)
    return tunnel
  }

  @Test("repeated attempts of the same two ends are one finding")
  func merged() throws {
    let input = TunnelBuilder.input((0..<3).map { refused($0) })
    let findings = Diagnosis.findings(input)
    #expect(findings.count == 1)
    #expect(findings[0].tunnel == "t1")
    #expect(findings[0].explanation.contains("2 times more"))
  }

  @Test("different peers have findings of their own, and one line says what they share")
  func several() throws {
    let tunnels = (0..<4).map { refused($0, initiator: "192.0.2.\($0 + 1)") }
    let result = Diagnosis.diagnose(TunnelBuilder.input(tunnels))
    #expect(result.findings.count == 4)
    #expect(result.findings.map(\.id) == ["x1", "x2", "x3", "x4"])
    #expect(
      result.summary
        == "4 of 4 peers of 198.51.100.2 fail, 4 with the same cause: Phase 1: no proposal in common."
    )
  }

  @Test("errors come before warnings and notes, the surer before the less sure")
  func order() {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    tunnel.ike.chosen = TunnelBuilder.suite(.v2)
    tunnel.establish()
    let child = tunnel.child(packets: (4, 4))
    if let flow = child.flowToResponder { tunnel.packet(flow, 4, mark: 4 &* 7919, after: 1) }
    tunnel.say(.informationalV2, 1, .initiator, id: 2, .closed, copies: 3)
    #expect(causes(tunnel.input()) == ["peer_dead", "esp_replayed", "deprecated_algorithm"])
  }

  @Test("moving all timestamps changes nothing")
  func shifted() {
    func tunnel(at time: Double) -> DiagnosisInput {
      let tunnel = TunnelBuilder(at: time)
      tunnel.say(.main, 1, .initiator, copies: 3)
      return tunnel.input()
    }
    #expect(Diagnosis.findings(tunnel(at: 0)) == Diagnosis.findings(tunnel(at: 900_000_000)))
  }

  @Test("no finding without evidence, words or a remedy")
  func complete() {
    for record in Diagnosis.findings(TunnelBuilder.input((0..<3).map { refused($0) })) {
      #expect(!record.evidence.isEmpty && !record.explanation.isEmpty && !record.remedy.isEmpty)
    }
  }
}

@Suite("A diagnosis that goes on")
struct SessionTests {
  @Test("finds when it is certain enough, and withdraws what is refuted")
  func foundAndWithdrawn() throws {
    var session = DiagnosisSession()
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator)
    #expect(session.update(tunnel.input()).isEmpty)

    for _ in 0..<3 { tunnel.again(.main, 1) }
    guard case .found(let record)? = session.update(tunnel.input()).first else {
      Issue.record("nothing was found")
      return
    }
    #expect(record.cause == "peer_not_answering")
    #expect(session.update(tunnel.input()).isEmpty, "told once")

    tunnel.say(.main, 2, .responder)
    tunnel.say(.main, 3, .initiator)
    tunnel.establish()
    guard case .withdrawn(let gone)? = session.update(tunnel.input()).first else {
      Issue.record("nothing was withdrawn")
      return
    }
    #expect(gone.id == record.id)
    #expect(session.findings.isEmpty)
  }

  @Test("waits on the packets' clock")
  func timeouts() {
    var session = DiagnosisSession()
    let tunnel = TunnelBuilder()
    tunnel.say(.main, 1, .initiator, copies: 1)
    #expect(session.update(tunnel.input(until: 2)).isEmpty)
    #expect(session.update(tunnel.input(until: 60)).count == 1)
  }
}
