import Bytes
import CiscoConfig

/// A peer's proxies against one access list: which permit element contains them wholly
/// (rules §0.6, I-MIR-01 to I-MIR-04).
struct ProxyComparison {
  enum Outcome {
    /// Wholly inside this element of the list.
    case inside(Int)
    /// Inside none.
    case outside
    /// It depends on what the configuration does not tell.
    case unknown
  }

  private(set) var outcome = Outcome.outside
  private(set) var steps: [Step] = []
  /// True when the request contains an element that it is not contained in.
  private(set) var isWider = false

  /// Denies count on IOS, where nothing says that they are ignored; an ASA ignores them (A-NEG-03).
  init(
    _ request: ProxyRequest, _ elements: ArraySlice<CompiledACE>, in list: String,
    ignoringDenies: Bool, active: Set<String>? = nil
  ) {
    for index in elements.indices {
      let element = elements[index]
      guard element.isActive, element.isPermit || !ignoringDenies else { continue }
      let relation = Self.relation(of: request, to: element)
      isWider = isWider || relation == .wider
      if relation.holds || index < elements.startIndex + 8 {
        steps.append(Self.step(request, element, list, relation))
      }
      if relation.holds {
        outcome = element.isPermit ? .inside(index) : .outside
        return
      }
      if relation == .unknown, case .outside = outcome { outcome = .unknown }
    }
  }

  /// How a request stands to the best fitting element of a line.
  static func relation(of request: ProxyRequest, to ace: CompiledACE) -> Step.Relation {
    let service = best(ace.services.lazy.map { relation(of: request, to: $0) })
    let source = best(ace.sources.lazy.map { $0.relation(of: request.local) })
    let destination = best(ace.destinations.lazy.map { $0.relation(of: request.remote) })
    let parts = [source, destination, service]
    if parts.contains(.disjoint) { return .disjoint }
    if parts.contains(.unknown) { return .unknown }
    if parts.contains(.overlaps) { return .overlaps }
    if parts.contains(.wider) { return parts.contains(.narrower) ? .overlaps : .wider }
    return parts.contains(.narrower) ? .narrower : .same
  }

  private static func best(_ relations: some Sequence<Step.Relation>) -> Step.Relation {
    relations.min { rank($0) < rank($1) } ?? .disjoint
  }

  private static func rank(_ relation: Step.Relation) -> Int {
    switch relation {
    case .same: 0
    case .narrower, .inside, .greaterOrEqual: 1
    case .unknown: 2
    case .wider: 3
    case .overlaps: 4
    case .less, .disjoint, .differs, .outside: 5
    }
  }

  static func relation(of request: ProxyRequest, to service: ServiceMatch) -> Step.Relation {
    guard let element = service.element else { return .unknown }
    let parts = [
      relation(element.ipProtocol, request.protocolNumber),
      relation(element.sourcePorts, request.localPort),
      relation(element.destinationPorts, request.remotePort),
    ]
    if parts.contains(.disjoint) { return .disjoint }
    if parts.contains(.wider) { return .wider }
    return parts.contains(.narrower) ? .narrower : .same
  }

  private static func relation(_ own: UInt8?, _ proposed: UInt8?) -> Step.Relation {
    guard let own else { return proposed == nil ? .same : .narrower }
    guard let proposed else { return .wider }
    return own == proposed ? .same : .disjoint
  }

  private static func relation(_ own: ClosedRange<UInt16>?, _ proposed: UInt16?) -> Step.Relation {
    guard let own else { return proposed == nil ? .same : .narrower }
    guard let proposed else { return .wider }
    guard own.contains(proposed) else { return .disjoint }
    return own.count == 1 ? .same : .narrower
  }

  static func step(
    _ request: ProxyRequest, _ ace: CompiledACE, _ list: String, _ relation: Step.Relation
  ) -> Step {
    let source = best(ace.sources.lazy.map { $0.relation(of: request.local) })
    let destination = best(ace.destinations.lazy.map { $0.relation(of: request.remote) })
    let service = best(ace.services.lazy.map { Self.relation(of: request, to: $0) })
    let wanted = ace.fieldTexts
    return Step(
      "\(ace.isPermit ? "permit" : "deny") \(ace.summary)",
      relation.holds ? .match : .noMatch, label: "\(list)#\(ace.position)", at: ace.line,
      fields: [
        Step.Field("local", wanted: wanted.source, got: request.local.selector, source),
        Step.Field("remote", wanted: wanted.destination, got: request.remote.selector, destination),
        Step.Field("service", wanted: wanted.service, got: request.serviceText, service),
      ])
  }
}

extension ProxyRequest {
  /// `ip`, `tcp local port 443`, …
  var serviceText: String {
    var text = protocolNumber.map { "\(ProtocolName($0))" } ?? "ip"
    if let localPort { text += " local port \(localPort)" }
    if let remotePort { text += " remote port \(remotePort)" }
    return text
  }
}
