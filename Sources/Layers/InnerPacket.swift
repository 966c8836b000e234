package import Bytes

/// The five-tuple of a packet that starts with an IP header, read without allocation: what a
/// decrypted ESP packet holds, what stands behind an AH header, what an ICMP error quotes.
package struct InnerPacket: Hashable, Sendable {
  /// Source address.
  package var source: IPAddress
  /// Destination address.
  package var destination: IPAddress
  /// Protocol of the payload, behind IPv6 extension headers.
  package var ipProtocol: UInt8
  /// Source port of TCP, UDP or SCTP; 0 where there is none or it is not in these bytes.
  package var sourcePort: UInt16 = 0
  /// Destination port of TCP, UDP or SCTP; 0 where there is none or it is not in these bytes.
  package var destinationPort: UInt16 = 0
  /// True when both ports were read.
  package var hasPorts = false
  /// True for a fragment, the first one included.
  package var isFragment = false
  /// True for a fragment other than the first: it has no ports.
  package var isLaterFragment = false
  /// The packet's length by its own header, in bytes, its header included.
  package var totalLength: Int
  /// Where the payload starts in the bytes parsed.
  package var payloadOffset: Int
  /// Where the packet ends in the bytes parsed: at its total length or where the bytes end.
  package var end: Int

  /// The packet that `bytes` start with; nil when they hold no IPv4 or IPv6 header.
  package init?(parsing bytes: RawSpan) {
    self.init(bytes, start: 0, end: bytes.byteCount)
  }

  /// The packet at `start`, of which bytes up to `end` are there.
  init?(_ bytes: RawSpan, start: Int, end: Int) {
    guard start < end else { return nil }
    switch bytes.byte(at: start) >> 4 {
    case 4: self.init(ipv4: bytes, start, end)
    case 6: self.init(ipv6: bytes, start, end)
    default: return nil
    }
  }

  private init?(ipv4 bytes: RawSpan, _ start: Int, _ available: Int) {
    let headerLength = Int(bytes.byte(at: start) & 15) * 4
    guard headerLength >= 20, available - start >= headerLength else { return nil }
    totalLength = Int(bytes.uint16(at: start + 2))
    guard totalLength >= headerLength else { return nil }
    source = IPAddress(ipv4: bytes.uint32(at: start + 12))
    destination = IPAddress(ipv4: bytes.uint32(at: start + 16))
    ipProtocol = bytes.byte(at: start + 9)
    let field = bytes.uint16(at: start + 6)
    isFragment = field & 0x3fff != 0
    isLaterFragment = field & 0x1fff != 0
    payloadOffset = start + headerLength
    end = min(available, start + totalLength)
    readPorts(bytes)
  }

  private init?(ipv6 bytes: RawSpan, _ start: Int, _ available: Int) {
    guard available - start >= 40 else { return nil }
    totalLength = 40 + Int(bytes.uint16(at: start + 4))
    source = bytes.ipv6Address(at: start + 8)
    destination = bytes.ipv6Address(at: start + 24)
    ipProtocol = bytes.byte(at: start + 6)
    payloadOffset = start + 40
    end = min(available, start + totalLength)
    passExtensionHeaders(bytes)
    readPorts(bytes)
  }

  private mutating func passExtensionHeaders(_ bytes: RawSpan) {
    var count = 0
    while isExtensionHeader(ipProtocol), !isLaterFragment, end - payloadOffset >= 8,
      count < LayerDecoder.maximumExtensionHeaders
    {
      count += 1
      var length = 8
      if ipProtocol == IPProtocol.fragment {
        let field = bytes.uint16(at: payloadOffset + 2)
        isFragment = field & 0xfff9 != 0
        isLaterFragment = field & 0xfff8 != 0
      } else {
        length += Int(bytes.byte(at: payloadOffset + 1)) * 8
      }
      guard end - payloadOffset >= length else { return }
      ipProtocol = bytes.byte(at: payloadOffset)
      payloadOffset += length
    }
  }

  private mutating func readPorts(_ bytes: RawSpan) {
    guard startsWithPorts(ipProtocol), !isLaterFragment, end - payloadOffset >= 4
    else { return }
    sourcePort = bytes.uint16(at: payloadOffset)
    destinationPort = bytes.uint16(at: payloadOffset + 2)
    hasPorts = true
  }
}

/// True for TCP, UDP, SCTP and UDP-Lite.
@inline(__always)
private func startsWithPorts(_ ipProtocol: UInt8) -> Bool {
  ipProtocol == IPProtocol.tcp || ipProtocol == IPProtocol.udp || ipProtocol == 132
    || ipProtocol == 136
}
