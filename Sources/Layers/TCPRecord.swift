internal import Bytes

/// Where the first record of IKE and ESP over TCP starts in a segment of a stream whose state is
/// unknown, or nil when there is none to be sure of.
///
/// Senders start segments with a record, so that place is tried first; elsewhere only an IKE
/// message is proof enough.
func firstRecord(in bytes: RawSpan, _ range: Range<Int>) -> Int? {
  if isChain(bytes, range) { return range.lowerBound }
  var offset = range.lowerBound
  while range.upperBound - offset >= 34 {
    if isIKERecord(bytes, offset, range.upperBound) { return offset }
    offset += 1
  }
  return nil
}

/// True when the range is a row of whole plausible records, or starts with an IKE message.
private func isChain(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
  var offset = range.lowerBound
  while range.upperBound - offset >= 2 {
    if isIKERecord(bytes, offset, range.upperBound) { return true }
    let length = Int(bytes.uint16(at: offset))
    guard offset + length <= range.upperBound, isPlausibleRecord(bytes, offset, length) else {
      return false
    }
    offset += length
  }
  return offset == range.upperBound && !range.isEmpty
}

/// A keepalive, or ESP by its SPI and a length that is a multiple of four.
private func isPlausibleRecord(_ bytes: RawSpan, _ offset: Int, _ length: Int) -> Bool {
  if length == 3 { return bytes.byte(at: offset + 2) == 0xff }
  return length >= 14 && (length - 2) % 4 == 0 && bytes.uint32(at: offset + 2) > 255
}

/// A length, the non-ESP marker and an ISAKMP header whose version and length agree with it.
private func isIKERecord(_ bytes: RawSpan, _ offset: Int, _ end: Int) -> Bool {
  guard end - offset >= 34, bytes.uint32(at: offset + 2) == 0 else { return false }
  let version = bytes.byte(at: offset + 23)
  return (version == 0x10 || version == 0x20)
    && Int(bytes.uint32(at: offset + 30)) + 6 == Int(bytes.uint16(at: offset))
    && bytes.uint64(at: offset + 6) != 0
}
