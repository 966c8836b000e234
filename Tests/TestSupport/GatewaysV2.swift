/// A made-up IKEv2 tunnel: messages laid out as RFC 7296 has them, sealed by AES-CBC-128 and
/// HMAC-SHA-256-128 under keys that `keys` hands out.
package final class GatewaysV2: Gateways {
  package typealias Payload = IKEBuilder.Payload

  /// Exchange types (RFC 7296 §3.1, RFC 9242).
  package enum ExchangeNumber {
    package static let initial: UInt8 = 34
    package static let auth: UInt8 = 35
    package static let createChild: UInt8 = 36
    package static let informational: UInt8 = 37
    package static let intermediate: UInt8 = 43
  }

  private let encryption: [Side: [UInt8]]
  private let integrity: [Side: [UInt8]]
  private var counter: UInt8 = 0

  package override init(
    _ wire: Wire? = nil, initiator: String = "192.0.2.1", responder: String = "198.51.100.2",
    number: UInt64 = 1
  ) {
    encryption = [
      .initiator: noise(16, seed: number &* 4), .responder: noise(16, seed: number &* 4 + 1),
    ]
    integrity = [
      .initiator: noise(32, seed: number &* 4 + 2), .responder: noise(32, seed: number &* 4 + 3),
    ]
    super.init(wire, initiator: initiator, responder: responder, number: number)
  }

  /// The row of a key file that opens its messages.
  package var keys: String {
    """
    {"ike_version":2,"spi_i":"\(hexDigits(IKEBuilder.be64(initiatorSPI)))",
    "spi_r":"\(hexDigits(IKEBuilder.be64(responderSPI)))","encryption":"aes-cbc",
    "encryption_bits":128,"integrity":"hmac-sha256-128","prf":"hmac-sha256","keys":{
    "sk_ei":"\(digits(encryption, .initiator))","sk_er":"\(digits(encryption, .responder))",
    "sk_ai":"\(digits(integrity, .initiator))","sk_ar":"\(digits(integrity, .responder))"}}
    """
  }

  private func digits(_ keys: [Side: [UInt8]], _ side: Side) -> String {
    hexDigits(keys[side] ?? [])
  }

  // MARK: - Messages

  /// A message in clear.
  package func message(
    _ from: Side, _ exchange: UInt8 = ExchangeNumber.initial, id: UInt32 = 0,
    response: Bool = false, withResponderSPI: Bool = true, _ payloads: [Payload]
  ) -> [UInt8] {
    IKEBuilder.message(
      version: 2, initiatorSPI: initiatorSPI, responderSPI: withResponderSPI ? responderSPI : 0,
      exchange: exchange, flags: flags(from, response), messageID: id, payloads)
  }

  private func flags(_ from: Side, _ response: Bool) -> UInt8 {
    (from == .initiator ? 0x08 : 0) | (response ? 0x20 : 0)
  }

  /// A message whose payloads stand in SK (RFC 7296 §3.14).
  package func sealed(
    _ from: Side, _ exchange: UInt8, id: UInt32, response: Bool = false, _ payloads: [Payload],
    damaged: Bool = false
  ) -> [UInt8] {
    let body = seal(
      from, exchange, id: id, response: response, first: payloads.first?.type ?? 0,
      IKEBuilder.chain(payloads), fragment: nil)
    guard damaged else { return body }
    var changed = body
    changed[changed.count - 20] ^= 0x40
    return changed
  }

  /// A message in SKF payloads, one a piece (RFC 7383 §2.5).
  package func fragments(
    _ from: Side, _ exchange: UInt8, id: UInt32, response: Bool = false, _ payloads: [Payload],
    size: Int
  ) -> [[UInt8]] {
    let chain = IKEBuilder.chain(payloads)
    let starts = Array(stride(from: 0, to: chain.count, by: size))
    return starts.enumerated().map { index, start in
      seal(
        from, exchange, id: id, response: response, first: index == 0 ? payloads[0].type : 0,
        Array(chain[start..<min(start + size, chain.count)]),
        fragment: (UInt16(index + 1), UInt16(starts.count)))
    }
  }

  private func seal(
    _ from: Side, _ exchange: UInt8, id: UInt32, response: Bool, first: UInt8, _ chain: [UInt8],
    fragment: (UInt16, UInt16)?
  ) -> [UInt8] {
    counter &+= 1
    let iv = noise(16, seed: UInt64(id) << 16 | UInt64(counter))
    let padding = (16 - (chain.count + 1) % 16) % 16
    let plaintext = chain + [UInt8](repeating: 0, count: padding) + [UInt8(padding)]
    let ciphertext = Sealing.encrypt(plaintext, key: encryption[from] ?? [], iv: iv)
    let room = iv + ciphertext + [UInt8](repeating: 0, count: 16)
    let payload =
      fragment.map { IKEBuilder.encryptedFragment($0.0, of: $0.1, firstInside: first, room) }
      ?? IKEBuilder.encrypted(firstInside: first, room)
    let whole = message(from, exchange, id: id, response: response, [payload])
    let covered = Array(whole.dropLast(16))
    return covered + Sealing.hmac(integrity[from] ?? [], [covered]).prefix(16)
  }

  /// Sends a sealed message.
  @discardableResult
  package func say(
    _ from: Side, _ exchange: UInt8, id: UInt32, response: Bool = false, _ payloads: [Payload],
    after seconds: Double = 0.02
  ) -> Int {
    send(from, sealed(from, exchange, id: id, response: response, payloads), after: seconds)
  }

  /// A sealed request and its answer.
  package func exchange(
    _ from: Side, _ exchange: UInt8, id: UInt32, _ request: [Payload], _ answer: [Payload],
    after seconds: Double = 0.05
  ) {
    say(from, exchange, id: id, request, after: seconds)
    say(from.peer, exchange, id: id, response: true, answer)
  }

  // MARK: - Payloads

  /// An offer for the IKE SA: AES-CBC-128, HMAC-SHA-256, one group.
  package static func proposal(group: UInt16 = 14, keyBits: UInt16 = 128, spi: [UInt8] = [])
    -> [UInt8]
  {
    IKEBuilder.proposal(
      protocolID: 1, spi: spi,
      [
        IKEBuilder.transformV2(type: 1, id: 12, keyBits: keyBits),
        IKEBuilder.transformV2(type: 3, id: 12), IKEBuilder.transformV2(type: 2, id: 5),
        IKEBuilder.transformV2(type: 4, id: group),
      ])
  }

  /// SA of a child: AES-CBC-128 and HMAC-SHA-256-128.
  package static func childSA(
    spi: UInt32, keyBits: UInt16 = 128, group: UInt16? = nil, esn: Bool = false
  ) -> Payload {
    var transforms = [
      IKEBuilder.transformV2(type: 1, id: 12, keyBits: keyBits),
      IKEBuilder.transformV2(type: 3, id: 12),
      IKEBuilder.transformV2(type: 5, id: esn ? 1 : 0),
    ]
    if let group { transforms.insert(IKEBuilder.transformV2(type: 4, id: group), at: 2) }
    return IKEBuilder.saV2([
      IKEBuilder.proposal(protocolID: 3, spi: IKEBuilder.be32(spi), transforms)
    ])
  }

  /// TSi and TSr of a /24 each, unless told otherwise.
  package static func selectors(
    _ initiator: [UInt8] = [10, 1, 0], _ responder: [UInt8] = [10, 2, 0]
  ) -> [Payload] {
    [
      IKEBuilder.selectors(
        initiator: true, [IKEBuilder.selector(initiator + [0], initiator + [255])]),
      IKEBuilder.selectors(
        initiator: false, [IKEBuilder.selector(responder + [0], responder + [255])]),
    ]
  }

  /// KE of the group's length with made-up bytes.
  package static func keyExchange(group: UInt16 = 14, seed: UInt64 = 7) -> Payload {
    let lengths: [UInt16: Int] = [2: 128, 5: 192, 14: 256, 15: 384, 19: 64, 20: 96]
    return IKEBuilder.keyExchangeV2(group: group, noise(lengths[group] ?? 256, seed: seed))
  }

  /// A nonce of 32 bytes.
  package static func nonce(_ seed: UInt64) -> Payload { Payload(40, noise(32, seed: seed)) }

  /// NAT detection of both ends as the sender believes them to be (RFC 7296 §2.23).
  package func natDetection(_ from: Side, withResponderSPI: Bool) -> [Payload] {
    func hash(_ host: Host) -> [UInt8] {
      let address = host.address.split(separator: ".").compactMap { UInt8($0) }
      return Sealing.sha1(
        IKEBuilder.be64(initiatorSPI) + IKEBuilder.be64(withResponderSPI ? responderSPI : 0)
          + address + IKEBuilder.be16(host.port))
    }
    return [
      IKEBuilder.notifyV2(16388, hash(believed[from] ?? host(from))),
      IKEBuilder.notifyV2(16389, hash(host(from.peer))),
    ]
  }

  // MARK: - The usual course

  /// IKE_SA_INIT request.
  @discardableResult
  package func initRequest(
    group: UInt16 = 14, proposals: [[UInt8]]? = nil, extra: [Payload] = [],
    after seconds: Double = 0.02
  ) -> Int {
    let payloads =
      [
        IKEBuilder.saV2(proposals ?? [Self.proposal(group: group)]),
        Self.keyExchange(group: group), Self.nonce(1),
      ] + natDetection(.initiator, withResponderSPI: false)
    return send(
      .initiator, message(.initiator, withResponderSPI: false, extra + payloads), after: seconds)
  }

  /// IKE_SA_INIT response that takes an offer.
  package func initResponse(
    group: UInt16 = 14, proposal: [UInt8]? = nil, extra: [Payload] = [],
    after seconds: Double = 0.02
  ) {
    let payloads =
      [
        IKEBuilder.saV2([proposal ?? Self.proposal(group: group)]),
        Self.keyExchange(group: group, seed: 8), Self.nonce(2),
      ] + natDetection(.responder, withResponderSPI: true)
    send(.responder, message(.responder, response: true, payloads + extra), after: seconds)
  }

  /// IKE_SA_INIT response that only notifies; the responder's SPI is 0.
  package func initNotify(_ type: UInt16, _ data: [UInt8] = [], after seconds: Double = 0.02) {
    send(
      .responder,
      message(
        .responder, response: true, withResponderSPI: false,
        [IKEBuilder.notifyV2(type, data)]), after: seconds)
  }

  /// What an initiator proves and asks for in IKE_AUTH.
  package func authRequest(
    spi: UInt32 = 0xc0de_0001, selectors: [Payload] = GatewaysV2.selectors(),
    identity: [UInt8]? = nil, authentication: [UInt8]? = nil, extra: [Payload] = []
  ) -> [Payload] {
    let name = identity ?? Array("branch.example".utf8)
    return [IKEBuilder.identificationV2(initiator: true, type: 2, name)] + extra + [
      Payload(39, [2, 0, 0, 0] + (authentication ?? noise(32, seed: 11))), Self.childSA(spi: spi),
    ] + selectors
  }

  /// What a responder proves and accepts.
  package func authAnswer(
    spi: UInt32 = 0xc0de_0002, selectors: [Payload] = GatewaysV2.selectors(),
    child: Payload? = nil, extra: [Payload] = []
  ) -> [Payload] {
    let name = Array("hub.example".utf8)
    return [
      IKEBuilder.identificationV2(initiator: false, type: 2, name),
      Payload(39, [2, 0, 0, 0] + noise(32, seed: 12)), child ?? Self.childSA(spi: spi),
    ] + selectors + extra
  }

  /// IKE_SA_INIT in full.
  package func initiate() {
    initRequest()
    initResponse()
  }

  /// IKE_SA_INIT and IKE_AUTH in full: the IKE SA and its first child are up.
  package func establish(
    natPort: UInt16? = nil, authExtra: [Payload] = [], toInitiator: UInt32 = 0xc0de_0001,
    toResponder: UInt32 = 0xc0de_0002
  ) {
    initiate()
    if let natPort { float(initiatorPort: natPort) }
    exchange(
      .initiator, ExchangeNumber.auth, id: 1, authRequest(spi: toInitiator, extra: authExtra),
      authAnswer(spi: toResponder))
  }

  /// An INFORMATIONAL exchange without content: "are you there?".
  package func probe(_ from: Side, id: UInt32, after seconds: Double = 10) {
    exchange(from, ExchangeNumber.informational, id: id, [], [], after: seconds)
  }

  /// CREATE_CHILD_SA that replaces a child.
  package func rekeyRequest(
    old: UInt32, new: UInt32, group: UInt16? = nil, selectors: [Payload] = GatewaysV2.selectors(),
    seed: UInt64 = 21
  ) -> [Payload] {
    let rekey = IKEBuilder.notifyV2(16393, protocolID: 3, spi: IKEBuilder.be32(old))
    return [rekey, Self.childSA(spi: new, group: group), Self.nonce(seed)]
      + (group.map { [Self.keyExchange(group: $0)] } ?? []) + selectors
  }

  /// The answer to it.
  package func rekeyAnswer(
    new: UInt32, group: UInt16? = nil, selectors: [Payload] = GatewaysV2.selectors(),
    seed: UInt64 = 22
  ) -> [Payload] {
    [Self.childSA(spi: new, group: group), Self.nonce(seed)]
      + (group.map { [Self.keyExchange(group: $0, seed: 9)] } ?? []) + selectors
  }

  /// A sealed delete of children or of the IKE SA, and its answer.
  package func delete(
    _ from: Side, id: UInt32, spis: [UInt32] = [], answer: [UInt32] = [],
    after seconds: Double = 0.5
  ) {
    func payload(_ spis: [UInt32]) -> Payload {
      spis.isEmpty
        ? IKEBuilder.deleteV2(protocolID: 1, size: 0, [])
        : IKEBuilder.deleteV2(protocolID: 3, size: 4, spis.map { IKEBuilder.be32($0) })
    }
    exchange(
      from, ExchangeNumber.informational, id: id, [payload(spis)],
      answer.isEmpty ? [] : [payload(answer)], after: seconds)
  }
}
