import Bytes
package import Registries

/// What must be known to read a chain of payloads.
package struct PayloadContext: Sendable {
  /// Whose payload types and structures.
  package var version: IKEVersion
  /// The exchange of the message; tells NAT-D of the drafts from GDOI's SAK.
  package var exchange: ExchangeType
  /// Where the bytes given to the parser start within what errors refer to.
  package var base: Int
  /// What bounds the bytes, for errors.
  package var boundedBy: String

  /// From its parts.
  package init(
    version: IKEVersion, exchange: ExchangeType, base: Int = 0,
    boundedBy: String = "the message length"
  ) {
    self.version = version
    self.exchange = exchange
    self.base = base
    self.boundedBy = boundedBy
  }
}

/// A chain of payloads: those of a message in clear, or of one that was opened.
package struct PayloadList: Sendable {
  /// The payloads in order; one that reaches beyond the bytes is the last and is cut.
  package private(set) var payloads: [Payload] = []
  /// Where the chain ended within the bytes; what follows is padding or leftover.
  package private(set) var end: Int
  /// What was wrong; `malformed` is why the chain ended early or which payload could not be read.
  package private(set) var notes = DecodingNotes()

  /// Reads payloads until one says that none follows, the bytes end, or a length lies.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that `Payload.range` refers to.
  ///   - start: Where the first payload starts.
  ///   - first: Type of the first payload.
  ///   - context: Version, exchange and what bounds the bytes.
  package init(
    parsing bytes: RawSpan, from start: Int = 0, first: UInt8, context: PayloadContext
  ) {
    end = min(max(start, 0), bytes.byteCount)
    var next = first
    var seen = SinglePayloads()
    while next != 0 {
      let type = PayloadType(context.version, next)
      guard
        let header = Self.genericHeader(
          at: end, in: bytes, type: type, index: payloads.count, context: context, &notes)
      else { return }
      seen.note(type, index: payloads.count, offset: context.base + end, &notes)
      let payload = Payload(
        type: type, nextPayload: header.next, isCritical: header.flags & 0x80 != 0,
        range: end..<(end + header.present),
        body: PayloadBody(
          parsing: bytes.extracting((end + 4)..<(end + header.present)), type: type,
          offset: end + 4, index: payloads.count, context: context, notes: &notes))
      if payload.isCritical, payload.isUnknown {
        notes.oddity(
          WireError(
            .invalid("unknown payload type \(next) is critical"),
            layer: "payload \(payloads.count + 1)", offset: context.base + end, needed: 0,
            available: header.present, boundedBy: context.boundedBy))
      }
      payloads.append(payload)
      end += header.present
      // SK and SKF come last; their next payload is the first one inside.
      if header.isCut || type == .skV2 || type == .skfV2 { return }
      next = header.next
    }
  }

  private struct GenericHeader {
    var next: UInt8
    var flags: UInt8
    /// Bytes of the payload that are there.
    var present: Int
    var isCut: Bool
  }

  private static func genericHeader(
    at start: Int, in bytes: RawSpan, type: PayloadType, index: Int, context: PayloadContext,
    _ notes: inout DecodingNotes
  ) -> GenericHeader? {
    let available = bytes.byteCount - start
    func error(_ problem: WireError.Problem, _ needed: Int) -> WireError {
      WireError(
        problem, layer: "payload \(index + 1) (\(type.notation))", offset: context.base + start,
        needed: needed, available: available, boundedBy: context.boundedBy)
    }
    guard available >= 4 else {
      notes.fail(error(.truncated, 4))
      return nil
    }
    let length = Int(bytes.uint16(at: start + 2))
    guard length >= 4 else {
      notes.fail(error(.invalid("length \(length) is below the generic header's own 4"), 4))
      return nil
    }
    let flags = bytes.byte(at: start + 1)
    if flags & (context.version == .v1 ? 0xff : 0x7f) != 0 {
      notes.oddity(error(.invalid("reserved bits are 0x\(hexadecimal(flags))"), 4))
    }
    if length > available { notes.fail(error(.truncated, length)) }
    return GenericHeader(
      next: bytes.byte(at: start), flags: flags, present: min(length, available),
      isCut: length > available)
  }

  /// True when all payloads could be read and are known: what a decryption with the wrong key does
  /// not give. (None at all is sound: IKEv2's liveness check.)
  package var isSound: Bool {
    notes.malformed == nil && !payloads.contains(where: \.isUnknown)
  }

  /// Notes bytes behind the last payload of a message in clear. (In an opened IKEv1 message they
  /// are padding and quite normal.)
  package mutating func noteLeftover(in bytes: RawSpan) {
    guard end < bytes.byteCount, notes.malformed == nil else { return }
    notes.oddity(
      WireError(
        .trailing, layer: "the payload chain", offset: 0, needed: end, available: bytes.byteCount,
        boundedBy: "the message length"))
  }
}

/// Payloads of which a message may hold one only.
private struct SinglePayloads {
  private var seen: UInt64 = 0

  mutating func note(
    _ type: PayloadType, index: Int, offset: Int, _ notes: inout DecodingNotes
  ) {
    guard type.rawValue < 64 else { return }
    let bit = UInt64(1) << UInt64(type.rawValue)
    guard bit & (type.version == .v1 ? Self.v1 : Self.v2) != 0 else { return }
    if seen & bit != 0 {
      notes.oddity(
        WireError(
          .invalid("a second \(type.notation) payload"), layer: "payload \(index + 1)",
          offset: offset, needed: 0, available: 0, boundedBy: "the message length"))
    }
    seen |= bit
  }

  /// KE, HASH, SIG, NONCE.
  private static let v1: UInt64 = 1 << 4 | 1 << 8 | 1 << 9 | 1 << 10
  /// SA, KE, IDi, IDr, AUTH, nonce, TSi, TSr, EAP.
  private static let v2: UInt64 =
    1 << 33 | 1 << 34 | 1 << 35 | 1 << 36 | 1 << 39 | 1 << 40 | 1 << 44 | 1 << 45 | 1 << 48
}
