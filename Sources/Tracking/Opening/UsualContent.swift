import Bytes

/// What counts of the commonest inner packet: IPv4 without options, no fragment, neither ESP nor AH.
///
/// A few numbers, which a worker hands over in place of the packet.
struct UsualContent: Equatable, Sendable {
  /// Source (upper half) and destination.
  let hosts: UInt64
  /// Source (upper half) and destination port; 0 where there are none.
  let ports: UInt32
  /// The packet's length by its own header.
  let totalLength: UInt16
  let ipProtocol: UInt8

  /// Nil for any other plaintext.
  @inline(__always)
  init?(_ plaintext: RawSpan, nextHeader: UInt8) {
    let count = plaintext.byteCount
    guard nextHeader == 4, count >= 24 else { return nil }
    // Version, header length, service, total length, identification, flags and offset.
    let first = plaintext.uint64(at: 0)
    totalLength = UInt16(truncatingIfNeeded: first >> 32)
    ipProtocol = plaintext.byte(at: 9)
    guard first >> 56 == 0x45, first & 0x3fff == 0, totalLength >= 24,
      ipProtocol != 50, ipProtocol != 51
    else { return nil }
    hosts = plaintext.uint64(at: 12)
    switch ipProtocol {
    case 6, 17, 132, 136: ports = plaintext.uint32(at: 20)
    default: ports = 0
    }
  }

  /// The flow it belongs to.
  func key(carrier: Int) -> InnerFlowKey {
    InnerFlowKey(
      source: IPAddress(ipv4: UInt32(truncatingIfNeeded: hosts >> 32)),
      destination: IPAddress(ipv4: UInt32(truncatingIfNeeded: hosts)), ipProtocol: ipProtocol,
      sourcePort: UInt16(truncatingIfNeeded: ports >> 16),
      destinationPort: UInt16(truncatingIfNeeded: ports), carrier: carrier)
  }

  /// True for packets of the same flow.
  @inline(__always)
  func isAlike(_ other: UsualContent) -> Bool {
    hosts == other.hosts && ports == other.ports && ipProtocol == other.ipProtocol
  }
}
