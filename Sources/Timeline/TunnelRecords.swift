/// The tunnels of a timeline, in the order of their first frames.
///
/// A record is made when it is asked for and held by nobody but who asked: the records of all tunnels
/// at once would take more room than everything that was tracked. What a report asks of every tunnel
/// is in `outlines`.
package struct TunnelRecords: RandomAccessCollection, ExpressibleByArrayLiteral {
  /// What tells a tunnel from the others in short.
  package struct Outline: Hashable, Sendable {
    /// `t1`, `t2`, …
    package var id: String
    /// `established`, `failed`, `incomplete` or `deleted`.
    package var outcome: String

    package init(id: String, outcome: String) {
      self.id = id
      self.outcome = outcome
    }
  }

  /// Every tunnel in short.
  package let outlines: [Outline]
  private let make: (Int) -> TunnelRecord

  /// Tunnels whose records `make` makes from their positions, the same whenever it is asked.
  package init(outlines: [Outline], make: @escaping (Int) -> TunnelRecord) {
    self.outlines = outlines
    self.make = make
  }

  /// Records that are there already.
  package init(_ records: some Sequence<TunnelRecord>) {
    let records = Array(records)
    self.init(outlines: records.map(\.outline)) { records[$0] }
  }

  package init(arrayLiteral elements: TunnelRecord...) { self.init(elements) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { outlines.count }
  package subscript(position: Int) -> TunnelRecord { make(position) }

  /// The same, with something added to each record when it is made.
  package func adding(_ change: @escaping (inout TunnelRecord) -> Void) -> TunnelRecords {
    let make = make
    return TunnelRecords(outlines: outlines) { position in
      var record = make(position)
      change(&record)
      return record
    }
  }
}

extension TunnelRecord {
  /// The tunnel in short.
  package var outline: TunnelRecords.Outline { TunnelRecords.Outline(id: id, outcome: outcome) }
}
