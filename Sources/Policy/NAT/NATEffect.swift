import Bytes
import CiscoConfig

extension PolicyEngine {
  /// The packet as a rule leaves it.
  func apply(_ rule: NATRule, _ packet: Packet, egress: String?) -> NATTranslation {
    var result = packet
    var note = ""
    switch rule.mappedSource {
    case .identity: break
    case .addresses(let spec):
      if let mapped = mapped(packet.source, from: rule.realSource, to: spec, rule.isDynamic) {
        result.source = mapped
      } else {
        note = " to an address that the file does not tell"
      }
    case .interface(let name):
      if let address = (name ?? egress).flatMap({ configuration.interface($0) })?
        .addresses.first?.value.address
      {
        result.source = address
      } else {
        note = " to an address that the file does not tell"
      }
    case .pool(let name):
      if let address = firstAddress(ofPool: name, egress: egress) {
        result.source = address
        note = ", an address of pool \(name)"
      } else {
        note = " to an address of pool \(name), which the file does not tell"
      }
    }
    if let wanted = rule.mappedDestination, let real = rule.realDestination,
      let mapped = mapped(packet.destination, from: wanted, to: real, false)
    {
      result.destination = mapped
    }
    return translation(rule, packet, result, note)
  }

  private func translation(
    _ rule: NATRule, _ packet: Packet, _ result: Packet, _ note: String
  ) -> NATTranslation {
    let isIdentity = result.source == packet.source && note.isEmpty
    let effect = Verdict.NATEffect(
      rule: rule.shortText,
      effect: isIdentity ? "identity" : rule.isDynamic ? "dynamic" : "static",
      line: CitedLine(rule.line))
    let what =
      isIdentity
      ? "leaves \(packet.source) as it is" : "\(packet.source) becomes \(result.source)\(note)"
    return NATTranslation(
      packet: result, effect: effect,
      step: Step(
        "\(rule.line.text): \(what)", .match, label: "NAT", at: CitedLine(rule.line),
        rule: "X-NAT-03"))
  }

  /// Where a static rule puts an address: at the same place of the other block. A dynamic one
  /// gives any of the block; its first stands for them.
  private func mapped(
    _ address: IPAddress, from real: AddressSpec, to mapped: AddressSpec, _ isDynamic: Bool
  ) -> IPAddress? {
    let targets = configuration.addressBlocks(of: mapped).elements
    guard !isDynamic else { return targets.first?.hull.first }
    let sources = configuration.addressBlocks(of: real).elements
    for (source, target) in zip(sources, targets) where source.contains(address) {
      let offset = address.low &- source.hull.first.low
      let base = target.hull.first
      if base.isIPv6 { return IPAddress(ipv6High: base.high, low: base.low &+ offset) }
      return IPAddress(ipv4: UInt32(truncatingIfNeeded: base.low &+ offset))
    }
    return sources.count == 1 && targets.count == 1 ? targets.first?.hull.first : nil
  }

  private func firstAddress(ofPool name: String, egress: String?) -> IPAddress? {
    let pools = configuration.natPools.filter { $0.name == name }
    let pool = pools.first { $0.interface == nil || egress == nil || $0.interface == egress }
    guard let pool else { return nil }
    guard let addresses = pool.addresses else {
      return (pool.interface ?? egress).flatMap { configuration.interface($0) }?
        .addresses.first?.value.address
    }
    return configuration.addressBlocks(of: addresses).elements.first?.hull.first
  }

  /// Had NAT not changed the packet, would it have been protected? (X-NAT-03)
  func compareWithOriginal(_ question: FlowQuestion, _ verdict: inout Verdict) {
    guard let original = question.original, verdict.outcome == .bypass,
      let name = verdict.interface, let set = map(onInterface: name)
    else { return }
    var packet = question.packet
    (packet.source, packet.destination) = original
    guard packet != question.packet else { return }
    var evaluation = FlowEvaluation(
      self, set, packet, FlowCircumstances(question), active: question.activeTimeRanges,
      tracing: .short)
    let decision = evaluation.decide()
    guard decision.element != nil, let last = evaluation.trail.last else { return }
    verdict.detail.beforeNAT = last
    verdict.add(findings: [.natNotExempt])
    verdict.use("X-NAT-03")
    let list = decision.entry.flatMap { set.entries[$0].list?.name } ?? ""
    let rule =
      verdict.detail.nat.map { " No exemption precedes line \($0.line.line)." } ?? ""
    verdict.detail.why.insert(
      "Before NAT the packet would have hit \(list)#\(last.ace ?? 0) of entry \(last.sequence): "
        + "exempt the traffic from NAT.\(rule)", at: 0)
    verdict.detail.nearestMiss? += ", changed by NAT"
  }

  /// A packet that leaves by the interface it came in on needs a permission of its own (A-UT-01).
  func noteUTurn(_ question: FlowQuestion, _ verdict: inout Verdict) {
    guard dialect == .asa, let ingress = question.ingress, let egress = verdict.interface,
      ingress.lowercased() == egress.lowercased(),
      configuration.settings.permitsIntraInterface?.value != true
    else { return }
    verdict.add(findings: [.uTurnNotPermitted])
    verdict.use("A-UT-01")
    verdict.use("X-ASA-20")
  }
}

extension NATRule {
  /// The rule without its command word, its interfaces and its options.
  fileprivate var shortText: String {
    var text = line.text[...]
    if let close = text.firstIndex(of: ")") { text = text[text.index(after: close)...] }
    let stops: Set<Substring> = [
      "no-proxy-arp", "route-lookup", "unidirectional", "inactive", "description", "dns",
    ]
    let words = text.split(separator: " ").prefix { !stops.contains($0) }
    return words.joined(separator: " ")
  }
}
