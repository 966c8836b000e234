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
    return runs[place].took(
      UInt32(truncatingIfNeeded: header), from: datagram.source,
      FlowRun.ports(datagram.sourcePort, datagram.destinationPort), length: length,
      content: packetMark(tail: bytes.uint64(at: end &- 8), length: length), at: sighting)
  }

  /// As above, for a packet in a frame of the commonest shape; false when it has to come as a datagram.
  package mutating func continuesRun(_ packet: CommonESP, at sighting: Sighting) -> Bool {
    let place = securityFlowTable.index(
      of: SecurityFlowKey(
        destination: IPAddress(ipv4: UInt32(truncatingIfNeeded: packet.hosts)),
        spi: UInt32(truncatingIfNeeded: packet.header >> 32), ipProtocol: 50))
    guard place >= 0 else { return false }
    return runs[place].took(
      UInt32(truncatingIfNeeded: packet.header),
      from: IPAddress(ipv4: UInt32(truncatingIfNeeded: packet.hosts >> 32)), packet.ports,
      length: packet.length, content: packetMark(tail: packet.tail, length: packet.length),
      at: sighting)
  }

  /// Opens the run of a flow that has just taken its highest number and whose packets need nothing
  /// but counting.
  mutating func openRun(of flow: SecurityFlow) {
    // A run takes room for its marks, which flows of a few packets do without.
    guard flow.place >= 0, flow.counters.hasMarks, !flow.counters.inspects,
      flow.counters.ended == nil
    else { return }
    if hasKeys {
      guard case .none = flow.opening else { return }
    }
    // Its first packets may have to wait for keys that an exchange is still to give.
    guard keys.ikeSAs.isEmpty || flow.counters.packets > WaitingPackets.packetsOfFlow else {
      return
    }
    runs[flow.place].open(after: &flow.counters)
  }

  /// Ends the run at a place, if one is open there.
  mutating func closeRun(at place: Int) {
    guard place < runs.count, let flow = securityFlowTable.entries[place] else { return }
    runs[place].close(into: &flow.counters)
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
  UInt32(truncatingIfNeeded: avalanche(tail ^ UInt64(truncatingIfNeeded: length) << 48))
}
