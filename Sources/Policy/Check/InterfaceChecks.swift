import Bytes
import CiscoConfig

extension ConfigurationCheck {
  /// Interfaces that carry a map: address, overlap, packet filter, NAT, U-turn.
  mutating func checkInterfaces() {
    checkOverlaps()
    for map in orderedMaps {
      for interface in interfaces(of: map.map) {
        if interface.addresses.isEmpty, !interface.hasDynamicAddress, interface.unnumbered == nil {
          report(
            .interfaceWithoutAddress, .error, [interface.line],
            "Interface \(interface.reference) carries crypto map \(map.map.name) and has no address.",
            remedy: "Give it an address.", rule: "A-AP-01", maps: [map.map.name])
        }
        checkFilter(interface, map)
      }
      checkNAT(map)
      checkUTurn(map)
    }
  }

  private func interfaces(of map: CryptoMap) -> [Interface] {
    configuration.interfaces.filter { interface in
      interface.cryptoMap?.value == map.name
        || map.interfaces.contains { $0.value.lowercased() == interface.reference.lowercased() }
    }
  }

  private mutating func checkOverlaps() {
    var known: [(network: IPPrefix, line: SourceLine, interface: Interface)] = []
    for interface in configuration.interfaces.prefix(2000) where interface.vrf == nil {
      for address in interface.addresses where !address.value.isSecondary {
        let network = address.value.network
        if let other = known.first(where: {
          ($0.network.contains(network) || network.contains($0.network))
            && $0.interface.name != interface.name
        }) {
          report(
            .overlappingInterfaces, .warning, [other.line, address.line],
            "\(interface.reference) and \(other.interface.reference) are in overlapping networks.",
            remedy: "Give each interface a network of its own.", rule: "M-20")
        }
        known.append((network, address.line, interface))
      }
    }
  }

  /// The inbound packet filter of IOS must let IKE, ESP and AH in (I-GEN-01, M-16). On an ASA
  /// packets to the device itself do not pass the interface's list.
  private mutating func checkFilter(_ interface: Interface, _ map: CompiledMap) {
    guard dialect == .ios, let own = interface.addresses.first?.value.address,
      let filter = configuration.accessGroups.first(where: {
        $0.direction == .inbound && $0.interface?.lowercased() == interface.name.lowercased()
      }), let list = lists[filter.accessList]
    else { return }
    for entry in map.entries where entry.kind != .cisco {
      guard let peer = entry.settings.peers.first?.value.address, peer.isIPv6 == own.isIPv6 else {
        continue
      }
      var blocked: [String] = []
      for (name, number, port) in wanted(entry) {
        var packet = Packet(peer, own, protocolNumber: number)
        if let port { (packet.sourcePort, packet.destinationPort) = (port, port) }
        let result = ListEvaluation(list.entries[...], packet, active: nil)
        if case .permit = result.outcome { continue }
        if result.undecided.isEmpty { blocked.append(name) }
      }
      reportBlocked(blocked, peer, filter, interface, map.map.name)
    }
  }

  private func wanted(_ entry: CompiledEntry) -> [(String, UInt8, UInt16?)] {
    var wanted: [(String, UInt8, UInt16?)] = []
    let transforms = (entry.settings.transformSets?.value ?? [])
      .compactMap { configuration.transformSets[$0] }.flatMap(\.transforms)
    if transforms.contains(where: { $0.role != .ahAuthentication }) || transforms.isEmpty {
      wanted.append(("ESP", 50, nil))
    }
    if transforms.contains(where: { $0.role == .ahAuthentication }) {
      wanted.append(("AH", 51, nil))
    }
    if !entry.isManual {
      wanted.append(("UDP 500", 17, 500))
      if configuration.isNATTraversalEnabled { wanted.append(("UDP 4500", 17, 4500)) }
    }
    return wanted
  }

  private mutating func reportBlocked(
    _ blocked: [String], _ peer: IPAddress, _ filter: AccessGroup, _ interface: Interface,
    _ map: String
  ) {
    let hard = blocked.filter { $0 != "UDP 4500" }
    if !hard.isEmpty {
      report(
        .interfaceACLBlocksIPsec, .error, [filter.line],
        "Access list \(filter.accessList) on \(interface.name) does not let in "
          + "\(hard.joined(separator: ", ")) from peer \(peer).",
        remedy: "Permit them before the list's end.", rule: "I-GEN-01", maps: [map])
    }
    if hard.count < blocked.count {
      report(
        .interfaceACLBlocksNATTraversal, .warning, [filter.line],
        "Access list \(filter.accessList) on \(interface.name) does not let in UDP 4500 from peer "
          + "\(peer), which NAT traversal needs.",
        remedy: "Permit udp from the peer to port 4500.", rule: "M-16", maps: [map])
    }
  }

  /// Traffic that a permit names must not be translated away from it (X-NAT-03).
  private mutating func checkNAT(_ map: CompiledMap) {
    guard !configuration.natRules.isEmpty else { return }
    let engine = PolicyEngine(unchecked: configuration, lists: lists, maps: maps)
    for interface in interfaces(of: map.map) {
      for entry in map.entries.prefix(500) {
        for ace in entry.countedACEs.prefix(200) where ace.isPermit && ace.isActive {
          checkNAT(ace, entry, interface, engine)
        }
      }
    }
  }

  private mutating func checkNAT(
    _ ace: CompiledACE, _ entry: CompiledEntry, _ interface: Interface, _ engine: PolicyEngine
  ) {
    guard let source = ace.sources.first?.range?.sample,
      let destination = ace.destinations.first?.range?.sample,
      source.isIPv6 == destination.isIPv6, !interface.has(source)
    else { return }
    let number = ace.services.first?.element?.ipProtocol ?? 6
    let packet = Packet(source, destination, protocolNumber: number)
    let translation = engine.translate(packet, from: nil, to: interface.reference)
    guard let effect = translation.effect, translation.packet.source != source,
      !entry.countedACEs.contains(where: { $0.matches(translation.packet, active: nil) != .no })
    else { return }
    report(
      .natNotExempt, .error,
      [
        SourceLine(number: effect.line.line, text: effect.line.text),
        SourceLine(number: ace.line.line, text: ace.line.text),
      ],
      "NAT turns \(source) into \(translation.packet.source) before the crypto map sees it, so ACE "
        + "\(ace.position) of \(entry.settings.accessList?.value ?? "") never matches.",
      remedy: dialect == .asa
        ? "Put an identity NAT rule for this traffic before the rule."
        : "Deny this traffic in the access list of the NAT rule.",
      rule: "X-NAT-03", maps: [entry.map])
  }

  /// A line from a network to itself needs the permission to leave by the same interface.
  private mutating func checkUTurn(_ map: CompiledMap) {
    guard dialect == .asa, configuration.settings.permitsIntraInterface?.value != true else {
      return
    }
    for entry in map.entries {
      for ace in entry.countedACEs where ace.isPermit && ace.isActive {
        guard ace.sources == ace.destinations, !ace.hasAnySource else { continue }
        report(
          .uTurnNotPermitted, .warning, [SourceLine(number: ace.line.line, text: ace.line.text)],
          "Traffic that turns round on the interface needs a permission of its own.",
          remedy: "Add same-security-traffic permit intra-interface.", rule: "X-ASA-20",
          maps: [entry.map])
      }
    }
  }
}

extension AddressRange {
  /// An address to try with: the second one where there are several.
  fileprivate var sample: IPAddress {
    guard first != last else { return first }
    if first.isIPv6 { return IPAddress(ipv6High: first.high, low: first.low | 1) }
    return IPAddress(ipv4: UInt32(truncatingIfNeeded: first.low) | 1)
  }
}
