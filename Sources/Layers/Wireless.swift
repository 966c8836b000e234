internal import Bytes

/// Where IP starts in an 802.11 frame behind a radiotap header (radiotap.org).
func radiotapNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 8 else { return .short(.wireless, at: start, needed: 8) }
  let length = Int(bytes.littleEndianUInt16(at: start + 2))
  guard bytes.byte(at: start) == 0, length >= 8 else { return .nothing }
  guard end - start >= length else { return .short(.wireless, at: start, needed: length) }
  let flags = radiotapFlags(bytes, start, start + length)
  return wirelessNetworkStart(bytes, start + length, end, hasPadding: flags & 0x20 != 0)
}

/// The flags field of a radiotap header, 0 where it has none.
private func radiotapFlags(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt8 {
  let present = bytes.littleEndianUInt32(at: start + 4)
  guard present & 2 != 0 else { return 0 }
  var offset = start + 8
  var word = present
  // Bit 31: another word of bits follows.
  while word >> 31 == 1, end - offset >= 4 {
    word = bytes.littleEndianUInt32(at: offset)
    offset += 4
  }
  if present & 1 != 0 {
    // The time stamp: 8 bytes, aligned to 8 from the header's start.
    offset = start + (offset - start + 7) & ~7
    offset += 8
  }
  return offset < end ? bytes.byte(at: offset) : 0
}

/// Where IP starts in an 802.11 frame: data frames that are not encrypted, with the fourth address,
/// quality of service and high-throughput fields where their bits say so.
func wirelessNetworkStart(
  _ bytes: RawSpan, _ start: Int, _ end: Int, hasPadding: Bool
) -> NetworkStart {
  guard end - start >= 2 else { return .short(.wireless, at: start, needed: 2) }
  let control = bytes.byte(at: start)
  let flags = bytes.byte(at: start + 1)
  let isData = control & 0x0c == 0x08
  let hasNoBody = control & 0x40 != 0
  let isProtected = flags & 0x40 != 0
  guard control & 3 == 0, isData, !hasNoBody, !isProtected else { return .nothing }
  var length = flags & 3 == 3 ? 30 : 24
  let hasQoS = control & 0x80 != 0
  let qos = start + length
  if hasQoS { length += flags & 0x80 != 0 ? 6 : 2 }
  let padding = hasPadding ? (4 - length & 3) & 3 : 0
  guard end - start >= length + padding else {
    return .short(.wireless, at: start, needed: length + padding)
  }
  let isAggregate = hasQoS && bytes.byte(at: qos) & 0x80 != 0
  let body = start + length + padding
  // The first of the frames in an aggregate: two addresses and a length before LLC.
  return llcNetworkStart(bytes, isAggregate ? body + 14 : body, end)
}
