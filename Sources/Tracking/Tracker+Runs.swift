import Bytes
import ESP
import Keys
public import Layers

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
        FlowRun.ports(datagram.sourcePort, datagram.destinationPort), length: length, at: sighting)
    else { return false }
    marks.keep(
      UInt32(truncatingIfNeeded: header), of: place,
      content: packetMark(tail: bytes.uint64(at: end &- 8), length: length), at: sighting.time)
    noteSecurityPlace(place, datagram.destination, header)
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
    guard flow.place >= 0, !flow.counters.inspects,
      !flow.counters.hasOddities || flow.counters.ended == nil
    else { return }
    if hasKeys {
      guard case .none = flow.opening else { return }
    }
    // Its first packets may have to wait for keys that an exchange is still to give.
    guard keys.ikeSAs.isEmpty || flow.counters.packets > WaitingPackets.packetsOfFlow else {
      return
    }
    runs[flow.place].open(after: flow.counters, of: flow.key)
    noteSecurityPlace(flow.place, flow.key.destination, UInt64(flow.key.spi) << 32)
  }

  /// Ends the run at a place, if one is open there.
  mutating func closeRun(at place: Int) {
    guard place >= 0, place < runs.count, let flow = securityFlowTable.entries[place] else {
      return
    }
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
    noteSpent(flow, at: sighting)
  }
}

/// A short mark of a packet in a common frame.
@inlinable @inline(__always)
func packetMark(_ packet: CommonESP) -> UInt32 {
  packetMark(tail: packet.tail, length: packet.length)
}

/// A short mark of a packet's bytes.
@inline(__always)
func packetMark(_ packet: RawSpan) -> UInt32 {
  let length = packet.byteCount
  guard length >= 8 else { return UInt32(truncatingIfNeeded: length) }
  return packetMark(tail: packet.uint64(at: length &- 8), length: length)
}

/// A short mark of a packet: its last eight bytes, which hold the integrity value, and its length.
@inlinable @inline(__always)
func packetMark(tail: UInt64, length: Int) -> UInt32 {
  let both = tail ^ UInt64(truncatingIfNeeded: length) << 48
  return UInt32(truncatingIfNeeded: (both &* 0x9e37_79b9_7f4a_7c15) >> 32)
}
