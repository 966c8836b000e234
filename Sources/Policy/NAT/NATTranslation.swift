import Bytes
import CiscoConfig

/// What address translation makes of a packet before the crypto map sees it.
struct NATTranslation {
  /// The packet afterwards.
  let packet: Packet
  /// The rule that applied; nil where none did.
  let effect: Verdict.NATEffect?
  let step: Step
}

extension PolicyEngine {
  /// Applies the rules to a question whose packet is as it was before NAT, or explains those that
  /// made the packet what it is.
  func applyNAT(_ question: inout FlowQuestion) -> NATTranslation? {
    if question.isBeforeNAT {
      let egress = question.interface ?? egress(to: question.packet.destination)
      let result = translate(question.packet, from: question.ingress, to: egress)
      question.original = (question.packet.source, question.packet.destination)
      question.packet = result.packet
      return result
    }
    guard let original = question.original else { return nil }
    var packet = question.packet
    (packet.source, packet.destination) = original
    return translate(packet, from: question.ingress, to: question.interface)
  }

  /// The first rule that applies to a packet on its way from one interface to another; an
  /// interface that is not known fits every rule.
  func translate(_ packet: Packet, from ingress: String?, to egress: String?) -> NATTranslation {
    for rule in orderedNATRules where !rule.isInactive {
      guard fits(rule, ingress: ingress, egress: egress), selects(rule, packet) else { continue }
      return apply(rule, packet, egress: egress)
    }
    let step = Step(
      "no rule matches: addresses unchanged", .noMatch, label: "NAT", rule: "X-NAT-03")
    return NATTranslation(packet: packet, effect: nil, step: step)
  }

  /// The rules in the order in which they are tried (X-NAT-03).
  private var orderedNATRules: [NATRule] {
    let order: [NATRule.Section] = [
      .exemption, .legacyStatic, .legacyDynamic, .manual, .object, .afterAuto, .iosStatic,
      .iosDynamic,
    ]
    return order.flatMap { section in
      let rules = configuration.natRules.filter { $0.section == section }
      // Of object rules the static ones come first, then the narrower ones.
      guard section == .object else { return rules }
      return rules.filter { !$0.isDynamic }.sorted { size($0) < size($1) }
        + rules.filter(\.isDynamic).sorted { size($0) < size($1) }
    }
  }

  private func size(_ rule: NATRule) -> UInt64 {
    let blocks = configuration.addressBlocks(of: rule.realSource).elements
    return blocks.reduce(0) { sum, block in
      let hull = block.hull
      let count = hull.isIPv6 ? UInt64.max : hull.last.low - hull.first.low
      return sum.addingReportingOverflow(count).partialValue
    }
  }

  private func fits(_ rule: NATRule, ingress: String?, egress: String?) -> Bool {
    switch rule.section {
    case .iosStatic, .iosDynamic:
      guard rule.realInterface == "inside" else { return false }
      guard let egress, let interface = configuration.interface(egress) else { return true }
      return interface.natRole?.value == .outside
    case .exemption, .legacyStatic, .legacyDynamic, .manual, .object, .afterAuto:
      return sameInterface(rule.realInterface, ingress)
        && sameInterface(rule.mappedInterface, egress)
    }
  }

  private func sameInterface(_ wanted: String?, _ actual: String?) -> Bool {
    guard let wanted, let actual, wanted.lowercased() != "any" else { return true }
    return wanted.lowercased() == actual.lowercased()
  }

  private func selects(_ rule: NATRule, _ packet: Packet) -> Bool {
    if let name = rule.routeMap { return routeMapPermits(name, packet) }
    if let name = rule.accessList { return permits(name, packet) }
    guard contains(rule.realSource, packet.source) else { return false }
    return rule.mappedDestination.map { contains($0, packet.destination) } ?? true
  }

  private func contains(_ spec: AddressSpec, _ address: IPAddress) -> Bool {
    configuration.addressBlocks(of: spec).elements.contains { $0.contains(address) }
  }

  private func permits(_ name: String, _ packet: Packet) -> Bool {
    guard let list = lists[name] else { return false }
    let result = ListEvaluation(list.entries[...], packet, active: nil)
    if case .permit = result.outcome { return true }
    return false
  }

  private func routeMapPermits(_ name: String, _ packet: Packet) -> Bool {
    for entry in configuration.routeMaps where entry.name == name {
      let matches =
        entry.accessLists.isEmpty || entry.accessLists.contains { permits($0.value, packet) }
      if matches { return entry.action == .permit }
    }
    return false
  }
}
