internal import Bytes

/// Where IP starts in a PPP frame (RFC 1661), with or without the HDLC address and control bytes
/// (RFC 1662), with the protocol field in one or two bytes.
func pppNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 2 else { return .short(.ppp, at: start, needed: 2) }
  var offset = start
  if bytes.uint16(at: start) == 0xff03 { offset += 2 }
  guard end - offset >= 2 else { return .short(.ppp, at: offset, needed: 2) }
  // An odd first byte is the whole protocol field: its high byte was 0 and compressed away.
  let isCompressed = bytes.byte(at: offset) & 1 == 1
  let number = isCompressed ? UInt16(bytes.byte(at: offset)) : bytes.uint16(at: offset)
  offset += isCompressed ? 1 : 2
  switch number {
  case 0x0021, 0x0057: return .ip(at: offset)
  case 0x0281, 0x0283: return mplsNetworkStart(bytes, offset, end)
  default: return .nothing
  }
}

/// Where IP starts in a PPPoE session packet (RFC 2516 §4).
func pppoeNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 6 else { return .short(.pppoe, at: start, needed: 6) }
  // Version 1, type 1; code 0 is session data, the others are discovery.
  guard bytes.uint16(at: start) == 0x1100 else { return .nothing }
  return pppNetworkStart(bytes, start + 6, end)
}

/// Where IP starts in a frame of a serial line (link type 50): PPP, or Cisco's HDLC by its first
/// byte.
func serialNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 2 else { return .short(.ppp, at: start, needed: 2) }
  return switch bytes.uint16(at: start) {
  case 0x0f00, 0x8f00: ciscoHDLCNetworkStart(bytes, start, end)
  default: pppNetworkStart(bytes, start, end)
  }
}

/// Where IP starts in a Cisco HDLC frame: address, control, EtherType.
func ciscoHDLCNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 4 else { return .short(.link, at: start, needed: 4) }
  let type = bytes.uint16(at: start + 2)
  return networkStart(ofEtherType: type, bytes, start + 4, end, mayHaveLLC: false)
}

/// Where IP starts in a Frame Relay frame: an address of two to four bytes (Q.922), then RFC 2427's
/// identifier or Cisco's EtherType.
func frameRelayNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  var offset = start
  repeat {
    guard offset < end, offset - start < 4 else {
      return .short(.link, at: start, needed: offset - start + 1)
    }
    offset += 1
  } while bytes.byte(at: offset - 1) & 1 == 0
  guard end - offset >= 2 else { return .short(.link, at: offset, needed: 2) }
  guard bytes.byte(at: offset) == 0x03 else {
    let type = bytes.uint16(at: offset)
    return networkStart(ofEtherType: type, bytes, offset + 2, end, mayHaveLLC: false)
  }
  offset += 1
  if bytes.byte(at: offset) == 0 { offset += 1 }
  guard offset < end else { return .short(.link, at: offset, needed: 1) }
  return networkStart(ofNLPID: bytes.byte(at: offset), bytes, offset + 1, end)
}
