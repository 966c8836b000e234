internal import Bytes

extension LayerDecoder {
  /// IP headers followed inside one another.
  static let maximumDepth = 8

  /// Reads IP in IP (RFC 2003, RFC 2473, RFC 4213) and GRE; the datagram inside is the one that is
  /// delivered. What carries no IP is delivered as the tunnel's own payload.
  func tunnel(
    _ ipProtocol: UInt8, _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    guard context.depth < Self.maximumDepth else {
      return invalid(.ip, at: start, "more than \(Self.maximumDepth) IP headers", extent)
    }
    var inner = start
    if ipProtocol == IPProtocol.gre {
      switch greNetworkStart(bytes, start, extent.end) {
      case .ip(let offset):
        inner = offset
      case .short(let layer, let offset, let needed):
        return stopped(layer, at: offset, needed: needed, extent, context)
      case .nothing, .unsupported:
        let datagram = datagram(ipProtocol, .ip, header, start, extent, context)
        deliver(datagram, bytes)
        return .delivered
      }
    }
    var deeper = copy context
    deeper.depth += 1
    return ip(bytes, inner, extent, deeper, deliver)
  }
}

/// Where the IP packet starts that a GRE packet at `start` carries: version 0 (RFC 2784, RFC 2890)
/// and the version 1 of PPTP (RFC 2637).
func greNetworkStart(_ bytes: RawSpan, _ start: Int, _ end: Int) -> NetworkStart {
  guard end - start >= 4 else { return .short(.gre, at: start, needed: 4) }
  let flags = bytes.uint16(at: start)
  let type = bytes.uint16(at: start + 2)
  let hasChecksum = flags & 0x8000 != 0
  let hasRouting = flags & 0x4000 != 0
  let hasKey = flags & 0x2000 != 0
  let hasSequence = flags & 0x1000 != 0
  let version = flags & 7
  // Source routing (RFC 1701) was deprecated before IPsec was deployed; version 1 has no checksum.
  guard version <= 1, !hasRouting else { return .nothing }
  var length = 4
  if hasChecksum, version == 0 { length += 4 }
  if hasKey { length += 4 }
  if hasSequence { length += 4 }
  if version == 1, flags & 0x0080 != 0 { length += 4 }
  guard end - start >= length else { return .short(.gre, at: start, needed: length) }
  let inner = start + length
  switch type {
  case 0x880b:
    return inner < end ? pppNetworkStart(bytes, inner, end) : .nothing
  case 0x6558:
    return ethernetNetworkStart(bytes, inner, end)
  case 0x88be:
    // ERSPAN: type II has a sequence number and a header of 8 bytes, type I has neither.
    return ethernetNetworkStart(bytes, hasSequence ? inner + 8 : inner, end)
  case 0x22eb:
    // ERSPAN type III: 12 bytes, and 8 more where the last bit says so.
    guard end - inner >= 12 else { return .short(.gre, at: inner, needed: 12) }
    let optional = bytes.byte(at: inner + 11) & 1 != 0 ? 8 : 0
    return ethernetNetworkStart(bytes, inner + 12 + optional, end)
  default:
    // A keepalive of Cisco's has type 0, which is no length here.
    return networkStart(ofEtherType: type, bytes, inner, end, mayHaveLLC: false)
  }
}
