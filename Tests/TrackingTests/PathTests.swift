import Bytes
import Crypto
import TestSupport
import Testing

@testable import Tracking

/// What the path between two ends does to their messages.
@Suite("NAT, moves, fragments and ICMP")
struct PathTests {
  /// The notifies of RFC 7296 §2.23, with the hashes of these ends.
  private func detection(
    _ source: String, _ destination: String, responder: UInt64 = 0
  ) throws -> [IKEBuilder.Payload] {
    [
      IKEBuilder.notifyV2(16388, try hash(source, responder)),
      IKEBuilder.notifyV2(16389, try hash(destination, responder)),
    ]
  }

  private func hash(_ end: String, _ responder: UInt64) throws -> [UInt8] {
    let parts = end.split(separator: ":")
    let address = try #require(IPAddress(String(parts[0])))
    let port = try #require(UInt16(parts[1]))
    return HashAlgorithm.sha1.digest([
      IKEBuilder.be64(Messages.initiatorSPI) + IKEBuilder.be64(responder) + address.bytes
        + IKEBuilder.be16(port)
    ])
  }

  @Test(
    "the detection hashes themselves tell who is behind a NAT",
    arguments: [
      ("192.0.2.1:500", "192.0.2.2:500", "none"), ("10.9.9.9:500", "192.0.2.2:500", "initiator"),
      ("192.0.2.1:500", "10.7.7.7:500", "responder"), ("10.9.9.9:500", "10.7.7.7:500", "both"),
      // The address is right and a translator has changed the port.
      ("192.0.2.1:1024", "192.0.2.2:500", "initiator"),
    ])
  func natV2(source: String, destination: String, detected: String) throws {
    let wire = Wire()
    let usual = [Messages.saV2, Messages.keyV2(), Messages.nonceV2]
    wire.ike(try Messages.initRequest(usual + detection(source, destination)))
    wire.ike(
      try Messages.initResponse(
        usual + detection(destination, source, responder: Messages.responderSPI)),
      from: Wire.bob, to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(sa.nat.isSupported)
    #expect(sa.nat.detected == detected)
    #expect(sa.nat.checkedIn.count == 2)
  }

  @Test(
    "IKEv1's NAT-D payloads are hashed by the negotiated hash",
    arguments: [("192.0.2.1", "none"), ("10.9.9.9", "initiator")])
  func natV1(own: String, detected: String) throws {
    let wire = Wire()
    wire.ike(Messages.main([Messages.saV1], responder: 0))
    wire.ike(Messages.main([Messages.saV1]), from: Wire.bob, to: Wire.alice)
    let hashes =
      try [hash("\(Wire.bob):500", Messages.responderSPI)]
      + [hash("\(own):500", Messages.responderSPI)]
    wire.ike(Messages.main(Messages.keyV1 + hashes.map { IKEBuilder.Payload(20, $0) }))
    let sa = try #require(wire.finish().first)
    #expect(sa.nat.detected == detected)
  }

  @Test("ends that float to port 4500 are the same tunnel, and have not moved")
  func floats() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    wire.natIKE(Messages.encrypted(exchange: 35, flags: 8, id: 1))
    wire.natIKE(
      Messages.encrypted(exchange: 35, flags: 0x20, id: 1, first: 36), from: Wire.bob,
      to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(wire.tracker.tunnels.count == 1)
    #expect(sa.nat.floatedAt?.frame == 3)
    #expect(sa.moves.isEmpty)
    #expect(sa.initiator.port == 4500)
    #expect(sa.firstInitiator.port == 500)
    #expect(sa.state == .established)
  }

  @Test("an end that goes on from another address is the same tunnel, and the move is kept")
  func moves() throws {
    let wire = Wire()
    Messages.negotiateV2(wire)
    wire.natIKE(
      Messages.encrypted(exchange: 37, flags: 8, id: 2, count: 52), from: "198.51.100.77")
    let sa = try #require(wire.finish().first)
    #expect(wire.tracker.tunnels.count == 1)
    #expect(sa.moves.map(\.to.address.description) == ["198.51.100.77"])
    #expect(sa.initiator.address.description == "198.51.100.77")
  }

  @Test("an answer from another address than was asked is noted, not followed")
  func strangeAnswer() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: "203.0.113.9", to: Wire.alice)
    let sa = try #require(wire.finish().first)
    #expect(wire.tracker.tunnels.count == 1)
    #expect(sa.strangeAnswers.map(\.from.address.description) == ["203.0.113.9"])
    #expect(sa.responder.address.description == Wire.bob)
  }

  @Test("a keepalive belongs to the tunnel of its hosts, and is no IKE")
  func keepalive() throws {
    let wire = Wire()
    Messages.negotiateV2(wire)
    let kinds = (0..<3).map { _ in
      wire.udp("\(Wire.alice):4500", "\(Wire.bob):4500", [0xff])
    }
    #expect(kinds == [.keepalive, .keepalive, .keepalive])
    #expect(wire.finish().first?.keepalives?.count == 3)
  }

  @Test("Cisco's fragments in any order make the message", arguments: [[0, 1, 2], [2, 0, 1]])
  func ciscoFragments(order: [Int]) throws {
    let wire = Wire()
    wire.ike(Messages.main([Messages.saV1], responder: 0))
    wire.ike(Messages.main([Messages.saV1]), from: Wire.bob, to: Wire.alice)
    let whole = Messages.main(Messages.keyV1)
    let cuts = [whole[..<100], whole[100..<200], whole[200...]].map { Array($0) }
    for index in order {
      let fragment = IKEBuilder.ciscoFragment(
        id: 1, number: UInt8(index + 1), isLast: index == 2, cuts[index])
      wire.ike(Messages.main([fragment]))
    }
    let sa = try #require(wire.finish().first)
    let labels = sa.exchanges.flatMap(\.messages).map(\.label)
    #expect(labels == ["MM1", "MM2", "MM3"])
    #expect(sa.exchanges[0].messages[2].pieces.map(\.frame) == [3, 4, 5])
    #expect(sa.incompleteFragments.isEmpty)
  }

  private func fragment(_ number: UInt16, id: UInt32 = 1, flags: UInt8 = 8) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: Messages.initiatorSPI, responderSPI: Messages.responderSPI,
      exchange: 35, flags: flags, messageID: id,
      [
        IKEBuilder.encryptedFragment(
          number, of: 3, firstInside: number == 1 ? 35 : 0,
          Array(repeating: UInt8(number), count: 120))
      ])
  }

  @Test("SKF fragments in any order make one message; what comes again is a copy")
  func fragmentsV2() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    for number in [3, 1, 2, 1, 2, 3] as [UInt16] { wire.ike(fragment(number)) }
    let sa = try #require(wire.finish().first)
    let auth = try #require(sa.exchanges.last)
    #expect(auth.messages.map(\.copyOf) == [nil, 0])
    #expect(auth.messages[0].notation == "[ SKF×3 { … } ]")
    #expect(sa.incompleteFragments.isEmpty)
    #expect(sa.retransmissions == 1)
  }

  @Test("a stray copy of a fragment after the whole message is nothing that is missing")
  func strayFragment() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    for number in [1, 2, 3, 2] as [UInt16] { wire.ike(fragment(number)) }
    #expect(wire.finish().first?.incompleteFragments.isEmpty == true)
  }

  @Test("a message of which a fragment never comes is told with the numbers that came")
  func lostFragment() throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    for number in [1, 3, 1, 3] as [UInt16] { wire.ike(fragment(number)) }
    let sa = try #require(wire.finish().first)
    #expect(sa.incompleteFragments.map(\.numbers) == [[1, 3]])
    #expect(sa.incompleteFragments.first?.total == 3)
    #expect(sa.incompleteFragments.first?.completedLater == false)
  }

  @Test("an ICMP error is given to the tunnel whose message it quotes")
  func icmp() throws {
    let wire = Wire()
    let request = Messages.initRequest()
    wire.ike(request)
    wire.icmp(
      type: 3, code: 3, from: Wire.bob, quoting: "\(Wire.alice):500", "\(Wire.bob):500",
      Array(request.prefix(28)))
    wire.icmp(
      type: 3, code: 4, mtu: 1400, from: "203.0.113.1", quoting: "\(Wire.alice):500",
      "\(Wire.bob):500", Array(request.prefix(8)))
    // Somebody else's trouble.
    wire.icmp(
      type: 3, code: 3, from: Wire.bob, quoting: "\(Wire.alice):53", "\(Wire.bob):53", [1, 2, 3])
    let sa = try #require(wire.finish().first)
    #expect(sa.icmpErrors.map(\.isUnreachable) == [true, false])
    #expect(sa.icmpErrors.map(\.mtu) == [nil, 1400])
    #expect(sa.icmpErrors.map(\.quotedFrom) == [.initiator, .initiator])
  }
}
