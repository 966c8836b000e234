import Bytes
import Keys
package import Layers

extension Tracker {
  /// Opens and counts an ESP packet that continues the run of a flow with keys; false when it has to
  /// be looked at the long way.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - frame: The frame it came in.
  ///   - ahead: What a worker found in it; nil when none has looked.
  ///   - sighting: Where and when.
  /// - Returns: True when the packet needs nothing more.
  package mutating func opensRun(
    _ packet: CommonESP, _ frame: RawSpan, _ ahead: OpenedAhead? = nil, at sighting: Sighting
  ) -> Bool {
    guard !openedRuns.isEmpty else { return false }
    let place = securityPlaces[PlaceCache.hash(packet.hosts & 0xffff_ffff, packet.header >> 32)]
    guard place >= 0, place < openedRuns.count, openedRuns[place].knowledge == knowledge,
      openedRuns[place].run.took(packet, at: sighting)
    else { return false }
    let bytes = frame.extracting(packet.start..<(packet.start + packet.length))
    if !opensCounted(at: place, bytes, ahead, sighting) {
      lookInto(
        bytes, at: place, IPAddress(ipv4: UInt32(truncatingIfNeeded: packet.hosts >> 32)),
        packet.ports, header: frame.extracting(CommonIPv4.start..<CommonIPv4.payload), sighting)
    }
    return true
  }

  /// As above, for a packet in any other frame.
  mutating func opensRun(
    _ datagram: borrowing Datagram, _ bytes: RawSpan, at sighting: Sighting
  ) -> Bool {
    guard !openedRuns.isEmpty, !datagram.isAssembled, datagram.missing == 0 else { return false }
    switch datagram.transport {
    case .ip: guard datagram.ipProtocol == 50 else { return false }
    case .udp:
      guard datagram.sourcePort == 4500 || datagram.destinationPort == 4500,
        datagram.payload.count & 3 == 0
      else { return false }
    default: return false
    }
    let packet = bytes.extracting(datagram.payload)
    let length = packet.byteCount
    guard length >= 8 else { return false }
    let header = packet.uint64(at: 0)
    let place = securityFlowTable.index(
      of: SecurityFlowKey(
        destination: datagram.destination, spi: UInt32(truncatingIfNeeded: header >> 32),
        ipProtocol: 50))
    let ports = FlowRun.ports(datagram.sourcePort, datagram.destinationPort)
    guard place >= 0, place < openedRuns.count,
      openedRuns[place].knowledge == knowledge,
      openedRuns[place].run.took(
        UInt32(truncatingIfNeeded: header), from: datagram.source, ports, length: length,
        content: packetMark(tail: packet.uint64(at: length - 8), length: length), at: sighting)
    else { return false }
    if !opensCounted(at: place, packet, nil, sighting) {
      lookInto(
        packet, at: place, datagram.source, ports, header: bytes.extracting(datagram.ipPacket),
        sighting)
    }
    return true
  }

  /// Begins a run of a flow whose last packet was opened and was as most are.
  mutating func openOpenedRun(of flow: SecurityFlow) {
    guard flow.place >= 0, flow.counters.ended == nil,
      case .ready(let openers) = flow.opening, let opener = openers.first,
      let esp = opener.esp, esp.hasEngine
    else { return }
    while openedRuns.count <= flow.place { openedRuns.append(OpenedRun()) }
    opener.register(at: openerKeys)
    openedRuns[flow.place].open(
      after: &flow.counters, of: flow.key, esp, number: opener.number, knowledge: knowledge)
    noteSecurityPlace(flow.place, flow.key.destination, UInt64(flow.key.spi) << 32)
  }

  /// Opens a packet that was counted; false when it is not as most are.
  @inline(__always)
  private mutating func opensCounted(
    at place: Int, _ packet: RawSpan, _ ahead: OpenedAhead?, _ sighting: Sighting
  ) -> Bool {
    guard let opener = openedRuns[place].opener else { return false }
    let low = packet.uint32(at: 4)
    let high = opener.likelyHigh(low)
    if let high, high > 0, !openedRuns[place].hasHighHalf { return false }
    let content: UsualContent
    if let ahead, ahead.number == openedRuns[place].number, ahead.high == high {
      content = ahead.content
    } else {
      guard let usual = opener.openUsual(packet, into: &usualPlaintext),
        let found = UsualContent(
          usualPlaintext.rawSpan.extracting(usual.start..<usual.end), nextHeader: usual.nextHeader)
      else { return false }
      content = found
      lendUsual(usual, content, at: place, sighting)
    }
    opener.tookUsual(low: low)
    let inner = openedRuns[place].countsOpened(content)
    if inner >= 0 {
      innerRuns[inner].packetArrived(bytes: Int(content.totalLength), at: sighting)
    } else {
      noteContent(content, at: place, sighting)
    }
    return true
  }

  /// Takes a packet whose content belongs to another inner flow than the last one's.
  private mutating func noteContent(
    _ content: UsualContent, at place: Int, _ sighting: Sighting
  ) {
    guard let flow = securityFlowTable.entries[place] else { return }
    openedRuns[place].leaveInner()
    let key = content.key(carrier: flow.ordinal)
    let isSettled = checkSelectors(key, isLaterFragment: false, flow, at: sighting)
    let inner = innerPacketArrived(
      key, length: Int(content.totalLength), .decrypted, carrier: flow, at: sighting)
    if isSettled, followsInner { openedRuns[place].follow(content, at: inner) }
  }

  /// Opens a packet the long way that was counted already, and ends its run.
  private mutating func lookInto(
    _ packet: RawSpan, at place: Int, _ source: IPAddress, _ ports: UInt32, header: RawSpan,
    _ sighting: Sighting
  ) {
    guard let flow = securityFlowTable.entries[place] else { return }
    closeRun(at: place)
    if packetOpened != nil { carrierHeaders[0] = ipHeader(header) }
    let datagram = Datagram(
      source: source, destination: flow.key.destination, ipProtocol: 50,
      sourcePort: UInt16(truncatingIfNeeded: ports >> 16),
      destinationPort: UInt16(truncatingIfNeeded: ports), transport: .ip,
      payload: 0..<packet.byteCount)
    if openESP(packet, datagram, flow, depth: 0, at: sighting) { openOpenedRun(of: flow) }
  }

  /// Inner flows may be evicted from now on: none is followed aside any more.
  mutating func stopFollowingInner() {
    guard followsInner else { return }
    followsInner = false
    for place in openedRuns.indices { openedRuns[place].leaveInner() }
  }
}
