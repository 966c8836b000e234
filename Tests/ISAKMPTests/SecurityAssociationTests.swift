import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

@Suite("SA payloads")
struct SecurityAssociationTests {
  private func association(
    version: UInt8, _ payload: IKEBuilder.Payload
  ) throws -> (SecurityAssociation, Message) {
    let (message, read) = single(version: version, payload)
    guard case .securityAssociation(let association) = read?.body else {
      throw WireError(
        .invalid("no SA"), layer: "test", offset: 0, needed: 0, available: 0, boundedBy: "")
    }
    return (association, try #require(message))
  }

  @Test("of phase 1 are suites of algorithms with lifetimes")
  func phase1() throws {
    let (association, message) = try association(
      version: 1,
      IKEBuilder.saV1([
        IKEBuilder.proposal(
          protocolID: 1,
          [
            IKEBuilder.phase1Transform(1, encryption: 7, keyBits: 256, hash: 4, group: 19),
            IKEBuilder.phase1Transform(
              2, encryption: 5, keyBits: nil, hash: 2, authentication: 65001, group: 2,
              seconds: 28800),
          ])
      ]))
    #expect(message.malformed == nil)
    #expect(message.oddities.isEmpty)
    #expect(association.domain == .ipsec)
    #expect(association.situation == 1)
    let suites = association.suites
    #expect(suites.map(\.transformNumber) == [1, 2])
    #expect(
      suites[0].algorithms == [
        SuiteAlgorithm(role: .encryption, name: "aes-cbc", id: 7, keyBits: 256),
        SuiteAlgorithm(role: .hash, name: "sha256", id: 4),
        SuiteAlgorithm(role: .group, name: "ecp256", id: 19),
        SuiteAlgorithm(role: .auth, name: "psk", id: 1),
      ])
    #expect(suites[0].lifetimeSeconds == 86400)
    #expect(suites[0].pseudorandomFunction?.id == "hmac-sha256")
    #expect(suites[0].cipher?.keyBits == 256)
    #expect(suites[1].cipher?.cipher.id == "3des-cbc")
    #expect(suites[1].cipher?.keyBits == 192)
    #expect(suites[1].group == .modp1024)
    #expect(suites[1].authenticationMethod == .xauthInitPSK)
    #expect(suites[1].lifetimeSeconds == 28800)
    #expect(suites[1].description == "isakmp: 3des-cbc sha1 modp1024 xauth-init-psk, 28800 s")
  }

  @Test("of phase 2 have the identifiers of IKEv2, mode, group and both lifetimes")
  func phase2() throws {
    let esp =
      IKEBuilder.phase2Transform(1, id: 12, keyBits: 128, authentication: 5, mode: 3, group: 14)
      + IKEBuilder.attribute(1, 2) + IKEBuilder.attribute(2, bytes: [0x00, 0x46, 0x50, 0x00])
    let ah = IKEBuilder.phase2Transform(1, id: 5, keyBits: nil, authentication: 5, mode: 2)
    let (association, message) = try association(
      version: 1,
      IKEBuilder.saV1([
        IKEBuilder.proposal(1, protocolID: 3, spi: [1, 2, 3, 4], [esp]),
        IKEBuilder.proposal(1, protocolID: 2, spi: [5, 6, 7, 8], [ah]),
        IKEBuilder.proposal(
          2, protocolID: 4, spi: [0x12, 0x34], [IKEBuilder.transformV1(1, id: 2, [])]),
      ]))
    #expect(message.malformed == nil)
    let suites = association.suites
    #expect(suites.map(\.protocolID) == [.esp, .ah, .ipcomp])
    #expect(suites.map(\.proposalNumber) == [1, 1, 2])
    #expect(suites[0].spi == [1, 2, 3, 4])
    #expect(
      suites[0].algorithms == [
        SuiteAlgorithm(role: .encryption, name: "aes-cbc", id: 12, keyBits: 128),
        SuiteAlgorithm(role: .integrity, name: "hmac-sha256-128", id: 5),
        SuiteAlgorithm(role: .group, name: "modp2048", id: 14),
      ])
    #expect(suites[0].integrity?.icvBytes == 16)
    #expect(suites[0].lifetimeSeconds == 3600)
    #expect(suites[0].lifetimeKilobytes == 4_608_000)
    #expect(suites[0].encapsulation?.id == "udp-tunnel")
    #expect(suites[0].encapsulation?.isTunnel == true)
    #expect(suites[0].encapsulation?.isUDPEncapsulated == true)
    #expect(
      suites[1].algorithms == [SuiteAlgorithm(role: .integrity, name: "hmac-sha256-128", id: 5)])
    #expect(suites[1].encapsulation?.isTransport == true)
    #expect(suites[2].algorithms == [SuiteAlgorithm(role: .compression, name: "deflate", id: 2)])
    #expect(
      suites[0].description
        == "esp 01020304: aes-cbc-128 hmac-sha256-128 modp2048 udp-tunnel, 3600 s, 4608000 kB")
  }

  @Test("of IKEv2 are alternatives by type, in both ESN and additional key exchanges")
  func version2() throws {
    let (association, message) = try association(
      version: 2,
      IKEBuilder.saV2([
        IKEBuilder.proposal(
          1, protocolID: 1,
          [
            IKEBuilder.transformV2(type: 1, id: 20, keyBits: 256),
            IKEBuilder.transformV2(type: 1, id: 12, keyBits: 128),
            IKEBuilder.transformV2(type: 2, id: 5), IKEBuilder.transformV2(type: 3, id: 12),
            IKEBuilder.transformV2(type: 4, id: 31), IKEBuilder.transformV2(type: 6, id: 36),
            IKEBuilder.transformV2(type: 200, id: 7),
          ]),
        IKEBuilder.proposal(
          2, protocolID: 3, spi: [0xca, 0xfe, 0xba, 0xbe],
          [
            IKEBuilder.transformV2(type: 1, id: 28), IKEBuilder.transformV2(type: 5, id: 1),
            IKEBuilder.transformV2(type: 5, id: 0), IKEBuilder.transformV2(type: 1, id: 999),
          ]),
      ]))
    #expect(message.malformed == nil)
    #expect(message.oddities.isEmpty)
    let suites = association.suites
    #expect(suites.count == 2)
    #expect(suites[0].all(.encryption).map(\.description) == ["aes-gcm-16-256", "aes-cbc-128"])
    #expect(suites[0].first(.prf)?.name == "hmac-sha256")
    #expect(suites[0].integrity?.id == "hmac-sha256-128")
    #expect(suites[0].group == .curve25519)
    #expect(suites[0].first(.addke1)?.name == "ml-kem-768")
    #expect(suites[0].first(.other)?.name == "type 200: 7")
    #expect(suites[1].spi == [0xca, 0xfe, 0xba, 0xbe])
    #expect(suites[1].all(.encryption).map(\.name) == ["chacha20-poly1305", "unknown-999"])
    #expect(suites[1].all(.esn).map(\.name) == ["esn", "32-bit"])
    #expect(suites[1].cipher?.keyBits == 256)
  }

  @Test("have the places of their proposals and transforms")
  func places() throws {
    let payload = IKEBuilder.saV1([
      IKEBuilder.proposal(
        protocolID: 1, spi: filler(8),
        [IKEBuilder.phase1Transform(), IKEBuilder.phase1Transform(2)])
    ])
    let bytes = IKEBuilder.message(version: 1, exchange: 2, [payload])
    guard case .securityAssociation(let association) = parsed(bytes)?.payloads.first?.body,
      let proposal = association.proposals.first
    else {
      Issue.record("no SA")
      return
    }
    // Header 28, generic header 4, DOI and situation 8.
    #expect(proposal.range.lowerBound == 40)
    #expect(proposal.range.upperBound == bytes.count)
    #expect(proposal.transforms.first?.range.lowerBound == 40 + 8 + 8)
    #expect(proposal.transforms.last?.range.upperBound == bytes.count)
  }

  @Test("with a transform count that lies are read by their lengths, and it is noted")
  func lyingCount() throws {
    let (association, message) = try association(
      version: 1,
      IKEBuilder.saV1([
        IKEBuilder.proposal(protocolID: 1, [IKEBuilder.phase1Transform()], claimedTransforms: 9)
      ]))
    #expect(association.suites.count == 1)
    #expect(message.malformed == nil)
    #expect(message.oddities.count == 1)
    #expect(message.oddities[0].description.contains("announces 9 transforms and holds 1"))
  }

  @Test("keep the proposals before a broken one, and say where it is")
  func brokenProposal() throws {
    var payload = IKEBuilder.saV1([
      IKEBuilder.proposal(1, protocolID: 3, spi: filler(4), [IKEBuilder.phase2Transform()]),
      IKEBuilder.proposal(2, protocolID: 3, spi: filler(4), [IKEBuilder.phase2Transform()]),
    ])
    let cut = payload.body.count - 10
    payload.body = Array(payload.body[..<cut])
    let (association, message) = try association(version: 1, payload)
    #expect(association.proposals.map(\.number) == [1])
    let error = try #require(message.malformed)
    #expect(error.layer == "payload 1 (SA), Proposal")
    #expect(error.boundedBy == "the payload length")
    #expect(error.problem == .truncated)
    #expect(error.needed == error.available + 10)
  }

  @Test("keep the attributes before a broken one")
  func brokenAttribute() throws {
    let transform = IKEBuilder.transformV1(
      1, id: 1, [IKEBuilder.attribute(1, 7), [0x00, 0x0c, 0x00, 0x40, 1, 2]])
    let (association, message) = try association(
      version: 1, IKEBuilder.saV1([IKEBuilder.proposal(protocolID: 1, [transform])]))
    #expect(association.suites.first?.algorithms.map(\.name) == ["aes-cbc"])
    let error = try #require(message.malformed)
    #expect(error.layer == "payload 1 (SA), Transform")
    #expect((error.needed, error.available) == (64, 2))
    #expect(error.boundedBy == "the transform length")
  }

  @Test("of another domain keep their bytes")
  func gdoi() throws {
    let body = IKEBuilder.be32(2) + filler(12)
    let (association, message) = try association(version: 1, .init(1, body))
    #expect(association.domain == .gdoi)
    #expect(association.foreign == filler(12))
    #expect(association.proposals.isEmpty)
    #expect(message.malformed == nil)
  }

  @Test("with secrecy and integrity labels have proposals behind them (RFC 2407 §4.6.1)")
  func labelled() throws {
    let labels: [UInt8] =
      [0, 0, 0, 9] + [0, 3, 0, 0, 1, 2, 3, 0] + [0, 9, 0, 0, 0xff, 0x80, 0, 0] + [0, 0, 0, 0]
      + [0, 0, 0, 0]
    let proposal = IKEBuilder.proposal(protocolID: 1, [IKEBuilder.phase1Transform()])
    let plain = IKEBuilder.saV1([proposal]).body.dropFirst(8)
    let (association, message) = try association(
      version: 1, .init(1, IKEBuilder.be32(1) + IKEBuilder.be32(7) + labels + plain))
    #expect(message.malformed == nil)
    #expect(association.suites.count == 1)
    #expect(association.situation == 7)
  }

  @Test("with a duration of more than eight bytes have no lifetime, and nothing traps")
  func hugeDuration() throws {
    let transform = IKEBuilder.transformV1(
      1, id: 1,
      [
        IKEBuilder.attribute(11, 1),
        IKEBuilder.attribute(12, bytes: [UInt8](repeating: 255, count: 9)),
        IKEBuilder.attribute(14, bytes: [UInt8](repeating: 255, count: 8)),
        IKEBuilder.attribute(1, 7),
      ])
    let (association, _) = try association(
      version: 1, IKEBuilder.saV1([IKEBuilder.proposal(protocolID: 1, [transform])]))
    #expect(association.suites.first?.lifetimeSeconds == nil)
    #expect(association.suites.first?.first(.encryption)?.keyBits == nil)
  }

  @Test("of IKEv2 without a proposal are malformed")
  func empty() {
    let (message, payload) = single(version: 2, .init(33, []))
    #expect(message?.malformed != nil)
    guard case .opaque = payload?.body else {
      Issue.record("an empty SA was read")
      return
    }
  }
}
