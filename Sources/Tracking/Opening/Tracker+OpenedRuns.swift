import Bytes
import Crypto
import Keys
package import Layers

extension Tracker {
  /// Opens and counts an ESP packet that continues the run of a flow with keys; false when it has to
  /// be looked at the long way.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - frame: The frame it came in.
  ///   - found: What was found in it ahead of its turn; nil when nobody has looked.
  ///   - plaintexts: Where the inner packet of `found` is, if somebody wants to see it.
  ///   - likely: Where its run probably stands; -1 when nobody has looked.
  ///   - sighting: Where and when.
  /// - Returns: True when the packet needs nothing more.
  package mutating func opensRun(
    _ packet: CommonESP, _ frame: RawSpan, _ found: AheadPacket.Found? = nil,
    _ plaintexts: RawSpan = RawSpan(), likely: Int = -1, at sighting: Sighting
  ) -> Bool {
    guard !openedRuns.isEmpty else { return false }
    let hash = PlaceCache.hash(packet)
    var place = likely >= 0 ? likely : securityPlaces[hash]
    var way = 0
    while place < 0 || place >= openedRuns.count || !openedRuns[place].run.isOf(packet) {
      way &+= 1
      guard way < PlaceCache.ways else { return false }
      place = securityPlaces[hash, way]
    }
    guard openedRuns[place].knowledge == knowledge,
      openedRuns[place].run.took(packet, at: sighting)
    else { return false }
    let bytes = frame.extracting(packet.start..<(packet.start + packet.length))
    let low = UInt32(truncatingIfNeeded: packet.header)
    marks.keep(low, of: place, content: packetMark(packet), at: sighting.time)
    if !opensCounted(at: place, low: low, bytes, found, plaintexts, sighting) {
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
        at: sighting)
    else { return false }
    let low = UInt32(truncatingIfNeeded: header)
    marks.keep(low, of: place, content: packetMark(packet), at: sighting.time)
    noteSecurityPlace(place, datagram.destination, header)
    if !opensCounted(at: place, low: low, packet, nil, RawSpan(), sighting) {
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
    while openedRuns.count <= flow.place {
      openedRuns.append(OpenedRun())
      runTraces.append(RunTraces())
    }
    openedRuns[flow.place].open(
      after: flow.counters, of: flow.key, esp, number: number(of: opener, esp, flow.key),
      knowledge: knowledge)
    runTraces[flow.place] = openedRuns[flow.place].traces
    noteSecurityPlace(flow.place, flow.key.destination, UInt64(flow.key.spi) << 32)
  }

  /// The number that clones of an opener go by; -1 where packets are not looked for ahead.
  private func number(
    of opener: PacketOpener, _ esp: ESPOpener, _ flow: SecurityFlowKey
  ) -> Int32 {
    guard !flow.destination.isIPv6 else { return -1 }
    let isExtended = esp.sequence.isExtended
    if opener.number < 0 || opener.clonesExtended != isExtended {
      opener.register(
        OpenerLog.Row(
          keys: opener.keys, flow: flow.destination.low << 32 | UInt64(flow.spi),
          sequence: esp.sequence), at: openerLog)
    }
    return Int32(truncatingIfNeeded: opener.number)
  }

  /// The high half that the number of a packet of a run probably has; nil where there are none.
  ///
  /// Here and below the members of a run are read one by one: a function of the run would be given a
  /// copy of it.
  @inline(__always)
  func likelyHigh(at place: Int, low: UInt32) -> UInt32? {
    openedRuns[place].isExtended ? openedRuns[place].opener?.likelyHigh(low) : nil
  }

  /// Opens a packet that was counted; false when it is not as most are.
  @inline(__always)
  private mutating func opensCounted(
    at place: Int, low: UInt32, _ packet: RawSpan, _ found: AheadPacket.Found?,
    _ plaintexts: RawSpan, _ sighting: Sighting
  ) -> Bool {
    let high = likelyHigh(at: place, low: low)
    if let high, high > 0, !openedRuns[place].hasHighHalf { return false }
    let content: UsualContent
    if let found, found.number == openedRuns[place].number, found.high == high {
      content = found.content
      if packetOpened != nil { lend(found.plaintext(in: plaintexts), at: place, sighting) }
    } else {
      guard let engine = openedRuns[place].engine,
        let usual = UsualPlaintext(packet, engine, high: high, into: &usualPlaintext),
        let opened = UsualContent(
          usualPlaintext.rawSpan.extracting(usual.start..<usual.end), nextHeader: usual.nextHeader)
      else { return false }
      content = opened
      if packetOpened != nil {
        lend(usualPlaintext.rawSpan.extracting(usual.innerPacket(content)), at: place, sighting)
      }
    }
    // Without extended numbers there is nothing to learn: packets were opened before the run.
    if openedRuns[place].isExtended { openedRuns[place].opener?.tookUsual(low: low) }
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
    guard isSettled, followsInner else { return }
    openedRuns[place].follow(content, at: inner)
    runTraces[place].inner = Int32(truncatingIfNeeded: inner)
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
