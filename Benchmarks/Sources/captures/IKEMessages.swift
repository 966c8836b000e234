/// An IKE SA between two ends, and the messages that make it: right in every length and field that
/// is in clear, random where they are encrypted.
struct IKESession {
  var path: Path
  var initiatorSPI: UInt64
  var responderSPI: UInt64
  var messageID: UInt32 = 0

  init(_ path: Path, _ generator: inout Generator) {
    self.path = path
    initiatorSPI = generator.next() | 1
    responderSPI = generator.next() | 1
  }

  /// A message: header, then payloads, each with its type.
  func message(
    version: UInt8, exchange: UInt8, flags: UInt8, messageID: UInt32, responderSPI: UInt64,
    _ payloads: [(type: UInt8, body: [UInt8])]
  ) -> [UInt8] {
    var body: [UInt8] = []
    for (index, payload) in payloads.enumerated() {
      body.put(index + 1 < payloads.count ? payloads[index + 1].type : UInt8(0))
      body.put(UInt8(0))
      body.put(UInt16(payload.body.count + 4))
      body += payload.body
    }
    return header(
      version: version, exchange: exchange, flags: flags, messageID: messageID,
      responderSPI: responderSPI, nextPayload: payloads.first?.type ?? 0, body)
  }

  func header(
    version: UInt8, exchange: UInt8, flags: UInt8, messageID: UInt32, responderSPI: UInt64,
    nextPayload: UInt8, _ body: [UInt8]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(28 + body.count)
    bytes.put(initiatorSPI)
    bytes.put(responderSPI)
    bytes += [nextPayload, version, exchange, flags]
    bytes.put(messageID)
    bytes.put(UInt32(28 + body.count))
    return bytes + body
  }
}

// IKEv2 (RFC 7296).
extension IKESession {
  /// Requests of the initiator carry flag 8, responses of the responder flag 32.
  private func message2(
    _ exchange: UInt8, isResponse: Bool, id: UInt32, responderSPI: UInt64? = nil,
    _ payloads: [(type: UInt8, body: [UInt8])]
  ) -> [UInt8] {
    message(
      version: 0x20, exchange: exchange, flags: isResponse ? 0x20 : 0x08, messageID: id,
      responderSPI: responderSPI ?? self.responderSPI, payloads)
  }

  /// The answer to IKE_SA_INIT that refuses every proposal (RFC 7296 §3.10.1).
  func noProposalChosen() -> [UInt8] {
    message2(34, isResponse: true, id: 0, responderSPI: 0, [(41, [0, 0, 0, 14])])
  }

  /// IKE_SA_INIT with AES-CBC-256, SHA-256 and a group whose public values have `keyLength` bytes.
  func saInit(
    isResponse: Bool, _ generator: inout Generator, group: UInt16 = 19, keyLength: Int = 64
  ) -> [UInt8] {
    var keyExchange: [UInt8] = []
    keyExchange.put(group)
    keyExchange.put(UInt16(0))
    generator.append(keyLength, to: &keyExchange)
    return message2(
      34, isResponse: isResponse, id: 0, responderSPI: isResponse ? responderSPI : 0,
      [
        (33, Self.proposal(protocolID: 1, spi: [], group: group)), (34, keyExchange),
        (40, generator.bytes(32)),
      ])
  }

  /// An encrypted message of `length` bytes of content, its first payload of type `first`.
  func encrypted(
    _ exchange: UInt8, isResponse: Bool, id: UInt32, first: UInt8, length: Int,
    _ generator: inout Generator
  ) -> [UInt8] {
    // Initialisation vector and integrity check value of 16 bytes each.
    let content = (length + 16) & ~15
    var body: [UInt8] = [first, 0]
    body.put(UInt16(4 + 32 + content))
    generator.append(32 + content, to: &body)
    return header(
      version: 0x20, exchange: exchange, flags: isResponse ? 0x20 : 0x08, messageID: id,
      responderSPI: responderSPI, nextPayload: 46, body)
  }

  /// The first of `total` fragments (RFC 7383), of which no other is ever sent.
  func firstFragment(
    of total: UInt16, id: UInt32, length: Int = 96, _ generator: inout Generator
  ) -> [UInt8] {
    var body: [UInt8] = [35, 0]
    body.put(UInt16(4 + 4 + length))
    body.put(UInt16(1))
    body.put(total)
    generator.append(length, to: &body)
    return header(
      version: 0x20, exchange: 35, flags: 0x08, messageID: id, responderSPI: responderSPI,
      nextPayload: 53, body)
  }

  /// One proposal: AES-CBC-256, and for IKE also a PRF and a group.
  static func proposal(protocolID: UInt8, spi: [UInt8], group: UInt16) -> [UInt8] {
    var transforms: [[UInt8]] = [
      [0, 0, 0, 12, 1, 0, 0, 12, 0x80, 14, 1, 0],
      [0, 0, 0, 8, 2, 0, 0, 5],
      [0, 0, 0, 8, 3, 0, 0, 12],
      [0, 0, 0, 8, 4, 0, UInt8(group >> 8), UInt8(group & 0xff)],
    ]
    for index in transforms.indices.dropLast() { transforms[index][0] = 3 }
    let all = transforms.flatMap { $0 }
    var bytes: [UInt8] = [0, 0]
    bytes.put(UInt16(8 + spi.count + all.count))
    bytes += [1, protocolID, UInt8(spi.count), UInt8(transforms.count)]
    return bytes + spi + all
  }

  /// The whole establishment: IKE_SA_INIT and IKE_AUTH.
  func establishment(_ generator: inout Generator) -> [(fromInitiator: Bool, bytes: [UInt8])] {
    [
      (true, saInit(isResponse: false, &generator)),
      (false, saInit(isResponse: true, &generator)),
      (true, encrypted(35, isResponse: false, id: 1, first: 35, length: 220, &generator)),
      (false, encrypted(35, isResponse: true, id: 1, first: 36, length: 180, &generator)),
    ]
  }
}

// IKEv1 (RFC 2408, RFC 2409).
extension IKESession {
  /// The first message of main mode, or its answer: one transform, and dead peer detection.
  func mainModeSA(isResponse: Bool) -> [UInt8] {
    // AES-CBC with 256 bits, SHA2-256, pre-shared key, group 14, a day in seconds.
    let attributes: [UInt8] = [
      0x80, 1, 0, 7, 0x80, 14, 1, 0, 0x80, 2, 0, 4, 0x80, 3, 0, 1, 0x80, 4, 0, 14, 0x80, 11, 0, 1,
      0, 12, 0, 4, 0, 1, 0x51, 0x80,
    ]
    var security: [UInt8] = []
    security.put(UInt32(1))
    security.put(UInt32(1))
    security += [0, 0]
    security.put(UInt16(8 + 8 + attributes.count))
    security += [1, 1, 0, 1, 0, 0]
    security.put(UInt16(8 + attributes.count))
    security += [1, 1, 0, 0] + attributes
    let deadPeerDetection: [UInt8] = [
      0xaf, 0xca, 0xd7, 0x13, 0x68, 0xa1, 0xf1, 0xc9, 0x6b, 0x86, 0x96, 0xfc, 0x77, 0x57, 1, 0,
    ]
    return message(
      version: 0x10, exchange: 2, flags: 0, messageID: 0,
      responderSPI: isResponse ? responderSPI : 0, [(1, security), (13, deadPeerDetection)])
  }

  func mainModeKeys(_ generator: inout Generator) -> [UInt8] {
    message(
      version: 0x10, exchange: 2, flags: 0, messageID: 0, responderSPI: responderSPI,
      [(4, generator.bytes(256)), (10, generator.bytes(32))])
  }

  func encrypted1(
    _ exchange: UInt8, id: UInt32, first: UInt8, length: Int, _ generator: inout Generator
  ) -> [UInt8] {
    header(
      version: 0x10, exchange: exchange, flags: 1, messageID: id, responderSPI: responderSPI,
      nextPayload: first, generator.bytes((length + 15) & ~15))
  }

  /// Main mode, quick mode and an informational message.
  func establishment1(_ generator: inout Generator) -> [(fromInitiator: Bool, bytes: [UInt8])] {
    let quick = UInt32(truncatingIfNeeded: generator.next()) | 1
    return [
      (true, mainModeSA(isResponse: false)), (false, mainModeSA(isResponse: true)),
      (true, mainModeKeys(&generator)), (false, mainModeKeys(&generator)),
      (true, encrypted1(2, id: 0, first: 5, length: 80, &generator)),
      (false, encrypted1(2, id: 0, first: 5, length: 80, &generator)),
      (true, encrypted1(32, id: quick, first: 8, length: 160, &generator)),
      (false, encrypted1(32, id: quick, first: 8, length: 160, &generator)),
      (true, encrypted1(32, id: quick, first: 8, length: 48, &generator)),
      (true, encrypted1(5, id: quick &+ 2, first: 8, length: 80, &generator)),
    ]
  }
}

extension CaptureFile {
  /// Writes messages, each in the direction it goes.
  func write(
    _ messages: [(fromInitiator: Bool, bytes: [UInt8])], of session: IKESession,
    after microseconds: UInt64 = 20_000
  ) throws {
    for message in messages {
      let path = message.fromInitiator ? session.path : session.path.reversed
      try frame(after: microseconds) { $0.putIKE(path, message.bytes) }
    }
  }
}
