internal import Bytes

/// True when the payload is a message of another protocol, by marks that ESP has only by a chance
/// below one in a million: QUIC, STUN, DTLS, WireGuard, DNS, RTP and RTCP, plain text.
///
/// - Parameters:
///   - payload: The UDP payload as captured, at least eight bytes.
///   - length: Its length on the wire.
/// - Returns: True for another protocol.
func isAnotherProtocol(_ payload: RawSpan, length: Int) -> Bool {
  isQUIC(payload) || isSTUN(payload, length: length) || isDTLS(payload)
    || isWireGuard(payload, length: length) || isDNS(payload) || isRTP(payload)
    || isRTCP(payload, length: length) || isText(payload)
}

/// A long header of a QUIC version (RFC 9000 §17.2, RFC 9369), or version negotiation.
private func isQUIC(_ payload: RawSpan) -> Bool {
  guard payload.byte(at: 0) & 0x80 != 0, payload.byteCount >= 6 else { return false }
  let version = payload.uint32(at: 1)
  let connectionIDLength = payload.byte(at: 5)
  guard connectionIDLength <= 20 else { return false }
  return version == 0x0000_0001 || version == 0x6b33_43cf || version & 0xffff_ff00 == 0xff00_0000
}

/// The magic cookie and a length that fits (RFC 8489 §5).
private func isSTUN(_ payload: RawSpan, length: Int) -> Bool {
  payload.uint32(at: 4) == 0x2112_a442 && payload.byte(at: 0) < 0x40
    && Int(payload.uint16(at: 2)) + 20 == length
}

/// A DTLS record: content type, a version of 1.0 or 1.2, epoch below 256 (RFC 6347 §4.1).
private func isDTLS(_ payload: RawSpan) -> Bool {
  guard (20...25).contains(payload.byte(at: 0)), payload.byteCount >= 13 else { return false }
  let version = payload.uint16(at: 1)
  return (version == 0xfeff || version == 0xfefd) && payload.byte(at: 3) == 0
}

/// A type from 1 to 4 as a little-endian number, with the length of its message.
private func isWireGuard(_ payload: RawSpan, length: Int) -> Bool {
  switch payload.uint32(at: 0) {
  case 0x0100_0000: length == 148
  case 0x0200_0000: length == 92
  case 0x0300_0000: length == 64
  case 0x0400_0000: length >= 32 && length % 16 == 0
  default: false
  }
}

/// A DNS header whose counts are small and whose one question is a name (RFC 1035 §4.1).
private func isDNS(_ payload: RawSpan) -> Bool {
  guard payload.byteCount >= 17 else { return false }
  // Standard query or response, one question.
  guard payload.byte(at: 2) & 0x78 == 0, payload.uint16(at: 4) == 1,
    payload.uint16(at: 6) < 64, payload.uint16(at: 8) < 64, payload.uint16(at: 10) < 64
  else { return false }
  var offset = 12
  while offset < payload.byteCount {
    let label = Int(payload.byte(at: offset))
    guard label > 0 else { break }
    guard label < 64 else { return false }
    offset += 1 + label
  }
  guard payload.byteCount - offset >= 5 else { return false }
  let queryClass = payload.uint16(at: offset + 3)
  return queryClass == 1 || queryClass == 255 || queryClass == 0x8001
}

/// An RTP header (RFC 3550 §5.1) of an audio or video payload, with a time stamp that no sequence
/// number of ESP reaches soon.
private func isRTP(_ payload: RawSpan) -> Bool {
  let first = payload.byte(at: 0)
  guard first == 0x80 || first == 0x90, payload.byteCount >= 12 else { return false }
  // Bit 7 marks the first packet of a burst; 0 to 34 are assigned, 96 to 127 agreed by the ends.
  let payloadType = payload.byte(at: 1) & 0x7f
  return (payloadType <= 34 || payloadType >= 96) && payload.uint32(at: 4) >= 1 << 24
}

/// A row of RTCP packets (RFC 3550 §6.1): a report first, lengths that fill the payload.
private func isRTCP(_ payload: RawSpan, length: Int) -> Bool {
  var offset = 0
  while payload.byteCount - offset >= 4 {
    let type = payload.byte(at: offset + 1)
    guard payload.byte(at: offset) >> 6 == 2, (200...207).contains(type),
      offset > 0 || type <= 201
    else { return false }
    offset += (Int(payload.uint16(at: offset + 2)) + 1) * 4
  }
  return offset == length
}

/// Twelve bytes of printable ASCII: SIP, SSDP, HTTP, syslog.
private func isText(_ payload: RawSpan) -> Bool {
  guard payload.byteCount >= 12 else { return false }
  for index in 0..<12 {
    let byte = payload.byte(at: index)
    guard (0x20..<0x7f).contains(byte) || byte == 0x0d || byte == 0x0a || byte == 0x09 else {
      return false
    }
  }
  return true
}
