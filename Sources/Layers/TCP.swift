internal import Bytes

extension LayerDecoder {
  /// Reads a TCP header (RFC 9293 §3.1) and delivers the segment.
  func tcp(
    _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    guard extent.end - start >= 20 else {
      return stopped(.tcp, at: start, needed: 20, extent, context)
    }
    let headerLength = Int(bytes.byte(at: start + 12) >> 4) * 4
    guard headerLength >= 20 else {
      return invalid(.tcp, at: start, "header length is \(headerLength) bytes", extent)
    }
    guard extent.end - start >= headerLength else {
      return stopped(.tcp, at: start, needed: headerLength, extent, context)
    }
    var datagram = datagram(
      IPProtocol.tcp, .tcp, header, start + headerLength, extent, context)
    datagram.sourcePort = bytes.uint16(at: start)
    datagram.destinationPort = bytes.uint16(at: start + 2)
    deliver(datagram, bytes)
    return .delivered
  }
}
