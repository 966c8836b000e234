import CiscoConfig

/// An ACE with its objects and groups looked up: lists of alternatives for each field, of which
/// the cross product is what the line stands for (X-ACL-02). The product is never written out.
struct CompiledACE: Sendable {
  /// The place among the list's elements, from 1, remarks not counted, inactive ones counted.
  let position: Int
  let isPermit: Bool
  let line: CitedLine
  let sources: [AddressMatch]
  let destinations: [AddressMatch]
  let services: [ServiceMatch]
  /// The names of the objects and groups by which the line gives its fields; nil where it gives the
  /// values themselves.
  let names: FieldNames
  let isActive: Bool
  let timeRange: String?
  /// True when the line has a condition that nothing here can decide (`established`, `dscp`).
  let isConditional: Bool
  /// True for `fragments`: fragments that are not the first.
  let wantsLaterFragment: Bool

  /// The names behind source, destination and service.
  struct FieldNames: Sendable, Hashable {
    var source: String?
    var destination: String?
    var service: String?
  }

  /// The number of elements the line expands to.
  var elementCount: Int {
    [destinations.count, services.count].reduce(sources.count) { product, count in
      let (value, overflow) = product.multipliedReportingOverflow(by: count)
      return overflow ? .max : value
    }
  }

  var reference: Verdict.ACEReference {
    Verdict.ACEReference(index: position, line: line.line, text: line.text)
  }

  /// Whether the line matches a packet now.
  func matches(_ packet: Packet, active: Set<String>?) -> Truth {
    guard isActive else { return .no }
    let fields = matchesFields(packet)
    guard fields != .no, let timeRange else { return fields }
    guard let active else { return .maybe }
    return active.contains(timeRange) ? fields : .no
  }

  /// Whether the line would match were it active.
  func matchesFields(_ packet: Packet) -> Truth {
    if wantsLaterFragment, !packet.isLaterFragment { return .no }
    let result =
      Self.best(services) { $0.matches(packet) }
      && Self.best(sources) { $0.matches(packet.source) }
      && Self.best(destinations) { $0.matches(packet.destination) }
    return isConditional ? min(result, .maybe) : result
  }

  private static func best<Element>(
    _ alternatives: [Element], _ matches: (Element) -> Truth
  ) -> Truth {
    var result = Truth.no
    for alternative in alternatives {
      let truth = matches(alternative)
      if truth == .yes { return .yes }
      result = max(result, truth)
    }
    return result
  }

  /// The element of the product that a packet meets.
  func element(for packet: Packet) -> ACEElement? {
    guard let source = sources.first(where: { $0.matches(packet.source) == .yes }),
      let destination = destinations.first(where: { $0.matches(packet.destination) == .yes }),
      let service = services.first(where: { $0.matches(packet) == .yes })
    else { return nil }
    return ACEElement(source: source, destination: destination, service: service)
  }

  /// True when some element names what the configuration does not define.
  var unresolvedNames: [String] {
    let addresses = (sources + destinations).compactMap { match -> String? in
      if case .unknown(let name) = match { name } else { nil }
    }
    return addresses + services.compactMap(\.unresolved)
  }
}

/// One element of an expanded ACE: what one SA would cover.
struct ACEElement: Sendable, Hashable {
  let source: AddressMatch
  let destination: AddressMatch
  let service: ServiceMatch

  /// The scope of an SA made for it.
  func scope(near packet: Packet) -> SAScope {
    SAScope(
      source: source.scope(near: packet.source),
      destination: destination.scope(near: packet.destination),
      protocol: service.protocolText,
      sourcePort: service.element?.sourcePorts.map { PortScope($0) },
      destinationPort: service.element?.destinationPorts.map { PortScope($0) })
  }
}

/// An access list with everything it refers to looked up.
struct CompiledACL: Sendable {
  let name: String
  let entries: [CompiledACE]
  let line: CitedLine
}

extension CitedLine {
  init(_ line: SourceLine) {
    self.init(line: line.number, text: line.text)
  }
}
