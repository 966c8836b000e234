import Bytes
import ESP
import Layers

extension Tracker {
  /// An ESP packet, bare or encapsulated.
  mutating func espArrived(
    _ packet: RawSpan, _ datagram: borrowing Datagram, encapsulation: Encapsulation,
    depth: Int = 0, at sighting: Sighting
  ) -> DatagramKind {
    guard packet.byteCount >= ESPHeader.length else { return .other }
    let key = SecurityFlowKey(
      destination: datagram.destination, spi: packet.uint32(at: 0), ipProtocol: 50)
    let flow = securityFlow(key, datagram, encapsulation, at: sighting)
    let (inspects, isOrdinary) = securityPacketArrived(
      packet, sequence: packet.uint32(at: 4), datagram, flow, at: sighting)
    var isUsual = false
    if hasKeys {
      isUsual = openESP(packet, datagram, flow, depth: depth, at: sighting)
    }
    if inspects, !flow.hasKeys {
      inspectNull(packet, datagram, flow, depth: depth, at: sighting)
    }
    if isOrdinary {
      if isUsual, depth == 0 { openOpenedRun(of: flow) } else { openRun(of: flow) }
    }
    return .esp
  }

  /// An AH packet: what it protects is readable, so its inner flow is followed as well.
  mutating func ahArrived(
    _ datagram: borrowing Datagram, _ bytes: RawSpan, depth: Int = 0, at sighting: Sighting
  ) -> DatagramKind {
    let packet = bytes.extracting(datagram.payload)
    guard let header = try? AHPacket(parsing: packet, isIPv6: datagram.source.isIPv6) else {
      return .other
    }
    let key = SecurityFlowKey(
      destination: datagram.destination, spi: header.spi, ipProtocol: 51)
    let flow = securityFlow(key, datagram, .none, at: sighting)
    _ = securityPacketArrived(packet, sequence: header.sequence, datagram, flow, at: sighting)
    if hasKeys, !datagram.ipPacket.isEmpty, datagram.missing == 0 {
      verifyAH(
        bytes.extracting(datagram.ipPacket),
        headerAt: datagram.payload.lowerBound - datagram.ipPacket.lowerBound, flow, at: sighting)
    }
    let inside = innerArrived(
      packet.extracting(header.payload), nextHeader: header.nextHeader, .authenticated, datagram,
      flow, depth: depth, at: sighting)
    return inside == .esp || inside == .ahWithESP ? .ahWithESP : .ah
  }

  private mutating func securityFlow(
    _ key: SecurityFlowKey, _ datagram: borrowing Datagram, _ encapsulation: Encapsulation,
    at sighting: Sighting
  ) -> SecurityFlow {
    let place = securityFlowTable.index(of: key)
    if place >= 0, let flow = securityFlowTable.entries[place] {
      if runs[place].isOpen || runs[place].packets > 0
        || place < openedRuns.count && openedRuns[place].isOpen
      {
        closeRun(at: place)
      }
      return flow
    }
    if securityFlowTable.isFull {
      for place in securityFlowTable.evictionCandidates { closeRun(at: place) }
    }
    let source = datagram.source
    let ports = (datagram.sourcePort, datagram.destinationPort)
    let (flow, newPlace) = securityFlowTable.insert { ordinal in
      SecurityFlow(
        ordinal: ordinal, key: key, source: source, ports: ports, encapsulation: encapsulation,
        at: sighting)
    }
    if newPlace == runs.count { runs.append(FlowRun()) }
    flow.place = newPlace
    marks.begin(at: newPlace)
    link(flow)
    tell(.securityFlowStarted(flow), at: sighting)
    return flow
  }

  /// Counts a packet; says whether its flow is under examination or known not to be encrypted, and
  /// whether the packet was the highest of its flow so far.
  private mutating func securityPacketArrived(
    _ packet: RawSpan, sequence: UInt32, _ datagram: borrowing Datagram, _ flow: SecurityFlow,
    at sighting: Sighting
  ) -> (inspects: Bool, isOrdinary: Bool) {
    let mark = packetMark(packet)
    let noted = flow.counters.packetArrived(
      SecurityFlow.Packet(
        sequence: sequence, length: packet.byteCount + datagram.missing, source: datagram.source,
        ports: (datagram.sourcePort, datagram.destinationPort), mark: mark,
        former: marks.mark(of: flow.place, sequence), isFragmented: datagram.isAssembled,
        sighting: sighting),
      replayWindow: limits.replayWindow)
    // A late packet's slot may be that of one with a higher number.
    let behind = flow.window.distanceBehind(sequence)
    if noted.arrival.isNew || noted.arrival == .late && behind < PacketMarks.reach {
      marks.keep(sequence, of: flow.place, content: mark, at: sighting.time)
    }
    guard case .new(let skipped) = noted.arrival else { return (noted.inspects, false) }
    if skipped > 0 { tell(.gap(flow, skipped: skipped), at: sighting) }
    return (noted.inspects, true)
  }

  /// A datagram that IPsec has no part in.
  mutating func clearArrived(_ datagram: borrowing Datagram, at sighting: Sighting) -> DatagramKind
  {
    let key = InnerFlowKey(
      source: datagram.source, destination: datagram.destination, ipProtocol: datagram.ipProtocol,
      sourcePort: datagram.sourcePort, destinationPort: datagram.destinationPort, carrier: -1)
    let length = datagram.ipPacket.isEmpty ? datagram.payload.count : datagram.ipPacket.count
    innerPacketArrived(
      key, length: length + datagram.missing, .clear, carrier: nil, at: sighting)
    return .other
  }

  /// One more packet of an inner or clear flow, whose place comes back.
  @discardableResult
  mutating func innerPacketArrived(
    _ key: InnerFlowKey, length: Int, _ visibility: Visibility, carrier: SecurityFlow?,
    at sighting: Sighting
  ) -> Int {
    let place = innerFlowTable.index(of: key)
    if place >= 0 {
      innerRuns[place].packetArrived(bytes: length, at: sighting)
      if let (hosts, ports) = InnerRun.words(of: key) {
        clearPlaces.note(place, for: PlaceCache.hash(hosts, ports), of: innerRuns.count)
      }
      return place
    }
    if innerFlowTable.isFull {
      stopFollowingInner()
      for place in innerFlowTable.evictionCandidates { closeInnerRun(at: place) }
    }
    let (flow, newPlace) = innerFlowTable.insert { ordinal in
      InnerFlow(
        ordinal: ordinal, key: key, visibility: visibility, carrier: carrier, at: sighting)
    }
    if newPlace == innerRuns.count {
      innerRuns.append(InnerRun(of: key))
    } else {
      innerRuns[newPlace] = InnerRun(of: key)
    }
    flow.packetArrived(bytes: length, at: sighting)
    tell(.innerFlowStarted(flow), at: sighting)
    return newPlace
  }

  /// What was inside AH or an opened ESP packet.
  ///
  /// - Returns: What it was: ESP, AH or another protocol.
  @discardableResult
  mutating func innerArrived(
    _ payload: RawSpan, nextHeader: UInt8, _ visibility: Visibility,
    _ datagram: borrowing Datagram, _ flow: SecurityFlow, depth: Int, at sighting: Sighting
  ) -> DatagramKind {
    if nextHeader == 50 || nextHeader == 51 {
      let lent = packetsLent
      let kind = nestedArrived(
        payload, ipProtocol: nextHeader, from: datagram.source, to: datagram.destination,
        depth: depth + 1, at: sighting)
      if packetsLent == lent { lend(payload, nextHeader, datagram, flow, depth, at: sighting) }
      return kind
    }
    if nextHeader == 4 || nextHeader == 41 {
      guard let inner = InnerPacket(parsing: payload) else { return .other }
      let key = InnerFlowKey(
        source: inner.source, destination: inner.destination, ipProtocol: inner.ipProtocol,
        sourcePort: inner.sourcePort, destinationPort: inner.destinationPort,
        carrier: flow.ordinal)
      checkSelectors(key, isLaterFragment: inner.isLaterFragment, flow, at: sighting)
      let lent = packetsLent
      var kind = DatagramKind.other
      if inner.ipProtocol == 50 || inner.ipProtocol == 51, !inner.isFragment {
        noteHeader(payload.extracting(0..<inner.payloadOffset), depth: depth + 1)
        kind = nestedArrived(
          payload.extracting(inner.payloadOffset..<inner.end), ipProtocol: inner.ipProtocol,
          from: inner.source, to: inner.destination, depth: depth + 1, at: sighting)
      } else {
        innerPacketArrived(
          key, length: inner.totalLength, visibility, carrier: flow, at: sighting)
      }
      if packetsLent == lent {
        lend(
          payload.extracting(0..<inner.end), nextHeader, datagram, flow, depth, at: sighting)
      }
      return kind
    }
    // A dummy packet says nothing but that somebody wants to look busy (RFC 4303 §2.6).
    if nextHeader == 59 { return .other }
    let hasPorts = (nextHeader == 6 || nextHeader == 17) && payload.byteCount >= 4
    let key = InnerFlowKey(
      source: datagram.source, destination: datagram.destination, ipProtocol: nextHeader,
      sourcePort: hasPorts ? payload.uint16(at: 0) : 0,
      destinationPort: hasPorts ? payload.uint16(at: 2) : 0, carrier: flow.ordinal)
    innerPacketArrived(
      key, length: payload.byteCount, visibility, carrier: flow, at: sighting)
    lend(payload, nextHeader, datagram, flow, depth, at: sighting)
    return .other
  }

  /// ESP or AH inside ESP or AH.
  private mutating func nestedArrived(
    _ packet: RawSpan, ipProtocol: UInt8, from source: IPAddress, to destination: IPAddress,
    depth: Int, at sighting: Sighting
  ) -> DatagramKind {
    guard depth < plaintexts.count else { return .other }
    let datagram = Datagram(
      source: source, destination: destination, ipProtocol: ipProtocol, sourcePort: 0,
      destinationPort: 0, transport: .ip, payload: 0..<packet.byteCount, ipPacket: 0..<0,
      missing: 0, assembledFrom: [], icmp: nil)
    return ipProtocol == 50
      ? espArrived(packet, datagram, encapsulation: .none, depth: depth, at: sighting)
      : ahArrived(datagram, packet, depth: depth, at: sighting)
  }

  /// Notes an inner header outside the selectors of its child SA: the receiver drops such a packet
  /// (RFC 4301 §5.2).
  ///
  /// - Returns: True when nothing would be noted of another packet with that header either.
  @discardableResult
  mutating func checkSelectors(
    _ inner: InnerFlowKey, isLaterFragment: Bool, _ flow: SecurityFlow, at sighting: Sighting
  ) -> Bool {
    guard let child = flow.child, !isLaterFragment,
      !child.selectorsOfInitiator.isEmpty, !child.selectorsOfResponder.isEmpty
    else { return true }
    let toResponder = child.flowToResponder === flow
    let senders = toResponder ? child.selectorsOfInitiator : child.selectorsOfResponder
    let receivers = toResponder ? child.selectorsOfResponder : child.selectorsOfInitiator
    let fits =
      senders.contains {
        $0.contains(inner.source, ipProtocol: inner.ipProtocol, port: inner.sourcePort)
      }
      && receivers.contains {
        $0.contains(inner.destination, ipProtocol: inner.ipProtocol, port: inner.destinationPort)
      }
    guard !fits, flow.counters.outsideSelectors.count < SecurityFlow.evidenceKept else {
      return true
    }
    flow.counters.outsideSelectors.append(
      (
        inner: "\(protocolName(inner.ipProtocol)) \(inner.source) > \(inner.destination)",
        sighting: sighting
      ))
    return false
  }
}
