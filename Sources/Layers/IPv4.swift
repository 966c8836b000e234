internal import Bytes

extension LayerDecoder {
  /// Reads an IPv4 header (RFC 791 §3.1) and what follows it.
  ///
  /// A total length of 0 is what a host captures of a packet that its network card will cut into
  /// segments; the packet then reaches as far as the bytes around it.
  func ipv4(
    _ bytes: RawSpan, _ start: Int, _ outer: Extent, _ context: borrowing Context,
    _ deliver: Delivery
  ) -> FrameOutcome {
    guard outer.end - start >= 20 else {
      return stopped(.ipv4, at: start, needed: 20, outer, context)
    }
    let headerLength = Int(bytes.byte(at: start) & 15) * 4
    let totalLength = Int(bytes.uint16(at: start + 2))
    guard headerLength >= 20 else {
      return invalid(.ipv4, at: start, "header length is \(headerLength) bytes", outer)
    }
    guard totalLength >= headerLength || totalLength == 0 else {
      return invalid(
        .ipv4, at: start, "total length \(totalLength) is less than the header's \(headerLength)",
        outer)
    }
    let extent =
      totalLength == 0 ? outer : outer.limited(to: start + totalLength, by: .ipv4TotalLength)
    guard extent.end - start >= headerLength else {
      return stopped(.ipv4, at: start, needed: headerLength, extent, context)
    }
    let header = IPHeader(
      source: IPAddress(ipv4: bytes.uint32(at: start + 12)),
      destination: IPAddress(ipv4: bytes.uint32(at: start + 16)), start: start)
    let proto = bytes.byte(at: start + 9)
    let fragmentField = bytes.uint16(at: start + 6)
    // More fragments, or an offset: a part of a datagram.
    if fragmentField & 0x3fff != 0 {
      let part = FragmentHeader(
        identification: UInt32(bytes.uint16(at: start + 4)), ipProtocol: proto,
        offset: Int(fragmentField & 0x1fff) * 8, isLast: fragmentField & 0x2000 == 0)
      return fragment(part, header, bytes, start + headerLength, extent, context, deliver)
    }
    return transport(proto, header, bytes, start + headerLength, extent, context, deliver)
  }
}

/// What the layers above need of an IP header.
struct IPHeader {
  var source: IPAddress
  var destination: IPAddress
  /// Where the header starts in the bytes being read; nil when it is not in them, since they were
  /// put together from fragments.
  var start: Int?
}
