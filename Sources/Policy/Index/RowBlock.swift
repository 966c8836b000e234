import Bytes
import CiscoConfig

/// One element of a set in evaluation order, or a place where evaluation ends by itself.
struct FlowRow: Sendable {
  /// The entry, by its place in the set.
  let entry: Int
  /// The element, by its place in the entry's list; nil for an entry that decides by itself.
  let element: Int?
  /// The row at which the next entry begins.
  var next: Int
  /// True when the tables tell all that the element asks of a packet whose ports are known: a
  /// candidate of all three of them is a match.
  var isExact = false
  var isPermit = false
}

extension CompiledACE {
  /// True when addresses, protocol and destination port are all that the line asks.
  var isExactInTables: Bool {
    isActive && timeRange == nil && !isConditional && !wantsLaterFragment
      && (sources + destinations).allSatisfy(\.isExactInTables)
      && services.allSatisfy { service in
        guard let element = service.element else { return false }
        return element.sourcePorts == nil && element.icmpType == nil
          && (element.destinationPorts == nil || element.ipProtocol != nil)
      }
  }
}

extension AddressMatch {
  fileprivate var isExactInTables: Bool {
    switch self {
    case .any, .range: true
    case .masked, .unknown: false
    }
  }
}

/// Some consecutive rows of a set with tables over source, destination and service.
struct RowBlock<Key: FixedWidthInteger & Sendable>: Sendable {
  private let sources: IntervalTable<Key>
  private let destinations: IntervalTable<Key>
  private let services: IntervalTable<UInt32>

  /// The rows that may match some packet, by their place in the block.
  struct Candidates {
    fileprivate let source: Int
    fileprivate let destination: Int
    /// Nil where the packet's ports are not known.
    fileprivate let service: Int?
    fileprivate let summary: UInt64
  }

  init(_ rows: [CompiledACE?], key: (AddressMatch) -> KeyRange<Key>) {
    sources = Self.table(rows, \.sources, key)
    destinations = Self.table(rows, \.destinations, key)
    var ranges: [(row: Int, range: ClosedRange<UInt32>)] = []
    var everywhere: [Int] = []
    for (row, ace) in rows.enumerated() {
      guard let keys = ace.map({ $0.services.map(\.keyRange) }), !keys.contains(nil) else {
        everywhere.append(row)
        continue
      }
      for case .some(let range) in keys { ranges.append((row, range)) }
    }
    services = IntervalTable(rowCount: rows.count, ranges: ranges, everywhere: everywhere)
  }

  private static func table(
    _ rows: [CompiledACE?], _ side: KeyPath<CompiledACE, [AddressMatch]>,
    _ key: (AddressMatch) -> KeyRange<Key>
  ) -> IntervalTable<Key> {
    var ranges: [(row: Int, range: ClosedRange<Key>)] = []
    var everywhere: [Int] = []
    for (row, ace) in rows.enumerated() {
      guard let ace else {
        everywhere.append(row)
        continue
      }
      let keys = ace[keyPath: side].map(key)
      if keys.contains(where: { $0.isEverything }) {
        everywhere.append(row)
      } else {
        for case .some(let range) in keys.map(\.range) { ranges.append((row, range)) }
      }
    }
    return IntervalTable(rowCount: rows.count, ranges: ranges, everywhere: everywhere)
  }

  func candidates(_ source: Key, _ destination: Key, _ service: UInt32?) -> Candidates {
    let sourcePiece = sources.piece(of: source)
    let destinationPiece = destinations.piece(of: destination)
    let servicePiece = service.map { services.piece(of: $0) }
    var summary = sources.summary(sourcePiece) & destinations.summary(destinationPiece)
    if let servicePiece { summary &= services.summary(servicePiece) }
    return Candidates(
      source: sourcePiece, destination: destinationPiece, service: servicePiece, summary: summary)
  }

  /// The first candidate at or behind a row; nil when there is none.
  func first(of candidates: Candidates, from row: Int) -> Int? {
    var word = row >> 6
    guard word < 64 else { return nil }
    var summary = candidates.summary & (UInt64.max << UInt64(word))
    var mask = UInt64.max << UInt64(row & 63)
    while summary != 0 {
      let next = summary.trailingZeroBitCount
      if next != word { mask = .max }
      word = next
      var bits =
        sources.word(candidates.source, word) & destinations.word(candidates.destination, word)
      if let service = candidates.service { bits &= services.word(service, word) }
      bits &= mask
      if bits != 0 { return word << 6 | bits.trailingZeroBitCount }
      summary &= summary - 1
    }
    return nil
  }
}

/// Where an address alternative lies in the keys of one family.
enum KeyRange<Key: FixedWidthInteger & Sendable>: Sendable {
  case everything
  case some(ClosedRange<Key>)
  /// The other family.
  case nothing

  var isEverything: Bool {
    if case .everything = self { true } else { false }
  }

  var range: ClosedRange<Key>? {
    if case .some(let range) = self { range } else { nil }
  }
}

extension AddressMatch {
  /// In IPv4; what is not known may be anywhere.
  var ipv4Keys: KeyRange<UInt32> {
    switch self {
    case .any, .unknown, .masked: return .everything
    case .range(let range):
      guard let first = range.first.ipv4, let last = range.last.ipv4 else { return .nothing }
      return .some(first...last)
    }
  }

  /// In IPv6.
  var ipv6Keys: KeyRange<UInt128> {
    switch self {
    case .any, .unknown: return .everything
    case .masked: return .nothing
    case .range(let range):
      return range.isIPv6 ? .some(range.first.ipv6Key...range.last.ipv6Key) : .nothing
    }
  }
}

extension IPAddress {
  var ipv6Key: UInt128 { UInt128(high) << 64 | UInt128(low) }
}

extension ServiceMatch {
  /// Protocol and destination port in one key; nil where the element may hold for any.
  fileprivate var keyRange: ClosedRange<UInt32>? {
    guard let element, let number = element.ipProtocol else { return nil }
    let base = UInt32(number) << 16
    guard let ports = element.destinationPorts else { return base...(base | 0xffff) }
    return (base | UInt32(ports.lowerBound))...(base | UInt32(ports.upperBound))
  }
}

extension Packet {
  /// The packet's place in the service table; nil where its port is not known, or it has none.
  var serviceKey: UInt32? {
    guard !isLaterFragment, let destinationPort else { return nil }
    return UInt32(protocolNumber) << 16 | UInt32(destinationPort)
  }
}
