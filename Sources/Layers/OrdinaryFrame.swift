internal import Bytes

extension LayerDecoder {
  /// Delivers the datagram of an Ethernet frame of the commonest shape: at most one VLAN tag, IPv4
  /// without options or IPv6 without extension headers, whole and consistent, carrying ESP, UDP, or
  /// TCP that is nobody's stream. Returns false for any other frame.
  ///
  /// Nearly all frames of a capture are of this shape, so it is read here with few loads and no
  /// state. It decides nothing of its own: the long way comes to the same datagram, and a test holds
  /// the two together. Sums cannot overflow, being below the frame's length plus 65,595.
  @inline(__always)
  func deliverOrdinary(_ bytes: RawSpan, _ deliver: Delivery) -> Bool {
    let count = bytes.byteCount
    guard count >= 42 else { return false }
    var start = 14
    var type = bytes.uint16(at: 12)
    if type == 0x8100 {
      type = bytes.uint16(at: 16)
      start = 18
    }
    if type == 0x0800 {
      return deliverOrdinaryIPv4(bytes, start, count, deliver)
    }
    return type == 0x86dd && deliverOrdinaryIPv6(bytes, start, count, deliver)
  }

  @inline(__always)
  private func deliverOrdinaryIPv4(
    _ bytes: RawSpan, _ start: Int, _ count: Int, _ deliver: Delivery
  ) -> Bool {
    guard count &- start >= 20 else { return false }
    // Version, header length, service, total length, identification, flags and offset.
    let first = bytes.uint64(at: start)
    // Lifetime, protocol, checksum, source.
    let second = bytes.uint64(at: start &+ 8)
    let end = start &+ Int(first >> 32 & 0xffff)
    guard first >> 56 == 0x45, first & 0x3fff == 0, end <= count, end &- start >= 20 else {
      return false
    }
    return deliverOrdinary(
      UInt8(truncatingIfNeeded: second >> 48),
      IPAddress(ipv4: UInt32(truncatingIfNeeded: second)),
      IPAddress(ipv4: bytes.uint32(at: start &+ 16)), start, start &+ 20, end, bytes, deliver)
  }

  @inline(__always)
  private func deliverOrdinaryIPv6(
    _ bytes: RawSpan, _ start: Int, _ count: Int, _ deliver: Delivery
  ) -> Bool {
    guard count &- start >= 40 else { return false }
    // Version, class, flow label, payload length, next header, hop limit.
    let first = bytes.uint64(at: start)
    let length = Int(first >> 16 & 0xffff)
    let end = start &+ 40 &+ length
    guard first >> 60 == 6, end <= count, length > 0 else { return false }
    return deliverOrdinary(
      UInt8(truncatingIfNeeded: first >> 8), bytes.ipv6Address(at: start &+ 8),
      bytes.ipv6Address(at: start &+ 24), start, start &+ 40, end, bytes, deliver)
  }

  /// Delivers ESP, UDP or TCP that fills the bytes from `payload` to `end` of the packet that
  /// starts at `start`.
  @inline(__always)
  private func deliverOrdinary(
    _ ipProtocol: UInt8, _ source: IPAddress, _ destination: IPAddress, _ start: Int,
    _ payload: Int, _ end: Int, _ bytes: RawSpan, _ deliver: Delivery
  ) -> Bool {
    var transport = Datagram.Transport.ip
    var sourcePort: UInt16 = 0
    var destinationPort: UInt16 = 0
    var range = payload..<end
    switch ipProtocol {
    case IPProtocol.esp:
      break
    case IPProtocol.udp:
      guard end &- payload >= 8 else { return false }
      let header = bytes.uint64(at: payload)
      let length = Int(header >> 16 & 0xffff)
      guard length >= 8, length <= end &- payload else { return false }
      transport = .udp
      sourcePort = UInt16(truncatingIfNeeded: header >> 48)
      destinationPort = UInt16(truncatingIfNeeded: header >> 32)
      range = (payload &+ 8)..<(payload &+ length)
    case IPProtocol.tcp:
      guard end &- payload >= 20 else { return false }
      let length = Int(bytes.byte(at: payload &+ 12) >> 4) &* 4
      guard length >= 20, length <= end &- payload else { return false }
      let ports = bytes.uint32(at: payload)
      transport = .tcp
      sourcePort = UInt16(truncatingIfNeeded: ports >> 16)
      destinationPort = UInt16(truncatingIfNeeded: ports)
      range = (payload &+ length)..<end
      guard !streamPorts.mayFollow(sourcePort, destinationPort),
        !TCPStream.startsWithPrefix(bytes, range), !CiscoTrailer.mayEnd(bytes, range)
      else { return false }
    default:
      return false
    }
    deliver(
      Datagram(
        whole: source, destination, ipProtocol, sourcePort, destinationPort, transport,
        payload: range, ipPacket: start..<end), bytes)
    return true
  }
}
