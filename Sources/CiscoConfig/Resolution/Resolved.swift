/// What a reference comes to: the elements found, and what could not be found.
///
/// An undefined or empty reference selects nothing, never everything (X-ACL-11).
package struct Resolved<Element: Hashable & Sendable>: Sendable {
  /// The elements in the order of the file, without doubles.
  package internal(set) var elements: [Element] = []
  /// Names that are defined nowhere, or that the file gives no value for.
  package internal(set) var unresolved: [String] = []
  /// True when the product was cut at its limit.
  package internal(set) var isTruncated = false

  private var seen: Set<Element> = []

  /// Nothing found yet.
  init() {}

  mutating func add(_ element: Element) {
    if seen.insert(element).inserted { elements.append(element) }
  }

  mutating func miss(_ name: String) {
    if !unresolved.contains(name) { unresolved.append(name) }
  }
}
