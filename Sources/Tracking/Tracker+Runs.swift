import Bytes
import ESP
import Keys
package import Layers

extension Tracker {
  /// Counts an ESP packet that continues the run of a known flow; false when it has to be looked at.
  ///
  /// This is where nearly all packets of a capture end: no object is touched, nothing is allocated.
  @inline(__always)
  mutating func continuesRun(
    _ datagram: borrowing Datagram, _ bytes: RawSpan, at sighting: Sighting
  ) -> Bool {
    switch datagram.transport {
    case .ip: guard datagram.ipProtocol == 50 else { return false }
    case .udp:
      // What comes with the next number of a flow known to be ESP needs no proof that it is ESP.
      let port = UDPEncapsulation.natTraversalPort
      guard datagram.sourcePort == port || datagram.destinationPort == port,
        datagram.payload.count & 3 == 0
      else { return false }
    default: return false
    }
    let end = datagram.payload.upperBound
    let start = datagram.payload.lowerBound
    guard end &- start >= 8, !datagram.isAssembled, datagram.missing == 0 else {
      return false
    }
    let header = bytes.uint64(at: start)
    let place = securityFlowTable.index(
      of: SecurityFlowKey(
        destination: datagram.destination, spi: UInt32(truncatingIfNeeded: header >> 32),
        ipProtocol: 50))
    guard place >= 0 else { return false }
    let length = end &- start
    guard
      runs[place].took(
        UInt32(truncatingIfNeeded: header), from: datagram.source,
        FlowRun.ports(datagram.sourcePort, datagram.destinationPort), length: length,
        content: packetMark(tail: bytes.uint64(at: end &- 8), length: length), at: sighting)
    else { return false }
    noteSecurityPlace(place, datagram.destination, header)
    return true
  }

  /// As above, for a packet in a frame of the commonest shape; false when it has to come as a
  /// datagram.
  package mutating func continuesRun(_ packet: CommonESP, at sighting: Sighting) -> Bool {
    let place = securityPlaces[
      PlaceCache.hash(packet.hosts & 0xffff_ffff, packet.header >> 32)]
    guard place >= 0 else { return false }
    return runs[place].took(packet, at: sighting)
  }

  /// As above, for UDP and TCP that IPsec has no part in: counts a packet of a known clear flow.
  ///
  /// TCP must be known to be nobody's stream (`LayerDecoder.isPlainTCP`).
  package mutating func continuesClear(
    _ packet: CommonIPv4, _ bytes: RawSpan, at sighting: Sighting
  ) -> Bool {
    let ports = UInt64(bytes.uint32(at: CommonIPv4.payload)) << 8 | UInt64(packet.transport)
    let place = clearPlaces[PlaceCache.hash(packet.hosts, ports)]
    guard place >= 0, innerRuns[place].isOf(packet.hosts, ports) else { return false }
    if packet.transport == 17 {
      guard UDPEncapsulation.isPlain(packet, bytes) else { return false }
    } else if packet.transport != 6 {
      return false
    }
    innerRuns[place].packetArrived(bytes: packet.end &- CommonIPv4.start, at: sighting)
    return true
  }

  /// Notes where packets in common frames of a flow find it.
  @inline(__always)
  mutating func noteSecurityPlace(
    _ place: Int, _ destination: IPAddress, _ header: UInt64
  ) {
    guard !destination.isIPv6 else { return }
    securityPlaces.note(
      place, for: PlaceCache.hash(destination.low, header >> 32), of: runs.count)
  }

  /// Opens the run of a flow that has just taken its highest number and whose packets need nothing
  /// but counting.
  mutating func openRun(of flow: SecurityFlow) {
    // A run takes room for its marks, which flows of a few packets do without.
    guard flow.place >= 0, flow.counters.hasMarks, !flow.counters.inspects,
      !flow.counters.hasOddities || flow.counters.ended == nil
    else { return }
    if hasKeys {
      guard case .none = flow.opening else { return }
    }
    // Its first packets may have to wait for keys that an exchange is still to give.
    guard keys.ikeSAs.isEmpty || flow.counters.packets > WaitingPackets.packetsOfFlow else {
      return
    }
    runs[flow.place].open(after: &flow.counters, of: flow.key)
    noteSecurityPlace(flow.place, flow.key.destination, UInt64(flow.key.spi) << 32)
  }

  /// Ends the run at a place, if one is open there.
  mutating func closeRun(at place: Int) {
    guard place < runs.count, let flow = securityFlowTable.entries[place] else { return }
    runs[place].close(into: &flow.counters)
    if place < openedRuns.count { openedRuns[place].close(into: flow) }
  }

  /// Brings the counts of the inner flow at a place up to date.
  mutating func closeInnerRun(at place: Int) {
    guard place < innerRuns.count, innerRuns[place].packets > 0,
      let flow = innerFlowTable.entries[place]
    else { return }
    flow.take(innerRuns[place])
    innerRuns[place].clear()
  }

  /// The child SA of a flow has ended: packets that still come are looked at one by one.
  mutating func ended(_ flow: SecurityFlow, at sighting: Sighting) {
    if flow.place >= 0 { closeRun(at: flow.place) }
    flow.counters.ended = flow.counters.ended ?? sighting
  }
}

/// A short mark of a packet: its last eight bytes, which hold the integrity value, and its length.
@inline(__always)
func packetMark(tail: UInt64, length: Int) -> UInt32 {
  let both = tail ^ UInt64(truncatingIfNeeded: length) << 48
  return UInt32(truncatingIfNeeded: (both &* 0x9e37_79b9_7f4a_7c15) >> 32)
}

extension UDPEncapsulation {
  /// True for a UDP datagram that can be neither IKE nor ESP: by its ports, and by the length that
  /// an IKE message states, with and without a marker.
  @inline(__always)
  fileprivate static func isPlain(_ packet: CommonIPv4, _ bytes: RawSpan) -> Bool {
    let header = bytes.uint64(at: CommonIPv4.payload)
    let length = Int(truncatingIfNeeded: header >> 16 & 0xffff)
    guard length == packet.end &- CommonIPv4.payload,
      isPlain(UInt16(truncatingIfNeeded: header >> 48)),
      isPlain(UInt16(truncatingIfNeeded: header >> 32))
    else { return false }
    let (start, count) = (CommonIPv4.payload &+ 8, length &- 8)
    guard count >= 28 else { return true }
    return Int(bytes.uint32(at: start &+ 24)) != count
      && (bytes.uint32(at: start) != 0 || count <= 32)
  }

  @inline(__always)
  private static func isPlain(_ port: UInt16) -> Bool {
    port != 500 && port != 848 && port != natTraversalPort && port != ciscoPort
  }
}
