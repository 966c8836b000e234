internal import Bytes

/// Tags and labels followed in one frame; real ones have at most a handful.
private let maximumTags = 16

/// Where IP starts in an Ethernet frame at `start`: version 2, 802.3 with LLC, VLAN tags, MPLS and
/// PPPoE.
@inline(__always)
func ethernetNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 14 else { return .short(.link, at: start, needed: 14) }
  let type = bytes.uint16(at: start + 12)
  if type == 0x0800 { return .ip(at: start + 14) }
  return networkStart(ofEtherType: type, bytes, start + 14, end)
}

/// Where IP starts behind an EtherType whose own header would start at `start`.
///
/// `mayHaveLLC` is false behind SNAP and HDLC, where a length in the place of an EtherType has no
/// meaning and would let headers contain each other without end.
func networkStart(
  ofEtherType first: UInt16, _ bytes: RawSpan, _ start: Int, _ end: Int, mayHaveLLC: Bool = true
) -> NetworkStart {
  var type = first
  var offset = start
  for _ in 0..<maximumTags {
    switch type {
    case 0x0800, 0x86dd:
      return .ip(at: offset)
    case 0x8100, 0x88a8, 0x9100, 0x9200, 0x9300:
      // 802.1Q, 802.1ad and the numbers used for stacked tags before it: tag, then EtherType.
      guard end - offset >= 4 else { return .short(.vlan, at: offset, needed: 4) }
      type = bytes.uint16(at: offset + 2)
      offset += 4
    case 0x8909:
      // Cisco TrustSec's metadata: version, count of options of four bytes, at least one of
      // them, EtherType.
      guard end - offset >= 8 else { return .short(.vlan, at: offset, needed: 8) }
      let length = 4 + 4 * max(1, Int(bytes.byte(at: offset + 1)))
      guard end - offset >= length else { return .short(.vlan, at: offset, needed: length) }
      type = bytes.uint16(at: offset + length - 2)
      offset += length
    case 0x8847, 0x8848:
      return mplsNetworkStart(bytes, offset, end)
    case 0x8864:
      return pppoeNetworkStart(bytes, offset, end)
    case 0x880b:
      return pppNetworkStart(bytes, offset, end)
    case ...1500 where mayHaveLLC:
      return llcNetworkStart(bytes, offset, end)
    default:
      return .nothing
    }
  }
  return .nothing
}

/// Where IP starts behind an LLC header (IEEE 802.2), directly or by SNAP (RFC 1042).
func llcNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 3 else { return .short(.llc, at: start, needed: 3) }
  let accessPoints = bytes.uint16(at: start)
  guard bytes.byte(at: start + 2) == 0x03 else { return .nothing }
  switch accessPoints {
  case 0x0606:
    return .ip(at: start + 3)
  case 0xfefe:
    guard end - start >= 4 else { return .short(.llc, at: start, needed: 4) }
    return networkStart(ofNLPID: bytes.byte(at: start + 3), bytes, start + 4, end)
  case 0xaaaa:
    return snapNetworkStart(bytes, start + 3, end)
  default:
    return .nothing
  }
}

/// Where IP starts behind a SNAP header: organisation and EtherType.
func snapNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 5 else { return .short(.llc, at: start, needed: 5) }
  let organisation = Int(bytes.uint16(at: start)) << 8 | Int(bytes.byte(at: start + 2))
  let type = bytes.uint16(at: start + 3)
  switch organisation {
  // RFC 1042; the second is Apple's and 802.1H's use of the same EtherTypes.
  case 0x000000, 0x0000f8:
    return networkStart(ofEtherType: type, bytes, start + 5, end, mayHaveLLC: false)
  // RFC 2427: a bridged Ethernet frame, with or without its checksum.
  case 0x0080c2 where type == 0x0001 || type == 0x0007:
    guard end - start >= 19, bytes.uint16(at: start + 17) == 0x0800 else { return .nothing }
    return .ip(at: start + 19)
  default:
    return .nothing
  }
}

/// Where IP starts behind a network layer protocol identifier (ISO/IEC TR 9577, RFC 2427).
func networkStart(
  ofNLPID identifier: UInt8, _ bytes: RawSpan, _ start: Int, _ end: Int
) -> NetworkStart {
  switch identifier {
  case 0xcc, 0x8e: .ip(at: start)
  case 0x80: snapNetworkStart(bytes, start, end)
  default: .nothing
  }
}

/// Where IP starts behind a stack of MPLS labels (RFC 3032). Pseudo-wires are not followed: what
/// they carry is known only to their ends.
func mplsNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  var offset = start
  for _ in 0..<maximumTags {
    guard end - offset >= 4 else { return .short(.mpls, at: offset, needed: 4) }
    let isBottom = bytes.byte(at: offset + 2) & 1 == 1
    offset += 4
    guard isBottom else { continue }
    guard offset < end else { return .short(.mpls, at: offset, needed: 1) }
    let version = bytes.byte(at: offset) >> 4
    return version == 4 || version == 6 ? .ip(at: offset) : .nothing
  }
  return .nothing
}

/// Where IP starts in an FDDI frame: LLC behind the frame control and two addresses.
func fddiNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 13 else { return .short(.link, at: start, needed: 13) }
  // Frame control 01xx xxxx with the length bit: an LLC frame.
  guard bytes.byte(at: start) & 0xf0 == 0x50 else { return .nothing }
  return llcNetworkStart(bytes, start + 13, end)
}
