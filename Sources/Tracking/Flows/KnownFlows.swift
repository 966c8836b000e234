public import Bytes
public import ESP
public import Layers

/// What the tracker lends to whoever takes many frames in a row: the runs of its flows.
///
/// The arrays are looked into in place, so that a packet costs no check of who else holds them. While
/// this is lent, the tracker itself cannot be asked; a packet that is not taken here ends the loan and
/// comes to the tracker as a datagram.
@usableFromInline
package struct KnownFlows: ~Copyable, ~Escapable {
  @usableFromInline let securityPlaces: PlaceCache.View
  @usableFromInline var runs: MutableSpan<FlowRun>
  @usableFromInline var marks: PacketMarks.Lent
  @usableFromInline let clearPlaces: PlaceCache.View
  @usableFromInline var innerRuns: MutableSpan<InnerRun>

  @_lifetime(copy securityPlaces, copy runs, copy marks, copy clearPlaces, copy innerRuns)
  init(
    _ securityPlaces: consuming PlaceCache.View, _ runs: consuming MutableSpan<FlowRun>,
    _ marks: consuming PacketMarks.Lent, _ clearPlaces: consuming PlaceCache.View,
    _ innerRuns: consuming MutableSpan<InnerRun>
  ) {
    self.securityPlaces = securityPlaces
    self.runs = runs
    self.marks = marks
    self.clearPlaces = clearPlaces
    self.innerRuns = innerRuns
  }

  /// Counts an ESP packet that continues the run of a known flow; false when it has to come as a
  /// datagram.
  ///
  /// This is where nearly all packets of a capture end: no object is touched, nothing is allocated.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  package mutating func took(_ packet: CommonESP, at sighting: Sighting) -> Bool {
    let hash = PlaceCache.hash(packet)
    var place = securityPlaces[hash]
    var way = 0
    while place < 0 || place >= runs.count || !runs[place].took(packet, at: sighting) {
      way &+= 1
      guard way < PlaceCache.ways else { return false }
      place = securityPlaces[hash, way]
    }
    marks.keep(
      UInt32(truncatingIfNeeded: packet.header), of: place, content: packetMark(packet),
      at: sighting.time)
    return true
  }

  /// As above, for UDP and TCP that IPsec has no part in: counts a packet of a known clear flow.
  ///
  /// TCP must be known to be nobody's stream (`LayerDecoder.isPlainTCP`).
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  package mutating func took(
    _ packet: CommonIPv4, _ bytes: RawSpan, at sighting: Sighting
  ) -> Bool {
    let ports = UInt64(bytes.uint32(at: CommonIPv4.payload)) << 8 | UInt64(packet.transport)
    let hash = PlaceCache.hash(packet.hosts, ports)
    var place = clearPlaces[hash]
    var way = 0
    while place < 0 || place >= innerRuns.count || !innerRuns[place].isOf(packet.hosts, ports) {
      way &+= 1
      guard way < PlaceCache.ways else { return false }
      place = clearPlaces[hash, way]
    }
    if packet.transport == 17 {
      guard UDPEncapsulation.isPlain(packet, bytes) else { return false }
    } else if packet.transport != 6 {
      return false
    }
    innerRuns[place].packetArrived(bytes: packet.end &- CommonIPv4.start, at: sighting)
    return true
  }
}

extension Tracker {
  /// The runs of known flows, for as long as packets continue them.
  package var knownFlows: KnownFlows {
    @_lifetime(&self) mutating get {
      KnownFlows(
        securityPlaces.view, runs.mutableSpan, marks.lent, clearPlaces.view, innerRuns.mutableSpan)
    }
  }
}

extension UDPEncapsulation {
  /// True for a UDP datagram that can be neither IKE nor ESP: by its ports, and by the length that
  /// an IKE message states, with and without a marker.
  @inlinable @inline(__always)
  static func isPlain(_ packet: CommonIPv4, _ bytes: RawSpan) -> Bool {
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

  @inlinable @inline(__always)
  static func isPlain(_ port: UInt16) -> Bool {
    port != 500 && port != 848 && port != natTraversalPort && port != ciscoPort
  }
}
