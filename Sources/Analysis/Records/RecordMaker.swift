import Bytes
import ISAKMP
import Registries
import Timeline
import Tracking

/// Makes the final records of the timeline from what the tracker holds.
struct RecordMaker {
  let tracker: Tracker
  /// Digits of a second by capture.
  let digits: [Int]
  /// Hosts that exchange ESP or AH without IKE.
  let pairs: [HostPair]

  /// The records of all tunnels, and, where somebody looks at them, of all flows.
  func records(withFlows: Bool = true) -> TimelineRecords {
    var records = TimelineRecords()
    let tunnels = tracker.tunnels
    let next = tracker.tunnelsBegun
    let outlines =
      tunnels.map { TunnelRecords.Outline(id: $0.id, outcome: $0.outcome) }
      + pairs.indices.map { .init(id: "t\(next + $0 + 1)", outcome: TunnelRecord().outcome) }
    records.tunnels = TunnelRecords(outlines: outlines) { position in
      position < tunnels.count
        ? tunnel(tunnels[position])
        : tunnel(pairs[position - tunnels.count], id: outlines[position].id)
    }
    guard withFlows else { return records }
    let names = carrierNames(next)
    let flows = tracker.innerFlows
    records.flows = FlowRecords(count: flows.count) { flow(flows[$0], names) }
    return records
  }

  // MARK: - Tunnels

  private func tunnel(_ sa: IKESA) -> TunnelRecord {
    var record = TunnelRecord()
    record.id = sa.id
    record.ikeVersion = sa.version == .v1 ? 1 : 2
    record.mode = sa.mode.rawValue
    record.outcome = sa.outcome
    record.initiator = endpoint(sa, .initiator)
    record.responder = endpoint(sa, .responder)
    record.initiatorSPI = hexadecimal(sa.initiatorSPI)
    record.responderSPI = hexadecimal(sa.responderSPI)
    record.ikeSA = ikeSA(sa)
    record.natTraversal.supported = sa.nat.isSupported
    record.natTraversal.detected = sa.nat.detected
    record.natTraversal.encapsulation = encapsulation(sa)
    record.vendors = sa.vendors.map { vendor in
      var record = VendorRecord()
      record.name = vendor.meaning?.displayName ?? "unknown"
      record.id = hexadecimal(vendor.id)
      return record
    }
    record.certificates = certificateRecords(sa)
    record.childSAs = sa.children.map { child($0) }
    record.rekeys = sa.rekeys?.id
    record.firstFrame = sa.first.frame
    record.lastFrame = sa.last.frame
    record.capture = sa.first.capture
    record.start = moment(sa.first, digits)
    record.end = moment(sa.last, digits)
    record.messages = sa.messageCount
    record.retransmissions = sa.retransmissions
    record.roundTripMicroseconds = sa.exchanges.compactMap(\.roundTrip).min().map {
      Int($0 / 1000)
    }
    return record
  }

  private func endpoint(_ sa: IKESA, _ role: Role) -> EndpointRecord {
    var record = EndpointRecord()
    let end = sa.endpoint(role)
    record.address = end.address.description
    record.port = Int(end.port)
    record.natted = sa.nat.natted.contains(role)
    if let identity = sa.identity(of: role) {
      var text = IdentityRecord()
      text.type = identity.type.id
      text.value = identity.text
      record.identity = text
    }
    return record
  }

  private func ikeSA(_ sa: IKESA) -> IKESARecord {
    var record = IKESARecord()
    record.offered = sa.offered.map { proposal($0) }
    record.chosen = sa.chosen.map { proposal($0) }
    record.lifetimeSeconds = sa.chosen?.lifetimeSeconds.map { Int(clamping: $0) }
    record.lifetimeKilobytes = sa.chosen?.lifetimeKilobytes.map { Int(clamping: $0) }
    record.decrypted = sa.isOpened
    return record
  }

  private func encapsulation(_ sa: IKESA) -> String {
    let flows = sa.children.flatMap(\.flows)
    return flows.first { $0.encapsulation != .none }?.encapsulation.name ?? "none"
  }

  private func tunnel(_ pair: HostPair, id: String) -> TunnelRecord {
    var record = TunnelRecord()
    record.id = id
    record.mode = "none"
    guard let first = pair.flows.first else { return record }
    record.initiator.address = first.source.description
    record.initiator.port = 0
    record.responder.address = first.key.destination.description
    record.responder.port = 0
    record.natTraversal.encapsulation = first.encapsulation.name
    record.firstFrame = first.first.frame
    record.capture = first.first.capture
    record.start = moment(first.first, digits)
    let last = pair.flows.map(\.last).max() ?? first.last
    record.lastFrame = last.frame
    record.end = moment(last, digits)
    record.childSAs = pair.children.enumerated().map { index, flows in
      orphan(flows, id: "\(id).c\(index + 1)")
    }
    return record
  }

  // MARK: - Children

  private func child(_ child: ChildSA) -> ChildSARecord {
    var record = ChildSARecord()
    record.id = child.id
    record.protocol = child.protocolID == .ah || child.isAH ? "ah" : "esp"
    record.mode = child.isTunnelMode.map { $0 ? "tunnel" : "transport" }
    record.outcome = child.state.name
    record.linkedBy = child.link.name
    record.spis.toInitiator =
      (child.spiToInitiator ?? child.flowToInitiator?.key.spi).map { hexadecimal($0) }
    record.spis.toResponder =
      (child.spiToResponder ?? child.flowToResponder?.key.spi).map { hexadecimal($0) }
    record.offered = child.offered.map { proposal($0) }
    record.chosen = child.chosen.map { proposal($0) }
    record.pfsGroup = child.pfsGroup?.id
    record.selectors.initiator = child.selectorsOfInitiator.map(\.description)
    record.selectors.responder = child.selectorsOfResponder.map(\.description)
    record.lifetimeSeconds = child.lifetimeSeconds.map { Int(clamping: $0) }
    record.lifetimeKilobytes = child.lifetimeKilobytes.map { Int(clamping: $0) }
    record.encapsulation = child.flows.first?.encapsulation.name
    record.traffic.toInitiator = child.flowToInitiator.map { traffic($0) }
    record.traffic.toResponder = child.flowToResponder.map { traffic($0) }
    record.rekeys = child.rekeys?.id
    record.firstFrame = child.first.frame
    record.lastFrame = child.flows.map(\.last).reduce(child.last, max).frame
    return record
  }

  private func orphan(_ flows: HostPair.Pairing, id: String) -> ChildSARecord {
    var record = ChildSARecord()
    record.id = id
    let any = flows.toResponder ?? flows.toInitiator
    record.protocol = any?.key.ipProtocol == 51 ? "ah" : "esp"
    record.outcome = "established"
    record.linkedBy = "addresses"
    record.spis.toInitiator = flows.toInitiator.map { hexadecimal($0.key.spi) }
    record.spis.toResponder = flows.toResponder.map { hexadecimal($0.key.spi) }
    record.encapsulation = any?.encapsulation.name
    record.traffic.toInitiator = flows.toInitiator.map { traffic($0) }
    record.traffic.toResponder = flows.toResponder.map { traffic($0) }
    let all = [flows.toInitiator, flows.toResponder].compactMap { $0 }
    record.firstFrame = all.map(\.first).min()?.frame ?? 0
    record.lastFrame = all.map(\.last).max()?.frame ?? 0
    return record
  }

  private func traffic(_ flow: SecurityFlow) -> TrafficRecord {
    var record = TrafficRecord()
    record.packets = flow.packets
    record.bytes = flow.bytes
    record.firstSequence = Int(flow.window.first)
    record.lastSequence = Int(flow.window.highest)
    record.lost = flow.lost
    record.reordered = flow.reordered
    record.duplicates = flow.duplicates
    record.outsideReplayWindow = flow.outsideReplayWindow
    record.integrityGood = flow.integrityGood
    record.integrityBad = flow.integrityBad
    record.decrypted = flow.decrypted
    record.nullEncryption = flow.isNull
    record.firstFrame = flow.first.frame
    record.lastFrame = flow.last.frame
    record.longestGapMilliseconds = Int((flow.longestGap?.nanoseconds ?? 0) / 1_000_000)
    return record
  }

  // MARK: - Flows

  /// The child that each ESP or AH flow belongs to, by the flow's ordinal.
  private func carrierNames(_ next: Int) -> [Int: String] {
    var names: [Int: String] = [:]
    for flow in tracker.securityFlows { names[flow.ordinal] = flow.child?.id }
    for (index, pair) in pairs.enumerated() {
      for (position, pairing) in pair.children.enumerated() {
        for flow in [pairing.toInitiator, pairing.toResponder].compactMap({ $0 }) {
          names[flow.ordinal] = "t\(next + index + 1).c\(position + 1)"
        }
      }
    }
    return names
  }

  private func flow(_ flow: InnerFlow, _ names: [Int: String]) -> FlowRecord {
    var record = FlowRecord()
    record.id = flow.id
    record.protocol = protocolName(flow.key.ipProtocol)
    record.source = flow.key.source.description
    record.destination = flow.key.destination.description
    if flow.key.sourcePort != 0 || flow.key.destinationPort != 0 {
      record.sourcePort = Int(flow.key.sourcePort)
      record.destinationPort = Int(flow.key.destinationPort)
    }
    record.packets = flow.packets
    record.bytes = flow.bytes
    record.seen = flow.visibility.name
    record.childSA = names[flow.key.carrier]
    record.firstFrame = flow.first.frame
    record.lastFrame = flow.last.frame
    record.start = moment(flow.first, digits)
    record.end = moment(flow.last, digits)
    return record
  }
}
