import Bytes
import CiscoConfig
import Diagnosis
import Policy
import Timeline
import Tracking

/// What a device does with the flows of a capture, many in a row: the first are answered with the
/// whole trace, the others by an index over the access lists, with the same verdict.
final class FlowJudge {
  let device: Device
  /// The entry of each child SA, where its negotiation tells.
  private let entries: [ObjectIdentifier: FlowQuestion.SAEntry]
  /// How many more flows are answered with their trace.
  private var tracesLeft: Int
  private var indices: [String: FlowIndex] = [:]
  private var places: [IPAddress: Device.Place] = [:]
  private var interfaces: [IPAddress: String?] = [:]
  private let suspicion: FlowSuspicion

  /// A trace costs a look at every element; so many looks are spent on them, for the diagnosis and
  /// again for the report: kept, they would take gigabytes.
  private static let looks = 1_000_000

  init(_ device: Device, entries: [ObjectIdentifier: FlowQuestion.SAEntry]) {
    self.device = device
    self.entries = entries
    suspicion = FlowSuspicion(device)
    let elements = device.configuration.accessLists.reduce(0) { $0 + $1.entries.count }
    tracesLeft = max(64, min(10_000, Self.looks / max(elements, 1)))
  }

  /// True for a flow that goes through the device.
  func isConcerned(with flow: InnerFlow) -> Bool {
    guard let isOutbound = isOutbound(flow) else { return false }
    return interface(towards: isOutbound ? flow.key.destination : flow.key.source) != nil
  }

  /// True where one more flow is answered with its trace.
  func spendsTrace() -> Bool {
    guard tracesLeft > 0 else { return false }
    tracesLeft -= 1
    return true
  }

  /// What the device does with a flow, in the direction that its addresses tell; nil when the flow
  /// does not concern it. A permit for the flow has to name its two addresses, or where NAT has
  /// changed them the networks of the permit that it would have met.
  func judgement(on flow: InnerFlow, isTraced: Bool) -> FlowJudgement? {
    guard let isOutbound = isOutbound(flow),
      let interface = interface(towards: isOutbound ? flow.key.destination : flow.key.source)
    else { return nil }
    let direction: FlowQuestion.Direction =
      isOutbound ? .out : flow.visibility == .clear ? .inClear : .inDecrypted
    var question = FlowQuestion(direction, packet(of: flow), interface: interface)
    question.saExists = flow.visibility != .clear
    if direction == .inDecrypted {
      question.viaSA = entry(of: flow, question.packet, interface, isTraced)
    }
    var verdict = answer(question, interface, isTraced)
    var networks = isOutbound ? NamedNetworks(flow.key.source, flow.key.destination) : nil
    if isOutbound, verdict.outcome == .bypass,
      let before = suspicion.translated(flow, question.packet, interface)
    {
      (verdict, networks) = before
    }
    var judgement = FlowJudgement(
      PolicyVerdictRecord(verdict), path: device.configuration.path,
      dialect: device.configuration.dialect.rawValue)
    if suspicion.isTakenFromLater(question, verdict) {
      judgement.policy.findings.append(FindingCode.shadowedEntry.rawValue)
    }
    judgement.direction = isOutbound ? "outbound" : "inbound"
    judgement.networks = networks
    return judgement
  }

  private func answer(
    _ question: FlowQuestion, _ interface: String, _ isTraced: Bool
  ) -> Verdict {
    if !isTraced, let verdict = index(interface)?.verdict(on: question) { return verdict }
    return device.engine.answer(question)
  }

  private func index(_ interface: String) -> FlowIndex? {
    guard let map = device.configuration.cryptoMap(onInterface: interface) else { return nil }
    if let made = indices[map.name] { return made }
    let made = FlowIndex(device.engine, map: map.name)
    indices[map.name] = made
    return made
  }

  private func packet(of flow: InnerFlow) -> Packet {
    let key = flow.key
    let hasPorts = [6, 17, 132].contains(key.ipProtocol)
    return Packet(
      key.source, key.destination, protocolNumber: key.ipProtocol,
      sourcePort: hasPorts ? key.sourcePort : nil,
      destinationPort: hasPorts ? key.destinationPort : nil)
  }

  /// The entry whose SA carried a packet: as it was negotiated, else the one by which the answers
  /// would leave.
  private func entry(
    of flow: InnerFlow, _ packet: Packet, _ interface: String, _ isTraced: Bool
  ) -> FlowQuestion.SAEntry? {
    if let child = flow.carrier?.child, let entry = entries[ObjectIdentifier(child)] {
      return entry
    }
    var question = FlowQuestion(.out, packet.reversed, interface: interface)
    question.saExists = true
    let verdict = answer(question, interface, isTraced)
    return verdict.sequence.map {
      FlowQuestion.SAEntry(
        map: verdict.map, sequence: $0, dynamicSequence: verdict.dynamicSequence)
    }
  }

  // MARK: - Direction

  /// By the tunnel that carries it, else by where its ends lie; where the configuration has no
  /// interfaces and no routes, by the lists that select it.
  private func isOutbound(_ flow: InnerFlow) -> Bool? {
    if let carrier = flow.carrier { return isOutbound(carrier) }
    switch (place(flow.key.source), place(flow.key.destination)) {
    case (.inside, .outside), (.own, .outside), (.own, .unknown): return true
    case (.outside, .inside), (.outside, .own), (.unknown, .own): return false
    case (.unknown, .unknown), (.unknown, .outside), (.outside, .unknown):
      return selectedDirection(flow)
    case (.inside, .unknown): return true
    case (.unknown, .inside): return false
    default: return nil
    }
  }

  private func isOutbound(_ carrier: SecurityFlow) -> Bool? {
    if device.isOwn(carrier.source) { return true }
    if device.isOwn(carrier.key.destination) { return false }
    if let ike = carrier.child?.ikeSA, let side = device.role(in: ike) {
      return carrier.key.destination != ike.endpoint(side).address
    }
    return device.far(carrier.source, carrier.key.destination).map { !$0 }
  }

  private func selectedDirection(_ flow: InnerFlow) -> Bool? {
    guard let name = device.cryptoInterface, let index = index(name) else { return nil }
    let packet = packet(of: flow)
    if index.decide(packet, .out).element != nil { return true }
    return index.decide(packet, .inClear).element != nil ? false : nil
  }

  private func place(_ address: IPAddress) -> Device.Place {
    if let known = places[address] { return known }
    if places.count > 100_000 { places.removeAll() }
    let place = device.place(of: address)
    places[address] = place
    return place
  }

  private func interface(towards address: IPAddress) -> String? {
    if let known = interfaces[address] { return known }
    if interfaces.count > 100_000 { interfaces.removeAll() }
    let name = device.protectingInterface(towards: address)
    interfaces[address] = name
    return name
  }
}
