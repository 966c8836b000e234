/// Something that a configuration refers to by name.
package protocol Named: Sendable {
  /// The name, as written where it is defined; names are case-sensitive.
  var name: String { get }
}

/// Elements in the order of the file that are also found by name at once.
package struct NamedList<Element: Named>: Sendable, RandomAccessCollection {
  private var elements: [Element] = []
  private var positions: [String: Int] = [:]

  /// An empty list.
  package init() {}

  /// The position of the first element, 0.
  package var startIndex: Int { 0 }
  /// The position after the last element.
  package var endIndex: Int { elements.count }

  /// The element at a position of the file's order.
  package subscript(position: Int) -> Element { elements[position] }

  /// The element of that name; nil where none is defined.
  package subscript(name: String) -> Element? { positions[name].map { elements[$0] } }

  /// Changes the element of that name in place, made by `create` when there is none yet.
  package mutating func update<Result>(
    _ name: String, create: () -> Element, _ change: (inout Element) -> Result
  ) -> Result {
    if let position = positions[name] { return change(&elements[position]) }
    positions[name] = elements.count
    elements.append(create())
    return change(&elements[elements.count - 1])
  }

  /// Changes every element in place; the names must stay.
  package mutating func updateAll(_ change: (inout Element) -> Void) {
    for index in elements.indices { change(&elements[index]) }
  }
}
