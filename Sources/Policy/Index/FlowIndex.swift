import Bytes
import CiscoConfig

/// A map set as one list of rows with an index over them: the very decision of the plain
/// evaluation (`FlowEvaluation`), found without trying every element.
package struct FlowIndex: Sendable {
  let engine: PolicyEngine
  let set: CompiledMap
  private let rows: [FlowRow]
  private let elements: [CompiledACE?]
  private let ipv4: [RowBlock<UInt32>]
  private let ipv6: [RowBlock<UInt128>]
  private let blockSize: Int
  /// What decides once an element of an entry permits, entry by entry.
  private let traits: [PermitTraits]
  /// The first dynamic entry without an ACL: it claims the flow of an SA made through it.
  private let claim: Int?

  /// An index over the set of that name; nil where there is none.
  package init?(_ engine: PolicyEngine, map: String) {
    guard let set = engine.maps[map] else { return nil }
    self.engine = engine
    self.set = set
    let rows = Self.rows(of: set)
    let elements = rows.map { row in
      row.element.flatMap { set.entries[row.entry].list?.entries[$0] }
    }
    self.rows = zip(rows, elements).map { row, element in
      var row = row
      row.isExact = element?.isExactInTables ?? false
      row.isPermit = element?.isPermit ?? false
      return row
    }
    self.elements = elements
    traits = set.entries.map(PermitTraits.init)
    // Small blocks bound the memory of very long lists.
    let blockSize = rows.count <= 20_000 ? 4096 : 1024
    self.blockSize = blockSize
    let blocks = stride(from: 0, to: rows.count, by: blockSize).map { start in
      Array(elements[start..<min(start + blockSize, elements.count)])
    }
    ipv4 = blocks.map { RowBlock($0) { $0.ipv4Keys } }
    let hasIPv6 = elements.contains { element in
      element.map { ($0.sources + $0.destinations).contains { $0.mayBeIPv6 } } ?? false
    }
    ipv6 = hasIPv6 ? blocks.map { RowBlock($0) { $0.ipv6Keys } } : []
    claim = set.entries.firstIndex { entry in
      if case .nothing = entry.selection { true } else { false }
    }
  }

  /// The number of elements that are indexed.
  package var count: Int { rows.count }

  private static func rows(of set: CompiledMap) -> [FlowRow] {
    var rows: [FlowRow] = []
    for (index, entry) in set.entries.enumerated() {
      let start = rows.count
      switch entry.selection {
      case .list:
        for element in entry.countedACEs.indices {
          rows.append(FlowRow(entry: index, element: element, next: 0))
        }
      case .incompleteStops, .missingListStops, .keyServer:
        rows.append(FlowRow(entry: index, element: nil, next: 0))
      case .nothing, .incompleteSkips, .missingListSkips, .legacy:
        continue
      }
      for row in start..<rows.count { rows[row].next = rows.count }
    }
    return rows
  }

  /// What the set decides for a packet as it is on the wire.
  package func decide(
    _ packet: Packet, _ direction: FlowQuestion.Direction = .out, saExists: Bool = false,
    active: Set<String>? = nil
  ) -> FlowDecision {
    // Where an element may or may not match the plain evaluation has the word.
    certain(packet, direction, saExists: saExists, active: active)
      ?? decidePlainly(packet, direction, saExists: saExists, active: active)
  }

  /// The decision, where no element leaves it open; nil where the index cannot tell.
  func certain(
    _ packet: Packet, _ direction: FlowQuestion.Direction, saExists: Bool, active: Set<String>?
  ) -> FlowDecision? {
    let known = FlowCircumstances(direction: direction, saExists: saExists)
    let selected = direction == .out ? packet : packet.reversed
    if selected.source.isIPv6, selected.destination.isIPv6 {
      guard !ipv6.isEmpty else { return nil }
      return search(
        ipv6, selected.source.ipv6Key, selected.destination.ipv6Key, selected, packet, known, active
      )
    }
    guard let source = selected.source.ipv4, let destination = selected.destination.ipv4 else {
      return nil
    }
    return search(ipv4, source, destination, selected, packet, known, active)
  }

  /// The decision of the plain evaluation.
  package func decidePlainly(
    _ packet: Packet, _ direction: FlowQuestion.Direction = .out, saExists: Bool = false,
    active: Set<String>? = nil
  ) -> FlowDecision {
    plain(packet, FlowCircumstances(direction: direction, saExists: saExists), active)
  }

  private func plain(
    _ packet: Packet, _ known: FlowCircumstances, _ active: Set<String>?
  ) -> FlowDecision {
    var evaluation = FlowEvaluation(
      engine, set, packet, known, active: active, tracing: .none)
    return evaluation.decide()
  }

  /// Nil where an element could not be decided.
  private func search<Key>(
    _ blocks: [RowBlock<Key>], _ source: Key, _ destination: Key, _ selected: Packet,
    _ packet: Packet, _ known: FlowCircumstances, _ active: Set<String>?
  ) -> FlowDecision? {
    let service = selected.serviceKey
    var start = 0
    for block in blocks.indices {
      let base = block * blockSize
      guard start < base + blockSize else { continue }
      let candidates = blocks[block].candidates(source, destination, service)
      while let found = blocks[block].first(of: candidates, from: max(start - base, 0)) {
        let row = base + found
        start = row + 1
        if rows[row].isExact, service != nil {
          guard !rows[row].isPermit else { return permit(rows[row], packet, known) }
          start = rows[row].next
          if start >= base + blockSize { break }
          continue
        }
        guard let element = elements[row] else {
          if let decision = stop(rows[row], known) { return decision }
          if case .keyServer = set.entries[rows[row].entry].selection { return nil }
          continue
        }
        switch element.matches(selected, active: active) {
        case .no: continue
        case .maybe: return nil
        case .yes: break
        }
        guard !element.isPermit else { return permit(rows[row], packet, known) }
        start = rows[row].next
        if start >= base + blockSize { break }
      }
    }
    if known.saExists, known.direction == .out, let claim {
      return FlowDecision(.protect, entry: claim)
    }
    return FlowDecision(.bypass, .noPermitMatched)
  }

  private func permit(
    _ row: FlowRow, _ packet: Packet, _ known: FlowCircumstances
  ) -> FlowDecision {
    let (outcome, reason, _) = engine.decision(permittedBy: traits[row.entry], packet, known)
    return FlowDecision(outcome, reason, entry: row.entry, element: row.element)
  }

  /// The decision of an entry that stops whatever comes so far.
  private func stop(_ row: FlowRow, _ known: FlowCircumstances) -> FlowDecision? {
    guard known.direction == .out else { return nil }
    switch set.entries[row.entry].selection {
    case .incompleteStops: return FlowDecision(.drop, .incompleteMap, entry: row.entry)
    case .missingListStops: return FlowDecision(.drop, .aclMissingOrEmpty, entry: row.entry)
    default: return nil
    }
  }
}

extension AddressMatch {
  /// True when an IPv6 address may match.
  fileprivate var mayBeIPv6: Bool {
    switch self {
    case .any, .unknown: true
    case .masked: false
    case .range(let range): range.isIPv6
    }
  }
}
