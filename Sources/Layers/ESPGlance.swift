public import Bytes

/// What tells the flow of an ESP packet, taken at a glance from a frame whose turn has not come.
///
/// Nothing may be decided by it: at its turn the frame is looked at properly.
@usableFromInline
package struct ESPGlance {
  /// SPI (upper half) and sequence number; 0 where the frame does not look like one of ESP.
  @usableFromInline
  package let header: UInt64
  /// Destination, IPv4.
  @usableFromInline
  package let destination: UInt32

  /// Glances at an Ethernet frame.
  @inlinable @inline(__always)
  package init(ethernet bytes: RawSpan) {
    // EtherType, version and header length; the protocol.
    guard bytes.byteCount >= 50, bytes.uint64(at: 12) >> 40 == 0x080045 else {
      (header, destination) = (0, 0)
      return
    }
    destination = bytes.uint32(at: 30)
    switch bytes.byte(at: 23) {
    case 50: header = bytes.uint64(at: 34)
    case 17: header = bytes.uint64(at: 42)
    default: header = 0
    }
  }
}
