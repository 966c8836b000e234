import Bytes
import CiscoConfig
import Diagnosis
import Policy
import Tracking

/// What a device's verdict on a flow does not say by itself: that NAT changed the flow before the
/// crypto map saw it, and that an earlier entry took it from a later one.
final class FlowSuspicion {
  private let device: Device
  /// Lines of entries that earlier ones cover completely.
  private let shadowedLines: Set<Int>
  /// The device without one entry, by that entry's line.
  private var enginesWithout: [Int: PolicyEngine] = [:]
  /// Elements of an access list that are tried as what a flow may have been.
  private static let elementsTried = 64
  private static let enginesKept = 8

  init(_ device: Device) {
    self.device = device
    let shadows = device.engine.findings.filter { $0.code == .shadowedEntry }
    shadowedLines = Set(shadows.compactMap { $0.lines.first?.number })
  }

  // MARK: - NAT

  /// The verdict on a flow that leaves in clear with this device's own address, if with the address
  /// it had before NAT an entry would have protected it, and the networks of that entry's permit;
  /// nil otherwise.
  func translated(
    _ flow: InnerFlow, _ packet: Packet, _ interface: String
  ) -> (verdict: Verdict, networks: NamedNetworks?)? {
    guard flow.visibility == .clear, device.isOwn(packet.source), !isTunnelTraffic(packet) else {
      return nil
    }
    for list in device.entries.compactMap({ $0.settings.accessList?.value }).prefix(64) {
      let elements = device.configuration.accessLists[list]?.entries ?? []
      for element in elements.prefix(Self.elementsTried) where element.action == .permit {
        guard let (before, networks) = original(packet, element) else { continue }
        var question = FlowQuestion(.out, before, interface: interface)
        question.isBeforeNAT = true
        let verdict = device.engine.answer(question)
        if verdict.findings.contains(.natNotExempt) { return (verdict, networks) }
      }
    }
    return nil
  }

  /// IKE, ESP and AH are this device's own and belong on the line.
  private func isTunnelTraffic(_ packet: Packet) -> Bool {
    let ports = [packet.sourcePort, packet.destinationPort]
    return [50, 51].contains(packet.protocolNumber) || ports.contains(500) || ports.contains(4500)
  }

  /// The packet as an element of a crypto list would have seen it, with a source of the list's own,
  /// and the networks of the two.
  private func original(
    _ packet: Packet, _ element: AccessControlEntry
  ) -> (Packet, NamedNetworks?)? {
    let destinations = device.configuration.addressBlocks(of: element.destination).elements
    guard let remote = destinations.first(where: { $0.contains(packet.destination) })?.hull,
      let sources = device.configuration.addressBlocks(of: element.source).elements.first?.hull,
      sources.first.isIPv6 == packet.source.isIPv6, !sources.contains(packet.source)
    else { return nil }
    var before = packet
    // A host of the network, where it is more than one.
    before.source =
      sources.first == sources.last || sources.first.isIPv6
      ? sources.first : IPAddress(ipv4: (sources.first.ipv4 ?? 0) &+ 1)
    return (
      before,
      NamedNetworks(
        local: SelectorRange(addresses: sources.first...sources.last),
        remote: SelectorRange(addresses: remote.first...remote.last))
    )
  }

  // MARK: - Shadows

  /// True when the entry that took a flow covers a later one completely that the flow fits as well
  /// and that leads to another peer.
  func isTakenFromLater(_ question: FlowQuestion, _ verdict: Verdict) -> Bool {
    guard !shadowedLines.isEmpty, verdict.outcome == .protect || verdict.outcome == .accept,
      let taking = verdict.entryLine?.line, let engine = engine(without: taking)
    else { return false }
    let other = engine.answer(question)
    guard other.outcome == verdict.outcome, let line = other.entryLine?.line else { return false }
    return shadowedLines.contains(line) && other.peer != verdict.peer
  }

  private func engine(without line: Int) -> PolicyEngine? {
    if let made = enginesWithout[line] { return made }
    guard enginesWithout.count < Self.enginesKept else { return nil }
    var configuration = device.configuration
    configuration.cryptoMaps.updateAll { map in
      map.entries.removeAll { $0.line.number == line }
    }
    let made = PolicyEngine(configuration)
    enginesWithout[line] = made
    return made
  }
}
