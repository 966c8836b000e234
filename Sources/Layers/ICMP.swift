internal import Bytes

extension LayerDecoder {
  /// Reads an ICMP (RFC 792) or ICMPv6 (RFC 4443) message, and the datagram that an error quotes.
  func icmp(
    _ ipProtocol: UInt8, _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    guard extent.end - start >= 4 else {
      return stopped(.icmp, at: start, needed: 4, extent, context)
    }
    var datagram = datagram(ipProtocol, .icmp, header, start, extent, context)
    if let error = icmpError(bytes, start, extent.end, isICMPv6: ipProtocol == IPProtocol.icmpv6) {
      datagram.icmp = error
    }
    deliver(datagram, bytes)
    return .delivered
  }
}

/// The error in the ICMP message that stands at `start` and reaches to `end`, or nil when it is
/// none or quotes less than an IP header.
func icmpError(_ bytes: RawSpan, _ start: Int, _ end: Int, isICMPv6: Bool) -> ICMPError? {
  guard end - start > 8 else { return nil }
  let type = bytes.byte(at: start)
  let code = bytes.byte(at: start + 1)
  guard quotesDatagram(type: type, isICMPv6: isICMPv6) else { return nil }
  // RFC 4884: where extensions follow, the length of the quotation in words of 4 or 8 bytes.
  let words = isICMPv6 ? Int(bytes.byte(at: start + 4)) * 8 : Int(bytes.byte(at: start + 5)) * 4
  let mayHaveExtension = isICMPv6 ? type == 1 || type == 3 : type == 3 || type == 11 || type == 12
  let quotedEnd = mayHaveExtension && words > 0 ? min(end, start + 8 + words) : end
  guard let quoted = QuotedPacket(bytes, start + 8, quotedEnd) else { return nil }
  return ICMPError(
    type: type, code: code, isICMPv6: isICMPv6,
    mtu: nextHopMTU(bytes, start, type: type, code: code, isICMPv6: isICMPv6),
    quotedSource: quoted.source, quotedDestination: quoted.destination,
    quotedProtocol: quoted.ipProtocol, quotedSourcePort: quoted.sourcePort,
    quotedDestinationPort: quoted.destinationPort, quotedPayload: quoted.payload)
}

/// Destination unreachable, source quench, redirect, time exceeded, parameter problem; in ICMPv6
/// every error is below 128.
private func quotesDatagram(type: UInt8, isICMPv6: Bool) -> Bool {
  isICMPv6 ? (1...4).contains(type) : [3, 4, 5, 11, 12].contains(type)
}

/// The next hop's MTU of "fragmentation needed" (RFC 1191) or "packet too big" (RFC 4443 §3.2).
private func nextHopMTU(
  _ bytes: RawSpan, _ start: Int, type: UInt8, code: UInt8, isICMPv6: Bool
) -> Int? {
  if isICMPv6 {
    return type == 2 ? Int(bytes.uint32(at: start + 4)) : nil
  }
  let mtu = Int(bytes.uint16(at: start + 6))
  return type == 3 && code == 4 && mtu > 0 ? mtu : nil
}

/// The part of a datagram that an ICMP error quotes.
private struct QuotedPacket {
  var source: IPAddress
  var destination: IPAddress
  var ipProtocol: UInt8
  var sourcePort: UInt16 = 0
  var destinationPort: UInt16 = 0
  var payload: Range<Int>

  /// Nil when not even the IP header was quoted.
  init?(_ bytes: RawSpan, _ start: Int, _ end: Int) {
    guard
      let packet = InnerPacket(bytes, start: start, end: end)
    else { return nil }
    source = packet.source
    destination = packet.destination
    ipProtocol = packet.ipProtocol
    sourcePort = packet.sourcePort
    destinationPort = packet.destinationPort
    let header =
      switch ipProtocol {
      case IPProtocol.udp where !packet.isLaterFragment: 8
      case IPProtocol.tcp where !packet.isLaterFragment: 20
      default: 0
      }
    let lower = min(packet.payloadOffset + header, packet.end)
    payload = lower..<packet.end
  }
}
