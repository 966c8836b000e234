/// A number registry: a table as text, parsed once when it is first asked.
///
/// Text costs the compiler nothing and start-up nothing; the first line names the columns, `|`
/// stands between cells. Where the same number occurs twice (a private number that two vendors
/// use), the first row is the one found by number, and `entries(of:)` gives all.
package struct Registry: Sendable {
  /// The rows in order.
  package let entries: [RegistryEntry]
  /// The columns' names.
  package var columns: [String] { layout.columns }

  private let layout: Layout
  /// The kind of each row, empty where the table has one kind.
  private let spaces: [String]
  /// The first row of each number below 256, -1 for none: most numbers are of one byte.
  private let small: [Int32]
  /// The first row of each other number.
  private let large: [UInt32: Int32]
  /// The next row of the same number, -1 for none.
  private let next: [Int32]

  /// Where the columns that every table has stand, and the names of all of them.
  final class Layout: Sendable {
    let columns: [String]
    let space: Int?
    let number: Int?
    let name: Int?
    let id: Int?

    init(columns: [String], space: String?, number: String?) {
      self.columns = columns
      self.space = space.flatMap { columns.firstIndex(of: $0) }
      self.number = number.flatMap { columns.firstIndex(of: $0) }
      name = columns.firstIndex(of: "name")
      id = columns.firstIndex(of: "id")
    }
  }

  /// - Parameters:
  ///   - text: The table.
  ///   - space: The column that tells apart equal numbers of different kinds; nil where numbers
  ///     are unique.
  ///   - number: The column that holds the number; nil where the table has none.
  package init(_ text: String, space: String? = nil, number: String? = "number") {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"))[...]
    let header = lines.popFirst().map(Self.cells) ?? []
    let layout = Layout(columns: header, space: space, number: number)
    var entries: [RegistryEntry] = []
    entries.reserveCapacity(lines.count)
    for line in lines { entries.append(RegistryEntry(cells: Self.cells(line), layout: layout)) }
    var small = [Int32](repeating: -1, count: 256)
    var large: [UInt32: Int32] = [:]
    var next = [Int32](repeating: -1, count: entries.count)
    // From the last to the first, so that each row stands before those of its number.
    for row in entries.indices.reversed() {
      let number = entries[row].number
      if number < 256 {
        next[row] = small[Int(number)]
        small[Int(number)] = Int32(row)
      } else {
        next[row] = large[number] ?? -1
        large[number] = Int32(row)
      }
    }
    spaces = entries.map { entry in layout.space.flatMap { entry.cell($0) } ?? "" }
    self.layout = layout
    self.entries = entries
    self.small = small
    self.large = large
    self.next = next
  }

  private static func cells(_ line: Substring.UTF8View) -> [String] {
    line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
  }

  /// The first row of a number, -1 for none.
  private func first(_ number: UInt32) -> Int {
    Int(number < 256 ? small[Int(number)] : large[number] ?? -1)
  }

  /// The row of `number`, in a table whose numbers are of one kind.
  package subscript(number: UInt32) -> RegistryEntry? {
    entry(number, in: "")
  }

  /// The row of `number` among those of the kind `space`.
  package func entry(_ number: UInt32, in space: String) -> RegistryEntry? {
    var row = first(number)
    while row >= 0 {
      if spaces[row] == space { return entries[row] }
      row = Int(next[row])
    }
    return nil
  }

  /// The first row of `number`, of any kind.
  package func firstEntry(of number: UInt32) -> RegistryEntry? {
    let row = first(number)
    return row < 0 ? nil : entries[row]
  }

  /// All rows of `number`.
  package func entries(of number: UInt32, in space: String = "") -> [RegistryEntry] {
    var found: [RegistryEntry] = []
    var row = first(number)
    while row >= 0 {
      if spaces[row] == space { found.append(entries[row]) }
      row = Int(next[row])
    }
    return found
  }

  /// The first row whose identifier is `id`.
  package func entry(named id: String) -> RegistryEntry? {
    entries.first { $0.id == id }
  }
}

/// One row of a registry.
package struct RegistryEntry: Sendable {
  fileprivate let cells: [String]
  fileprivate let layout: Registry.Layout

  /// The number on the wire; 0 in a table without numbers.
  package var number: UInt32 {
    layout.number.flatMap { cell($0) }.flatMap { UInt32($0) } ?? 0
  }
  /// The name in the words of the RFC or vendor.
  package var name: String { layout.name.flatMap { cell($0) } ?? "" }
  /// The identifier in reports and key files.
  package var id: String { layout.id.flatMap { cell($0) } ?? "" }
  /// The document that defines it; nil when the table names none.
  package var reference: String? { self["rfc"].flatMap { $0 == "-" ? nil : $0 } }
  /// What the field thinks of it; nil where nothing is said.
  package var status: RegistryStatus? { self["status"].flatMap(RegistryStatus.init(rawValue:)) }

  /// The cell in the column of that name; nil when it is empty or there is no such column.
  package subscript(column: String) -> String? {
    layout.columns.firstIndex(of: column).flatMap { cell($0) }
  }

  /// The cell as a decimal number.
  package func integer(_ column: String) -> Int? { self[column].flatMap { Int($0) } }

  fileprivate func cell(_ index: Int) -> String? {
    index < cells.count && !cells[index].isEmpty ? cells[index] : nil
  }
}

/// What the field thinks of an algorithm or number (RFC 8247, RFC 8221, RFC 9395). A word of the
/// tables, not a number on the wire.
package enum RegistryStatus: String, Hashable, Sendable {
  case mandatory, recommended, optional, deprecated, broken, reserved, historic
}
