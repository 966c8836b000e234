/// The inner and clear flows of a timeline, in the order of their first packets.
///
/// As with tunnels, a record is made when it is asked for and held by nobody but who asked: a record
/// of a flow, with its texts and with what a configuration says of it, takes several times the room
/// that the flow took while it was tracked.
package struct FlowRecords: RandomAccessCollection, ExpressibleByArrayLiteral {
  package let count: Int
  private let make: (Int) -> FlowRecord

  /// Flows whose records `make` makes from their positions, the same whenever it is asked.
  package init(count: Int, make: @escaping (Int) -> FlowRecord) {
    self.count = count
    self.make = make
  }

  /// Records that are there already.
  package init(_ records: some Sequence<FlowRecord>) {
    let records = Array(records)
    self.init(count: records.count) { records[$0] }
  }

  package init(arrayLiteral elements: FlowRecord...) { self.init(elements) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }
  package subscript(position: Int) -> FlowRecord { make(position) }

  /// The same, with something added to the record at each position when it is made.
  package func adding(_ change: @escaping (Int, inout FlowRecord) -> Void) -> FlowRecords {
    let make = make
    return FlowRecords(count: count) { position in
      var record = make(position)
      change(position, &record)
      return record
    }
  }
}
