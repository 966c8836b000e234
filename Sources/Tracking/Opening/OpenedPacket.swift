package import Bytes
import Keys
import Layers

/// A packet whose inside can be read, lent for the duration of a call.
package struct OpenedPacket {
  package let flow: SecurityFlow
  package let sighting: Sighting
  /// Protocol of the plaintext: 4 or 41 for an IP packet.
  package let nextHeader: UInt8
  /// Addresses of the packet that carried it, which are also the inner ones in transport mode.
  package let source: IPAddress
  package let destination: IPAddress
  /// IP header of the packet that carried it, without IPv6 extension headers; empty where it was
  /// put together from pieces, and where the plaintext is an IP packet of its own that does not need
  /// it.
  package let carrierHeader: [UInt8]
}

extension Tracker {
  /// Lends the inside of a packet to whoever asked for it.
  mutating func lend(
    _ payload: RawSpan, _ nextHeader: UInt8, _ datagram: borrowing Datagram, _ flow: SecurityFlow,
    _ depth: Int, at sighting: Sighting
  ) {
    guard let packetOpened else { return }
    packetsLent += 1
    packetOpened(
      OpenedPacket(
        flow: flow, sighting: sighting, nextHeader: nextHeader, source: datagram.source,
        destination: datagram.destination,
        carrierHeader: depth < carrierHeaders.count ? carrierHeaders[depth] : []), payload)
  }

  /// Lends an IPv4 packet of a run.
  func lend(_ inner: RawSpan, at place: Int, _ sighting: Sighting) {
    guard let packetOpened, let flow = securityFlowTable.entries[place] else { return }
    packetOpened(
      OpenedPacket(
        flow: flow, sighting: sighting, nextHeader: 4, source: flow.source,
        destination: flow.key.destination, carrierHeader: []), inner)
  }

  /// Keeps the header of a packet within a packet.
  mutating func noteHeader(_ header: RawSpan, depth: Int) {
    guard packetOpened != nil, depth < carrierHeaders.count else { return }
    carrierHeaders[depth] = ipHeader(header)
  }

  /// The IP header in front of a datagram.
  mutating func ipHeader(_ datagram: borrowing Datagram, _ bytes: RawSpan) -> [UInt8] {
    guard !datagram.ipPacket.isEmpty, datagram.ipPacket.upperBound <= bytes.byteCount else {
      return []
    }
    return ipHeader(bytes.extracting(datagram.ipPacket))
  }

  /// The IP header that a packet starts with.
  func ipHeader(_ packet: RawSpan) -> [UInt8] {
    guard packet.byteCount >= 20 else { return [] }
    let length =
      packet.byte(at: 0) >> 4 == 6 ? 40 : Int(packet.byte(at: 0) & 15) * 4
    guard length >= 20, length <= packet.byteCount else { return [] }
    return packet.extracting(0..<length).copy()
  }
}
