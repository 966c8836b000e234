/// A made-up IKEv1 tunnel: messages laid out as RFC 2408, 2407 and 2409 have them, sealed by
/// AES-CBC-128 with the IVs of RFC 2409 appendix B and SHA-256 as hash.
package final class GatewaysV1: Gateways {
  package typealias Payload = IKEBuilder.Payload

  /// Exchange types (RFC 2408 §3.1, RFC 2409 appendix A).
  package enum ExchangeNumber {
    package static let main: UInt8 = 2
    package static let aggressive: UInt8 = 4
    package static let informational: UInt8 = 5
    package static let transaction: UInt8 = 6
    package static let quick: UInt8 = 32
  }

  /// Vendor identifiers: RFC 3947, RFC 3706, and XAUTH.
  package enum Vendor {
    package static let natTraversal: [UInt8] = [
      0x4a, 0x13, 0x1c, 0x81, 0x07, 0x03, 0x58, 0x45, 0x5c, 0x57, 0x28, 0xf2, 0x0e, 0x95, 0x45,
      0x2f,
    ]
    package static let deadPeer: [UInt8] = [
      0xaf, 0xca, 0xd7, 0x13, 0x68, 0xa1, 0xf1, 0xc9, 0x6b, 0x86, 0x96, 0xfc, 0x77, 0x57, 0x01,
      0x00,
    ]
    package static let xauth: [UInt8] = [0x09, 0x00, 0x26, 0x89, 0xdf, 0xd6, 0xb7, 0x12]
  }

  /// What an end announces beside its proposal.
  package var vendors: [Side: [[UInt8]]] = [
    .initiator: [Vendor.natTraversal, Vendor.deadPeer],
    .responder: [Vendor.natTraversal, Vendor.deadPeer],
  ]
  private let encryptionKey: [UInt8]
  private let authenticationKey: [UInt8]
  private var publicValues: [Side: [UInt8]] = [:]
  private var phase1Block: [UInt8] = []
  private var blocks: [UInt32: [UInt8]] = [:]

  package override init(
    _ wire: Wire? = nil, initiator: String = "192.0.2.1", responder: String = "198.51.100.2",
    number: UInt64 = 1
  ) {
    encryptionKey = noise(16, seed: number &* 4 + 100)
    authenticationKey = noise(32, seed: number &* 4 + 101)
    super.init(wire, initiator: initiator, responder: responder, number: number)
  }

  /// The row of a key file that opens its messages.
  package var keys: String {
    """
    {"ike_version":1,"spi_i":"\(hexDigits(IKEBuilder.be64(initiatorSPI)))",
    "spi_r":"\(hexDigits(IKEBuilder.be64(responderSPI)))","encryption":"aes-cbc",
    "encryption_bits":128,"integrity":"hmac-sha256-128","prf":"hmac-sha256","keys":{
    "encryption_key":"\(hexDigits(encryptionKey))","skeyid_a":"\(hexDigits(authenticationKey))"}}
    """
  }

  // MARK: - Messages

  /// A message in clear.
  package func message(
    _ exchange: UInt8, id: UInt32 = 0, withResponderSPI: Bool = true, _ payloads: [Payload]
  ) -> [UInt8] {
    IKEBuilder.message(
      version: 1, initiatorSPI: initiatorSPI, responderSPI: withResponderSPI ? responderSPI : 0,
      exchange: exchange, messageID: id, payloads)
  }

  /// A sealed message of phase 1: its IV goes on from the one before (RFC 2409 appendix B).
  package func sealed1(_ exchange: UInt8, _ payloads: [Payload]) -> [UInt8] {
    if phase1Block.isEmpty {
      phase1Block = Array(
        Sealing.hash([publicValues[.initiator] ?? [], publicValues[.responder] ?? []]).prefix(16))
    }
    let (bytes, block) = seal(exchange, id: 0, payloads, iv: phase1Block)
    phase1Block = block
    return bytes
  }

  /// A sealed message after phase 1; unless `hashed` is false a HASH payload comes first, made over
  /// message ID and what follows (RFC 2409 §5.5, §5.7).
  package func sealed2(
    _ exchange: UInt8, id: UInt32, _ payloads: [Payload], hashed: Bool = true
  ) -> [UInt8] {
    let iv = blocks[id] ?? Array(Sealing.hash([phase1Block, IKEBuilder.be32(id)]).prefix(16))
    let hash = Sealing.hmac(
      authenticationKey, [IKEBuilder.be32(id), IKEBuilder.chain(payloads)])
    let (bytes, block) = seal(
      exchange, id: id, hashed ? [Payload(8, hash)] + payloads : payloads, iv: iv)
    blocks[id] = block
    return bytes
  }

  private func seal(
    _ exchange: UInt8, id: UInt32, _ payloads: [Payload], iv: [UInt8]
  ) -> (bytes: [UInt8], block: [UInt8]) {
    let chain = IKEBuilder.chain(payloads)
    let padding = [UInt8](repeating: 0, count: (16 - chain.count % 16) % 16)
    let ciphertext = Sealing.encrypt(chain + padding, key: encryptionKey, iv: iv)
    let bytes = IKEBuilder.raw(
      version: 1, initiatorSPI: initiatorSPI, responderSPI: responderSPI,
      first: payloads.first?.type ?? 0, exchange: exchange, flags: 1, messageID: id,
      body: ciphertext)
    return (bytes, Array(ciphertext.suffix(16)))
  }

  // MARK: - Phase 1

  /// The first message of main mode.
  @discardableResult
  package func offer(
    _ transforms: [[UInt8]] = [GatewaysV1.transform()], after seconds: Double = 0.02
  ) -> Int {
    send(
      .initiator,
      message(
        ExchangeNumber.main, withResponderSPI: false,
        [Self.phase1SA(transforms)] + announced(.initiator)), after: seconds)
  }

  /// The second message.
  package func accept(_ transform: [UInt8] = GatewaysV1.transform(), after seconds: Double = 0.02) {
    send(
      .responder,
      message(ExchangeNumber.main, [Self.phase1SA([transform])] + announced(.responder)),
      after: seconds)
  }

  /// A phase 1 transform: AES-CBC-128, SHA-256, group 14, pre-shared key.
  package static func transform(
    keyBits: UInt16 = 128, hash: UInt16 = 4, authentication: UInt16 = 1, group: UInt16 = 14,
    seconds: UInt32 = 86400
  ) -> [UInt8] {
    IKEBuilder.phase1Transform(
      keyBits: keyBits, hash: hash, authentication: authentication, group: group,
      seconds: seconds)
  }

  private static func phase1SA(_ transforms: [[UInt8]]) -> Payload {
    IKEBuilder.saV1([IKEBuilder.proposal(protocolID: 1, transforms)])
  }

  private func announced(_ side: Side) -> [Payload] {
    (vendors[side] ?? []).map { Payload(13, $0) }
  }

  /// KE and nonce of an end, and its NAT detection (RFC 3947 §3.2): the receiver's hash first.
  private func keyPayloads(_ from: Side, withNAT: Bool) -> [Payload] {
    let value = noise(256, seed: from == .initiator ? 31 : 32)
    publicValues[from] = value
    let ke = [Payload(4, value), Payload(10, noise(20, seed: from == .initiator ? 33 : 34))]
    guard withNAT else { return ke }
    return ke + [
      Payload(20, natHash(host(from.peer))), Payload(20, natHash(believed[from] ?? host(from))),
    ]
  }

  private func natHash(_ host: Host) -> [UInt8] {
    let address = host.address.split(separator: ".").compactMap { UInt8($0) }
    return Sealing.hash([
      IKEBuilder.be64(initiatorSPI), IKEBuilder.be64(responderSPI), address,
      IKEBuilder.be16(host.port),
    ])
  }

  /// Messages 3 and 4 of main mode.
  package func exchangeKeys(withNAT: Bool = true, requests: [Payload] = []) {
    send(
      .initiator, message(ExchangeNumber.main, keyPayloads(.initiator, withNAT: withNAT)))
    send(
      .responder,
      message(ExchangeNumber.main, keyPayloads(.responder, withNAT: withNAT) + requests))
  }

  /// A message that proves its sender: identity, and a hash or what is given instead.
  package func prove(
    _ from: Side, identity: Payload? = nil, _ rest: [Payload]? = nil, after seconds: Double = 0.02
  ) {
    let address = host(from).address.split(separator: ".").compactMap { UInt8($0) }
    let own = identity ?? IKEBuilder.identificationV1(type: 1, ipProtocol: 17, port: 500, address)
    let proof = rest ?? [Payload(8, noise(32, seed: 35))]
    send(from, sealed1(ExchangeNumber.main, [own] + proof), after: seconds)
  }

  /// Main mode in full.
  package func phase1(
    _ transform: [UInt8] = GatewaysV1.transform(), withNAT: Bool = true, natPort: UInt16? = nil
  ) {
    offer([transform])
    accept(transform)
    exchangeKeys(withNAT: withNAT)
    if let natPort { float(initiatorPort: natPort) }
    prove(.initiator)
    prove(.responder)
  }

  /// Aggressive mode's first message.
  package func aggressiveOffer(
    _ transform: [UInt8] = GatewaysV1.transform(), after seconds: Double = 0.02
  ) {
    let identity = IKEBuilder.identificationV1(type: 11, Array("remote-users".utf8))
    send(
      .initiator,
      message(
        ExchangeNumber.aggressive, withResponderSPI: false,
        [Self.phase1SA([transform])] + keyPayloads(.initiator, withNAT: false) + [identity]
          + announced(.initiator)), after: seconds)
  }

  /// Its second and third.
  package func aggressiveRest(_ transform: [UInt8] = GatewaysV1.transform()) {
    let address = responder.address.split(separator: ".").compactMap { UInt8($0) }
    let identity = IKEBuilder.identificationV1(type: 1, address)
    send(
      .responder,
      message(
        ExchangeNumber.aggressive,
        [Self.phase1SA([transform])] + keyPayloads(.responder, withNAT: false)
          + [identity, Payload(8, noise(32, seed: 36))] + announced(.responder)))
    send(.initiator, sealed1(ExchangeNumber.aggressive, [Payload(8, noise(32, seed: 37))]))
  }

  /// An informational message in clear.
  package func notify(
    _ from: Side, _ type: UInt16, withResponderSPI: Bool = true, protocolID: UInt8 = 1,
    spi: [UInt8] = [], id: UInt32 = 0x7700_0001, after seconds: Double = 0.02
  ) {
    send(
      from,
      message(
        ExchangeNumber.informational, id: id, withResponderSPI: withResponderSPI,
        [IKEBuilder.notifyV1(type, protocolID: protocolID, spi: spi)]), after: seconds)
  }

  // MARK: - Phase 2

  /// A sealed informational message.
  package func inform(
    _ from: Side, id: UInt32, _ payloads: [Payload], after seconds: Double = 0.02
  ) {
    send(from, sealed2(ExchangeNumber.informational, id: id, payloads), after: seconds)
  }

  /// R-U-THERE (36136) or its answer (36137), RFC 3706 §5.3.
  package func deadPeer(
    _ from: Side, _ type: UInt16 = 36136, number: UInt32, id: UInt32, after seconds: Double = 5
  ) {
    let cookies = IKEBuilder.be64(initiatorSPI) + IKEBuilder.be64(responderSPI)
    inform(
      from, id: id, [IKEBuilder.notifyV1(type, spi: cookies, IKEBuilder.be32(number))],
      after: seconds)
  }

  /// A phase 2 offer: ESP with AES-CBC-128 and HMAC-SHA-1.
  package static func childSA(
    spi: UInt32, mode: UInt16 = 1, keyBits: UInt16 = 128, group: UInt16? = nil,
    seconds: UInt16 = 3600
  ) -> Payload {
    IKEBuilder.saV1([
      IKEBuilder.proposal(
        protocolID: 3, spi: IKEBuilder.be32(spi),
        [
          IKEBuilder.phase2Transform(keyBits: keyBits, mode: mode, group: group, seconds: seconds)
        ])
    ])
  }

  /// Proxy identities: two networks with masks of 255.255.255.0.
  package static func proxies(
    _ first: [UInt8] = [10, 1, 0, 0], _ second: [UInt8] = [10, 2, 0, 0]
  ) -> [Payload] {
    [first, second].map {
      IKEBuilder.identificationV1(type: 4, $0 + [255, 255, 255, 0])
    }
  }

  /// Quick mode's messages up to `steps`, from an end.
  package func quick(
    id: UInt32 = 0x5100_0001, from starter: Side = .initiator, mine: UInt32 = 0xc0de_0001,
    theirs: UInt32 = 0xc0de_0002, steps: Int = 3, mode: UInt16 = 1, group: UInt16? = nil,
    proxies: [Payload] = GatewaysV1.proxies(), seconds lifetime: UInt16 = 3600,
    after seconds: Double = 0.05
  ) {
    let ke = group.map { _ in [Payload(4, noise(256, seed: 41))] } ?? []
    func payloads(_ spi: UInt32, _ seed: UInt64) -> [Payload] {
      [
        Self.childSA(spi: spi, mode: mode, group: group, seconds: lifetime),
        Payload(10, noise(20, seed: seed)),
      ] + ke + proxies
    }
    let exchange = ExchangeNumber.quick
    send(starter, sealed2(exchange, id: id, payloads(mine, 42)), after: seconds)
    if steps >= 2 { send(starter.peer, sealed2(exchange, id: id, payloads(theirs, 43))) }
    if steps >= 3 {
      send(starter, sealed2(exchange, id: id, [Payload(8, noise(32, seed: 44))], hashed: false))
    }
  }

  /// Phase 1 and quick mode in full.
  package func establish(natPort: UInt16? = nil) {
    phase1(natPort: natPort)
    quick(mode: natPort == nil ? 1 : 3)
  }

  /// A sealed delete of children or, without any, of the ISAKMP SA.
  package func delete(
    _ from: Side, id: UInt32, spis: [UInt32] = [], after seconds: Double = 0.5
  ) {
    let cookies = IKEBuilder.be64(initiatorSPI) + IKEBuilder.be64(responderSPI)
    let payload =
      spis.isEmpty
      ? IKEBuilder.deleteV1(protocolID: 1, size: 16, [cookies])
      : IKEBuilder.deleteV1(protocolID: 3, size: 4, spis.map { IKEBuilder.be32($0) })
    inform(from, id: id, [payload], after: seconds)
  }
}
