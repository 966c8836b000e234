internal import Bytes

/// Where IP starts in a BSD loopback frame: four bytes of address family, in the byte order of the
/// machine that captured (null) or of the network (loop); either is taken for both.
func loopbackNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 4 else { return .short(.link, at: start, needed: 4) }
  return isIPFamily(bytes, start) ? .ip(at: start + 4) : .nothing
}

/// Where IP starts in a frame of OpenBSD's enc interface, which shows what IPsec has opened:
/// address family, SPI, flags.
func encapsulationInterfaceNetworkStart(
  _ bytes: RawSpan, _ start: Int, _ end: Int
) -> NetworkStart {
  guard end - start >= 12 else { return .short(.link, at: start, needed: 12) }
  return isIPFamily(bytes, start) ? .ip(at: start + 12) : .nothing
}

/// True when the four bytes at `offset` are AF_INET, or AF_INET6 as one of the systems numbers it.
private func isIPFamily(_ bytes: RawSpan, _ offset: Int) -> Bool {
  let family = bytes.uint32(at: offset)
  return isIPFamily(number: family > 0xffff ? family.byteSwapped : family)
}

/// AF_INET, and AF_INET6 on Linux, NetBSD and OpenBSD, FreeBSD, macOS.
private func isIPFamily(number: UInt32) -> Bool {
  switch number {
  case 2, 10, 24, 28, 30: true
  default: false
  }
}

/// Where IP starts in a Linux cooked frame, version 1: 16 bytes, the protocol last.
func linuxCookedNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 16 else { return .short(.link, at: start, needed: 16) }
  return cooked(bytes.uint16(at: start + 14), bytes, start + 16, end)
}

/// Where IP starts in a Linux cooked frame, version 2: 20 bytes, the protocol first.
func linuxCooked2NetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 20 else { return .short(.link, at: start, needed: 20) }
  return cooked(bytes.uint16(at: start), bytes, start + 20, end)
}

private func cooked(
  _ type: UInt16, _ bytes: RawSpan, _ start: Int, _ end: Int
) -> NetworkStart {
  switch type {
  case 0x0004: llcNetworkStart(bytes, start, end)
  // Other numbers below 1536 are Linux's own, not lengths.
  case ...1500: .nothing
  default: networkStart(ofEtherType: type, bytes, start, end)
  }
}

/// Where IP starts in a frame of the BSD packet filter's log: a header that gives its own length,
/// padded to four bytes, and an address family.
func packetFilterLogNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 4 else { return .short(.link, at: start, needed: 4) }
  let length = (Int(bytes.byte(at: start)) + 3) & ~3
  guard length >= 4, isIPFamily(number: UInt32(bytes.byte(at: start + 1))) else {
    return .nothing
  }
  guard end - start > length else { return .short(.link, at: start, needed: length + 1) }
  return .ip(at: start + length)
}

/// Where IP starts in a frame of Linux's netfilter log: attributes of type, length and value in the
/// byte order of the machine that captured, of which number 9 is the packet.
func netfilterLogNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 4 else { return .short(.link, at: start, needed: 4) }
  guard bytes.byte(at: start) == 2 || bytes.byte(at: start) == 10 else { return .nothing }
  var offset = start + 4
  while end - offset >= 4 {
    var length = Int(bytes.littleEndianUInt16(at: offset))
    var type = bytes.littleEndianUInt16(at: offset + 2)
    if type > 255 {
      length = Int(bytes.uint16(at: offset))
      type = bytes.uint16(at: offset + 2)
    }
    guard length >= 4 else { return .nothing }
    if type == 9 { return .ip(at: offset + 4) }
    offset += (length + 3) & ~3
  }
  return .nothing
}
