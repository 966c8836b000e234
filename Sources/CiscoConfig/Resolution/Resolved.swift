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
  private var missed: Set<String> = []
  /// No list of elements grows beyond this.
  private static var most: Int { 1_000_000 }

  /// Nothing found yet.
  init() {}

  mutating func add(_ element: Element) {
    guard elements.count < Self.most else {
      isTruncated = true
      return
    }
    if seen.insert(element).inserted { elements.append(element) }
  }

  mutating func miss(_ name: String) {
    if missed.insert(name).inserted { unresolved.append(name) }
  }
}
