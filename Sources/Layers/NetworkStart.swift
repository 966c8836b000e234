internal import Bytes
package import Capture

/// What the headers below IP lead to.
enum NetworkStart: Equatable {
  /// An IPv4 or IPv6 header at this byte.
  case ip(at: Int)
  /// Something that is not IP.
  case nothing
  /// A link type that is not read.
  case unsupported
  /// A header that needs more bytes than there are.
  case short(Layer, at: Int, needed: Int)
}

/// Where the IP packet of a frame starts.
///
/// The numbers are those of the LINKTYPE_ registry (tcpdump.org/linktypes.html), and the DLT_ ones
/// that systems write in their place for raw IP.
func networkStart(of linkType: LinkType, in bytes: RawSpan) -> NetworkStart {
  if linkType.rawValue == 1 {
    return ethernetNetworkStart(bytes, 0, bytes.byteCount)
  }
  return otherNetworkStart(of: linkType, bytes, 0, bytes.byteCount)
}

private func otherNetworkStart(
  of linkType: LinkType, _ bytes: RawSpan, _ start: Int, _ end: Int
) -> NetworkStart {
  switch linkType.rawValue {
  case 0, 108: loopbackNetworkStart(bytes, start, end)
  case 12, 14, 101, 228, 229: .ip(at: start)
  case 9: pppNetworkStart(bytes, start, end)
  case 50: serialNetworkStart(bytes, start, end)
  case 51: pppoeNetworkStart(bytes, start, end)
  case 104: ciscoHDLCNetworkStart(bytes, start, end)
  // One byte of direction first.
  case 204: pppNetworkStart(bytes, start + 1, end)
  case 205: ciscoHDLCNetworkStart(bytes, start + 1, end)
  case 206: frameRelayNetworkStart(bytes, start + 1, end)
  case 107: frameRelayNetworkStart(bytes, start, end)
  case 10: fddiNetworkStart(bytes, start, end)
  case 100: llcNetworkStart(bytes, start, end)
  case 105: wirelessNetworkStart(bytes, start, end, hasPadding: false)
  case 127: radiotapNetworkStart(bytes, start, end)
  case 192: perPacketInformationNetworkStart(bytes, start, end)
  case 109: encapsulationInterfaceNetworkStart(bytes, start, end)
  case 113: linuxCookedNetworkStart(bytes, start, end)
  case 276: linuxCooked2NetworkStart(bytes, start, end)
  case 117: packetFilterLogNetworkStart(bytes, start, end)
  case 219: mplsNetworkStart(bytes, start, end)
  case 239: netfilterLogNetworkStart(bytes, start, end)
  default: .unsupported
  }
}

/// True for the link types that `networkStart(of:in:)` reads.
package func isReadable(_ linkType: LinkType) -> Bool {
  networkStart(of: linkType, in: [UInt8](repeating: 0, count: 64).rawSpan) != .unsupported
}

/// Per-packet information (PPI): a header that names the real link type, little-endian.
private func perPacketInformationNetworkStart(
  _ bytes: RawSpan, _ start: Int, _ end: Int
) -> NetworkStart {
  guard end - start >= 8 else { return .short(.link, at: start, needed: 8) }
  let length = Int(bytes.littleEndianUInt16(at: start + 2))
  let inner = bytes.littleEndianUInt32(at: start + 4)
  // PPI within PPI would be a loop.
  guard length >= 8, inner != 192, let linkType = UInt16(exactly: inner) else { return .nothing }
  guard end - start >= length else { return .short(.link, at: start, needed: length) }
  if linkType == 1 { return ethernetNetworkStart(bytes, start + length, end) }
  return otherNetworkStart(of: LinkType(rawValue: linkType), bytes, start + length, end)
}
