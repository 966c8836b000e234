/// Bytes of IKE messages, put together from the figures of RFC 2408, 2407, 7296 and their
/// extensions. It knows nothing of the code under test, and builds wrong messages as willingly as
/// right ones.
package enum IKEBuilder {
  /// One payload of a message: its type, its body, and what its generic header says.
  package struct Payload: Sendable {
    /// Payload type on the wire.
    package var type: UInt8
    /// What follows the generic header.
    package var body: [UInt8]
    /// The byte behind the next payload: IKEv2's critical bit is 0x80.
    package var flags: UInt8 = 0
    /// The length to claim instead of the true one.
    package var claimedLength: UInt16?
    /// The next payload to claim instead of the true one; of SK the first payload inside.
    package var claimedNext: UInt8?

    package init(
      _ type: UInt8, _ body: [UInt8], flags: UInt8 = 0, claimedLength: UInt16? = nil,
      claimedNext: UInt8? = nil
    ) {
      self.type = type
      self.body = body
      self.flags = flags
      self.claimedLength = claimedLength
      self.claimedNext = claimedNext
    }
  }

  /// Payloads in a row, each naming the next (RFC 2408 §3.2, RFC 7296 §3.2).
  package static func chain(_ payloads: [Payload]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, payload) in payloads.enumerated() {
      let next = index + 1 < payloads.count ? payloads[index + 1].type : 0
      bytes += [payload.claimedNext ?? next, payload.flags]
      bytes += be16(payload.claimedLength ?? UInt16(truncatingIfNeeded: payload.body.count + 4))
      bytes += payload.body
    }
    return bytes
  }

  /// A whole message (RFC 2408 §3.1, RFC 7296 §3.1).
  package static func message(
    version: UInt8, initiatorSPI: UInt64 = 0x1122_3344_5566_7788, responderSPI: UInt64 = 0,
    exchange: UInt8, flags: UInt8 = 0, messageID: UInt32 = 0, _ payloads: [Payload],
    claimedLength: UInt32? = nil
  ) -> [UInt8] {
    raw(
      version: version, initiatorSPI: initiatorSPI, responderSPI: responderSPI,
      first: payloads.first?.type ?? 0, exchange: exchange, flags: flags, messageID: messageID,
      body: chain(payloads), claimedLength: claimedLength)
  }

  /// A header and whatever follows it: ciphertext, or something broken.
  package static func raw(
    version: UInt8, initiatorSPI: UInt64 = 0x1122_3344_5566_7788, responderSPI: UInt64 = 0,
    first: UInt8, exchange: UInt8, flags: UInt8 = 0, messageID: UInt32 = 0, body: [UInt8],
    claimedLength: UInt32? = nil
  ) -> [UInt8] {
    be64(initiatorSPI) + be64(responderSPI) + [first, version << 4, exchange, flags]
      + be32(messageID) + be32(claimedLength ?? UInt32(truncatingIfNeeded: body.count + 28)) + body
  }

  /// Two bytes, most significant first.
  package static func be16(_ value: UInt16) -> [UInt8] {
    [UInt8(value >> 8), UInt8(value & 255)]
  }

  /// Four bytes, most significant first.
  package static func be32(_ value: UInt32) -> [UInt8] {
    be16(UInt16(value >> 16)) + be16(UInt16(value & 0xffff))
  }

  /// Eight bytes, most significant first.
  package static func be64(_ value: UInt64) -> [UInt8] {
    be32(UInt32(value >> 32)) + be32(UInt32(value & 0xffff_ffff))
  }
}

// MARK: Security associations

extension IKEBuilder {
  /// A short attribute (TV, RFC 2408 §3.3).
  package static func attribute(_ type: UInt16, _ value: UInt16) -> [UInt8] {
    be16(type | 0x8000) + be16(value)
  }

  /// A variable attribute (TLV, RFC 2408 §3.3).
  package static func attribute(_ type: UInt16, bytes: [UInt8]) -> [UInt8] {
    be16(type) + be16(UInt16(truncatingIfNeeded: bytes.count)) + bytes
  }

  /// An IKEv1 transform without its generic header: number, identifier, attributes.
  package static func transformV1(
    _ number: UInt8, id: UInt8, _ attributes: [[UInt8]]
  ) -> [UInt8] {
    [number, id, 0, 0] + attributes.flatMap { $0 }
  }

  /// A phase 1 transform with the usual attributes (RFC 2409, appendix A).
  package static func phase1Transform(
    _ number: UInt8 = 1, encryption: UInt16 = 7, keyBits: UInt16? = 128, hash: UInt16 = 2,
    authentication: UInt16 = 1, group: UInt16 = 14, seconds: UInt32 = 86400
  ) -> [UInt8] {
    var attributes = [attribute(1, encryption), attribute(2, hash)]
    if let keyBits { attributes.append(attribute(14, keyBits)) }
    attributes += [
      attribute(4, group), attribute(3, authentication), attribute(11, 1),
      attribute(12, bytes: be32(seconds)),
    ]
    return transformV1(number, id: 1, attributes)
  }

  /// A phase 2 transform with the usual attributes (RFC 2407 §4.5).
  package static func phase2Transform(
    _ number: UInt8 = 1, id: UInt8 = 12, keyBits: UInt16? = 128, authentication: UInt16? = 2,
    mode: UInt16 = 1, group: UInt16? = nil, seconds: UInt16 = 3600
  ) -> [UInt8] {
    var attributes: [[UInt8]] = []
    if let keyBits { attributes.append(attribute(6, keyBits)) }
    if let authentication { attributes.append(attribute(5, authentication)) }
    attributes += [attribute(4, mode), attribute(1, 1), attribute(2, seconds)]
    if let group { attributes.append(attribute(3, group)) }
    return transformV1(number, id: id, attributes)
  }

  /// A proposal without its generic header; the transforms are bodies without theirs.
  package static func proposal(
    _ number: UInt8 = 1, protocolID: UInt8, spi: [UInt8] = [], _ transforms: [[UInt8]],
    claimedTransforms: UInt8? = nil
  ) -> [UInt8] {
    let count = claimedTransforms ?? UInt8(truncatingIfNeeded: transforms.count)
    return [number, protocolID, UInt8(spi.count), count] + spi + substructures(transforms, more: 3)
  }

  /// An SA payload of IKEv1, IPsec DOI, identity only (RFC 2407 §4.6.1).
  package static func saV1(_ proposals: [[UInt8]]) -> Payload {
    Payload(1, be32(1) + be32(1) + substructures(proposals, more: 2))
  }

  /// An IKEv2 transform without its generic header (RFC 7296 §3.3.2).
  package static func transformV2(type: UInt8, id: UInt16, keyBits: UInt16? = nil) -> [UInt8] {
    [type, 0] + be16(id) + (keyBits.map { attribute(14, $0) } ?? [])
  }

  /// An SA payload of IKEv2 (RFC 7296 §3.3).
  package static func saV2(_ proposals: [[UInt8]]) -> Payload {
    Payload(33, substructures(proposals, more: 2))
  }

  private static func substructures(_ bodies: [[UInt8]], more: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, body) in bodies.enumerated() {
      bytes += [index + 1 < bodies.count ? more : 0, 0]
      bytes += be16(UInt16(truncatingIfNeeded: body.count + 4)) + body
    }
    return bytes
  }
}

// MARK: Other payloads

extension IKEBuilder {
  /// KE of IKEv2 (RFC 7296 §3.4).
  package static func keyExchangeV2(group: UInt16, _ value: [UInt8]) -> Payload {
    Payload(34, be16(group) + [0, 0] + value)
  }

  /// ID of IKEv1 (RFC 2407 §4.6.2).
  package static func identificationV1(
    type: UInt8, ipProtocol: UInt8 = 0, port: UInt16 = 0, _ data: [UInt8]
  ) -> Payload {
    Payload(5, [type, ipProtocol] + be16(port) + data)
  }

  /// IDi (35) or IDr (36) of IKEv2 (RFC 7296 §3.5).
  package static func identificationV2(
    initiator: Bool, type: UInt8, _ data: [UInt8]
  ) -> Payload {
    Payload(initiator ? 35 : 36, [type, 0, 0, 0] + data)
  }

  /// N of IKEv1, IPsec DOI (RFC 2408 §3.14).
  package static func notifyV1(
    _ type: UInt16, protocolID: UInt8 = 1, spi: [UInt8] = [], _ data: [UInt8] = []
  ) -> Payload {
    Payload(11, be32(1) + [protocolID, UInt8(spi.count)] + be16(type) + spi + data)
  }

  /// N of IKEv2 (RFC 7296 §3.10).
  package static func notifyV2(
    _ type: UInt16, protocolID: UInt8 = 0, spi: [UInt8] = [], _ data: [UInt8] = []
  ) -> Payload {
    Payload(41, [protocolID, UInt8(spi.count)] + be16(type) + spi + data)
  }

  /// D of IKEv1, IPsec DOI (RFC 2408 §3.15).
  package static func deleteV1(protocolID: UInt8, size: UInt8, _ spis: [[UInt8]]) -> Payload {
    Payload(
      12, be32(1) + [protocolID, size] + be16(UInt16(spis.count)) + spis.flatMap { $0 })
  }

  /// D of IKEv2 (RFC 7296 §3.11).
  package static func deleteV2(protocolID: UInt8, size: UInt8, _ spis: [[UInt8]]) -> Payload {
    Payload(42, [protocolID, size] + be16(UInt16(spis.count)) + spis.flatMap { $0 })
  }

  /// An address range as traffic selector (RFC 7296 §3.13.1): addresses of 4 or 16 bytes.
  package static func selector(
    _ first: [UInt8], _ last: [UInt8], ipProtocol: UInt8 = 0, ports: ClosedRange<UInt16> = 0...65535
  ) -> [UInt8] {
    [first.count == 4 ? 7 : 8, ipProtocol] + be16(UInt16(8 + first.count + last.count))
      + be16(ports.lowerBound) + be16(ports.upperBound) + first + last
  }

  /// TSi (44) or TSr (45) of IKEv2 (RFC 7296 §3.13).
  package static func selectors(initiator: Bool, _ selectors: [[UInt8]]) -> Payload {
    Payload(
      initiator ? 44 : 45,
      [UInt8(truncatingIfNeeded: selectors.count), 0, 0, 0] + selectors.flatMap { $0 })
  }

  /// Attributes of a transaction exchange (14), or CP (47).
  package static func configuration(
    version: UInt8, type: UInt8, identifier: UInt16 = 0, _ attributes: [[UInt8]]
  ) -> Payload {
    Payload(
      version == 1 ? 14 : 47, [type, 0] + be16(identifier) + attributes.flatMap { $0 })
  }

  /// EAP of IKEv2 (RFC 7296 §3.16); no type for success and failure.
  package static func eap(
    code: UInt8, identifier: UInt8 = 1, type: UInt8? = nil, _ data: [UInt8] = []
  ) -> Payload {
    let body = (type.map { [$0] } ?? []) + data
    return Payload(48, [code, identifier] + be16(UInt16(body.count + 4)) + body)
  }

  /// SK of IKEv2: ciphertext, and the first payload that is inside (RFC 7296 §3.14).
  package static func encrypted(firstInside: UInt8, _ ciphertext: [UInt8]) -> Payload {
    Payload(46, ciphertext, claimedNext: firstInside)
  }

  /// SKF of IKEv2 (RFC 7383 §2.5).
  package static func encryptedFragment(
    _ number: UInt16, of total: UInt16, firstInside: UInt8 = 0, _ ciphertext: [UInt8]
  ) -> Payload {
    Payload(53, be16(number) + be16(total) + ciphertext, claimedNext: firstInside)
  }

  /// A piece of a message in Cisco's IKEv1 fragmentation.
  package static func ciscoFragment(
    id: UInt16, number: UInt8, isLast: Bool, _ piece: [UInt8]
  ) -> Payload {
    Payload(132, be16(id) + [number, isLast ? 1 : 0] + piece)
  }
}
