// `public`: an inlinable function may only call what such an import brings.
public import Bytes

/// An ESP packet in a frame of the commonest shape of all: untagged Ethernet, IPv4 without options,
/// whole, ESP bare or on UDP port 4500.
///
/// A few numbers that stay in registers, where a `Datagram` is a value in memory lent to a function:
/// half of what a packet of a known flow costs. Who takes it has to know already that the flow is
/// ESP; anything else comes as a `Datagram`, which `LayerDecoder` makes of the same frame.
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

  /// The packet in `bytes`, an Ethernet frame; nil for any other frame.
  @inlinable @inline(__always)
  package init?(ethernet bytes: RawSpan) {
    let count = bytes.byteCount
    guard count >= 50, bytes.uint16(at: 12) == 0x0800 else { return nil }
    // Version, header length, service, total length, identification, flags and offset.
    let first = bytes.uint64(at: 14)
    guard first & 0xff00_0000_0000_3fff == 0x4500_0000_0000_0000 else { return nil }
    let end = 14 &+ Int(truncatingIfNeeded: first >> 32 & 0xffff)
    guard end <= count else { return nil }
    let transport = bytes.byte(at: 23)
    var start = 34
    if transport == 17 {
      let udp = bytes.uint64(at: 34)
      let length = Int(truncatingIfNeeded: udp >> 16 & 0xffff)
      // What the UDP header says and what the IP header says is the same nearly always.
      guard length == end &- 34, length & 3 == 0,
        udp >> 48 == 4500 || udp >> 32 & 0xffff == 4500
      else { return nil }
      ports = UInt32(truncatingIfNeeded: udp >> 32)
      start = 42
    } else {
      guard transport == 50 else { return nil }
      ports = 0
    }
    let length = end &- start
    guard length >= 8 else { return nil }
    hosts = bytes.uint64(at: 26)
    header = bytes.uint64(at: start)
    self.start = start
    self.length = length
    tail = bytes.uint64(at: end &- 8)
  }
}
