package import Bytes
package import Registries

/// An IKE message as far as it can be read without keys.
package struct Message: Sendable {
  /// The header.
  package let header: ISAKMPHeader
  /// The payloads in clear, in order; what was decoded before a malformed place stays.
  package let payloads: [Payload]
  /// IKEv1 with the encryption flag: where the ciphertext stands within the message. Nil otherwise;
  /// IKEv2 has it in its SK or SKF payload.
  package let encryptedBody: Range<Int>?
  /// Why decoding stopped or which structure could not be read; nil for a sound message.
  package var malformed: WireError? { failures.first }
  /// True when there is such a reason.
  package var isMalformed: Bool { !failures.isEmpty }
  /// What is not as the RFC wants it and did not hinder; at most `DecodingNotes.limit`.
  package let oddities: [WireError]
  /// Bytes of the message that the capture holds, the header included.
  package let byteCount: Int
  private let failures: [WireError]

  /// Reads a message.
  ///
  /// A damaged message is a result (`malformed`); this fails only when there is no header.
  ///
  /// - Parameters:
  ///   - bytes: The message from its first SPI on (no non-ESP marker before it).
  ///   - missing: Bytes that the datagram had and the capture does not hold.
  /// - Throws: `WireError` when fewer than 28 bytes are there.
  package init(parsing bytes: RawSpan, missing: Int = 0) throws(WireError) {
    let header = try ISAKMPHeader(parsing: bytes)
    var notes = DecodingNotes()
    let end = Self.end(of: header, in: bytes.byteCount, missing: missing, &notes)
    let message = bytes.extracting(0..<end)
    self.header = header
    byteCount = end
    if header.isEncryptedV1 {
      payloads = []
      encryptedBody = ISAKMPHeader.byteCount..<end
    } else if let version = header.version {
      var list = PayloadList(
        parsing: message, from: ISAKMPHeader.byteCount, first: header.nextPayload,
        context: PayloadContext(
          version: version, exchange: header.exchangeType,
          boundedBy: end < Int(header.length)
            ? (missing > 0 ? "the captured length" : "the datagram") : "the message length"))
      list.noteLeftover(in: message)
      payloads = list.payloads
      encryptedBody = nil
      notes.add(list.notes)
    } else {
      payloads = []
      encryptedBody = nil
      notes.fail(
        WireError(
          .invalid("major version \(header.majorVersion) is neither 1 nor 2"),
          layer: "ISAKMP header", offset: 17, needed: 0, available: 1,
          boundedBy: "the message length"))
    }
    failures = notes.failures
    oddities = notes.oddities
  }

  /// True for a sound IKEv2 message of nothing but an SK payload: most messages by far.
  package var isSealed: Bool {
    guard !isMalformed, payloads.count == 1 else { return false }
    let payloads = payloads.span
    return payloads[0].type == .skV2
  }

  /// Where the message ends within `available` bytes, noting a length that lies.
  private static func end(
    of header: ISAKMPHeader, in available: Int, missing: Int, _ notes: inout DecodingNotes
  ) -> Int {
    let length = Int(header.length)
    guard length >= ISAKMPHeader.byteCount else {
      notes.fail(
        WireError(
          .invalid("length \(length) is below the header's own 28"), layer: "ISAKMP header",
          offset: 24, needed: 0, available: 4, boundedBy: "the datagram"))
      return available
    }
    if length > available {
      notes.fail(
        WireError(
          .truncated, layer: "ISAKMP message", offset: 0, needed: length, available: available,
          boundedBy: missing > 0 ? "the captured length" : "the datagram"))
    } else if length < available {
      notes.oddity(
        WireError(
          .trailing, layer: "ISAKMP message", offset: 0, needed: length, available: available,
          boundedBy: "the datagram"))
    }
    return min(length, available)
  }

  /// The version whose rules the message follows; nil for a major version that is neither.
  package var version: IKEVersion? { header.version }
}
