import Bytes
import CiscoConfig

/// The steps of a list's evaluation: the first element, the one that matched and the one that came
/// nearest, or all of them.
struct ListTrace {
  private let packet: Packet
  private let active: Set<String>?
  private let keepsAll: Bool

  init(_ packet: Packet, active: Set<String>?, keepsAll: Bool) {
    self.packet = packet
    self.active = active
    self.keepsAll = keepsAll
  }

  func steps(
    of elements: ArraySlice<CompiledACE>, in list: String, _ result: ListEvaluation
  ) -> [Step] {
    let decided: Int?
    switch result.outcome {
    case .permit(let index), .deny(let index): decided = index
    case .none: decided = nil
    }
    let tried = elements[elements.startIndex..<(decided.map { $0 + 1 } ?? elements.endIndex)]
    let kept = keepsAll ? Array(tried.indices) : worthShowing(tried, decided, result.undecided)
    var steps: [Step] = []
    var last = tried.startIndex - 1
    for index in kept {
      if index > last + 1 { steps.append(gap(index - last - 1)) }
      steps.append(step(of: elements[index], in: list, isDeciding: index == decided))
      last = index
    }
    let behind = elements.endIndex - 1 - last
    if behind > 0, decided == nil { steps.append(gap(behind)) }
    return steps
  }

  private func gap(_ count: Int) -> Step {
    Step("\(count) \(count == 1 ? "element does" : "elements do") not match", .skip)
  }

  /// First, deciding, undecided, nearest miss; in order.
  private func worthShowing(
    _ tried: ArraySlice<CompiledACE>, _ decided: Int?, _ undecided: [Int]
  ) -> [Int] {
    guard tried.count > 4 else { return Array(tried.indices) }
    var kept: Set<Int> = [tried.startIndex]
    if let decided { kept.insert(decided) }
    kept.formUnion(undecided.prefix(4))
    if decided == nil, let nearest = Self.nearestMiss(tried, packet) { kept.insert(nearest) }
    return kept.sorted()
  }

  /// The element with the fewest fields that differ, the first among equals; of a long list only
  /// the beginning is looked at.
  static func nearestMiss(_ elements: ArraySlice<CompiledACE>, _ packet: Packet) -> Int? {
    var best: (index: Int, misses: Int)?
    for index in elements.indices.prefix(20_000) {
      let misses = elements[index].missCount(for: packet)
      if misses < best?.misses ?? .max { best = (index, misses) }
      if misses == 1 { break }
    }
    return best?.index
  }

  private func step(of element: CompiledACE, in list: String, isDeciding: Bool) -> Step {
    let truth = element.matches(packet, active: active)
    let result: Step.Result = truth == .yes ? .match : .noMatch
    var what = "\(element.isPermit ? "permit" : "deny") \(element.summary)"
    if !element.isActive {
      what += ": inactive"
    } else if let timeRange = element.timeRange {
      let isActive = active.map { $0.contains(timeRange) }
      what += ": time-range \(timeRange) "
      what += isActive.map { $0 ? "active" : "not active" } ?? "active or not, the time is unknown"
    }
    return Step(
      what, result, label: "\(list)#\(element.position)", at: element.line,
      fields: element.fields(for: packet))
  }
}

extension CompiledACE {
  /// The line's fields: groups and objects by their names, the others by their values.
  var summary: String {
    let source = names.source ?? Self.text(sources)
    let destination = names.destination ?? Self.text(destinations)
    guard names.service == nil, services.count == 1, let only = services.first,
      let element = only.element, element.icmpType == nil
    else { return "\(names.service ?? Self.text(services)) \(source) \(destination)" }
    let words = [
      only.protocolText, source, element.sourcePorts.map(Self.ports), destination,
      element.destinationPorts.map(Self.ports),
    ]
    return words.compactMap { $0 }.joined(separator: " ")
  }

  /// `eq 443`, `range 80-90`.
  private static func ports(_ ports: ClosedRange<UInt16>) -> String {
    ports.count == 1 ? "eq \(ports.lowerBound)" : "range \(PortScope(ports))"
  }

  /// The fields as they were looked up, long lists of alternatives cut.
  var fieldTexts: (service: String, source: String, destination: String) {
    (
      Self.text(services, names.service), Self.text(sources, names.source),
      Self.text(destinations, names.destination)
    )
  }

  /// `10.0.0.0/24`, or `LOCAL {10.0.0.0/24, 10.0.9.0/24}`.
  private static func text<Element: CustomStringConvertible>(
    _ alternatives: [Element], _ name: String? = nil
  ) -> String {
    if name == nil, alternatives.count == 1, let only = alternatives.first { return "\(only)" }
    let shown = alternatives.prefix(4).map { "\($0)" }.joined(separator: ", ")
    let list = "{\(shown)\(alternatives.count > 4 ? ", … \(alternatives.count)" : "")}"
    return name.map { "\($0) \(list)" } ?? list
  }

  /// In how many of service, source and destination the line does not match a packet.
  func missCount(for packet: Packet) -> Int {
    let service = services.contains { $0.matches(packet) == .yes }
    let source = sources.contains { $0.matches(packet.source) == .yes }
    let destination = destinations.contains { $0.matches(packet.destination) == .yes }
    return [service, source, destination].count { !$0 }
  }

  /// Each field compared with a packet's.
  func fields(for packet: Packet) -> [Step.Field] {
    let wanted = fieldTexts
    return [
      Step.Field(
        "source", wanted: wanted.source, got: "\(packet.source)",
        relation(
          sources.lazy.map { $0.matches(packet.source) }, sources.first?.isOnly(packet.source))),
      Step.Field(
        "destination", wanted: wanted.destination, got: "\(packet.destination)",
        relation(
          destinations.lazy.map { $0.matches(packet.destination) },
          destinations.first?.isOnly(packet.destination))),
      Step.Field(
        "service", wanted: wanted.service, got: packet.serviceText,
        relation(services.lazy.map { $0.matches(packet) }, wanted.service == packet.serviceText)),
    ]
  }

  private func relation(_ truths: some Sequence<Truth>, _ isTheSame: Bool?) -> Step.Relation {
    switch truths.max() ?? .no {
    case .yes: isTheSame == true ? .same : .inside
    case .maybe: .unknown
    case .no: .outside
    }
  }
}

extension AddressMatch {
  /// True when it is this one address.
  fileprivate func isOnly(_ address: IPAddress) -> Bool {
    range.map { $0.first == address && $0.last == address } ?? false
  }
}

extension Packet {
  /// `tcp from port 1025 to port 443`, `icmp 8/0`.
  var serviceText: String {
    var text = "\(ProtocolName(protocolNumber))"
    if let icmpType { text += " \(icmpType)" + (icmpCode.map { "/\($0)" } ?? "") }
    if let sourcePort { text += " from port \(sourcePort)" }
    if let destinationPort { text += " to port \(destinationPort)" }
    if isLaterFragment { text += " (later fragment, without ports)" }
    return text
  }
}
