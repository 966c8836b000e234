import Bytes

/// A payload cut out of an IKE message by its generic header.
struct RawPayload {
  var type: UInt8
  /// Without the generic header.
  var body: [UInt8]
  /// Where the generic header starts.
  var offset: Int
}

/// The header of an IKE message and its clear payloads, both versions.
struct RawMessage {
  var bytes: [UInt8]
  var initiatorSPI: UInt64
  var responderSPI: UInt64
  var firstPayload: UInt8
  var version: UInt8
  var exchange: UInt8
  var flags: UInt8
  var messageID: UInt32

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 28 else { return nil }
    func number(_ range: Range<Int>) -> UInt64 {
      bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
    }
    let length = Int(number(24..<28))
    guard length >= 28, length <= bytes.count else { return nil }
    self.bytes = Array(bytes[..<length])
    initiatorSPI = number(0..<8)
    responderSPI = number(8..<16)
    firstPayload = bytes[16]
    version = bytes[17] >> 4
    exchange = bytes[18]
    flags = bytes[19]
    messageID = UInt32(number(20..<24))
  }

  var payloads: [RawPayload] { Self.payloads(bytes, from: 28, first: firstPayload) }

  /// The chain from `offset` on; it ends at an SK or SKF payload, whose "next" is of its inside.
  static func payloads(_ bytes: [UInt8], from offset: Int, first: UInt8) -> [RawPayload] {
    var result: [RawPayload] = []
    var (offset, type) = (offset, first)
    while type != 0, offset + 4 <= bytes.count {
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      guard length >= 4, offset + length <= bytes.count else { break }
      result.append(
        RawPayload(
          type: type, body: Array(bytes[(offset + 4)..<(offset + length)]), offset: offset))
      if type == 46 || type == 53 { break }
      type = bytes[offset]
      offset += length
    }
    return result
  }
}

/// The SPI of the first ESP or AH proposal in an SA payload's body (IKEv1: behind DOI and situation).
func childSPI(ofSA body: [UInt8], isIKEv1: Bool) -> UInt32? {
  let start = isIKEv1 ? 8 : 0
  guard body.count >= start + 12, body[start + 6] == 4 else { return nil }
  return body[(start + 8)..<(start + 12)].reduce(0) { $0 << 8 | UInt32($1) }
}
