// `public`: an inlinable function may only call what such an import brings.
public import Bytes

/// An IPv4 packet in a frame of the commonest shape of all: untagged Ethernet, no options, whole.
///
/// A few numbers that stay in registers, where a `Datagram` is a value in memory lent to a function:
/// half of what a packet of a known flow costs. Whoever takes it has to know the flow already;
/// anything else comes as a `Datagram`, which `LayerDecoder` makes of the same frame.
@usableFromInline
package struct CommonIPv4 {
  /// Source (upper half) and destination.
  @usableFromInline
  package let hosts: UInt64
  /// The IP protocol.
  @usableFromInline
  package let transport: UInt8
  /// Where the packet ends in the frame; it starts behind the 14 bytes of Ethernet.
  @usableFromInline
  package let end: Int

  /// Where the packet starts in the frame.
  @inlinable @inline(__always)
  package static var start: Int { 14 }
  /// Where its payload starts in the frame.
  @inlinable @inline(__always)
  package static var payload: Int { 34 }

  /// The packet in `bytes`, an Ethernet frame; nil for any other frame.
  @inlinable @inline(__always)
  package init?(ethernet bytes: RawSpan) {
    let count = bytes.byteCount
    guard count >= 50, bytes.uint16(at: 12) == 0x0800 else { return nil }
    // Version, header length, service, total length, identification, flags and offset.
    let first = bytes.uint64(at: 14)
    guard first & 0xff00_0000_0000_3fff == 0x4500_0000_0000_0000 else { return nil }
    end = 14 &+ Int(truncatingIfNeeded: first >> 32 & 0xffff)
    // Bare ESP of 8 bytes, or an empty UDP datagram.
    guard end <= count, end >= 42 else { return nil }
    transport = bytes.byte(at: 23)
    hosts = bytes.uint64(at: 26)
  }
}

/// The ESP packet of a `CommonIPv4`, bare or on UDP port 4500.
@usableFromInline
package struct CommonESP {
  /// Source (upper half) and destination, IPv4.
  @usableFromInline
  package let hosts: UInt64
  /// SPI (upper half) and sequence number.
  @usableFromInline
  package let header: UInt64
  /// Source (upper half) and destination port; 0 for bare ESP.
  @usableFromInline
  package let ports: UInt32
  /// Where the SPI stands in the frame.
  @usableFromInline
  package let start: Int
  /// Bytes from the SPI to the end of the packet.
  @usableFromInline
  package let length: Int
  /// The packet's last eight bytes.
  @usableFromInline
  package let tail: UInt64

  /// What `packet` carries, if that is ESP as far as can be told without knowing the flow.
  @inlinable @inline(__always)
  package init?(_ packet: CommonIPv4, in bytes: RawSpan) {
    var start = CommonIPv4.payload
    if packet.transport == 50 {
      ports = 0
    } else {
      guard packet.transport == 17 else { return nil }
      let udp = bytes.uint64(at: 34)
      let length = Int(truncatingIfNeeded: udp >> 16 & 0xffff)
      // What the UDP header says and what the IP header says is the same nearly always.
      guard length == packet.end &- 34, length & 3 == 0, length >= 16,
        udp >> 48 == 4500 || udp >> 32 & 0xffff == 4500
      else { return nil }
      ports = UInt32(truncatingIfNeeded: udp >> 32)
      start = 42
    }
    hosts = packet.hosts
    self.start = start
    length = packet.end &- start
    header = bytes.uint64(at: start)
    tail = bytes.uint64(at: packet.end &- 8)
  }
}

extension LayerDecoder {
  /// True when `packet` is a TCP segment that is nobody's stream and not one of Cisco's IPsec over
  /// TCP: it would be delivered as TCP and nothing else.
  package func isPlainTCP(_ packet: CommonIPv4, in bytes: RawSpan) -> Bool {
    let (payload, end) = (CommonIPv4.payload, packet.end)
    guard packet.transport == IPProtocol.tcp, end &- payload >= 20 else { return false }
    let length = Int(bytes.byte(at: payload &+ 12) >> 4) &* 4
    guard length >= 20, length <= end &- payload else { return false }
    let ports = bytes.uint32(at: payload)
    let range = (payload &+ length)..<end
    return !streamPorts.mayFollow(
      UInt16(truncatingIfNeeded: ports >> 16), UInt16(truncatingIfNeeded: ports))
      && !TCPStream.startsWithPrefix(bytes, range) && !CiscoTrailer.mayEnd(bytes, range)
  }
}
