internal import Bytes

extension LayerDecoder {
  /// Reads what an IP packet carries.
  func transport(
    _ ipProtocol: UInt8, _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    switch ipProtocol {
    case IPProtocol.udp:
      return udp(header, bytes, start, extent, context, deliver)
    case IPProtocol.tcp:
      return tcp(header, bytes, start, extent, context, deliver)
    case IPProtocol.icmp, IPProtocol.icmpv6:
      return icmp(ipProtocol, header, bytes, start, extent, context, deliver)
    case IPProtocol.ipv4, IPProtocol.ipv6, IPProtocol.gre:
      return tunnel(ipProtocol, header, bytes, start, extent, context, deliver)
    default:
      let datagram = datagram(ipProtocol, .ip, header, start, extent, context)
      deliver(datagram, bytes)
      return .delivered
    }
  }

  /// Reads a UDP header (RFC 768) and delivers its payload.
  ///
  /// A length beyond the IP packet is a lie that some stacks tell; the payload then ends with the
  /// packet and the rest counts as missing.
  private func udp(
    _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    guard extent.end - start >= 8 else {
      return stopped(.udp, at: start, needed: 8, extent, context)
    }
    let length = Int(bytes.uint16(at: start + 4))
    guard length >= 8 else {
      return invalid(.udp, at: start, "length is \(length), less than the header's 8", extent)
    }
    let end = min(start + length, extent.end)
    var datagram = datagram(
      IPProtocol.udp, .udp, header, start + 8,
      Extent(end: end, promised: start + length, bound: extent.bound), context)
    datagram.sourcePort = bytes.uint16(at: start)
    datagram.destinationPort = bytes.uint16(at: start + 2)
    datagram.ipPacket = packet(header, extent)
    deliver(datagram, bytes)
    return .delivered
  }

  /// A datagram whose payload reaches from `start` to the end of `extent`.
  @inline(__always)
  func datagram(
    _ ipProtocol: UInt8, _ transport: Datagram.Transport, _ header: IPHeader, _ start: Int,
    _ extent: Extent, _ context: borrowing Context
  ) -> Datagram {
    // A header that fills its packet leaves an empty payload at the packet's end.
    let start = min(start, extent.end)
    return Datagram(
      source: header.source, destination: header.destination, ipProtocol: ipProtocol,
      transport: transport, payload: start..<extent.end, ipPacket: packet(header, extent),
      missing: max(0, extent.promised - extent.end), assembledFrom: context.assembledFrom)
  }

  @inline(__always)
  private func packet(_ header: IPHeader, _ extent: Extent) -> Range<Int> {
    guard let start = header.start else { return 0..<0 }
    return start..<max(start, extent.end)
  }
}
