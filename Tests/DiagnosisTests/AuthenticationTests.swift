import Diagnosis
import Registries
import TestSupport
import Testing
import Timeline

@testable import ISAKMP
@testable import Tracking

@Suite("Causes of failed authentication")
struct AuthenticationTests {
  /// Main mode up to MM5, which the responder answers by an informational message.
  private func mainMode(
    method: UInt16 = 1, _ reply: Opening, copies: Int = 0
  ) -> TunnelBuilder {
    let tunnel = TunnelBuilder()
    for step in 1...4 { tunnel.say(.main, step, step % 2 == 1 ? .initiator : .responder) }
    tunnel.ike.chosen = TunnelBuilder.suite(hash: "sha256", group: 19, method: method)
    tunnel.say(.main, 5, .initiator, bytes: 112, reply == .opened ? .opened : .closed)
    tunnel.say(.informational, 1, .responder, id: 77, bytes: 76, reply)
    for _ in 0..<copies {
      tunnel.again(.main, 5)
      tunnel.say(.informational, 1, .responder, id: 78, bytes: 76, reply)
    }
    return tunnel
  }

  @Test("MM5 repeated although it was answered: the keys differ")
  func keysDiffer() throws {
    let found = try #require(finding("psk_mismatch", mainMode(.closed, copies: 3).input()))
    #expect(found.certainty == "likely")
    #expect(found.needs.contains("psk"))
  }

  @Test("MM5 answered once and not repeated: the refusal was read, so the key is right")
  func refusalWasRead() throws {
    let found = try #require(finding("authentication_failed", mainMode(.closed).input()))
    #expect(found.explanation.contains("not the pre-shared key"))
  }

  @Test("keys that open one end's messages only are proof")
  func proven() {
    let tunnel = mainMode(.closed, copies: 1)
    tunnel.ike.keysDisagree = true
    #expect(finding("psk_mismatch", tunnel.input())?.certainty == "certain")
  }

  @Test("MM5 repeated on UDP 4500 without any answer is no matter of keys")
  func filteredInstead() {
    let tunnel = TunnelBuilder()
    for step in 1...4 { tunnel.say(.main, step, step % 2 == 1 ? .initiator : .responder) }
    tunnel.say(.main, 5, .initiator, bytes: 112, .closed, copies: 3, ports: 4500)
    #expect(loud(tunnel.input()) == ["udp4500_filtered"])
  }

  @Test("a responder that repeats MM4 on a port that works cannot read MM5")
  func repeatsItsOwn() {
    let tunnel = TunnelBuilder()
    for step in 1...4 { tunnel.say(.main, step, step % 2 == 1 ? .initiator : .responder) }
    tunnel.ike.chosen = TunnelBuilder.suite(hash: "sha256", group: 19)
    tunnel.say(.main, 5, .initiator, bytes: 112, .closed, copies: 2)
    tunnel.again(.main, 4)
    tunnel.again(.main, 5)
    #expect(loud(tunnel.input()) == ["psk_mismatch"])
  }

  @Test("an opened refusal under a key that both have is about the identity")
  func identity() throws {
    let tunnel = mainMode(.opened)
    tunnel.notify(
      24, from: .responder, isProtected: true, in: tunnel.exchange(.informational, 77),
      at: tunnel.exchange(.informational, 77).messages[0].sighting)
    let found = try #require(finding("phase1_id_mismatch", tunnel.input()))
    #expect(found.certainty == "certain")
    #expect(found.ruledOut.contains { $0.cause == "psk_mismatch" })
  }

  private func ikeV2(_ checks: [Bool]) -> TunnelBuilder {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    let proof = tunnel.say(.ikeAuth, 1, .initiator, id: 1, .opened)
    let reply = tunnel.say(.ikeAuth, 2, .responder, id: 1, .opened)
    tunnel.ike.isOpened = true
    tunnel.notify(
      24, from: .responder, isProtected: true, in: tunnel.exchange(.ikeAuth, 1), at: reply)
    tunnel.ike.authenticationChecks = checks.map {
      AuthenticationCheck(
        sighting: proof, from: .initiator, means: .preSharedKey(origin: "k"), owner: nil,
        verifies: $0)
    }
    return tunnel
  }

  @Test(
    "a given key is proof or exoneration",
    arguments: [
      ([false], "psk_mismatch"), ([true, false], "psk_mismatch"), ([true], "phase1_id_mismatch"),
      ([], "authentication_failed"),
    ])
  func checkedKeys(checks: [Bool], cause: String) {
    #expect(loud(ikeV2(checks).input()) == [cause])
  }

  @Test("aggressive mode that the initiator leaves on seeing HASH_R")
  func aggressive() {
    let tunnel = TunnelBuilder(.v1, .aggressive)
    tunnel.say(.aggressive, 1, .initiator)
    tunnel.say(.aggressive, 2, .responder)
    tunnel.ike.chosen = TunnelBuilder.suite(hash: "sha256", group: 19)
    tunnel.say(.informational, 1, .initiator, id: 9, bytes: 88, .closed)
    #expect(loud(tunnel.input()) == ["psk_mismatch"])
  }

  @Test("an IKE_AUTH answer of the length of one notify is a refusal")
  func shape() {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    tunnel.say(.ikeAuth, 1, .initiator, id: 1, bytes: 252, .closed)
    tunnel.say(.ikeAuth, 2, .responder, id: 1, bytes: 76, .closed)
    #expect(loud(tunnel.input()) == ["authentication_failed"])
  }

  // MARK: - Certificates

  private func certificates(
    requested: [UInt8], sent: [UInt8]?, record: CertificateRecord? = nil
  ) throws -> TunnelBuilder {
    let tunnel = mainMode(method: 3, .opened)
    let exchange = tunnel.exchange(.informational, 77)
    let place = exchange.messages[0].sighting
    tunnel.notify(24, from: .responder, isProtected: true, in: exchange, at: place)
    let mm4 = tunnel.exchange(.main).messages[3].sighting
    let mm5 = tunnel.exchange(.main).messages[4].sighting
    if case .certificateRequest(let request)? = TunnelBuilder.parsed(
      .v1, IKEBuilder.Payload(7, [4] + requested))
    {
      tunnel.ike.certificateRequests = [
        SeenCertificateRequest(sighting: mm4, from: .responder, request: request)
      ]
    }
    if let sent,
      case .certificate(let certificate)? = TunnelBuilder.parsed(
        .v1, IKEBuilder.Payload(6, [4] + sent))
    {
      tunnel.ike.certificates = [
        SeenCertificate(sighting: mm5, from: .initiator, certificate: certificate)
      ]
    }
    if var record {
      record.frame = mm5.frame
      record.from = "initiator"
      tunnel.certificates = [record]
    }
    return tunnel
  }

  private let wantedName: [UInt8] = Array("0123456789-wanted-authority".utf8)

  private func record(
    issuer: String = "CN=Root", notBefore: String = "1960-01-01T00:00:00Z",
    notAfter: String = "2060-01-01T00:00:00Z", names: [String] = []
  ) -> CertificateRecord {
    var record = CertificateRecord()
    record.subject = "CN=branch"
    record.issuer = issuer
    record.notBefore = notBefore
    record.notAfter = notAfter
    record.names = names
    return record
  }

  @Test("an issuer that was never asked for is not trusted")
  func untrusted() throws {
    let tunnel = try certificates(
      requested: wantedName, sent: Array("another issuer".utf8), record: record())
    #expect(loud(tunnel.input()) == ["certificate_untrusted"])
  }

  @Test("an issuer that was asked for is no cause")
  func trusted() throws {
    let tunnel = try certificates(requested: wantedName, sent: [1, 2] + wantedName)
    #expect(loud(tunnel.input()) == ["authentication_failed"])
  }

  @Test("a certificate whose time is over")
  func expired() throws {
    let tunnel = try certificates(
      requested: wantedName, sent: [1] + wantedName,
      record: record(notAfter: "1969-01-01T00:00:00Z"))
    #expect(loud(tunnel.input()) == ["certificate_expired"])
  }

  @Test("an identity that the certificate does not name")
  func otherName() throws {
    let tunnel = try certificates(
      requested: wantedName, sent: [1] + wantedName, record: record(names: ["dns:a.example"]))
    if case .identification(let identity)? = TunnelBuilder.parsed(
      .v1, IKEBuilder.identificationV1(type: 2, Array("b.example".utf8)))
    {
      tunnel.ike.identities = [
        SeenIdentity(sighting: tunnel.next(), from: .initiator, identity: identity)
      ]
    }
    #expect(loud(tunnel.input()) == ["certificate_id_mismatch"])
    tunnel.certificates[0].names = ["dns:b.example"]
    #expect(loud(tunnel.input()) == ["authentication_failed"])
  }

  @Test("an intermediate authority that was not sent is a possibility")
  func chain() throws {
    let tunnel = try certificates(
      requested: wantedName, sent: [1] + wantedName, record: record(issuer: "CN=Issuing CA 3"))
    #expect(loud(tunnel.input()) == ["certificate_chain_incomplete"])
  }

  @Test("a signature without the certificate that was asked for")
  func notSent() throws {
    let tunnel = try certificates(requested: wantedName, sent: nil)
    #expect(loud(tunnel.input()) == ["certificate_not_sent"])
  }

  // MARK: - EAP, XAUTH, configuration

  @Test("EAP-Failure, and the shape of it")
  func eap() throws {
    let tunnel = ikeV2([])
    if case .eap(let packet)? = TunnelBuilder.parsed(.v2, IKEBuilder.Payload(48, [4, 1, 0, 4])) {
      tunnel.exchange(.ikeAuth, 1).eap = [
        SeenEAP(sighting: tunnel.next(), from: .responder, packet: packet)
      ]
    }
    #expect(loud(tunnel.input()) == ["eap_failed"])

    let closed = TunnelBuilder(.v2)
    closed.say(.ikeSAInit, 1, .initiator)
    closed.say(.ikeSAInit, 2, .responder)
    for round: UInt32 in 1...3 {
      closed.say(.ikeAuth, 1, .initiator, id: round, bytes: 90, .closed)
      closed.say(.ikeAuth, 2, .responder, id: round, bytes: 76, .closed)
    }
    #expect(loud(closed.input()) == ["eap_failed"])
  }

  private func afterPhase1(method: UInt16) -> TunnelBuilder {
    let tunnel = TunnelBuilder(.v1, .aggressive)
    for step in 1...3 { tunnel.say(.aggressive, step, step == 2 ? .responder : .initiator) }
    tunnel.ike.chosen = TunnelBuilder.suite(hash: "sha256", group: 19, method: method)
    tunnel.establish()
    return tunnel
  }

  @Test("a user who is asked and told, and then nothing")
  func xauth() {
    let tunnel = afterPhase1(method: 65001)
    for id: UInt32 in [1, 2] {
      tunnel.say(.transaction, 1, .responder, id: id, .closed)
      tunnel.say(.transaction, 2, .initiator, id: id, .closed)
    }
    #expect(loud(tunnel.input()).contains("xauth_failed"))
    tunnel.say(.quick, 1, .initiator, id: 5, .closed)
    #expect(!loud(tunnel.input()).contains("xauth_failed"))
  }

  @Test("XAUTH of a gateway: each waits for the other")
  func xauthNotExpected() {
    let tunnel = afterPhase1(method: 1)
    tunnel.say(.transaction, 1, .responder, id: 1, .closed, copies: 3)
    tunnel.say(.quick, 1, .initiator, id: 2, .closed, copies: 3)
    #expect(loud(tunnel.input()) == ["xauth_not_expected"])
  }

  @Test("no inner address for the client")
  func pool() {
    let tunnel = TunnelBuilder(.v2)
    tunnel.say(.ikeSAInit, 1, .initiator)
    tunnel.say(.ikeSAInit, 2, .responder)
    tunnel.say(.ikeAuth, 1, .initiator, id: 1, .opened)
    let reply = tunnel.say(.ikeAuth, 2, .responder, id: 1, .opened)
    tunnel.notify(
      36, from: .responder, isProtected: true, in: tunnel.exchange(.ikeAuth, 1), at: reply)
    #expect(loud(tunnel.input()) == ["address_pool_empty"])
  }
}
